import Bytes

/// A `Link` header field, or several joined by commas (RFC 8288 §3). What is no link is passed over up to the next comma.
struct LinkHeader {
  /// A target with its relations.
  private struct Link {
    let target: String
    var relations: String?
    var hasAnchor = false
  }

  private let bytes: [UInt8]
  private var position = 0

  private init(_ text: String) { bytes = Array(text.utf8) }

  /// The target of the first link with a relation, as it is written; nil where there is none. Links that begin at another resource are none.
  static func target(of relation: String, in text: String) -> String? {
    var header = LinkHeader(text)
    while let link = header.next() {
      let relations = (link.relations ?? "").split { $0.isWhitespace }
      if !link.hasAnchor, relations.contains(where: { $0.lowercased() == relation }) { return link.target }
    }
    return nil
  }

  private var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func next() -> Link? {
    while let byte {
      if byte == UInt8(ascii: "<"), let link = link() { return link }
      skip { $0 != UInt8(ascii: ",") }
      position += 1
      skipBlanks()
    }
    return nil
  }

  private mutating func link() -> Link? {
    guard let close = bytes[position...].firstIndex(of: UInt8(ascii: ">")) else { return nil }
    var link = Link(target: String(decoding: bytes[(position + 1)..<close], as: UTF8.self))
    position = close + 1
    while let byte, byte != UInt8(ascii: ",") {
      position += 1
      if byte != UInt8(ascii: ";") { continue }
      skipBlanks()
      let name = taken { ![UInt8(ascii: "="), UInt8(ascii: ";"), UInt8(ascii: ",")].contains($0) && $0 > 0x20 }.lowercased()
      skipBlanks()
      guard self.byte == UInt8(ascii: "=") else { continue }
      position += 1
      skipBlanks()
      let value = value()
      // Of several, the first counts (§3.3).
      if name == "rel" { link.relations = link.relations ?? value }
      if name == "anchor" { link.hasAnchor = true }
    }
    position += 1
    skipBlanks()
    return link
  }

  /// The value of a parameter, a token or a quoted string (RFC 9110 §5.6.4).
  private mutating func value() -> String {
    guard byte == UInt8(ascii: "\"") else { return taken { ![UInt8(ascii: ";"), UInt8(ascii: ",")].contains($0) && $0 > 0x20 } }
    position += 1
    var text: [UInt8] = []
    while let byte, byte != UInt8(ascii: "\"") {
      if byte == UInt8(ascii: "\\") { position += 1 }
      if let byte = self.byte { text.append(byte) }
      position += 1
    }
    position += 1
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func taken(while isWanted: (UInt8) -> Bool) -> String {
    let start = min(position, bytes.count)
    skip(while: isWanted)
    return String(decoding: bytes[start..<max(start, position)], as: UTF8.self)
  }

  private mutating func skip(while isWanted: (UInt8) -> Bool) { while let byte, isWanted(byte) { position += 1 } }

  private mutating func skipBlanks() { skip { $0 == 0x20 || $0 == 0x09 } }
}
