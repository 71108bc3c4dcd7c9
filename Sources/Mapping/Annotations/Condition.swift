import Bytes
import Problems
import RDF

/// A condition on a row (contract §4): `COLUMN OP VALUE`.
struct Condition: Sendable {
  /// What is asked of a column's text.
  enum Test: Sendable {
    /// The text is one of these, the case of ASCII letters aside, or begins with a number in one of the ranges.
    case isOneOf([Choice])
    case isNot(ByteString)
    case matches(Pattern)
    case isEmpty
    case isPresent
    /// The cell was withheld.
    case isWithheld
    case isCode(register: String)
    case isNotCode(register: String)
    /// The text holds a personal number, checked by its date and check digit.
    case hasPersonalNumber
  }

  /// One of the values that `in` lists.
  enum Choice: Sendable {
    case word(ByteString)
    /// `5000..5999`
    case range(ClosedRange<UInt64>)
    /// `{name}`: what `--set name=…` lists; nothing where nobody set it.
    case setting(ByteString)

    /// A value, or a range; nil for a range that is none.
    init?(_ text: String) {
      guard let dots = text.firstRange(of: "..") else {
        self = .word(ByteString(text))
        return
      }
      guard let low = UInt64(text[..<dots.lowerBound]), let high = UInt64(text[dots.upperBound...]), low <= high else { return nil }
      self = .range(low...high)
    }
  }

  /// The name of the column.
  let column: ByteString
  let test: Test
  /// The condition as it was written.
  let source: String

  private static let operators = [
    "=", "!=", "in", "matches", "empty", "present", "withheld", "isCodeOf", "isNotCodeOf", "hasPersonalNumber",
  ]
  /// The operators that no value follows.
  private static let bare = ["empty", "present", "withheld", "hasPersonalNumber"]

  /// Reads a condition.
  init(_ text: String) throws(AnnotationFault) {
    source = text
    let words = text.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: true).map(String.init)
    guard words.count >= 2 else { throw AnnotationFault(reason: .phrase("condition-form", ["text": text])) }
    column = ByteString(words[0])
    let value = words.count > 2 ? words[2].trimmingSpaces : ""
    switch words[1] {
    case "=": test = .isOneOf([.word(ByteString(value))])
    case "!=": test = .isNot(ByteString(value))
    case "in":
      test = .isOneOf(
        try value.commaParts.map { part throws(AnnotationFault) in
          if part.hasPrefix("{"), part.hasSuffix("}") { return .setting(ByteString(String(part.dropFirst().dropLast()))) }
          return try Self.choice(part)
        })
    case "empty": test = .isEmpty
    case "present": test = .isPresent
    case "withheld": test = .isWithheld
    case "isCodeOf": test = .isCode(register: value)
    case "isNotCodeOf": test = .isNotCode(register: value)
    case "hasPersonalNumber": test = .hasPersonalNumber
    case "matches":
      do {
        test = .matches(try Pattern(value, anchored: false))
      } catch {
        throw AnnotationFault(reason: .phrase("expression-wrong", ["text": .text(value), "fault": error.message]))
      }
    default:
      throw AnnotationFault(reason: .phrase("none-of", ["text": words[1], "choices": Self.operators.joined(separator: " ")]))
    }
    let needsValue = !Self.bare.contains(words[1])
    if needsValue == value.isEmpty {
      throw AnnotationFault(
        reason: needsValue ? .phrase("condition-without-value", ["text": text]) : .phrase("condition-too-long", ["text": text]))
    }
  }

  private static func choice(_ text: String) throws(AnnotationFault) -> Choice {
    guard let choice = Choice(text) else { throw AnnotationFault(reason: .phrase("range-wrong", ["text": text])) }
    return choice
  }

  /// The register that it asks, or nil.
  var registerName: String? {
    switch test {
    case .isCode(let name), .isNotCode(let name): name
    default: nil
    }
  }

  /// The names of the settings that it asks for.
  var settingNames: [ByteString] {
    guard case .isOneOf(let choices) = test else { return [] }
    return choices.compactMap { if case .setting(let name) = $0 { name } else { nil } }
  }

  /// The condition with what `settings` list in the place of their names.
  func resolved(_ settings: [ByteString: ByteString]) throws(AnnotationFault) -> Condition {
    guard case .isOneOf(let choices) = test, !settingNames.isEmpty else { return self }
    var known: [Choice] = []
    for choice in choices {
      guard case .setting(let name) = choice else {
        known.append(choice)
        continue
      }
      for part in settings[name]?.text.commaParts ?? [] { known.append(try Self.choice(part)) }
    }
    return Condition(column: column, test: .isOneOf(known), source: source)
  }

  private init(column: ByteString, test: Test, source: String) {
    self.column = column
    self.test = test
    self.source = source
  }
}
