import Bytes

/// Where a cell stands in a sheet, as `B12` says it (ECMA-376 part 1, §18.18.7).
struct CellReference: Equatable {
  /// The most columns and rows that a sheet has.
  static let mostColumns = 16_384
  static let mostRows = 1_048_576

  /// The column, from 0. It may lie beyond the last that a sheet has.
  let column: Int
  /// The row, from 1.
  let row: Int

  /// Reads a reference; nil where the text is none.
  @inline(__always) init?(_ text: ByteView) {
    var index = 0
    var column = 0
    while index < text.count, isLetter(text[index]), index < 4 {
      column = column &* 26 &+ Int(text[index] & 0x1F)
      index &+= 1
    }
    guard index > 0, index < text.count, let row = text.dropFirst(index).cardinal else { return nil }
    self.column = column &- 1
    self.row = row
  }

  /// The cells in the corners of a range such as `A1:C2`, which may be a single cell; nil where the text is no range.
  static func range(_ text: ByteView) -> (first: CellReference, last: CellReference)? {
    guard let colon = text.firstIndex(of: UInt8(ascii: ":")) else { return CellReference(text).map { ($0, $0) } }
    guard let first = CellReference(text[0..<colon]), let last = CellReference(text.dropFirst(colon + 1)),
      first.column <= last.column, first.row <= last.row
    else { return nil }
    return (first, last)
  }
}

extension ByteView {
  /// The number that the text is in decimal digits, of which it has 1 to 10 and nothing else; nil for any other text.
  @inline(__always) var cardinal: Int? {
    if isEmpty || count > 10 { return nil }
    var value = 0
    for index in 0..<count {
      if !isDigit(self[index]) { return nil }
      value = value &* 10 &+ Int(self[index] &- 0x30)
    }
    return value
  }
}
