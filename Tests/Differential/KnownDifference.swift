/// A query that a peer answers otherwise.
struct Difference: CustomStringConvertible {
  let peer: String
  let query: String
  let data: String
  let ours: Answer
  let theirs: Answer
  /// What the other peers answer.
  let others: [Answer]

  var description: String {
    """
    \(peer) differs\(others.contains(ours) ? ", others agree with us" : "")
    \(query)
    \(data)ours: \(ours.error ?? ours.lines.joined(separator: "\n      "))
    \(peer): \(theirs.error ?? theirs.lines.joined(separator: "\n      "))
    """
  }
}

/// Classes of differences in which the peer does not do what the specification says, or the specification leaves the choice.
enum KnownDifference {
  /// Why a difference is none of ours; nil for one that has no reason.
  static func reason(for difference: Difference) -> String? { nil }
}
