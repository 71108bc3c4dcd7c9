import Bytes
import Mapping
import Problems
import RDF
import Resources
import Tables

extension RMLMapping {
  /// The mapping in a file, of which nothing is told: who converts by it hears what is wrong with it.
  /// - Throws: what reading it throws.
  init(_ path: String, _ resources: any ByteSource) throws(Failure) {
    self = try RMLReader.read(try resources.open(path), file: path, base: fileIRI(path), problems: ProblemList())
  }
}

// Mappings of RML (contract §3: `*.rml.ttl`).
extension ConversionJob {
  /// Whether a mapping is one of RML, by its file's name.
  static func isTriples(_ path: String) -> Bool { path.hasSuffix(".ttl") }

  /// Reads a mapping of RML.
  func triples(_ path: String) throws(Failure) -> RMLMapping {
    try RMLReader.read(try resources.open(path), file: path, base: inputIRI(path), problems: problems)
  }

  /// The variant of RML that a person names, or that fits a file: by its kind, then by how many of its references find something there. Nil
  /// where none is meant.
  /// - Parameter opened: keeps the stream of the file, where its beginning had to be read.
  /// - Throws: ``ProblemCode/variantTie``, and what reading the mapping and the file throws.
  func triples(
    of specification: Specification, for input: String, _ opened: OpenedStreams
  ) throws(Failure) -> RMLMapping? {
    let variants = specification.variants.filter(\.isTriples)
    if let variant {
      guard let named = variants.first(where: { $0.name == variant }) else { return nil }
      return try triples(named.path)
    }
    if variants.isEmpty { return nil }
    let name = TableName(input).file
    var kind = TableReader.Kind(name: name)
    if kind == nil { kind = try TableReader.kind(of: try opened.peeking(name)) }
    guard let kind else { return nil }
    let candidates = variants.filter { $0.kinds.contains(kind.rawValue) }
    guard let first = candidates.first else { return nil }
    let hasTable = specification.variants.contains { !$0.isTriples && ($0.kinds.isEmpty || $0.kinds.contains(kind.rawValue)) }
    if candidates.count == 1, !hasTable { return try triples(first.path) }
    var fits: [(mapping: RMLMapping, name: String, found: Int)] = []
    for candidate in candidates {
      let mapping = try triples(candidate.path)
      fits.append((mapping, candidate.name, (try? TriplesConversion.fit(of: mapping, to: input, resources: resources)) ?? 0))
    }
    // A mapping for tables may be meant, if there is one for the kind.
    if hasTable, fits.allSatisfy({ $0.found == 0 }) { return nil }
    let best = fits.filter { $0.found == fits.map(\.found).max() }
    if best.count == 1 { return best[0].mapping }
    throw Failure(.variantTie, at: Place(file: input), ["choices": best.map(\.name).joined(separator: ", ")])
  }

  /// Converts the inputs by a mapping, and the sources that it names beside them.
  func run(
    _ mapping: RMLMapping, base: String?, opened: (any ByteSource)? = nil, into sink: any QuadSink
  ) throws(Failure) -> ConversionReport {
    let shelf = RegisterShelf(library, patterns: patterns, base: self.base ?? base, resources: resources)
    let registers = try shelf.registers(named: mapping.registerNames, file: mapping.file, problems: problems)
    let context = context(registers, mode: .minimal, base: base)
    let bound = try bindings(of: mapping)
    let conversion = TriplesConversion(mapping, context: context, resources: opened ?? resources, together: together) { source in
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
