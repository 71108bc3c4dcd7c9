import Bytes
import RDF

/// Regular expressions (SPARQL 1.1 §17.4.3.14, §17.4.3.15).
extension EvaluationContext {
  /// REGEX: whether the pattern matches anywhere; an error too where the match was given up.
  func regex(_ value: Value, _ pattern: Value, flags: Value) -> Value {
    guard value.isText, pattern.isString, flags.isString else { return .none }
    switch patterns.find(pattern.lexical, flags.lexical) {
    case .wrong: return .none
    case .literal: return .boolean(value.lexical.firstRange(of: pattern.lexical) != nil)
    case .pattern(let compiled):
      switch compiled.outcome(on: value.lexical) {
      case .match: return .boolean(true)
      case .noMatch: return .boolean(false)
      case .limitReached: return .none
      }
    }
  }

  /// REPLACE: all matches that do not overlap, `$1` to `$9` in the replacement standing for groups. A pattern that matches nothing at all
  /// is an error (XPath functions §5.6.3).
  func replace(_ value: Value, _ pattern: Value, by replacement: Value, flags: Value) -> Value {
    guard value.isText, pattern.isString, replacement.isString, flags.isString else { return .none }
    let isQuoted = flags.lexical.firstIndex(of: UInt8(ascii: "q")) != nil
    guard isQuoted || Self.isReplacement(replacement.lexical), let compiled = patterns.compiled(pattern.lexical, flags.lexical),
      compiled.outcome(on: .empty) == .noMatch
    else { return .none }
    let text = value.lexical
    work.truncate()
    var plain = 0
    var from = 0
    while from <= text.count {
      guard let groups = compiled.groups(in: text, from: from) else {
        if compiled.isGivenUp(on: text, from: from) { return .none }
        break
      }
      guard let whole = groups[0] else { break }
      work.append(text[plain..<whole.lowerBound])
      if isQuoted {
        work.append(replacement.lexical)
      } else {
        append(replacement.lexical, groups, of: text)
      }
      plain = whole.upperBound
      // A match of nothing (as of `(?=x)`) moves on by a character.
      from = whole.isEmpty ? plain + max(plain < text.count ? text.utf8Length(at: plain) : 1, 1) : plain
    }
    work.append(text.dropFirst(min(plain, text.count)))
    return value.with(text: scratch.copy(work.view))
  }

  /// Whether every `$` is followed by a digit and every backslash by one of `$` and `\`.
  private static func isReplacement(_ view: ByteView) -> Bool {
    var at = 0
    while at < view.count {
      let byte = view[at]
      let next = at + 1 < view.count ? view[at + 1] : 0
      if byte == UInt8(ascii: "$"), !isDigit(next) { return false }
      if byte == UInt8(ascii: "\\") {
        if next != UInt8(ascii: "$"), next != UInt8(ascii: "\\") { return false }
        at += 1
      }
      at += 1
    }
    return true
  }

  /// Appends the replacement with its groups filled in. As many digits count as there are groups for.
  private func append(_ replacement: ByteView, _ groups: [Range<Int>?], of text: ByteView) {
    var at = 0
    while at < replacement.count {
      let byte = replacement[at]
      at += 1
      if byte == UInt8(ascii: "\\") {
        work.append(replacement[at])
        at += 1
      } else if byte == UInt8(ascii: "$") {
        var number = Int(replacement[at] - 0x30)
        at += 1
        while at < replacement.count, isDigit(replacement[at]), number * 10 + Int(replacement[at] - 0x30) < groups.count {
          number = number * 10 + Int(replacement[at] - 0x30)
          at += 1
        }
        if number < groups.count, let group = groups[number] { work.append(text[group]) }
      } else {
        work.append(byte)
      }
    }
  }
}

/// The regular expressions of one query, each compiled once.
struct PatternCache {
  /// What a pattern came to.
  enum Entry {
    /// It is no regular expression.
    case wrong
    /// It stands for itself.
    case literal
    case pattern(Pattern)
  }

  private struct Key: Hashable {
    let pattern: ByteString
    let flags: ByteString
  }

  private var entries: [Key: Entry] = [:]
  private var last: (key: Key, entry: Entry)?
  /// More are not kept: a pattern that comes from the data may be another in each solution.
  private static let limit = 256

  /// The pattern with these flags.
  mutating func find(_ pattern: ByteView, _ flags: ByteView) -> Entry {
    if let last, last.key.pattern.withView({ $0 == pattern }), last.key.flags.withView({ $0 == flags }) { return last.entry }
    let key = Key(pattern: ByteString(pattern), flags: ByteString(flags))
    let entry = entries[key] ?? Self.make(key)
    if entries.count >= Self.limit { entries.removeAll(keepingCapacity: true) }
    entries[key] = entry
    last = (key, entry)
    return entry
  }

  /// The pattern, compiled even where it stands for itself; nil where it is none.
  mutating func compiled(_ pattern: ByteView, _ flags: ByteView) -> Pattern? {
    switch find(pattern, flags) {
    case .wrong: nil
    case .pattern(let compiled): compiled
    case .literal: try? Pattern(xpath: pattern.text, flags: "q")
    }
  }

  private static func make(_ key: Key) -> Entry {
    let isPlain = key.pattern.bytes.allSatisfy { isLetter($0) || isDigit($0) || $0 == 0x20 || $0 >= 0x80 }
    if isPlain, key.flags.isEmpty { return .literal }
    do throws(PatternError) {
      return .pattern(try Pattern(xpath: key.pattern.text, flags: key.flags.text))
    } catch {
      return .wrong
    }
  }
}
