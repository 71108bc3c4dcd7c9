/// What stands in an XML document one after the other, as far as results of queries need it: no namespaces, no document types of their
/// own, and no complaint about what is wrong.
struct XMLEvents: Sequence, IteratorProtocol {
  enum Event {
    case start(String, [String: String])
    case end(String)
    case text(String)
  }

  private let bytes: [UInt8]
  private var position = 0
  /// The element that has just begun and ends at once.
  private var emptyElement: String?

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func next() -> Event? {
    if let name = emptyElement {
      emptyElement = nil
      return .end(name)
    }
    while position < bytes.count {
      if bytes[position] != UInt8(ascii: "<") { return .text(decoded(upTo("<"))) }
      if skip("<!--") {
        _ = upTo("-->")
        _ = skip("-->")
      } else if skip("<![CDATA[") {
        let text = upTo("]]>")
        _ = skip("]]>")
        return .text(String(decoding: text, as: UTF8.self))
      } else if skip("<?") || skip("<!") {
        _ = upTo(">")
        _ = skip(">")
      } else if skip("</") {
        let name = local(upTo(">"))
        _ = skip(">")
        return .end(name)
      } else {
        return start()
      }
    }
    return nil
  }

  /// A tag that begins an element.
  private mutating func start() -> Event {
    position += 1
    let name = local(word())
    var attributes: [String: String] = [:]
    while position < bytes.count {
      skipSpace()
      if skip(">") { break }
      if skip("/>") {
        emptyElement = name
        break
      }
      let attribute = String(decoding: word(), as: UTF8.self)
      skipSpace()
      guard skip("=") else {
        position += 1
        continue
      }
      skipSpace()
      let quote = skip("\"") ? "\"" : "'"
      if quote == "'" { _ = skip("'") }
      attributes[attribute] = decoded(upTo(quote))
      _ = skip(quote)
    }
    return .start(name, attributes)
  }

  private func local(_ name: ArraySlice<UInt8>) -> String {
    let name = String(decoding: name, as: UTF8.self).filter { !$0.isWhitespace }
    return name.split(separator: ":").last.map(String.init) ?? name
  }

  private mutating func skipSpace() {
    while position < bytes.count, bytes[position] <= 0x20 { position += 1 }
  }

  private mutating func word() -> ArraySlice<UInt8> {
    let start = position
    while position < bytes.count, bytes[position] > 0x20, !"=/>".utf8.contains(bytes[position]) { position += 1 }
    return bytes[start..<position]
  }

  private mutating func skip(_ text: String) -> Bool {
    guard bytes[position...].starts(with: text.utf8) else { return false }
    position += text.utf8.count
    return true
  }

  private mutating func upTo(_ text: String) -> ArraySlice<UInt8> {
    let start = position
    while position < bytes.count, !bytes[position...].starts(with: text.utf8) { position += 1 }
    return bytes[start..<position]
  }

  /// A text with its references to characters resolved.
  private func decoded(_ text: ArraySlice<UInt8>) -> String {
    let parts = String(decoding: text, as: UTF8.self).split(separator: "&", omittingEmptySubsequences: false)
    var out = String(parts.first ?? "")
    for part in parts.dropFirst() {
      let name = part.prefix { $0 != ";" }
      out += Self.character(name) ?? "&\(name);"
      out += part.dropFirst(name.count + 1)
    }
    return out
  }

  private static func character(_ name: Substring) -> String? {
    let named = ["lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'"]
    if let text = named[String(name)] { return text }
    guard name.hasPrefix("#") else { return nil }
    let isHex = name.hasPrefix("#x")
    return UInt32(name.dropFirst(isHex ? 2 : 1), radix: isHex ? 16 : 10).flatMap(Unicode.Scalar.init).map { String(Character($0)) }
  }
}
