import Bytes
import Problems
import RDF
import RDFSyntax
import Resources
import SPARQL
import Store

/// Answers queries over a dataset by the product's own module, in process.
struct Ours {
  private let source: EmbeddedSource

  /// Reads a dataset in TriG.
  init(_ text: String) throws(Failure) {
    let builder = StoreBuilder()
    try RDFReader.read(MemoryStream(Array(text.utf8), name: "graph"), format: .trig, into: builder, problems: ProblemList())
    source = EmbeddedSource(SnapshotHolder(try builder.makeSnapshot()), scope: .defaultOnly, threads: QueryThreads(count: 0))
  }

  /// The answer to a query.
  func answer(_ query: String) -> Answer {
    let sink = Sink()
    do throws(Failure) {
      try source.answerNow(QueryRequest(ByteString(query)), to: sink, meter: QueryMeter(timeout: .seconds(60)))
    } catch {
      sink.answer.error = error.problem.line(in: .en)
    }
    sink.answer.lines.sort()
    return sink.answer
  }

  /// Keeps an answer; used by one thread.
  private final class Sink: AnswerSink, @unchecked Sendable {
    var answer = Answer()
    private var names: [String] = []
    private let scratch = TextScratch()

    func begin(_ head: AnswerHead) throws(Failure) {
      switch head.kind {
      case .solutions(let variables): names = variables.map(\.text)
      case .truth(let truth): answer.lines = ["\(truth)"]
      case .quads: break
      }
    }

    func append(_ solutions: SolutionBatch) throws(Failure) {
      for row in 0..<solutions.count {
        var texts: [String: String] = [:]
        for (column, name) in names.enumerated() {
          let id = solutions.id(row, column)
          if id != SolutionBatch.unbound { texts[name] = Self.text(solutions.terms.term(id, scratch).term) }
        }
        answer.add(texts)
        scratch.reset()
      }
    }

    func append(_ quads: borrowing QuadBatch) throws(Failure) {}
    func finish() throws(Failure) {}

    private static func text(_ term: Term) -> String {
      switch term {
      case .iri(let iri): AnswerTerm("iri", iri.text, "", "").text
      case .blankNode: AnswerTerm("blank", "", "", "").text
      case .literal(let lexical, .datatype(let type)): AnswerTerm("literal", lexical.text, type.text, "").text
      case .literal(let lexical, .language(let tag)):
        AnswerTerm("literal", lexical.text, "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString", tag.text).text
      }
    }
  }
}
