package import Problems

/// A sink that several threads may feed: each prepares its batches on its own, and hands them over in an order that is agreed upon.
package protocol DividedSink: QuadSink {
  /// A part for one thread. What goes to the sink itself meanwhile is not defined.
  func part() -> any SinkPart
}

/// What one thread feeds of a ``DividedSink``.
package protocol SinkPart: AnyObject {
  /// Does what can be done with a batch before it is its turn, while other threads do the same.
  func prepare(_ batch: borrowing QuadBatch)

  /// Takes the batch that was prepared last. No other thread's call goes on meanwhile.
  /// - Throws: what ``QuadSink/append(_:)`` throws.
  func deliver(_ batch: borrowing QuadBatch) throws(Failure)
}

/// The part of a sink that can do nothing beforehand.
package final class PlainPart: SinkPart {
  private let sink: any QuadSink

  /// A part of `sink`.
  package init(of sink: any QuadSink) { self.sink = sink }

  /// Does nothing.
  package func prepare(_ batch: borrowing QuadBatch) {}

  /// Appends the batch to the sink.
  package func deliver(_ batch: borrowing QuadBatch) throws(Failure) { try sink.append(batch) }
}
