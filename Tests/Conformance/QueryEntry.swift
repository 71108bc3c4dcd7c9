import Bytes
import Problems
import RDF
import RDFSyntax
import Resources
import SPARQL
import Store

/// The tests of SPARQL queries, run over a store of their own.
struct QueryEntry {
  private enum Kind: String, CaseIterable {
    case evaluation = "QueryEvaluationTest"
    case cells = "CSVResultFormatTest"
    case positive = "PositiveSyntaxTest11"
    case positiveOld = "PositiveSyntaxTest"
    case negative = "NegativeSyntaxTest11"
    case negativeOld = "NegativeSyntaxTest"
  }

  /// Types of tests of what the product does not have: it changes nothing and these protocols are none of the library's.
  private static let foreign = [
    TestVocabulary.manifest + "UpdateEvaluationTest", "http://www.w3.org/2009/sparql/tests/test-update#UpdateEvaluationTest",
    TestVocabulary.manifest + "PositiveUpdateSyntaxTest11", TestVocabulary.manifest + "NegativeUpdateSyntaxTest11",
    TestVocabulary.manifest + "PositiveUpdateSyntaxTest", TestVocabulary.manifest + "NegativeUpdateSyntaxTest",
    TestVocabulary.manifest + "ProtocolTest", TestVocabulary.manifest + "ServiceDescriptionTest",
    TestVocabulary.manifest + "GraphStoreProtocolTest",
  ]

  private let entry: SuiteEntry
  /// Nil for a test of what the product does not have.
  private let kind: Kind?

  /// Nil for an entry of other types.
  init?(_ entry: SuiteEntry) {
    kind = Kind.allCases.first { entry.types.contains(TestVocabulary.manifest + $0.rawValue) }
    self.entry = entry
    if kind == nil, entry.types.isDisjoint(with: Self.foreign) { return nil }
  }

  func run(_ files: FileSource) -> Verdict {
    guard let kind, entry.query?.hasEntailment != true else { return .outOfScope }
    switch kind {
    case .evaluation, .cells: return evaluate(files)
    case .positive, .positiveOld, .negative, .negativeOld:
      let isNegative = kind == .negative || kind == .negativeOld
      do throws(Failure) {
        let document = entry.query?.query ?? entry.action
        let text = ByteString(try files.open(document).readAll())
        _ = try QueryParser.parse(text, name: document, base: ByteString(document), version: entry.version)
      } catch {
        return isNegative && error.isAboutContent ? .passed : .failed(error.reason, details: error.text)
      }
      return isNegative ? .failed("it is read, though it is wrong") : .passed
    }
  }

  private func evaluate(_ files: FileSource) -> Verdict {
    guard let action = entry.query else { return .failed("the entry has no query") }
    guard let result = entry.result else { return .failed("the entry has no result") }
    do throws(Failure) {
      let text = ByteString(try files.open(action.query).readAll())
      let query = try QueryParser.parse(text, name: action.query, base: ByteString(action.query), version: entry.version)
      let local = try LocalServices(action.services, files)
      let source = try load(action.adding(query.dataset, files), files, local.services)
      let form: ResultForm =
        if case .construct = query.form { .graph } else if case .describe = query.form { .graph } else { ResultForm(result) }
      let expected = try QueryResult(reading: result, form, files)
      let sink = AnswerText(expected.holdsControlCharacters ? .json : form)
      var request = QueryRequest(text, name: action.query, base: ByteString(action.query))
      request.version = entry.version
      request.budget.time = .seconds(60)
      try source.answerNow(request, to: sink, meter: QueryMeter(timeout: request.budget.time))
      let found = try sink.result()
      let isLax = entry.options[TestVocabulary.manifest + "resultCardinality"] == TestVocabulary.manifest + "LaxCardinality"
      return withExtendedLifetime(local) { expected.verdict(on: found, isOrdered: query.pattern.isOrdered, isLax: isLax) }
    } catch {
      return .failed(error.reason, details: error.text)
    }
  }

  /// A store of the entry's data. Blank nodes of two documents are never one.
  private func load(_ action: QueryAction, _ files: FileSource, _ services: Services) throws(Failure) -> EmbeddedSource {
    let builder = StoreBuilder()
    var number = 0
    for (name, document) in action.data.map({ (String?.none, $0) }) + action.graphs.map({ (Optional($0.name), $0.document) }) {
      number += 1
      builder.begin(graph: name.map { .iri($0) })
      let options = RDFReader.Options(base: ByteString(document), blankNodePrefix: ByteString("d\(number)-"))
      try RDFReader.read(
        try files.open(document), format: Format(path: document) ?? .turtle, options: options, into: builder, problems: ProblemList())
    }
    return EmbeddedSource(
      SnapshotHolder(try builder.makeSnapshot()), scope: .defaultOnly, threads: QueryThreads(count: 0),
      services: services)
  }
}

extension QueryAction {
  /// The action with the documents that the query's own FROM and FROM NAMED name, where it does not name them itself.
  fileprivate func adding(_ dataset: DatasetClause, _ files: FileSource) -> QueryAction {
    var action = self
    for iri in dataset.defaultGraphs + dataset.namedGraphs where !action.graphs.contains(where: { $0.name == iri.text }) {
      guard let path = files.path(of: iri.text), SuiteFolder.isFile(path) else { continue }
      action.graphs.append((name: iri.text, document: iri.text))
    }
    return action
  }
}

extension Failure {
  /// What a list of known failures says: the rule or construct that is missing, without places.
  var reason: String {
    switch problem.code {
    case .queryUnsupported: "\(problem.arguments["construct"] ?? "this") is not executed yet"
    case .formatUnsupported: "a document in the format \(problem.arguments["format"] ?? "") can't be read yet"
    default: "\(problem.code.rawValue): \(problem.arguments["found"] ?? problem.arguments["reason"] ?? "it is refused")"
    }
  }
}

extension Algebra {
  /// Whether the solutions come in an order that the query asks for.
  var isOrdered: Bool {
    switch self {
    case .orderBy: true
    case .project(_, let inner), .distinct(let inner), .reduced(let inner), .slice(_, _, let inner): inner.isOrdered
    default: false
    }
  }
}
