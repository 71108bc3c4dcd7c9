import Bytes

// Whether two queries of one item may find the same: what one of them must not tell, the other must not either.
extension JSONPath {
  /// Whether another query finds the very same, however it is written: `$.a` and `$['a']`.
  package func isSame(as other: JSONPath) -> Bool {
    levelsUp == other.levelsUp && givesKeys == other.givesKeys && segments == other.segments
  }

  /// Whether another query may find what this one finds, or something within it. Where that can't be told from their forms, it may.
  package func mayBeReached(by other: JSONPath) -> Bool {
    // Keys are said of what is found, and are not what it says.
    if givesKeys != other.givesKeys { return false }
    if levelsUp == other.levelsUp {
      // As long as each step goes down one level, ways that part by a name or a place never meet again.
      for (own, step) in zip(segments, other.segments) {
        if !own.goesDownOne || !step.goesDownOne { break }
        if let own = own.only, let step = step.only, own != step { return false }
      }
      // What ends above a text finds objects and arrays there, of which nothing is told. `[+]` goes no deeper where there is no array.
      let isAbove =
        zip(segments, other.segments).allSatisfy { $0 == $1 && $0.only != nil }
        && segments.dropFirst(other.segments.count).contains { !$0.selectors.contains(.each) }
      if isAbove { return false }
    }
    // A way whose steps are all told, and none of which is the last one here, goes past it.
    guard case .name? = segments.last?.only, let last = segments.last?.only else { return true }
    return other.segments.contains { $0.only == nil || $0.only == last }
  }
}

extension JSONPath.Segment {
  /// Whether a step leads to children, and to nothing else.
  fileprivate var goesDownOne: Bool { !isDescendant && !selectors.contains(.each) }

  /// The one child that a step goes to: a member by its name, or an element by its place from the start. Nil for any other step.
  fileprivate var only: JSONPath.Selector? {
    guard !isDescendant, selectors.count == 1 else { return nil }
    switch selectors[0] {
    case .name: return selectors[0]
    case .index(let index) where index >= 0: return selectors[0]
    default: return nil
    }
  }
}
