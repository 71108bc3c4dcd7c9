import Problems
import RDF

/// Which row each quad of a batch came from, noted for a sink that keeps it.
struct RowOrigins {
  private let sink: any ProvenanceSink
  /// The number of the file being read.
  private var file = 0
  private var rows: ContiguousArray<UInt32> = []

  init(_ sink: any ProvenanceSink) { self.sink = sink }

  /// Says that the rows of another file follow. No quads wait to be handed on.
  mutating func begin(_ name: String) { file = sink.file(named: name) }

  /// Notes the row, counted from 1, of some of the batch's quads. Those before them of which nothing was noted came from no row.
  mutating func note(_ row: Int, _ quads: Range<Int>) {
    pad(to: quads.lowerBound)
    rows.append(contentsOf: repeatElement(UInt32(truncatingIfNeeded: row), count: quads.count))
  }

  /// Hands a batch on, and forgets the rows of its quads.
  mutating func append(_ batch: borrowing QuadBatch) throws(Failure) {
    pad(to: batch.count)
    let (sink, file) = (sink, file)
    let result = rows.withUnsafeBufferPointer { rows in
      Result { () throws(Failure) in try sink.append(batch, rows: rows, file: file) }
    }
    rows.removeAll(keepingCapacity: true)
    try result.get()
  }

  private mutating func pad(to count: Int) {
    if rows.count < count { rows.append(contentsOf: repeatElement(0, count: count - rows.count)) }
  }
}
