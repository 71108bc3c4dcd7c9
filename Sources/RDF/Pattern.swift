package import Bytes
import CPCRE2
package import Problems
import Synchronization

/// Why a text is no regular expression.
package struct PatternError: Error, Sendable, Equatable {
  /// What is wrong.
  package let message: Words
  /// The byte in the pattern near which it is wrong.
  package let offset: Int

  /// An error with this message near this byte.
  package init(message: Words, offset: Int) {
    self.message = message
    self.offset = offset
  }
}

/// A regular expression, compiled to machine code by PCRE2.
///
/// It is matched against UTF-8; ill-formed text matches nothing. One match may cost ``matchLimit`` steps at most. Any
/// number of threads may match at the same time: the working memory of one match is kept for the next, and a second
/// thread that comes meanwhile makes its own.
package final class Pattern: Sendable {
  /// What became of a match.
  package enum Outcome: Sendable {
    case match
    case noMatch
    /// The match was given up, because the expression needs too many steps on this text.
    case limitReached
  }

  /// The most steps of one match; about a tenth of a second.
  package static let matchLimit: UInt32 = 1_000_000

  // The compiled code and the context are never changed once made (pcre2api, "Multithreading").
  private nonisolated(unsafe) let code: OpaquePointer
  private nonisolated(unsafe) let context: OpaquePointer?
  /// The address of match data that nobody uses just now, or 0.
  private let spare = Atomic<UInt>(0)

  /// Compiles a Perl-like expression. `anchored` means that it must match the whole text, else it may match anywhere.
  package convenience init(_ pattern: String, anchored: Bool, caseless: Bool = false) throws(PatternError) {
    try self.init(pattern, options: (anchored ? PCRE2_ANCHORED | PCRE2_ENDANCHORED : 0) | (caseless ? PCRE2_CASELESS : 0))
  }

  /// Compiles an expression of XML Schema (XSD 1.1 part 2, appendix G), which matches the whole text there; of I-Regexp (RFC 9485), which is
  /// a part of it, one may also ask whether it matches anywhere.
  package convenience init(xsd pattern: String, anchored: Bool = true) throws(PatternError) {
    var translation = PatternTranslation(pattern)
    try self.init(try translation.run(), options: (anchored ? PCRE2_ANCHORED | PCRE2_ENDANCHORED : 0) | PCRE2_UCP)
  }

  /// Compiles an expression of ECMAScript, as formats of CSVW are (metadata vocabulary §6.4.5), which must match the whole text.
  package convenience init(ecmaScript pattern: String) throws(PatternError) {
    try self.init(
      pattern,
      options: PCRE2_ANCHORED | PCRE2_ENDANCHORED | PCRE2_ALT_BSUX | PCRE2_ALLOW_EMPTY_CLASS | PCRE2_MATCH_UNSET_BACKREF)
  }

  /// Compiles an expression of XPath (XPath functions §5.6.1), which may match anywhere, with its flags: `s` lets a dot match line ends,
  /// `m` lets `^` and `$` match at them, `i` is for either case, `x` leaves white space out, `q` takes all characters for themselves.
  package convenience init(xpath pattern: String, flags: String) throws(PatternError) {
    var options: UInt32 = 0
    var isExtended = false
    for flag in flags.unicodeScalars {
      switch flag {
      case "s": options |= PCRE2_DOTALL
      case "m": options |= PCRE2_MULTILINE
      case "i": options |= PCRE2_CASELESS
      case "x": isExtended = true
      case "q": options |= PCRE2_LITERAL
      default: throw PatternError(message: .phrase("pattern-flag", ["flag": "\(flag)"]), offset: 0)
      }
    }
    if options & PCRE2_LITERAL != 0 {
      try self.init(pattern, options: options & (PCRE2_LITERAL | PCRE2_CASELESS))
    } else {
      var translation = PatternTranslation(xpath: pattern, dotMatchesAll: options & PCRE2_DOTALL != 0, isExtended: isExtended)
      try self.init(try translation.run(), options: options | PCRE2_UCP)
    }
  }

  private init(_ pattern: String, options: UInt32) throws(PatternError) {
    let bytes = Array(pattern.utf8)
    var code: Int32 = 0
    var offset = 0
    // PCRE2 refuses the others beside a literal pattern, for which they say nothing.
    let always = options & PCRE2_LITERAL != 0 ? PCRE2_UTF : PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C | PCRE2_DOLLAR_ENDONLY
    guard let compiled = pcre2_compile_8(bytes, bytes.count, options | always, &code, &offset, nil) else {
      throw PatternError(message: Self.message(code), offset: offset)
    }
    // Without machine code (as on a hardened kernel) the interpreter matches, slower.
    _ = pcre2_jit_compile_8(compiled, PCRE2_JIT_COMPLETE)
    self.code = compiled
    context = pcre2_match_context_create_8(nil)
    pcre2_set_match_limit_8(context, Self.matchLimit)
    pcre2_set_depth_limit_8(context, 10_000)
    pcre2_set_heap_limit_8(context, 20_000)
  }

  deinit {
    if let data = OpaquePointer(bitPattern: spare.load(ordering: .relaxed)) { pcre2_match_data_free_8(data) }
    pcre2_match_context_free_8(context)
    pcre2_code_free_8(code)
  }

  /// Whether the text matches; false too where the match was given up.
  package func matches(_ view: ByteView) -> Bool { outcome(on: view) == .match }

  /// Whether the text matches, telling a match that was given up from none.
  package func outcome(on view: ByteView) -> Outcome {
    withMatch(view) { result, _ in
      if result >= 0 { return .match }
      // Whatever else than «no match» ends a match, its outcome is not known.
      return result == PCRE2_ERROR_NOMATCH ? .noMatch : .limitReached
    }
  }

  /// Whether a match from `start` on was given up.
  package func isGivenUp(on view: ByteView, from start: Int) -> Bool {
    withMatch(view, from: start) { result, _ in result < 0 && result != PCRE2_ERROR_NOMATCH }
  }

  /// The names of the groups that have one, with their numbers, by number.
  package var groupNames: [(name: String, number: Int)] {
    var count: UInt32 = 0
    var size: UInt32 = 0
    var table: UnsafePointer<UInt8>?
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMECOUNT), &count)
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMEENTRYSIZE), &size)
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMETABLE), &table)
    guard let table else { return [] }
    // An entry is the number in two bytes, and the name with a zero after it.
    let names = (0..<Int(count)).map { entry in
      let start = table + entry * Int(size)
      return (name: String(cString: start + 2), number: Int(start[0]) << 8 | Int(start[1]))
    }
    return names.sorted { $0.number < $1.number }
  }

  /// Where the first match from `start` on and each group stand in the text, nil for a group that took no part; nil without a match.
  package func groups(in view: ByteView, from start: Int = 0) -> [Range<Int>?]? {
    withMatch(view, from: start) { result, data in
      guard result > 0 else { return nil }
      let vector = UnsafeBufferPointer(start: pcre2_get_ovector_pointer_8(data), count: 2 * Int(pcre2_get_ovector_count_8(data)))
      return (0..<vector.count / 2).map { group in
        let start = vector[2 * group]
        let end = vector[2 * group + 1]
        // What took no part is at -1; what \K moves beyond the end is no range.
        return start >= 0 && start <= end && end <= view.count ? start..<end : nil
      }
    }
  }

  /// Appends what the groups hold, one after the other, or the whole text where the pattern has no groups; false without a match.
  package func append(groupsIn view: ByteView, to out: inout ByteBuffer) -> Bool {
    withMatch(view) { result, data in
      guard result > 0 else { return false }
      let vector = UnsafeBufferPointer(start: pcre2_get_ovector_pointer_8(data), count: 2 * Int(pcre2_get_ovector_count_8(data)))
      if vector.count == 2 { out.append(view) }
      for group in 1..<max(vector.count / 2, 1) {
        let (start, end) = (vector[2 * group], vector[2 * group + 1])
        // A group that took no part is at -1.
        if start >= 0, start <= end, end <= view.count { out.append(view[start..<end]) }
      }
      return true
    }
  }

  private func withMatch<Result>(_ view: ByteView, from start: Int = 0, _ body: (Int32, OpaquePointer?) -> Result) -> Result {
    let taken = spare.exchange(0, ordering: .acquiring)
    let data = OpaquePointer(bitPattern: taken) ?? pcre2_match_data_create_from_pattern_8(code, nil)
    defer {
      let previous = spare.exchange(UInt(bitPattern: data), ordering: .acquiringAndReleasing)
      if let other = OpaquePointer(bitPattern: previous) { pcre2_match_data_free_8(other) }
    }
    let result = pcre2_match_8(code, view.start, view.count, start, view.isASCII ? PCRE2_NO_UTF_CHECK : 0, data, context)
    return body(result, data)
  }

  /// What the errors of compiling mean that people make; others are rare.
  private static func message(_ code: Int32) -> Words {
    switch code {
    case PCRE2_ERROR_END_BACKSLASH: .phrase("pattern-backslash-last")
    case PCRE2_ERROR_UNKNOWN_ESCAPE, PCRE2_ERROR_ESCAPE_INVALID_IN_CLASS: .phrase("pattern-escape-unknown")
    case PCRE2_ERROR_QUANTIFIER_OUT_OF_ORDER, PCRE2_ERROR_QUANTIFIER_TOO_BIG: .phrase("pattern-quantifier-number")
    case PCRE2_ERROR_MISSING_SQUARE_BRACKET: .phrase("pattern-class-open")
    case PCRE2_ERROR_CLASS_RANGE_ORDER: .phrase("pattern-class-order")
    case PCRE2_ERROR_QUANTIFIER_INVALID: .phrase("pattern-nothing-to-repeat")
    case PCRE2_ERROR_MISSING_CLOSING_PARENTHESIS: .phrase("pattern-parenthesis-open")
    case PCRE2_ERROR_UNMATCHED_CLOSING_PARENTHESIS: .phrase("pattern-parenthesis-stray")
    case PCRE2_ERROR_BAD_SUBPATTERN_REFERENCE: .phrase("pattern-group-missing")
    default: .phrase("pattern-other")
    }
  }
}
