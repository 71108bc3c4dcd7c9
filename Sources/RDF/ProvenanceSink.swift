package import Problems

/// A sink that also wants to know from which row of which file each quad came.
///
/// Rows are for those who look after the data. Where some are withheld, the gaps between the others tell which.
package protocol ProvenanceSink: QuadSink {
  /// A number for a file, the same for the same name.
  func file(named name: String) -> Int

  /// Takes a batch as ``QuadSink/append(_:)`` does.
  /// - Parameters:
  ///   - rows: for each quad of the batch the row that it came from, counted from 1 without the header; 0 where it came from none. Nil
  ///     where none is known.
  ///   - file: what ``file(named:)`` gave.
  func append(_ batch: borrowing QuadBatch, rows: UnsafeBufferPointer<UInt32>?, file: Int) throws(Failure)
}
