import Bytes
import RDF

/// The last few terms of an arena that are likely to come again (predicates, datatypes, languages), so that a batch has
/// each of them once or not many times. They are IRIs and language tags, and no IRI looks like a tag. It belongs to one arena and is cleared with it.
struct TermCache: ~Copyable {
  private static let size = 64
  private static let none = TermID.max
  /// The slots in use, and after them what they hold when only the constants are there.
  private let slots: UnsafeMutablePointer<TermID>

  init() {
    slots = .allocate(capacity: Self.size * 2)
    slots.initialize(repeating: Self.none, count: Self.size * 2)
  }

  deinit { slots.deallocate() }

  /// Remembers what is there as the constants.
  mutating func keepAsConstants() { (slots + Self.size).update(from: slots, count: Self.size) }

  /// Forgets all but the constants.
  mutating func reset() { slots.update(from: slots + Self.size, count: Self.size) }

  /// The id of the term whose bytes stand in the arena from `start` on: that of an equal one, or a new one.
  @inline(__always)
  mutating func intern(_ kind: TermKind, start: Int, length: Int, in terms: inout TermArena) -> TermID {
    let view = ByteView(UnsafePointer(terms.bytes.address + start), count: length)
    let slot = Self.slot(view)
    let id = slots[slot]
    if id != Self.none {
      let record = terms[id]
      if Int(record.length) == length, terms.view(id) == view { return id }
    }
    let new = terms.add(kind, start: start, length: length)
    slots[slot] = new
    return new
  }

  /// The same for a term whose bytes are the last of the arena; they are taken away where the term is known.
  @inline(__always) mutating func internLast(_ kind: TermKind, start: Int, in terms: inout TermArena) -> TermID {
    let count = terms.count
    let id = intern(kind, start: start, length: terms.bytes.count &- start, in: &terms)
    if terms.count == count { terms.bytes.truncate(to: start) }
    return id
  }

  /// A slot by the length and the last eight bytes, where terms of one vocabulary differ.
  @inline(__always) private static func slot(_ view: ByteView) -> Int {
    var tail: UInt64 = 0
    if view.count >= 8 {
      tail = UnsafeRawPointer(view.start).loadUnaligned(fromByteOffset: view.count &- 8, as: UInt64.self)
    } else {
      for byte in view.buffer { tail = tail &<< 8 | UInt64(byte) }
    }
    let mixed = (tail ^ UInt64(truncatingIfNeeded: view.count)) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed &>> 58)
  }
}
