/// Where a cell's text stands in the bytes of its batch, in eight bytes: start, length and two flags.
@usableFromInline @frozen struct CellSlice {
  @usableFromInline static let quoted: UInt32 = 1 << 31
  /// The text was decoded into the side area; the four bytes before it say where the cell begins in the source text.
  @usableFromInline static let decoded: UInt32 = 1 << 30
  @usableFromInline static let lengthMask: UInt32 = (1 << 30) - 1

  @usableFromInline var start: UInt32
  @usableFromInline var lengthAndFlags: UInt32

  @inlinable @inline(__always) init(_ start: Int, _ length: Int, flags: UInt32 = 0) {
    self.start = UInt32(truncatingIfNeeded: start)
    lengthAndFlags = UInt32(truncatingIfNeeded: length) | flags
  }

  @inlinable @inline(__always) var length: Int { Int(truncatingIfNeeded: lengthAndFlags & Self.lengthMask) }
  @inlinable @inline(__always) var isQuoted: Bool { lengthAndFlags & Self.quoted != 0 }
  @inlinable @inline(__always) var isDecoded: Bool { lengthAndFlags & Self.decoded != 0 }

  /// The same text in bytes that have moved.
  func moved(by offset: Int) -> CellSlice {
    var copy = self
    if length > 0 { copy.start = UInt32(truncatingIfNeeded: Int(start) + offset) }
    return copy
  }

  /// A cell of a workbook whose value can't be read: decoded, to nothing.
  static var unknown: CellSlice { CellSlice(0, 0, flags: decoded) }
  @inlinable @inline(__always) var isUnknown: Bool { lengthAndFlags == Self.decoded }
}

/// Where a row stands: its first cell, and what is needed to find the line and column of its cells.
@usableFromInline @frozen struct RowMark {
  @usableFromInline static let damagedFlag: UInt32 = 1 << 31
  @usableFromInline static let doubtfulFlag: UInt32 = 1 << 30
  @usableFromInline static let flags = damagedFlag | doubtfulFlag

  /// The number of the row's first cell in the batch.
  @usableFromInline var firstCell: UInt32
  /// The offset of the row's first byte in the batch's text.
  @usableFromInline var start: UInt32
  /// The physical line, counted from the batch's first.
  @usableFromInline var line: UInt32
  /// The column of the row's first byte, from 1; the two highest bits say that the row is damaged, or doubtful.
  @usableFromInline var columnAndFlag: UInt32
  /// The row's source number, counted from the batch's first.
  @usableFromInline var source: UInt32

  @inlinable @inline(__always) init(firstCell: Int, start: Int, line: Int, column: Int, source: Int) {
    self.firstCell = UInt32(truncatingIfNeeded: firstCell)
    self.start = UInt32(truncatingIfNeeded: start)
    self.line = UInt32(truncatingIfNeeded: line)
    columnAndFlag = UInt32(truncatingIfNeeded: column) & ~Self.flags
    self.source = UInt32(truncatingIfNeeded: source)
  }

  @inlinable @inline(__always) var isDamaged: Bool { columnAndFlag & Self.damagedFlag != 0 }
  @inlinable @inline(__always) var isWhole: Bool { columnAndFlag & Self.flags == 0 }
  var column: Int { Int(columnAndFlag & ~Self.flags) }
}
