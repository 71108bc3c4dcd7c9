package import Bytes
package import Problems
import RDF

/// What the identifiers of a register may look like: judged before any is minted (DIGG's rules BI-1 to BI-7).
///
/// A pattern that breaks a rule is refused, whatever the keys; so is one by which two keys would make one IRI. Of keys the register says the form
/// and the check. Where it says no form, a key is lower-case letters, digits and hyphens: nothing that a path, a file name or an eye could
/// take for something else.
package struct IdentifierPolicy: Sendable {
  /// The most bytes that a key may have.
  static let longestKey = 100

  private let register: Register
  /// The form of keys where the register says none.
  private let ownForm: Pattern?

  /// The policy of a register.
  /// - Throws: ``ProblemCode/patternInvalid`` with the rule that its pattern breaks.
  package init(_ register: Register) throws(Failure) {
    self.register = register
    if let reason = Self.fault(of: register.declaration.pattern) {
      throw Failure(
        .patternInvalid, at: Place(file: register.declaration.file), value: register.declaration.pattern.source.text,
        ["register": .text(register.name), "reason": reason])
    }
    ownForm = register.declaration.form == nil ? try? Pattern("[a-z0-9]+(?:-[a-z0-9]+)*", anchored: true) : nil
  }

  /// The key as the register writes it, in normal form C: a letter with its mark is one key, however it was typed.
  /// - Throws: ``ProblemCode/keyInvalid`` with the rule that it breaks.
  package func key(_ text: ByteView) throws(Failure) -> ByteString {
    if text.count > 4 * Self.longestKey { throw fault(text, .phrase("key-too-long", ["limit": "\(Self.longestKey)"])) }
    let steps = register.declaration.steps
    guard let cleaned = steps.isEmpty ? text.normalized : steps.applied(to: text)?.withView(\.normalized), !cleaned.isEmpty else {
      throw fault(text, .phrase("key-empty"))
    }
    var key = ByteBuffer()
    let hasForm = cleaned.withView { (ownForm ?? register.declaration.form)?.append(groupsIn: $0, to: &key) ?? false }
    if !hasForm {
      throw ownForm == nil
        ? fault(text, .phrase("key-form", ["form": register.declaration.formText])) : fault(text, .phrase("key-form-default"))
    }
    if key.count > Self.longestKey { throw fault(text, .phrase("key-too-long", ["limit": "\(Self.longestKey)"])) }
    if let check = register.declaration.check, !check.holds(for: key.view) { throw fault(text, .phrase("key-check")) }
    if key.view.holdsForbidden { throw fault(text, .phrase("key-characters")) }
    if key.view.hasFileEnding { throw fault(text, .phrase("key-ending")) }
    return ByteString(key.view)
  }

  private func fault(_ text: ByteView, _ reason: Words) -> Failure {
    // Of what is no key only so much is shown as can be read, and nothing that turns the line round.
    let beginning: ByteView = text[0..<min(text.count, 60)]
    let readable = beginning.text.unicodeScalars.filter { !$0.isHidden }
    return Failure(
      .keyInvalid, value: String(String.UnicodeScalarView(readable)),
      ["register": .text(register.name), "reason": reason])
  }

  /// The rule that a pattern breaks, or nil.
  /// - Parameter base: what a site's own IRIs begin with; nil without a site.
  package static func fault(of pattern: URITemplate, base: String? = nil) -> Words? {
    bindingFault(of: pattern, base: base) ?? unadvised(in: pattern)
  }

  /// Whether the IRIs of a pattern stand below a base, whatever the scheme.
  package static func isBelow(_ base: String, _ pattern: URITemplate) -> Bool {
    IdentifierSpace.withoutScheme(pattern.source.text).hasPrefix(IdentifierSpace.withoutScheme(base) + "/")
  }

  /// What a pattern has that an identifier should not, by rules that leave a choice (BI-4, BI-5), or nil.
  package static func unadvised(in pattern: URITemplate) -> Words? {
    for case .literal(let literal) in pattern.parts {
      if literal.bytes.contains(UInt8(ascii: "?")) { return .phrase("pattern-query") }
      if literal.bytes.contains(UInt8(ascii: "#")) { return .phrase("pattern-fragment") }
    }
    return nil
  }

  /// The rule that a pattern breaks of those that leave no choice, or nil.
  ///
  /// Below a base things have `{base}/id/` alone, where they answer 303; the rest are documents, services and files (UM-7).
  package static func bindingFault(of pattern: URITemplate, base: String? = nil) -> Words? {
    let source = pattern.source.text
    var variables = 0
    var text = ""
    for part in pattern.parts {
      switch part {
      case .literal(let literal): text += literal.text
      case .expression(let kind, let names):
        variables += names.count
        // Characters that stay as they are could end a path or make two keys one.
        if kind != .simple { return .phrase("pattern-operator") }
        if names.contains(where: { $0.prefix != nil }) { return .phrase("pattern-prefix") }
        text += "\u{1}"
      }
    }
    if variables != 1 { return .phrase("pattern-variables", ["pattern": source]) }
    let scheme = ["https://", "http://"].first { text.hasPrefix($0) }
    guard let scheme else { return .phrase("pattern-scheme") }
    let rest = text.dropFirst(scheme.count).prefix { !"?#".contains($0) }
    let authority = rest.prefix { $0 != "/" }
    if authority.contains("\u{1}") { return .phrase("pattern-host") }
    do throws(Failure) {
      _ = try IdentifierBase.checked(scheme + authority, at: Place())
    } catch {
      return switch error.problem.code {
      case .basePort: .phrase("pattern-port")
      case .baseUser: .phrase("pattern-user")
      default: .phrase("pattern-host")
      }
    }
    let segments = rest.dropFirst(authority.count).split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    for segment in segments.dropLast() where segment.isEmpty { return .phrase("pattern-empty-segment") }
    // An escaped point is a point to whoever takes the path apart.
    if segments.contains(where: { [".", ".."].contains($0.lowercased().replacing("%2e", with: ".")) }) {
      return .phrase("pattern-empty-segment")
    }
    if let base, isBelow(base, pattern), !isBelow(base + "/id", pattern) { return .phrase("pattern-not-id", ["base": base]) }
    if let version = segments.first(where: isVersion) { return .phrase("pattern-version", ["segment": String(version)]) }
    if let last = segments.last, ByteString(String(last)).withView({ $0.hasFileEnding }) { return .phrase("pattern-ending") }
    return nil
  }

  /// Whether a segment of a path is a version: `v1`, `v2.0`, `1.0`. A year that is part of what a thing is has no point and no `v`.
  private static func isVersion(_ segment: Substring) -> Bool {
    let digits = segment.hasPrefix("v") || segment.hasPrefix("V") ? segment.dropFirst() : segment
    let numbers = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard numbers.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { isDigit($0) } }) else { return false }
    return digits.count < segment.count || numbers.count > 1
  }
}

extension ByteView {
  /// Whether something stands in it that no key may hold, whatever form a register allows: what would end a segment of a path, steer a
  /// terminal, or hide.
  fileprivate var holdsForbidden: Bool {
    if self == "." || self == ".." { return true }
    return text.unicodeScalars.contains { $0.isHidden || $0.properties.isWhitespace || "/\\%?#&\"'<>".unicodeScalars.contains($0) }
  }

  /// Whether it ends as a file's name does: a point and up to nine letters or digits, as in `.jsonld`, `.geojson` and `.7z`. Digits alone are a
  /// number.
  fileprivate var hasFileEnding: Bool {
    guard let point = buffer.lastIndex(of: UInt8(ascii: ".")), point > 0, count - point <= 10 else { return false }
    let ending = self[(point + 1)..<count]
    return ending.buffer.contains { isLetter($0) } && ending.buffer.allSatisfy { isLetter($0) || isDigit($0) }
  }
}

extension Unicode.Scalar {
  /// Whether it is a control, or a mark that is not seen: a joiner, a soft hyphen, what turns the direction of text.
  var isHidden: Bool { properties.generalCategory == .control || properties.isDefaultIgnorableCodePoint }
}
