import Bytes
import Identifiers
import RDF

/// A condition whose column and register are known, in the form in which it is run.
final class BoundCondition: Sendable {
  /// What is asked; what that needs stands beside it, so that choosing copies nothing.
  enum Kind: Sendable { case isOneOf, isNot, matches, isEmpty, isPresent, isWithheld, isCode, isNotCode }

  /// The condition as it was written.
  let source: String
  let column: Int
  let kind: Kind
  let register: Register?
  private let words: [ByteString]
  private let pattern: Pattern?

  init(_ condition: Condition, column: Int, register: Register?) {
    source = condition.source
    self.column = column
    self.register = register
    var words: [ByteString] = []
    var pattern: Pattern?
    switch condition.test {
    case .isOneOf(let choices):
      kind = .isOneOf
      words = choices
    case .isNot(let word):
      kind = .isNot
      words = [word]
    case .matches(let expression):
      kind = .matches
      pattern = expression
    case .isEmpty: kind = .isEmpty
    case .isPresent: kind = .isPresent
    case .isWithheld: kind = .isWithheld
    case .isCode: kind = .isCode
    case .isNotCode: kind = .isNotCode
    }
    self.words = words
    self.pattern = pattern
  }

  /// Whether the condition holds of a column's text.
  /// - Parameter spare: scratch memory.
  func holds(of text: ByteView, isWithheld: Bool, spare: inout ByteBuffer) -> Bool {
    switch kind {
    case .isOneOf: return words.contains { word in word.withView { $0.equalsIgnoringCase(text) } }
    case .isNot: return !words.contains { word in word.withView { $0.equalsIgnoringCase(text) } }
    // A match that had to be given up counts as one: what can't be judged is not published.
    case .matches: return !text.isEmpty && pattern?.outcome(on: text) != .noMatch
    case .isEmpty: return text.isEmpty && !isWithheld
    case .isPresent: return !text.isEmpty
    case .isWithheld: return isWithheld
    case .isCode: return !text.isEmpty && isCode(text, &spare)
    case .isNotCode: return !text.isEmpty && !isCode(text, &spare)
    }
  }

  private func isCode(_ text: ByteView, _ spare: inout ByteBuffer) -> Bool {
    spare.truncate()
    return register?.find(text, key: &spare) == .found
  }
}

/// A rule that withholds, bound to a file.
struct BoundRule {
  /// The number of its condition; nil where the file lacks the column: then the rule always holds.
  let condition: Int?
  /// Its number among the counters of the run.
  let counter: Int
}
