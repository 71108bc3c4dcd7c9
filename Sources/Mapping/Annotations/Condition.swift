import Bytes
import Problems
import RDF

/// A condition on a row (contract §4): `COLUMN OP VALUE`.
struct Condition: Sendable {
  /// What is asked of a column's text.
  enum Test: Sendable {
    /// The text is one of these, the case of ASCII letters aside.
    case isOneOf([ByteString])
    case isNot(ByteString)
    case matches(Pattern)
    case isEmpty
    case isPresent
    /// The cell was withheld.
    case isWithheld
    case isCode(register: String)
    case isNotCode(register: String)
  }

  /// The name of the column.
  let column: ByteString
  let test: Test
  /// The condition as it was written.
  let source: String

  /// Why a text is no condition.
  struct Fault: Error { let reason: Words }

  /// Reads a condition.
  init(_ text: String) throws(Fault) {
    source = text
    let words = text.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: true).map(String.init)
    guard words.count >= 2 else { throw Fault(reason: .phrase("condition-form", ["text": text])) }
    column = ByteString(words[0])
    let value = words.count > 2 ? words[2].trimmingSpaces : ""
    switch words[1] {
    case "=": test = .isOneOf([ByteString(value)])
    case "!=": test = .isNot(ByteString(value))
    case "in": test = .isOneOf(value.split(separator: ",").map { ByteString(String($0).trimmingSpaces) })
    case "empty": test = .isEmpty
    case "present": test = .isPresent
    case "withheld": test = .isWithheld
    case "isCodeOf": test = .isCode(register: value)
    case "isNotCodeOf": test = .isNotCode(register: value)
    case "matches":
      do {
        test = .matches(try Pattern(value, anchored: false))
      } catch {
        throw Fault(reason: .phrase("expression-wrong", ["text": .text(value), "fault": error.message]))
      }
    default:
      throw Fault(
        reason: .phrase("none-of", ["text": words[1], "choices": "= != in matches empty present withheld isCodeOf isNotCodeOf"]))
    }
    let needsValue = !["empty", "present", "withheld"].contains(words[1])
    if needsValue == value.isEmpty {
      throw Fault(reason: needsValue ? .phrase("condition-without-value", ["text": text]) : .phrase("condition-too-long", ["text": text]))
    }
  }
}

/// A rule by which a row or cell is never published (contract §4): a condition, whether it holds of files that lack the column, and
/// the name under which it is counted.
struct WithholdRule: Sendable {
  let condition: Condition
  /// Whether a file without the column is published all the same (`absent: publish`).
  let publishesWhenAbsent: Bool
  /// The name of the rule in reports.
  let name: String

  /// Reads `CONDITION; absent: publish; rule: NAME`; the parts after the condition may be left out.
  init(_ text: String) throws(Condition.Fault) {
    var rest = text
    var publishes = false
    var name: String?
    while let cut = rest.lastOption {
      switch cut.name {
      case "absent":
        guard cut.value == "publish" else { throw Condition.Fault(reason: .phrase("absent-must-be-publish")) }
        publishes = true
      case "rule": name = cut.value
      default: throw Condition.Fault(reason: .phrase("none-of", ["text": cut.name, "choices": "absent, rule"]))
      }
      rest = cut.before
    }
    condition = try Condition(rest.trimmingSpaces)
    publishesWhenAbsent = publishes
    self.name = name ?? condition.source
  }
}

extension String {
  /// The text without ASCII spaces at its ends.
  fileprivate var trimmingSpaces: String {
    var bytes = Array(utf8)[...]
    while bytes.first == 0x20 { bytes.removeFirst() }
    while bytes.last == 0x20 { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A last `; name: value`, and what stands before it. A semicolon of a regular expression is not taken for one.
  fileprivate var lastOption: (before: String, name: String, value: String)? {
    guard let mark = lastIndex(of: ";") else { return nil }
    let option = self[index(after: mark)...]
    guard let colon = option.firstIndex(of: ":") else { return nil }
    let name = String(option[..<colon]).trimmingSpaces
    guard !name.isEmpty, name.utf8.allSatisfy({ (0x61...0x7A).contains($0 | 0x20) }) else { return nil }
    return (String(self[..<mark]), name, String(option[option.index(after: colon)...]).trimmingSpaces)
  }
}
