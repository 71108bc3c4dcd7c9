/// Of how much that was read rules of secrecy were asked (contract §4, `withhold`, `embargo`): where of nothing, nobody knows whether it may
/// be published.
package enum JudgedPart: Sendable {
  case nothing, some, all

  /// What holds of this and of more that was read.
  /// - Parameter other: of how much of that; nil where nothing was read.
  package func with(_ other: JudgedPart?) -> JudgedPart {
    guard let other, other != self else { return self }
    return .some
  }
}
