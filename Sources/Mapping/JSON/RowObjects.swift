import Bytes
package import Problems
package import RDF
package import Resources

/// What takes the objects that a conversion's rows describe, as JSON (csv2json), in the place of a sink of quads; none come to it.
package final class RowObjects: QuadSink {
  /// The objects of the rows since text was last handed on.
  var current = ObjectText()
  private let output: any ByteOutput

  /// Objects whose text goes to `output`.
  package init(_ output: any ByteOutput) { self.output = output }

  /// Hands on what has been written.
  /// - Throws: ``ProblemCode/writeFailed``.
  func flush() throws(Failure) {
    if current.text.isEmpty { return }
    try output.write(current.text.view)
    current.text.truncate()
  }

  /// Takes no quads: what rows say is gathered before it becomes any.
  package func append(_ batch: borrowing QuadBatch) throws(Failure) {}

  /// Hands on the rest of the text.
  package func finish() throws(Failure) { try flush() }
}
