/// One half of the rows that a plan reads first, for one of two threads that run the same plan.
final class ScanHalf {
  private let isSecond: Bool
  /// Whether an operator reads the half: the plan's first, and no other.
  private(set) var isTaken = false

  init(isSecond: Bool) { self.isSecond = isSecond }

  /// The half, for the operator that is to read it; nil where another does.
  func take() -> ScanHalf? {
    if isTaken { return nil }
    isTaken = true
    return self
  }

  /// The half's part of some rows.
  func rows(_ rows: Range<Int>) -> Range<Int> {
    let middle = rows.lowerBound + rows.count / 2
    return isSecond ? middle..<rows.upperBound : rows.lowerBound..<middle
  }
}
