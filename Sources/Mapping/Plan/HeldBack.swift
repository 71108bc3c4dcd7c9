/// What a conversion holds back where rules of secrecy say so (contract §4, `withhold`, `embargo`). What comes of less than all is for telling what there
/// is in the files, and is shown to nobody.
package enum HeldBack: Sendable {
  /// All that rules say.
  case rowsAndCells
  /// Cells in rows that are held back by no rule then.
  case cells
  /// No rule is heeded.
  case nothing
}

extension TablePlan {
  /// Takes away rules that hold back more than is asked for.
  mutating func hold(back part: HeldBack) {
    if part == .rowsAndCells { return }
    withhold = []
    embargoes = []
    isSecretive = false
    // Rules of cells are still looked at.
    pointsOut = part == .cells
    if part == .nothing { for number in columns.indices { columns[number].withhold = [] } }
  }
}
