import TestSupport

/// A supplier ledger converted by the shipped mapping, and what was said of it.
struct LedgerRun {
  /// The run itself.
  let run: ProgramRun
  /// The report, as JSON.
  let report: String
  private let triples: [(subject: String, predicate: String, object: String)]

  /// Writes the ledger as `name` and converts it.
  init(named name: String = "ledger.csv", _ ledger: [UInt8], _ options: [String] = []) throws {
    let folder = try TemporaryFolder()
    try folder.write(name, ledger)
    let arguments = ["convert", "--mapping", "leverantorsreskontra", "--base", "https://data.example.se/", "--format", "ntriples"]
    run = try ProgramRun(arguments + ["--report", "report.json"] + options + [name], in: folder)
    report = try folder.names.contains("report.json") ? folder.text(of: "report.json") : ""
    triples = run.lines.compactMap { line in
      let parts = line.split(separator: " ", maxSplits: 2).map { Self.short(String($0)) }
      return parts.count == 3 ? (parts[0], parts[1], Self.short(String(line.split(separator: " ", maxSplits: 2)[2].dropLast(2)))) : nil
    }
  }

  /// Converts a ledger that is text.
  init(named name: String = "ledger.csv", _ ledger: String, _ options: [String] = []) throws {
    try self.init(named: name, Array(ledger.utf8), options)
  }

  /// Everything that left the program: standard output, standard error and the report.
  var everything: String { run.text + run.errors + report }

  /// The objects of a predicate, given by the end of its IRI, for each subject: `verifikat/…` for IRIs below `id/`,
  /// the text alone for literals.
  func values(_ predicate: String) -> [String: [String]] {
    let own = triples.filter { $0.predicate.hasSuffix("/" + predicate) || $0.predicate.hasSuffix("#" + predicate) }
    return Dictionary(grouping: own, by: \.subject).mapValues { $0.map(\.object).sorted() }
  }

  /// The things of which something is said and whose short name begins with `prefix`, such as `organisation/`.
  func things(_ prefix: String) -> Set<String> { Set(triples.map(\.subject).filter { $0.hasPrefix(prefix) }) }

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
