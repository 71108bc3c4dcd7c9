import Bytes
import Identifiers
import Mapping
import Problems
import RDF
import RDFSyntax
import Resources
import TestSupport

/// What files gave under a mapping of RML, in process.
struct TriplesRun {
  /// The quads as N-Quads, each once, sorted.
  private(set) var lines: [String] = []
  /// All problems, as lines; that which ended the work last.
  private(set) var problems: [String] = []
  private(set) var report = ConversionReport()
  /// The code of the failure that ended the work, or nil.
  private(set) var failure: ProblemCode?

  static let prefixes = """
    @prefix rml: <http://w3id.org/rml/> . @prefix kgm: <https://w3id.org/kommungraf/ns/csvw/> . @prefix ex: <http://example.org/> .
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

    """

  /// Converts `files` by a mapping, whose prefixes stand before it in two lines and an empty one.
  init(
    _ mapping: String, _ files: [String: String], bytes: [String: [UInt8]] = [:], piece: Int = .max,
    _ change: (inout ConversionContext) -> Void = { _ in }
  ) {
    let list = ProblemList()
    var context = ConversionContext(mode: .minimal, base: "http://example.org/", problems: list)
    change(&context)
    let graph = QuadCollector()
    do throws(Failure) {
      let source = Pieces(files: files.mapValues { Array($0.utf8) }.merging(bytes) { $1 }, piece: piece)
      let mapping = try RMLReader.read(
        MemoryStream(Array((Self.prefixes + mapping).utf8), name: "m.rml.ttl"), file: "m.rml.ttl", base: "http://example.org/m",
        problems: list)
      let conversion = TriplesConversion(mapping, context: context, resources: source) { [$0.name] }
      report = try conversion.run(into: graph)
      lines = try Self.lines(graph)
    } catch {
      failure = error.problem.code
      list.report(error.problem)
    }
    problems = list.problems.map { $0.line(in: .en) }
  }

  private static func lines(_ graph: QuadCollector) throws(Failure) -> [String] {
    let output = MemoryOutput()
    let writer = try RDFWriter.make(.nquads, to: output, prefixes: Prefixes(), sorted: true)
    try graph.send(to: writer)
    try writer.finish()
    return output.text.split(separator: "\n").map(String.init).sorted()
  }
}

/// Files in memory that come in pieces.
private struct Pieces: ByteSource {
  let files: [String: [UInt8]]
  let piece: Int

  func open(_ name: String) throws(Failure) -> any ByteStream {
    guard let bytes = files[name] else { throw Failure(.inputMissing, at: Place(file: name), ["name": name]) }
    return MemoryStream(bytes, name: name, piece: piece)
  }
}
