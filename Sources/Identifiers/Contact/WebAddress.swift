import Bytes
import RDF

extension ByteBuffer {
  /// Appends the address of something on the web as an IRI: scheme and host in lower case, `https` where no scheme is given. What no IRI
  /// holds is percent-encoded. False, with nothing appended, for other schemes than http and https, for a host that is no domain name, and
  /// for a text with a space, a quote or an angle bracket in it: several addresses, or markup.
  mutating func append(webAddress text: ByteView) -> Bool {
    if text.isASCII { return append(visibleWebAddress: text) }
    return ByteString(text).withoutInvisible.withView { append(visibleWebAddress: $0) }
  }

  private mutating func append(visibleWebAddress text: ByteView) -> Bool {
    var rest = text.trimmedOfSpaces
    var scheme: StaticString = "https://"
    if let colon = rest.firstIndex(of: UInt8(ascii: ":")), rest.dropFirst(colon).hasPrefix("://") {
      let length = rest.lengthOfPrefix(among: webSchemes)
      guard length == colon + 3 else { return false }
      if colon == 4 { scheme = "http://" }
      rest = rest.dropFirst(length)
    } else if rest.hasPrefix("//") {
      rest = rest.dropFirst(2)
    }
    let hostEnd = (0..<rest.count).first { "/?#:@".utf8.contains(rest[$0]) } ?? rest.count
    guard let port = rest.dropFirst(hostEnd).portLength, rest.dropFirst(hostEnd + port).isPathOfWebAddress else { return false }
    let start = count
    append(scheme)
    guard append(hostName: rest[0..<hostEnd]) else {
      truncate(to: start)
      return false
    }
    append(rest[hostEnd..<hostEnd + port])
    append(encodedForIRI: rest.dropFirst(hostEnd + port))
    return true
  }

  /// Appends an e-mail address as an IRI of RFC 6068, its domain in lower case. Invisible characters that came along from a page go. False,
  /// with nothing appended, where the text is not one address at a domain name.
  mutating func append(mailAddress text: ByteView) -> Bool {
    if text.isASCII { return append(visibleMailAddress: text) }
    return ByteString(text).withoutInvisible.withView { append(visibleMailAddress: $0) }
  }

  private mutating func append(visibleMailAddress text: ByteView) -> Bool {
    var rest = text.trimmedOfSpaces
    rest = rest.dropFirst(rest.lengthOfPrefix(among: mailScheme))
    guard let at = rest.firstIndex(of: UInt8(ascii: "@")), rest[0..<at].isLocalPart else { return false }
    let start = count
    append("mailto:")
    for byte in rest[0..<at].buffer {
      // What stands for itself in the local part of a mailto IRI (RFC 6068 §2).
      if isUnreserved(byte) || "!$'*+".utf8.contains(byte) {
        append(byte)
      } else {
        append(UInt8(ascii: "%"))
        append(hexDigit(byte >> 4))
        append(hexDigit(byte & 15))
      }
    }
    append(UInt8(ascii: "@"))
    if append(hostName: rest.dropFirst(at + 1)) { return true }
    truncate(to: start)
    return false
  }
}

private let webSchemes: [ByteString] = ["https://", "http://"]
private let mailScheme: [ByteString] = ["mailto:"]

extension ByteView {
  /// How long the port is that the text begins with, its colon included; 0 where there is none, nil where it is no port.
  fileprivate var portLength: Int? {
    guard count > 0, self[0] == UInt8(ascii: ":") else { return 0 }
    var end = 1
    while end < count, isDigit(self[end]) { end += 1 }
    guard let number = Int(self[1..<end].text), (1...65_535).contains(number) else { return nil }
    return end
  }

  /// Whether a text may follow a host and port: nothing, or what `/`, `?` or `#` begins, without spaces, quotes and brackets.
  fileprivate var isPathOfWebAddress: Bool {
    if isEmpty { return true }
    guard "/?#".utf8.contains(self[0]) else { return false }
    // A no-break space is no white space in ASCII, but as good as one.
    let hasSpace = (1..<count).contains { self[$0 - 1] == 0xC2 && self[$0] == 0xA0 }
    return !hasSpace && buffer.allSatisfy { $0 > 0x20 && $0 != 0x7F && !"<>\"".utf8.contains($0) }
  }

  /// Whether a text may stand before the @ of an address (RFC 5322, dot-atom), letters beyond ASCII included (RFC 6532).
  fileprivate var isLocalPart: Bool {
    guard (1...64).contains(count), self[0] != UInt8(ascii: "."), self[count - 1] != UInt8(ascii: ".") else { return false }
    var before: UInt8 = 0
    for byte in buffer {
      let isAtom = isLetter(byte) || isDigit(byte) || byte >= 0x80 || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
      if !isAtom, byte != UInt8(ascii: ".") || before == byte { return false }
      before = byte
    }
    return true
  }
}

extension ByteString {
  /// The text without characters that nobody sees: soft hyphens, zero-width spaces and joiners, byte order marks.
  fileprivate var withoutInvisible: ByteString {
    guard bytes.contains(where: { $0 >= 0x80 }) else { return self }
    let scalars = text.unicodeScalars.filter { !["\u{AD}", "\u{200B}", "\u{200C}", "\u{200D}", "\u{2060}", "\u{FEFF}"].contains($0) }
    return ByteString(String(String.UnicodeScalarView(scalars)))
  }
}
