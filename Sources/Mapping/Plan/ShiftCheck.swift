import Bytes
import Tables

/// Finds rows whose cells stand beside their columns, because an unquoted delimiter makes two cells of one.
///
/// Such a row is seen where it has too many cells. Where its last cells were empty it has the right number, and only what the cells hold
/// tells: from some column on they are values of the columns beside their own.
struct ShiftCheck {
  /// The columns of which not every text is a value, by the number of their cell.
  private let strict: [(cell: Int, column: ByteString, fit: CellFit)]

  /// How far cells may have moved: to the right by as many delimiters as one cell held, to the left where one is missing.
  private static let distances = [1, 2, 3, -1]

  init(_ plan: TablePlan) {
    let described = plan.columns.compactMap { column in
      let fit = CellFit(column)
      return column.source.cell >= 0 && fit.isStrict ? (column.source.cell, column.name, fit) : nil
    }
    let answers = plan.answers.map { answers in
      answers.columns.map { ($0.cell, $0.title, CellFit(answerMissing: plan.columns[answers.yes].nulls)) }
    }
    strict = (described + (answers ?? [])).sorted { $0.0 < $1.0 }
  }

  /// The column from which on the cells of a row look moved, and how far; nil where they don't.
  ///
  /// It begins at the first cell that is no value of its column. What speaks for a move is a cell that is a value of the column beside its
  /// own, what speaks against it one that is a value where it stands.
  /// - Parameter isCertain: whether all moved cells must be values; otherwise it is enough that more are than where they stand.
  func find(_ row: Int, _ input: borrowing RowBatch, isCertain: Bool) -> (cell: Int, column: ByteString, count: Int)? {
    let width = input.cellCount(row)
    func text(_ cell: Int) -> ByteView { cell >= 0 && cell < width ? input.cell(row, cell).trimmedOfSpaces : .empty }
    guard let first = strict.firstIndex(where: { !text($0.cell).isEmpty && !$0.fit.accepts(text($0.cell)) }) else { return nil }
    for distance in Self.distances {
      var (fitting, unfitting, mended) = (0, 0, 0)
      var (moved, unmoved) = (0, 0)
      for column in strict[first...] {
        let own = text(column.cell)
        let other = text(column.cell + distance)
        let fitsOwn = !own.isEmpty && column.fit.accepts(own)
        let fitsOther = !other.isEmpty && column.fit.accepts(other)
        if fitsOwn { fitting += 1 } else if !own.isEmpty { unfitting += 1 }
        if fitsOther { moved += 1 } else if !other.isEmpty { unmoved += 1 }
        if fitsOther, !fitsOwn, !own.isEmpty { mended += 1 }
      }
      let isLikely = mended > 0 && unmoved < unfitting && moved > fitting
      if isLikely, !isCertain || unmoved == 0 && moved > fitting + 1 { return (strict[first].cell, strict[first].column, abs(distance)) }
    }
    return nil
  }
}

extension RowRunner {
  /// What the column that a cell of the row belongs to is called in messages; nil where there is none.
  func shownName(ofCell cell: Int) -> String? {
    (0..<columns.count).first { self.cell(of: $0) == cell }.map { columns.elements[$0].shownName }
  }

  /// The column from which on the cells of the row look moved, and how far; nil where they don't.
  mutating func shift(_ row: Int, _ input: borrowing RowBatch, isCertain: Bool) -> (cell: Int, column: ByteString, count: Int)? {
    let check = neighbours ?? ShiftCheck(plan)
    neighbours = check
    return check.find(row, input, isCertain: isCertain)
  }
}
