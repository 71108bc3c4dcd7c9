package import Bytes
package import Problems
package import RDF
package import SPARQL

/// Gathers an answer for a page: some rows of terms, and how many came in all.
///
/// It is used by one thread at a time, as sources promise, and read after the answer has come.
package final class ResultTable: AnswerSink, @unchecked Sendable {
  /// How many rows are kept.
  package let limit: Int
  /// The variables, without `?`; those of a graph are `subject`, `predicate` and `object`.
  package private(set) var variables: [String] = []
  /// The first rows, at most ``limit``: a term for each variable, nil where it has no value.
  package private(set) var rows: [[Term?]] = []
  /// How many rows came.
  package private(set) var count = 0
  /// The answer of ASK.
  package private(set) var truth: Bool?
  /// Names the state of the data that the answer is about.
  package private(set) var version: ByteString = ""
  /// Whether the rows are the triples of CONSTRUCT or DESCRIBE.
  package private(set) var isGraph = false
  /// The names of things in the rows, by IRI, where they have been asked for.
  var names: Names?
  private let scratch = TextScratch()

  /// A table that keeps `limit` rows.
  package init(limit: Int = 1000) { self.limit = limit }

  /// Whether there are rows that were not kept.
  package var hasMore: Bool { count > rows.count }

  /// Begins the answer.
  package func begin(_ head: AnswerHead) throws(Failure) {
    version = head.version
    switch head.kind {
    case .solutions(let names): variables = names.map(\.text)
    case .truth(let truth): self.truth = truth
    case .quads:
      isGraph = true
      variables = ["subject", "predicate", "object"]
    }
  }

  /// Keeps solutions as long as there is room.
  package func append(_ batch: SolutionBatch) throws(Failure) {
    for solution in 0..<min(batch.count, limit - rows.count) {
      rows.append(
        variables.indices.map { column in
          let id = batch.id(solution, column)
          return id == SolutionBatch.unbound ? nil : batch.terms.term(id, scratch).term
        })
      scratch.reset()
    }
    count += batch.count
  }

  /// Keeps triples as long as there is room.
  package func append(_ quads: borrowing QuadBatch) throws(Failure) {
    for index in 0..<min(quads.count, limit - rows.count) {
      let quad = quads.quad(at: index)
      rows.append([quad.subject, quad.predicate, quad.object])
    }
    count += quads.count
  }

  /// Nothing is left to do.
  package func finish() throws(Failure) {}
}

extension Term {
  /// The IRI; nil for other terms.
  var iri: String? { if case .iri(let iri) = self { iri.text } else { nil } }

  /// The lexical form of a literal; nil for other terms.
  var lexical: String? { if case .literal(let text, _) = self { text.text } else { nil } }

  /// The language tag of a literal, in lower case.
  var language: String? { if case .literal(_, .language(let tag)) = self { tag.text.lowercased() } else { nil } }

  /// The label of a blank node.
  var blankNode: ByteString? { if case .blankNode(let label) = self { label } else { nil } }

  /// The number that the lexical form is, as counts in answers are.
  var integer: Int? { lexical.flatMap { Int($0) } }
}
