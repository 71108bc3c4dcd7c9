// Whether two expressions asked of one element may find the same: what one of them must not tell, the other must not either.
extension XPathExpression {
  /// Whether another expression may find what this one finds, something within it, or something that it stands in, whose text has its text in
  /// it. Where that can't be told from their forms, it may.
  package func mayBeReached(by other: XPathExpression) -> Bool {
    if self == other { return true }
    guard let own = plainWay else { return true }
    let isAttribute = own.steps.last?.hasPrefix("@") == true
    guard let way = other.plainWay else {
      // The text of an element has no attribute in it.
      return !isAttribute || other.source.contains("@") || other.source.contains("attribute")
    }
    if own.levelsUp != way.levelsUp { return !isAttribute || own.steps.last == way.steps.last }
    return isAttribute ? own.steps == way.steps : zip(own.steps, way.steps).allSatisfy { $0 == $1 }
  }

  /// A way that is nothing but names, the last of which may be an attribute, perhaps after steps up; nil for any other expression. The element
  /// itself has no steps.
  private var plainWay: (levelsUp: Int, steps: [String])? {
    var steps = source.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    var levels = 0
    while let first = steps.first, first == ".." || first == "." {
      if first == ".." { levels += 1 }
      steps.removeFirst()
    }
    for (number, step) in steps.enumerated() {
      let isAttribute = number == steps.count - 1 && step.hasPrefix("@")
      if !(isAttribute ? step.dropFirst() : step[...]).isQualifiedName { return nil }
    }
    return (levels, steps)
  }
}
