import TestSupport

/// A supplier ledger converted by the shipped mapping, and what was said of it.
struct LedgerRun {
  private let file: MappedFile

  /// The run itself.
  var run: ProgramRun { file.run }
  /// The report, as JSON.
  var report: String { file.report }

  /// Writes the ledger as `name` and converts it.
  init(named name: String = "ledger.csv", _ ledger: [UInt8], _ options: [String] = []) throws {
    file = try MappedFile("leverantorsreskontra", ledger, named: name, options)
  }

  /// Converts a ledger that is text.
  init(named name: String = "ledger.csv", _ ledger: String, _ options: [String] = []) throws {
    try self.init(named: name, Array(ledger.utf8), options)
  }

  /// Everything that left the program: standard output, standard error and the report.
  var everything: String { file.everything }

  /// The objects of a predicate, given by the end of its IRI, for each subject: `verifikat/…` for IRIs below `id/`,
  /// the text alone for literals.
  func values(_ predicate: String) -> [String: [String]] {
    let own = file.triples.filter { MappedFile.ends($0.predicate, predicate) }
    return Dictionary(grouping: own, by: \.subject).mapValues { $0.map(\.object).sorted() }
  }

  /// The things of which something is said and whose short name begins with `prefix`, such as `organisation/`.
  func things(_ prefix: String) -> Set<String> { Set(file.triples.map(\.subject).filter { $0.hasPrefix(prefix) }) }
}
