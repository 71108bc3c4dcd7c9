import Bytes

/// The path of a request, checked: nothing in it climbs, and every escape is one.
package struct RequestPath: Sendable, Equatable {
  /// The path as our templates write it: everything outside ASCII is percent-encoded, digits of escapes are capitals, and what means the
  /// same without an escape (RFC 3986 §2.3) has none. It begins with a slash.
  package let text: String
  /// The same with the escapes of characters outside ASCII decoded, as other publishers' IRIs may have them (RFC 3987 §3.2).
  package let decoded: String

  /// Reads a path as it stands in a request line.
  /// - Throws: ``RequestFault/escape`` or ``RequestFault/segment``.
  package init(_ raw: String) throws(RequestFault) {
    guard raw.utf8.first == UInt8(ascii: "/") else { throw .segment }
    var text: [UInt8] = []
    var decoded: [UInt8] = []
    func escape(_ byte: UInt8) -> [UInt8] { [UInt8(ascii: "%"), hexDigit(byte >> 4), hexDigit(byte & 15)] }
    var rest = raw.utf8[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%") {
        guard let high = rest.popFirst().flatMap(hexValue), let low = rest.popFirst().flatMap(hexValue) else { throw .escape }
        let value = high << 4 | low
        if value < 0x20 || value == 0x7F { throw .escape }
        let isPlain = isUnreserved(value)
        text += isPlain ? [value] : escape(value)
        decoded += isPlain || value >= 0x80 ? [value] : escape(value)
      } else if byte <= 0x20 || byte == 0x7F || byte == UInt8(ascii: "\\") {
        throw .escape
      } else {
        text += byte < 0x80 ? [byte] : escape(byte)
        decoded.append(byte)
      }
    }
    guard let readable = String(validating: decoded, as: UTF8.self) else { throw .escape }
    self.init(text: String(decoding: text, as: UTF8.self), decoded: readable)
    let segments = readable.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    if segments.contains(where: { $0 == "." || $0 == ".." }) || segments.dropLast().contains("") { throw .segment }
  }

  private init(text: String, decoded: String) {
    self.text = text
    self.decoded = decoded
  }

  /// The segments between the slashes; none for `/`.
  package var segments: [Substring] { text.split(separator: "/") }

  /// Whether the catalog is there, which there is by more than one profile.
  package var isCatalog: Bool { text == "/catalog" || text.hasPrefix("/catalog.") || text == "/datasets/dcat" }

  /// The path below a folder such as `/data`, or nil where it is not below it.
  package func below(_ folder: String) -> RequestPath? {
    guard text.hasPrefix(folder), decoded.hasPrefix(folder) else { return nil }
    let rest = (text.dropFirst(folder.count), decoded.dropFirst(folder.count))
    if rest.0.isEmpty { return RequestPath(text: "/", decoded: "/") }
    return rest.0.hasPrefix("/") ? RequestPath(text: String(rest.0), decoded: String(rest.1)) : nil
  }
}
