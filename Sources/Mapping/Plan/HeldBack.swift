/// What a conversion holds back where rules of secrecy say so (contract §4, `withhold`, `embargo`). What comes of less than all is for telling what there
/// is in the files, and is shown to nobody.
package enum HeldBack: Sendable {
  case rowsAndCells
  case cells
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
