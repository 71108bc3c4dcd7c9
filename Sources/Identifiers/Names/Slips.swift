import Bytes

/// Finds which of many texts lie within one slip of a given one: a letter too many, one too few, another one, or two that have changed places.
///
/// Two texts that do share a text that comes of each by leaving out at most one character. The hashes of all of these are kept, so that a look-up
/// costs as many probes as the text is long, however many texts there are.
struct SlipTable: Sendable {
  /// The longest text that is kept or looked up, in bytes.
  static let longest = 120

  /// The first entry + 1 of each slot, 0 for none. Its count is a power of two.
  private var heads: [UInt32]
  /// The next entry + 1 of the same slot, and the text of each entry.
  private var entries: [(next: UInt32, text: UInt32)] = []

  /// The table of those of some texts that are spelt as names.
  init(of texts: borrowing MemberTable) {
    var numbers: [Int] = []
    var total = 0
    for number in 0..<texts.count {
      let text = texts.text(number)
      if text.count > Self.longest || !text.isSpeltAsName { continue }
      numbers.append(number)
      total += text.count + 1
    }
    heads = Array(repeating: 0, count: 1 << (Int.bitWidth - max(total, 15).leadingZeroBitCount))
    entries.reserveCapacity(total)
    var spare = ByteBuffer()
    for number in numbers {
      Self.withHashes(of: texts.text(number), &spare) { hash in
        let slot = Int(truncatingIfNeeded: hash) & (heads.count - 1)
        entries.append((heads[slot], UInt32(truncatingIfNeeded: number)))
        heads[slot] = UInt32(truncatingIfNeeded: entries.count)
      }
    }
  }

  /// The numbers of the texts that may lie within one slip; each may come several times, and others among them.
  func candidates(_ text: ByteView, _ body: (Int) -> Void) {
    if text.count > Self.longest { return }
    var spare = ByteBuffer()
    Self.withHashes(of: text, &spare) { hash in
      var entry = heads[Int(truncatingIfNeeded: hash) & (heads.count - 1)]
      while entry != 0 {
        let (next, number) = entries[Int(entry) - 1]
        body(Int(number))
        entry = next
      }
    }
  }

  /// The hashes of a text and of what is left of it without one of its characters.
  private static func withHashes(of text: ByteView, _ spare: inout ByteBuffer, _ body: (UInt64) -> Void) {
    body(text.hash)
    var index = 0
    while index < text.count {
      let length = max(text.utf8Length(at: index), 1)
      spare.truncate()
      spare.append(text[0..<index])
      spare.append(text[(index + length)..<text.count])
      body(spare.view.hash)
      index += length
    }
  }
}

extension ByteView {
  /// Whether two texts differ by one slip, and not in a digit: a number that is another is no misspelling.
  func isOneSlip(from other: ByteView) -> Bool {
    let shortest = min(count, other.count)
    var head = 0
    while head < shortest, self[head] == other[head] { head += 1 }
    if head == count, head == other.count { return false }
    while head > 0, continues(at: head) || other.continues(at: head) { head -= 1 }
    var tail = 0
    while tail < shortest - head, self[count - 1 - tail] == other[other.count - 1 - tail] { tail += 1 }
    while tail > 0, continues(at: count - tail) { tail -= 1 }
    let (mine, others) = (self[head..<(count - tail)], other[head..<(other.count - tail)])
    let (length, otherLength) = (mine.scalarCount, others.scalarCount)
    guard length <= 2, otherLength <= 2 else { return false }
    if mine.buffer.contains(where: isDigit) || others.buffer.contains(where: isDigit) { return false }
    if length == 2 || otherLength == 2 {
      guard length == otherLength else { return false }
      let (first, size) = mine.scalar(at: 0)
      let (otherFirst, otherSize) = others.scalar(at: 0)
      return first == others.scalar(at: otherSize).scalar && otherFirst == mine.scalar(at: size).scalar
    }
    return true
  }

  /// Whether the byte at an index goes on with a character that began before it.
  private func continues(at index: Int) -> Bool { index < count && self[index] & 0xC0 == 0x80 }
}
