import Bytes
import Glibc
import Problems
import RDF

/// Terms that stand once each, numbered in the order in which they first came; what a builder gathers before anything is sorted.
///
/// Open addressing; a slot keeps half of the hash beside the number, so that growing touches no term.
struct TermInterner: ~Copyable {
  /// Where a term's bytes begin (they end where those of the next begin), and what it is: the kind in three bits, then the number of
  /// its datatype or language tag.
  struct Record: BitwiseCopyable {
    var start: UInt32
    var meta: UInt32

    @inline(__always) var kind: TermKind { TermKind(rawValue: UInt8(truncatingIfNeeded: meta & 7)) ?? .iri }
    @inline(__always) var qualifier: Int { Int(meta &>> 3) }
  }

  private(set) var text = Growing<UInt8>(capacity: 1 << 16)
  /// One record a term, and one more that ends the last term.
  private(set) var records = Growing<Record>(capacity: 1 << 12)
  private var memory: MemoryBlock
  private var slots: UnsafeMutablePointer<UInt64>
  private var mask: Int
  private(set) var count = 0

  init() {
    mask = (1 << 12) - 1
    (memory, slots) = Self.table(mask + 1)
    records.append(Record(start: 0, meta: 0))
  }

  deinit { memory.free() }

  /// An empty table.
  private static func table(_ size: Int) -> (MemoryBlock, UnsafeMutablePointer<UInt64>) {
    let memory = MemoryBlock(size: size * 8)
    let slots = memory.start.bindMemory(to: UInt64.self, capacity: size)
    slots.initialize(repeating: 0, count: size)
    return (memory, slots)
  }

  @inline(__always) static func meta(_ kind: TermKind, _ qualifier: Int) -> UInt32 {
    UInt32(kind.rawValue) | UInt32(truncatingIfNeeded: qualifier) &<< 3
  }

  /// A hash of a term. Eight bytes past the end of `view` must be readable.
  @inline(__always) static func hash(_ view: ByteView, _ meta: UInt32) -> UInt64 {
    let raw = UnsafeRawPointer(view.start)
    let count = view.count
    var state = mixed(UInt64(meta) &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: count) ^ 0xE703_7ED1_A0B4_28DB)
    if count < 8 {
      let word = count == 0 ? 0 : raw.loadUnaligned(as: UInt64.self) &<< UInt64(truncatingIfNeeded: 64 &- 8 &* count)
      return mixed(state ^ word)
    }
    var index = 0
    while index &+ 8 < count {
      state = mixed(state ^ raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      index &+= 8
    }
    return mixed(state ^ raw.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self))
  }

  /// The number of a term, which is added if it is new.
  @inline(__always) mutating func intern(_ view: ByteView, _ meta: UInt32, _ hash: UInt64) throws(Failure) -> UInt32 {
    let tag = hash &>> 32
    var slot = Int(tag) & mask
    while slots[slot] != 0 {
      let entry = slots[slot]
      if entry &>> 32 == tag {
        let number = Int(entry & 0xFFFF_FFFF) &- 1
        let record = records[number]
        let length = Int(records[number &+ 1].start &- record.start)
        if record.meta == meta, length == view.count, memcmp(text.start + Int(record.start), view.start, length) == 0 {
          return UInt32(truncatingIfNeeded: number)
        }
      }
      slot = (slot &+ 1) & mask
    }
    return try add(view, meta, tag, slot)
  }

  @inline(never) private mutating func add(_ view: ByteView, _ meta: UInt32, _ tag: UInt64, _ slot: Int) throws(Failure) -> UInt32 {
    guard text.count + view.count <= Int(UInt32.max) else {
      throw Failure(.limitExceeded, ["what": .phrase("term-bytes"), "limit": "\(UInt32.max)"])
    }
    guard count < Int(StoreID.firstQueryTerm) else {
      throw Failure(.limitExceeded, ["what": .phrase("terms"), "limit": "\(StoreID.firstQueryTerm)"])
    }
    text.append(view.start, view.count)
    records[count].meta = meta
    records.append(Record(start: UInt32(truncatingIfNeeded: text.count), meta: 0))
    slots[slot] = tag &<< 32 | UInt64(truncatingIfNeeded: count &+ 1)
    count &+= 1
    if count &* 2 > mask { widen() }
    return UInt32(truncatingIfNeeded: count &- 1)
  }

  private mutating func widen() {
    let wider = mask &* 2 &+ 1
    let (other, larger) = Self.table(wider + 1)
    for old in 0...mask where slots[old] != 0 {
      var slot = Int(slots[old] &>> 32) & wider
      while larger[slot] != 0 { slot = (slot &+ 1) & wider }
      larger[slot] = slots[old]
    }
    memory.free()
    memory = other
    slots = larger
    mask = wider
  }

  /// Gives back the table; nothing can be interned any more.
  mutating func stopInterning() {
    memory.free()
    mask = 0
    (memory, slots) = Self.table(1)
  }

  /// The bytes of a term. Valid until the next one is added.
  @inline(__always) func view(_ number: Int) -> ByteView {
    let start = records[number].start
    return ByteView(UnsafePointer(text.start + Int(start)), count: Int(records[number &+ 1].start &- start))
  }
}
