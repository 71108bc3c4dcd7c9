import Bytes
import Problems
import RDF
import SPARQL

/// Keeps what the product's reader of results gives.
final class ReadResult: SolutionSink {
  /// The result.
  private(set) var result = QueryResult.solutions(Solutions())
  private var solutions = Solutions()
  private var variables: [String] = []
  private let scratch = TextScratch()

  func begin(_ variables: [ByteString]) throws(Failure) {
    self.variables = variables.map(\.text)
    solutions.variables = Set(self.variables)
  }

  func append(_ batch: SolutionBatch) throws(Failure) {
    for index in 0..<batch.count {
      var row: [String: Term] = [:]
      for (column, variable) in variables.enumerated() {
        let id = batch.id(index, column)
        if id != SolutionBatch.unbound { row[variable] = batch.terms.term(id, scratch).term }
      }
      solutions.rows.append(row)
    }
  }

  func finish() throws(Failure) { result = .solutions(solutions) }

  func write(_ truth: Bool) throws(Failure) { result = .truth(truth) }
}
