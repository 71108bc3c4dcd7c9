import Bytes
import Problems
import RDF
import Resources

/// The bytes of a result, gathered into blocks, with the labels of its blank nodes.
struct ResultBuffer: ~Copyable {
  var out = ByteBuffer(capacity: blockSize + 1 << 14)
  let scratch = TextScratch()
  private let output: any ByteOutput

  private static let blockSize = 1 << 16

  init(_ output: any ByteOutput) { self.output = output }

  /// Hands the bytes on where there are many.
  mutating func flushIfFull() throws(Failure) {
    if out.count >= Self.blockSize { try flush() }
  }

  /// Hands the bytes on.
  mutating func flush() throws(Failure) {
    if !out.isEmpty { try output.write(out.view) }
    out.truncate()
    scratch.reset()
  }
}
