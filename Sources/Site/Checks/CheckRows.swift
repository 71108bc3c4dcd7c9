import Bytes
import Problems
import RDF
import SPARQL

/// Takes the rows that a check finds: the first ones by the names of their variables, and how many there are.
///
/// It is used by one thread at a time, as sources promise.
final class CheckRows: AnswerSink, @unchecked Sendable {
  /// How many rows are kept.
  static let most = 1000

  /// The variables, without `?`; empty where the query gives no solutions.
  private(set) var variables: [String] = []
  /// The first rows, by variable.
  private(set) var rows: [[String: Term]] = []
  /// How many there are.
  private(set) var count = 0
  private let scratch = TextScratch()

  func begin(_ head: AnswerHead) throws(Failure) {
    if case .solutions(let names) = head.kind { variables = names.map(\.text) }
  }

  func append(_ batch: SolutionBatch) throws(Failure) {
    for solution in 0..<min(batch.count, Self.most - rows.count) {
      var row: [String: Term] = [:]
      for (column, name) in variables.enumerated() {
        let id = batch.id(solution, column)
        if id != SolutionBatch.unbound { row[name] = batch.terms.term(id, scratch).term }
      }
      // A query that groups nothing has one row without values.
      if !row.isEmpty { rows.append(row) }
      scratch.reset()
    }
    count += batch.count
  }

  func append(_ quads: borrowing QuadBatch) throws(Failure) {}

  func finish() throws(Failure) {}
}
