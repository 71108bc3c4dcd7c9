import Bytes
import Problems

extension [TemplatePart] {
  /// The references in a template.
  var references: [String] { compactMap { if case .reference(let text, _) = $0 { text } else { nil } } }
}

/// A part of a template (`rml:template`).
enum TemplatePart: Sendable, Hashable {
  case literal(ByteString)
  /// A reference, and where it begins in the template.
  case reference(String, offset: Int)

  /// Whether two say the same, byte by byte.
  static func == (left: TemplatePart, right: TemplatePart) -> Bool {
    switch (left, right) {
    case (.literal(let text), .literal(let other)): text == other
    case (.reference(let text, let offset), .reference(let other, let place)): offset == place && text.utf8.elementsEqual(other.utf8)
    default: false
    }
  }

  /// Hashes what is compared.
  func hash(into hasher: inout Hasher) {
    switch self {
    case .literal(let text): hasher.combine(text)
    case .reference(let text, let offset):
      hasher.combine(ByteString(text))
      hasher.combine(offset)
    }
  }

  /// Takes a template apart. A backslash before a brace or a backslash takes it for itself.
  /// - Throws: why and at which byte it is none.
  static func parts(of template: String) throws(TemplateFault) -> [TemplatePart] {
    var parts: [TemplatePart] = []
    var text: [UInt8] = []
    var start: Int?
    var index = 0
    let bytes = Array(template.utf8)
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\\"):
        guard index + 1 < bytes.count, [UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "\\")].contains(bytes[index + 1]) else {
          throw TemplateFault(reason: .phrase("template-backslash"), offset: index)
        }
        index += 1
        text.append(bytes[index])
      case UInt8(ascii: "{"):
        if start != nil { throw TemplateFault(reason: .phrase("template-brace-within"), offset: index) }
        if !text.isEmpty { parts.append(.literal(ByteString(text))) }
        text = []
        start = index + 1
      case UInt8(ascii: "}"):
        guard let begin = start else { throw TemplateFault(reason: .phrase("template-brace-stray"), offset: index) }
        if text.isEmpty { throw TemplateFault(reason: .phrase("template-empty"), offset: index) }
        parts.append(.reference(String(decoding: text, as: UTF8.self), offset: begin))
        text = []
        start = nil
      default: text.append(bytes[index])
      }
      index += 1
    }
    if let start { throw TemplateFault(reason: .phrase("template-brace-open"), offset: start - 1) }
    if !text.isEmpty { parts.append(.literal(ByteString(text))) }
    return parts
  }
}

/// Why a text is no template, and where.
struct TemplateFault: Error {
  let reason: Words
  let offset: Int
}
