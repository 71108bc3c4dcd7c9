package import Bytes
import RDF

extension ByteBuffer {
  /// Appends one variable of an expression with what joins it to what stands before (RFC 6570 §3.2.1).
  /// - Parameter isFirst: whether no variable of the expression has been written yet; false afterwards.
  package mutating func append(
    expanding value: ByteView, of variable: URITemplate.Variable, _ kind: URITemplate.Operator, isFirst: inout Bool
  ) {
    if let byte = isFirst ? kind.first : kind.separator { append(byte) }
    isFirst = false
    var text = value
    if let limit = variable.prefix {
      var end = 0
      for _ in 0..<limit where end < value.count { end += max(value.utf8Length(at: end), 1) }
      text = value[0..<end]
    }
    if kind.isNamed {
      append(bytes: variable.name)
      if !text.isEmpty || kind != .parameter { append(UInt8(ascii: "=")) }
    }
    append(percentEncoding: text, allowsReserved: kind.allowsReserved)
  }

  /// Appends the items of a list: joined by commas, or each on its own where the variable explodes.
  package mutating func append(
    expandingItems items: [ByteView], of variable: URITemplate.Variable, _ kind: URITemplate.Operator, isFirst: inout Bool
  ) {
    if variable.explodes {
      for item in items { append(expanding: item, of: variable, kind, isFirst: &isFirst) }
      return
    }
    for (number, item) in items.enumerated() {
      if number == 0 {
        append(expanding: item, of: variable, kind, isFirst: &isFirst)
      } else {
        append(UInt8(ascii: ","))
        append(percentEncoding: item, allowsReserved: kind.allowsReserved)
      }
    }
  }
}

extension ByteBuffer {
  /// Appends a text with every character percent-encoded that no IRI has, such as the blank in a file's name; all others stay.
  mutating func append(encodedForIRI text: ByteView) {
    for byte in text.buffer {
      if IRICharacters.forbids(byte) {
        append(UInt8(ascii: "%"))
        append(hexDigit(byte >> 4))
        append(hexDigit(byte & 15))
      } else {
        append(byte)
      }
    }
  }
}

extension ByteString {
  /// The text with every character percent-encoded that no IRI has, such as the blank in a file's name; all others stay.
  package var encodedForIRI: ByteString {
    guard withView({ $0.firstForbiddenInIRI }) != nil else { return self }
    var out = ByteBuffer()
    withView { out.append(encodedForIRI: $0) }
    return ByteString(out.view)
  }
}
