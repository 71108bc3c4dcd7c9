import Bytes

/// Finds where a text says a secret: as it is, or with any of its characters percent-encoded, escaped as in markup or escaped as in JSON.
struct SecretEcho {
  private let scalars: [Unicode.Scalar]
  /// Whether it is so short that it is one only where it stands as a word of its own: else it would be found in everything.
  private let isWord: Bool

  /// A secret, which is not empty.
  init(_ secret: some StringProtocol) {
    scalars = Array(secret.unicodeScalars)
    isWord = secret.utf8.count < 4
  }

  /// Where it stands in a text, as ranges of bytes that may overlap.
  func ranges(in text: [UInt8]) -> [Range<Int>] {
    text.indices.compactMap { start in
      guard let end = end(in: text, from: start), end > start else { return nil }
      if isWord, isWithinWord(text, start) || end < text.count && isWordPart(text[end]) { return nil }
      return start..<end
    }
  }

  /// A text with a mark in the place of all that any of some secrets covers.
  static func redacted(_ text: String, of secrets: [SecretEcho]) -> String {
    let bytes = Array(text.utf8)
    var isHidden = [Bool](repeating: false, count: bytes.count)
    for secret in secrets { for range in secret.ranges(in: bytes) { for index in range { isHidden[index] = true } } }
    if !isHidden.contains(true) { return text }
    var out: [UInt8] = []
    for (index, byte) in bytes.enumerated() {
      if !isHidden[index] { out.append(byte) } else if index == 0 || !isHidden[index - 1] { out += Array("…".utf8) }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// Whether a word goes on at a place. The digits of a percent-encoded byte are no part of one.
  private func isWithinWord(_ text: [UInt8], _ start: Int) -> Bool {
    guard start > 0, isWordPart(text[start - 1]) else { return false }
    return start < 3 || text[start - 3] != UInt8(ascii: "%") || hexValue(text[start - 2]) == nil || hexValue(text[start - 1]) == nil
  }

  private func isWordPart(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) || byte == UInt8(ascii: "_") || byte >= 0x80 }

  private func end(in text: [UInt8], from start: Int) -> Int? {
    var ends = [start]
    for scalar in scalars {
      var next: [Int] = []
      for end in ends { for other in Self.ends(of: scalar, in: text, from: end) where !next.contains(other) { next.append(other) } }
      if next.isEmpty { return nil }
      ends = next
    }
    return ends.max()
  }

  /// Where a character may end that begins at a place.
  private static func ends(of scalar: Unicode.Scalar, in text: [UInt8], from start: Int) -> [Int] {
    guard start < text.count else { return [] }
    var ends: [Int] = []
    let bytes = Array(String(scalar).utf8)
    if text[start...].starts(with: bytes) { ends.append(start + bytes.count) }
    switch text[start] {
    case UInt8(ascii: "+"):
      if scalar == " " { ends.append(start + 1) }
    case UInt8(ascii: "%"):
      let end = start + 3 * bytes.count
      let isSame =
        end <= text.count
        && bytes.indices.allSatisfy { index in
          let at = start + 3 * index
          guard text[at] == UInt8(ascii: "%"), let high = hexValue(text[at + 1]), let low = hexValue(text[at + 2]) else { return false }
          return high << 4 | low == bytes[index]
        }
      if isSame { ends.append(end) }
    case UInt8(ascii: "&"):
      guard let close = text[start...].prefix(12).firstIndex(of: UInt8(ascii: ";")) else { break }
      if reference(String(decoding: text[(start + 1)..<close], as: UTF8.self)) == scalar { ends.append(close + 1) }
    case UInt8(ascii: "\\"):
      if let end = endOfEscape(of: scalar, in: text, from: start) { ends.append(end) }
    default: break
    }
    return ends
  }

  /// What a reference in markup stands for, without its `&` and `;`.
  private static func reference(_ name: String) -> Unicode.Scalar? {
    if let named: Unicode.Scalar = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}"][name] { return named }
    guard name.hasPrefix("#") else { return nil }
    let digits = name.dropFirst()
    let value = digits.lowercased().hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    return value.flatMap(Unicode.Scalar.init)
  }

  /// Where an escape of JSON ends that stands for a character (RFC 8259 §7).
  private static func endOfEscape(of scalar: Unicode.Scalar, in text: [UInt8], from start: Int) -> Int? {
    guard start + 1 < text.count else { return nil }
    if text[start + 1] != UInt8(ascii: "u") {
      return [UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/")].contains(text[start + 1]) && scalar.value == text[start + 1]
        ? start + 2 : nil
    }
    var at = start
    for unit in String(scalar).utf16 {
      guard at + 6 <= text.count, text[at] == UInt8(ascii: "\\"), text[at + 1] == UInt8(ascii: "u"),
        UInt16(String(decoding: text[(at + 2)..<(at + 6)], as: UTF8.self), radix: 16) == unit
      else { return nil }
      at += 6
    }
    return at
  }
}
