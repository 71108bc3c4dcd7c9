import Bytes
import Problems
import RDF
import RDFSyntax
import Resources
import SPARQL
import Store

/// The endpoints of a test, in this process: each answers from the documents that the manifest names.
final class LocalServices: ServiceClient {
  private let documents: [String: [String]]
  private let files: FileSource

  init(_ documents: [String: [String]], _ files: FileSource) {
    self.documents = documents
    self.files = files
  }

  /// What queries may ask: the endpoints of the test, which may ask one another.
  var services: Services { Services(allowed: Set(documents.keys.map { ByteString($0) }), client: self) }

  func solutions(of query: ByteString, at endpoint: ByteString, meter: QueryMeter) throws(Failure) -> ServiceAnswer {
    let builder = StoreBuilder()
    for document in documents[endpoint.text] ?? [] {
      try RDFReader.read(
        try files.open(document), format: Format(path: document) ?? .turtle, options: RDFReader.Options(base: ByteString(document)),
        into: builder, problems: ProblemList())
    }
    let source = EmbeddedSource(
      SnapshotHolder(try builder.makeSnapshot()), scope: .defaultOnly, threads: QueryThreads(count: 0), services: services)
    let sink = Sink()
    try source.answerNow(QueryRequest(query), to: sink, meter: meter)
    return sink.answer
  }

  /// Keeps solutions; used by one thread.
  private final class Sink: AnswerSink, @unchecked Sendable {
    private(set) var answer = ServiceAnswer(variables: [], rows: [])
    private let scratch = TextScratch()

    func begin(_ head: AnswerHead) throws(Failure) {
      if case .solutions(let variables) = head.kind { answer.variables = variables }
    }

    func append(_ solutions: SolutionBatch) throws(Failure) {
      for row in 0..<solutions.count {
        answer.rows.append(
          solutions.columns.indices.map { column in
            let id = solutions.id(row, column)
            return id == SolutionBatch.unbound ? nil : solutions.terms.term(id, scratch).term
          })
      }
    }

    func append(_ quads: borrowing QuadBatch) throws(Failure) {}
    func finish() throws(Failure) {}
  }
}
