import Bytes
import Identifiers
import RDF

/// A condition whose column and register are known, in the form in which it is run.
final class BoundCondition: Sendable {
  /// What is asked; what that needs stands beside it, so that choosing copies nothing.
  enum Kind: Sendable { case isOneOf, isNot, matches, isEmpty, isPresent, isWithheld, isCode, isNotCode, hasPersonalNumber }

  /// The condition as it was written.
  let source: String
  let column: Int
  let kind: Kind
  let register: Register?
  private let words: [ByteString]
  private let ranges: [ClosedRange<UInt64>]
  private let pattern: Pattern?

  init(_ condition: Condition, column: Int, register: Register?) {
    source = condition.source
    self.column = column
    self.register = register
    var words: [ByteString] = []
    var ranges: [ClosedRange<UInt64>] = []
    var pattern: Pattern?
    switch condition.test {
    case .isOneOf(let choices):
      kind = .isOneOf
      for choice in choices {
        switch choice {
        case .word(let word): words.append(word)
        case .range(let range): ranges.append(range)
        case .setting: break
        }
      }
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
    case .hasPersonalNumber: kind = .hasPersonalNumber
    }
    self.words = words
    self.ranges = ranges
    self.pattern = pattern
  }

  /// Whether the condition holds of a column's text.
  /// - Parameter spare: scratch memory.
  func holds(of text: ByteView, isWithheld: Bool, spare: inout ByteBuffer) -> Bool {
    switch kind {
    case .isOneOf: return words.contains { word in word.withView { $0.equalsIgnoringCase(text) } } || isInRange(text)
    case .isNot: return !words.contains { word in word.withView { $0.equalsIgnoringCase(text) } }
    // A match that had to be given up counts as one: what can't be judged is not published.
    case .matches: return !text.isEmpty && pattern?.outcome(on: text) != .noMatch
    case .isEmpty: return text.isEmpty && !isWithheld
    case .isPresent: return !text.isEmpty
    case .isWithheld: return isWithheld
    case .isCode: return !text.isEmpty && isCode(text, &spare)
    case .isNotCode: return !text.isEmpty && !isCode(text, &spare)
    case .hasPersonalNumber: return text.holdsPersonalNumber
    }
  }

  /// Whether the number that a text begins with lies in one of the ranges; one too long for a number lies in none.
  private func isInRange(_ text: ByteView) -> Bool {
    if ranges.isEmpty { return false }
    var number: UInt64 = 0
    var digits = 0
    while digits < text.count, digits < 19, isDigit(text[digits]) {
      number = number * 10 + UInt64(text[digits] &- 0x30)
      digits += 1
    }
    let isWhole = digits > 0 && (digits == text.count || !isDigit(text[digits]))
    return isWhole && ranges.contains { $0.contains(number) }
  }

  private func isCode(_ text: ByteView, _ spare: inout ByteBuffer) -> Bool {
    spare.truncate()
    return register?.find(text, key: &spare) == .found
  }
}

/// A rule that withholds or points out, bound to a file. Nothing in it is retained.
struct BoundRule {
  /// The number of its condition; nil where the file lacks the column: then the rule always holds.
  let condition: Int?
  /// Its number among the counters of the run.
  let counter: Int
  /// The number of the plan's text that says why a person should look at what it finds; -1 where it leaves no doubt.
  let doubt: Int
  /// Whether what it finds is published, and only pointed out.
  let onlyPointsOut: Bool
}
