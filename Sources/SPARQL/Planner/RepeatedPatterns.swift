import Bytes
import Problems
import Store

/// The subqueries that stand more than once in a query, but for their spelling: they are worked out once, and their solutions kept.
final class RepeatedPatterns {
  private struct Key: Hashable {
    let pattern: ByteString
    let scope: GraphScope
  }

  private let repeated: [Algebra: ByteString]
  private var kept: [Key: (solutions: Solutions, memory: WorkingMemory)] = [:]

  /// The subqueries of a whole query's pattern.
  init(in pattern: Algebra, _ variables: VariableTable) {
    var found: [Algebra] = []
    pattern.collectSubqueries(&found)
    var known: [Algebra: ByteString] = [:]
    if found.count > 1 {
      let keys = found.map { AlgebraText.key($0, variables) }
      let counts = Dictionary(keys.map { ($0, 1) }, uniquingKeysWith: +)
      for (pattern, key) in zip(found, keys) where counts[key] != 1 && pattern.isRepeatable { known[pattern] = key }
    }
    repeated = known
  }

  /// The same for another thread: what is kept is its own.
  init(_ other: RepeatedPatterns) { repeated = other.repeated }

  /// The solutions of a subquery that stands more than once, worked out by `open` where they are not there yet; nil for another pattern.
  func solutions(of pattern: Algebra, in scope: GraphScope, _ context: QueryContext, _ open: () throws(Failure) -> any Operator)
    throws(Failure) -> (any Operator)?
  {
    guard !repeated.isEmpty, let text = repeated[pattern] else { return nil }
    let key = Key(pattern: text, scope: scope)
    if let (solutions, memory) = kept[key] { return KeptBatches(solutions, memory) }
    let memory = context.memory()
    let solutions = try open().all(context, memory)
    kept[key] = (solutions, memory)
    return KeptBatches(solutions, memory)
  }
}

extension Algebra {
  fileprivate func collectSubqueries(_ found: inout [Algebra]) {
    if case .toMultiset = self { found.append(self) }
    for inner in parts.patterns + existsPatterns { inner.collectSubqueries(&found) }
  }

  /// Whether it has the same solutions each time.
  fileprivate var isRepeatable: Bool {
    if case .service = self { return false }
    return parts.expressions.allSatisfy(\.isRepeatableBesideExists) && parts.patterns.allSatisfy(\.isRepeatable)
      && existsPatterns.allSatisfy(\.isRepeatable)
  }
}
