package import Bytes

/// How a cell of an iteration (``JSONIterations``, ``XMLIterations``) says that it holds several values: each begins with a byte that UTF-8
/// never has, and one that tells values from texts. A cell that does not begin so is one value.
package enum IterationCells {
  /// Begins each of several values.
  package static let mark: UInt8 = 0xFF
  /// After the mark: a text follows.
  package static let text: UInt8 = 0x01
  /// After the mark: a number or a truth value follows.
  package static let value: UInt8 = 0x02

  /// Whether a cell holds several values.
  @inline(__always) package static func areSeveral(_ cell: ByteView) -> Bool { cell.count > 0 && cell[0] == mark }
}

/// The references of an iteration that decide whether an item may be published, by number. One of them that can't be told is unknown
/// (``RowBatch/isUnknown(_:_:)``): it finds several values, an object or an array, or nothing where something must be found.
package struct JudgedReferences: Sendable {
  /// All of them.
  package var all: Set<Int> = []
  /// Those that must find something in each item.
  package var required: Set<Int> = []

  /// None.
  package init() {}
}

extension RowBatch {
  /// Appends a cell that can't be told.
  mutating func pushUnknown() {
    reserveCells(1)
    push(.unknown)
  }

  /// Appends a cell whose text `body` writes; `start` is where the row's own text has it, for the places of problems.
  mutating func pushDecoded(start: Int, flags: UInt32, _ body: (inout ByteBuffer) -> Void) {
    let low = beginDecoded(source: start)
    body(&bytes)
    reserveCells(1)
    push(CellSlice(low, bytes.count - low, flags: flags | CellSlice.decoded))
  }
}
