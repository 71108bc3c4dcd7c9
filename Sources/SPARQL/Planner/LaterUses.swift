/// The variables that parts of a pattern use which are still to come, kept up as one part after the other is done.
struct LaterUses {
  /// The variables of the parts that are not done yet.
  private(set) var variables: Set<VariableID> = []
  private var counts: [VariableID: Int] = [:]

  /// No part is done yet.
  init(_ parts: [some Sequence<VariableID>]) {
    for part in parts {
      for variable in part { counts[variable, default: 0] += 1 }
    }
    variables = Set(counts.keys)
  }

  /// A part is done.
  mutating func finish(_ part: some Sequence<VariableID>) {
    for variable in part {
      guard let count = counts[variable] else { continue }
      counts[variable] = count - 1
      if count == 1 { variables.remove(variable) }
    }
  }
}
