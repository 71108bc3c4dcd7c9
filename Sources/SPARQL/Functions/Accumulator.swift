package import Bytes
import RDF

/// One aggregate over one group as its solutions come (SPARQL 1.1 §18.5.1).
///
/// An argument that is an error is left out by COUNT and SAMPLE, and makes the result of the others one.
package struct Accumulator {
  private let kind: Aggregate.Kind
  private let separator: ByteString
  private var count = 0
  private var sum = Value.integer(0)
  private var best: OwnedValue?
  private var text: [UInt8] = []
  private var isFailed = false
  /// The terms that came, where each counts once.
  private var seen: Set<ByteString>?
  private var seenBytes = 0

  /// An aggregate without solutions yet.
  package init(_ aggregate: Aggregate) {
    kind = aggregate.kind
    separator = aggregate.separator
    if aggregate.isDistinct { seen = [] }
  }

  /// A SUM or AVG to which `count` solutions have come already.
  init(_ aggregate: Aggregate, count: Int, sum: Value) {
    self.init(aggregate)
    self.count = count
    self.sum = sum
    isFailed = sum.isNone
  }

  /// How many bytes it holds, roughly, for budgets.
  package var memory: Int { text.count + seenBytes + 64 }

  /// Counts a solution: `COUNT(*)` without DISTINCT.
  package mutating func addSolution() { count += 1 }

  /// Counts a solution by a key that tells equal solutions from others: `COUNT(DISTINCT *)`.
  package mutating func addSolution(key: ByteView) {
    if note(ByteString(key)) { count += 1 }
  }

  /// Takes the value of the argument for one solution.
  package mutating func add(_ value: Value, _ context: EvaluationContext) {
    if isFailed { return }
    guard !value.isNone else {
      isFailed = kind != .count && kind != .sample
      return
    }
    if seen != nil, !isNew(value, context) { return }
    count += 1
    switch kind {
    case .count: break
    case .sum, .average:
      sum = Value.arithmetic(.add, sum, value)
      isFailed = sum.isNone
      // What it was read from says nothing of the sum.
      sum = Value(sum.payload)
    case .min, .max:
      let order = best?.withValue { Value.order(value, $0) } ?? (kind == .min ? -1 : 1)
      if kind == .min ? order < 0 : order > 0 { best = OwnedValue(value) }
    case .sample:
      if best == nil { best = OwnedValue(value) }
    case .groupConcat:
      guard value.isLiteral || value.isIRI else {
        isFailed = true
        return
      }
      if count > 1 { text += separator.bytes }
      text += value.text(context.scratch).buffer
    }
  }

  private mutating func isNew(_ value: Value, _ context: EvaluationContext) -> Bool {
    guard let term = value.term(context.scratch) else { return false }
    var key = [term.kind.rawValue]
    key += term.lexical.buffer
    key.append(0xFF)
    guard term.kind == .tagged else { return note(ByteString(key + term.qualifier.buffer)) }
    // Tags that differ in their capitals are one.
    for byte in term.qualifier.buffer { key.append(isLetter(byte) ? byte | 0x20 : byte) }
    return note(ByteString(key))
  }

  /// Keeps a key; false where it is known.
  private mutating func note(_ key: ByteString) -> Bool {
    guard seen?.insert(key).inserted ?? true else { return false }
    seenBytes += key.count + 64
    return true
  }

  /// The result; its bytes live in the context's scratch memory.
  package func result(_ context: EvaluationContext) -> Value {
    if isFailed { return .none }
    switch kind {
    case .count: return .integer(count)
    case .sum: return sum
    case .average: return count == 0 ? .integer(0) : Value.arithmetic(.divide, sum, .integer(count))
    case .min, .max, .sample: return best?.value(context.scratch) ?? .none
    case .groupConcat: return .string(ByteString(text).withView { context.scratch.copy($0) })
    }
  }
}
