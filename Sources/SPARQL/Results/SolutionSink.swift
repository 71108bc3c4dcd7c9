package import Bytes
package import Problems

/// What takes the result of a SELECT or ASK: `begin`, any number of `append`, `finish`; or `write(_:)` alone for a truth value.
package protocol SolutionSink: AnyObject {
  /// Begins a result of these variables, names without `?`.
  func begin(_ variables: [ByteString]) throws(Failure)

  /// Takes solutions, which are gone when the call returns.
  func append(_ batch: SolutionBatch) throws(Failure)

  /// Says that the result is whole.
  func finish() throws(Failure)

  /// Takes the answer of ASK, whole.
  func write(_ truth: Bool) throws(Failure)
}
