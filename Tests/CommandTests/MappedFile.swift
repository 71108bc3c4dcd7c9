import Foundation
import TestSupport

/// A file converted by a shipped mapping, and what was said of it.
struct MappedFile {
  /// The run itself.
  let run: ProgramRun
  /// The report, as JSON; empty where there is none.
  let report: String
  /// The triples as they came, with the IRIs of ids shortened.
  let triples: [Triple]

  /// A triple, of whose terms literals are their texts.
  struct Triple: Hashable {
    let subject: String
    let predicate: String
    let object: String
  }

  /// Writes `bytes` as `name` and converts it.
  init(_ mapping: String, _ bytes: [UInt8], named name: String = "table.csv", _ options: [String] = []) throws {
    let folder = try TemporaryFolder()
    try folder.write(name, bytes)
    let arguments = ["convert", "--mapping", mapping, "--base", "https://data.example.se/", "--format", "ntriples"]
    run = try ProgramRun(arguments + ["--report", "report.json"] + options + [name], in: folder)
    report = try folder.names.contains("report.json") ? folder.text(of: "report.json") : ""
    triples = run.lines.compactMap { Self.triple($0) }
  }

  /// Converts a table that is text.
  init(_ mapping: String, _ text: String, named name: String = "table.csv", _ options: [String] = []) throws {
    try self.init(mapping, Array(text.utf8), named: name, options)
  }

  /// Converts a real file that stands beside the repository and not in it.
  /// - Returns: nil where it is not there.
  init?(_ mapping: String, sample: String, _ options: [String] = []) throws {
    let path = ProgramRun.repository + "/../shared/domain/samples/" + sample
    guard let bytes = FileManager.default.contents(atPath: path) else { return nil }
    try self.init(mapping, Array(bytes), named: String(sample.split(separator: "/").last ?? ""), options)
  }

  /// How many different triples there are.
  var count: Int { Set(triples).count }

  /// Everything that left the program: standard output, standard error and the report.
  var everything: String { run.text + run.errors + report }

  /// The objects of a predicate, given by the end of its IRI, for a subject: `skolenhet/…` for IRIs below `id/`, the text alone for literals.
  func values(_ subject: String, _ predicate: String) -> [String] {
    Set(triples).filter { $0.subject == subject && Self.ends($0.predicate, predicate) }.map(\.object).sorted()
  }

  /// The subjects that have this object for a predicate.
  func subjects(_ predicate: String, _ object: String) -> Set<String> {
    Set(triples.filter { Self.ends($0.predicate, predicate) && $0.object == object }.map(\.subject))
  }

  /// Whether an IRI ends with a name.
  static func ends(_ iri: String, _ name: String) -> Bool { iri.hasSuffix("/" + name) || iri.hasSuffix("#" + name) }

  private static func triple(_ line: String) -> Triple? {
    let parts = line.split(separator: " ", maxSplits: 2).map(String.init)
    guard parts.count == 3 else { return nil }
    return Triple(subject: short(parts[0]), predicate: short(parts[1]), object: short(String(parts[2].dropLast(2))))
  }

  private static func short(_ term: String) -> String {
    if term.hasPrefix("\"") { return String(term.dropFirst().prefix { $0 != "\"" }) }
    guard term.hasPrefix("<") else { return term }
    let iri = term.dropFirst().dropLast()
    for base in ["https://data.example.se/id/", "https://w3id.org/kommungraf/id/"] where iri.hasPrefix(base) {
      return String(iri.dropFirst(base.count))
    }
    return String(iri)
  }
}
