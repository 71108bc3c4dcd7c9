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

  /// Makes key after key, each of a number above those of all keys that there are.
  package struct Maker: ~Copyable {
    private let newKey: NewKey
    private var number: Int

    /// A maker that goes on after what a ledger holds and what the register's table lists.
    package init(_ newKey: NewKey, after ledger: borrowing Ledger, _ listed: Set<ByteString>) {
      self.newKey = newKey
      number = 0
      if newKey.kind == .uuid { return }
      for place in 0..<ledger.count { number = max(number, newKey.number(in: ledger.key(place)) ?? 0) }
      for key in listed { number = max(number, newKey.number(in: key) ?? 0) }
    }

    /// A new key.
    package mutating func next() -> ByteString {
      var out = ByteBuffer()
      out.append(bytes: newKey.prefix)
      switch newKey.kind {
      case .uuid: out.appendRandomUUID()
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
