package import Bytes

/// How a register makes keys that say nothing of the thing: the value of its annotation `newKey`.
package struct NewKey: Sendable, Equatable {
  /// What a new key is made of.
  package enum Kind: String, Sendable, CaseIterable {
    /// The next number that no key has had.
    case sequence
    /// The same with a check digit at its end, by which a mistyped key is seen (``KeyCheck/luhn``).
    case checkedSequence = "sequence luhn"
    /// A random UUID (RFC 9562 §5.4).
    case uuid
  }

  /// What it is made of.
  package let kind: Kind
  /// What stands before it, such as `1880-`.
  package let prefix: ByteString

  /// A way to make keys.
  package init(_ kind: Kind, prefix: ByteString = "") {
    self.kind = kind
    self.prefix = prefix
  }

  /// Reads `sequence`, `sequence luhn` or `uuid`, each with what stands before it after a semicolon: `sequence; prefix: 1880-`.
  package init?(_ text: String) {
    let parts = text.split(separator: ";", maxSplits: 1).map { $0.trimmingSpaces }
    guard let kind = parts.first.flatMap({ Kind(rawValue: $0) }) else { return nil }
    self.kind = kind
    if parts.count == 1 {
      prefix = ""
    } else if parts[1].hasPrefix("prefix:") {
      prefix = ByteString(parts[1].dropFirst("prefix:".count).trimmingSpaces)
    } else {
      return nil
    }
  }

  /// Makes key after key, none of which the ledger has spoken of.
  package struct Maker: ~Copyable {
    private let newKey: NewKey
    private var number: Int

    /// A maker that goes on after what a ledger holds.
    package init(_ newKey: NewKey, after ledger: borrowing Ledger) {
      self.newKey = newKey
      number = 0
      if newKey.kind == .uuid { return }
      for place in 0..<ledger.count { number = max(number, newKey.number(in: ledger.key(place)) ?? 0) }
    }

    /// A new key.
    package mutating func next() -> ByteString {
      var out = ByteBuffer()
      out.append(bytes: newKey.prefix)
      switch newKey.kind {
      case .uuid: out.append(bytes: randomUUID())
      case .sequence, .checkedSequence:
        number += 1
        let start = out.count
        out.append(decimal: number)
        if newKey.kind == .checkedSequence { out.append(KeyCheck.luhnDigit(after: out.view(start..<out.count))) }
      }
      return ByteString(out.view)
    }
  }

  /// The number that a key of this kind was made of, or nil for other keys.
  private func number(in key: ByteString) -> Int? {
    guard key.bytes.starts(with: prefix.bytes) else { return nil }
    var digits = key.bytes.dropFirst(prefix.count)
    if kind == .checkedSequence { digits = digits.dropLast() }
    guard !digits.isEmpty, digits.count < 19, digits.allSatisfy({ isDigit($0) }) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1 &- 0x30) }
  }
}

extension StringProtocol {
  fileprivate var trimmingSpaces: String {
    var text = self[...]
    while text.hasPrefix(" ") { text = text.dropFirst() }
    while text.hasSuffix(" ") { text = text.dropLast() }
    return String(text)
  }
}

/// A random UUID of version 4 in lower case.
private func randomUUID() -> ByteString {
  var bytes = [UInt8](repeating: 0, count: 16)
  var random = SystemRandomNumberGenerator()
  for index in bytes.indices { bytes[index] = UInt8.random(in: 0...255, using: &random) }
  bytes[6] = bytes[6] & 0x0F | 0x40
  bytes[8] = bytes[8] & 0x3F | 0x80
  var text: [UInt8] = []
  for (index, byte) in bytes.enumerated() {
    if index == 4 || index == 6 || index == 8 || index == 10 { text.append(UInt8(ascii: "-")) }
    for half in [byte >> 4, byte & 15] { text.append(half < 10 ? 0x30 + half : 0x57 + half) }
  }
  return ByteString(text)
}
