import Bytes
package import Problems
import RDF
import RDFSyntax
package import Resources
package import SPARQL
package import Store

/// The checks that every site's graph must pass, whatever its mappings are: queries in `vocabularies/checks`, the program's and the site's.
///
/// They are asked of the union of the site's graphs and of what is known of other vocabularies' terms, which stands in the default graph.
/// A row's `?subject`, `?property`, `?value` and `?graph` say where something is wrong; all but the first may be missing.
package struct SiteChecks {
  private let library: Library
  private let resources: any ByteSource
  private let problems: any ProblemSink
  /// What one check may cost.
  private let budget: QueryBudget

  /// The checks of a library.
  /// - Parameter budget: what one check may cost; one that costs more is a problem itself.
  package init(
    _ library: Library, resources: any ByteSource, problems: any ProblemSink,
    budget: QueryBudget = QueryBudget(time: .seconds(120), memory: 1 << 30)
  ) {
    self.library = library
    self.resources = resources
    self.problems = problems
    self.budget = budget
  }

  /// Checks a site that has been built.
  /// - Throws: as ``run(on:sources:)`` does.
  package func run(on site: LiveSite) throws(Failure) {
    let files = site.report.parts.compactMap { part in part.sources.first.map { (part.part.graph, $0) } }
    try run(on: site.holder.current, sources: Dictionary(files) { first, _ in first })
  }

  /// Runs all checks, and tells what they find. One that can't be used is told as a problem, and the others go on.
  /// - Parameter sources: a file for each graph, where problems are said to be whose subject comes from no row.
  /// - Throws: ``ProblemCode/limitExceeded`` where the store can't hold the known terms too, and what their files throw.
  package func run(on snapshot: Snapshot, sources: [String: String] = [:]) throws(Failure) {
    let files = library.checkFiles
    if files.isEmpty { return }
    let builder = StoreBuilder()
    try WellKnownTerms.read(of: library, into: builder, problems: problems)
    let snapshot = try snapshot.replacing(graphs: [], with: builder)
    let prefixes = try Prefixes(of: library)
    let source = EmbeddedSource(SnapshotHolder(snapshot), scope: .union, prefixes: prefixes, threads: QueryThreads(count: 0))
    let rows = RowPlaces(snapshot: snapshot, sources: sources, prefixes: prefixes)
    for file in files {
      do throws(Failure) {
        try run(try GraphCheck(file, resources: resources), source, rows)
      } catch {
        var problem = error.problem
        if problem.place.file == nil { problem.place.file = file }
        problems.report(problem)
      }
    }
  }

  private func run(_ check: GraphCheck, _ source: EmbeddedSource, _ rows: RowPlaces) throws(Failure) {
    let found = CheckRows()
    var request = QueryRequest(check.query, name: check.file)
    request.forms = .select
    request.budget = budget
    try source.answerNow(request, to: found, meter: QueryMeter(timeout: budget.time, memory: budget.memory))
    if !found.variables.contains("subject") {
      throw Failure(.checkInvalid, at: Place(file: check.file), ["reason": .phrase("check-variable")])
    }
    for row in found.rows { problems.report(rows.problem(row, check)) }
    if found.count > CheckRows.most {
      problems.report(
        Problem(
          .graphCheckMore, at: Place(file: check.file), severity: check.severity,
          ["check": .written(check.title), "limit": "\(CheckRows.most)", "count": "\(found.count)"]))
    }
  }
}

/// What rows of checks are about, for messages.
private struct RowPlaces {
  let snapshot: Snapshot
  let sources: [String: String]
  let prefixes: Prefixes

  /// What to tell of a row.
  func problem(_ row: [String: Term], _ check: GraphCheck) -> Problem {
    var arguments: [String: Words] = ["check": .written(check.title), "mend": .written(check.help)]
    arguments["subject"] = row["subject"].map { $0.isBlank ? .phrase("node-without-identifier") : .text($0.shown) } ?? ""
    arguments["property"] = row["property"].map { .text(prefixes.shortened($0.shown)) }
    let place = place(of: row)
    arguments["row"] = place.row.map { .text("\($0)") }
    let value = row["value"].flatMap { $0.isBlank ? nil : prefixes.shortened($0.shown) }
    return Problem(.graphCheck, at: place, value: value, severity: check.severity, arguments)
  }

  /// Where a row's subject comes from: the row of a table, else the file of its graph, else the graph.
  private func place(of row: [String: Term]) -> Place {
    guard let graph = row["graph"] else { return Place() }
    if let subject = row["subject"].flatMap({ snapshot.id(of: $0) }), let number = snapshot.id(of: graph),
      let origin = snapshot.provenance(ofSubject: subject, in: number).first
    {
      return Place(file: origin.file, row: origin.row)
    }
    return Place(file: sources[graph.shown] ?? graph.shown)
  }
}

extension Term {
  /// The IRI or the text, for messages.
  fileprivate var shown: String {
    switch self {
    case .iri(let iri): iri.text
    case .literal(let text, _): text.text
    case .blankNode(let label): label.text
    }
  }

  fileprivate var isBlank: Bool { if case .blankNode = self { true } else { false } }
}
