import Bytes
import Mapping
import Problems
import RDF
import Resources
import Tables

// Mappings of RML (contract §3: `*.rml.ttl`).
extension ConversionJob {
  /// Whether a mapping is one of RML, by its file's name.
  static func isTriples(_ path: String) -> Bool { path.hasSuffix(".ttl") }

  /// Reads a mapping of RML.
  func triples(_ path: String) throws(Failure) -> RMLMapping {
    try RMLReader.read(try resources.open(path), file: path, base: inputIRI(path), problems: problems)
  }

  /// Converts the inputs by a mapping, and the sources that it names beside them.
  func run(_ mapping: RMLMapping, base: String?, into sink: any QuadSink) throws(Failure) -> ConversionReport {
    let shelf = RegisterShelf(library, patterns: patterns, base: self.base ?? base, resources: resources)
    let registers = try shelf.registers(named: mapping.registerNames, file: mapping.file, problems: problems)
    let context = context(registers, mode: .minimal, base: base)
    let bound = try bindings(of: mapping)
    let conversion = TriplesConversion(mapping, context: context, resources: resources) { source in
      let inputs = bound[source.name] ?? []
      return inputs.isEmpty ? [path(of: source, in: mapping)] : inputs
    }
    return try conversion.run(into: sink)
  }

  /// The inputs of each source: by the name of the file, else by its kind, else (one source) all of them.
  private func bindings(of mapping: RMLMapping) throws(Failure) -> [String: [String]] {
    var bound: [String: [String]] = [:]
    let sources = mapping.sources
    for input in inputs {
      let kind = TableReader.Kind(name: TableName(input).file).map { $0 == .xlsx ? "csv" : $0.rawValue }
      let named = sources.filter { lastPart($0.name) == lastPart(input) }
      let ofKind = sources.filter { $0.formulation.rawValue == kind }
      let names = [named, ofKind, sources].map { Set($0.map(\.name)) }
      guard let name = names.first(where: { $0.count == 1 })?.first else {
        throw Failure(.tableUnbound, at: Place(file: input), ["choices": Set(sources.map(\.name)).sorted().joined(separator: ", ")])
      }
      bound[name, default: []].append(input)
    }
    return bound
  }

  private func lastPart(_ name: String) -> Substring { name.split(separator: "/").last ?? "" }

  /// Where a source is that no input stands for.
  private func path(of source: LogicalSource, in mapping: RMLMapping) -> String {
    if source.name.contains("://") || source.name.hasPrefix("/") || !source.isBesideMapping { return source.name }
    guard let slash = mapping.file.lastIndex(of: "/") else { return source.name }
    return mapping.file[...slash] + source.name
  }
}
