package import Bytes
package import Problems

/// Terms that stand once each: equal terms have equal ids.
///
/// An open-addressing table over a ``TermArena``. A slot holds 32 bits of the hash and the id, so that growing touches
/// no term. Language tags are entries of kind ``TermKind/tag``, datatypes are IRIs.
package struct TermTable: ~Copyable {
  /// The terms. Ids are dense, from 0.
  package private(set) var arena = TermArena(capacity: 256)
  private var slots: UnsafeMutablePointer<UInt64>
  private var mask: Int

  /// An empty table.
  package init() {
    mask = 1023
    slots = .allocate(capacity: mask + 1)
    slots.initialize(repeating: 0, count: mask + 1)
  }

  deinit { slots.deallocate() }

  /// How many terms and language tags there are.
  package var count: Int { arena.count }

  /// The id of a term, which is added if it is new. `qualifier` is an id of this table.
  /// - Throws: ``ProblemCode/limitExceeded`` beyond 4 GiB of terms.
  package mutating func intern(_ kind: TermKind, _ view: ByteView, qualifier: TermID = 0) throws(Failure) -> TermID {
    let hash = Self.hash(kind, view, qualifier)
    var slot = find(kind, view, qualifier, hash)
    if slots[slot] != 0 { return TermID(truncatingIfNeeded: slots[slot]) &- 1 }
    if arena.bytes.count + view.count > Int(UInt32.max) || arena.count >= Int(TermID.max) - 2 {
      throw Failure(.limitExceeded, ["what": .phrase("term-bytes"), "limit": "\(UInt32.max)"])
    }
    if arena.count * 2 > mask {
      grow()
      slot = find(kind, view, qualifier, hash)
    }
    let id = arena.add(kind, view, qualifier: qualifier)
    slots[slot] = (hash & 0xFFFF_FFFF_0000_0000) | UInt64(id &+ 1)
    return id
  }

  /// The id of a term, or nil where it is not held.
  package func id(of kind: TermKind, _ view: ByteView, qualifier: TermID = 0) -> TermID? {
    let found = slots[find(kind, view, qualifier, Self.hash(kind, view, qualifier))]
    return found == 0 ? nil : TermID(truncatingIfNeeded: found) &- 1
  }

  private static func hash(_ kind: TermKind, _ view: ByteView, _ qualifier: TermID) -> UInt64 {
    view.hash ^ mixed(UInt64(kind.rawValue) &+ UInt64(qualifier) &* 8 &+ 1)
  }

  /// The slot where the term stands or would stand. The place comes from the hash's upper half, as it is kept.
  private func find(_ kind: TermKind, _ view: ByteView, _ qualifier: TermID, _ hash: UInt64) -> Int {
    var slot = Int(hash &>> 32) & mask
    while slots[slot] != 0 {
      if slots[slot] &>> 32 == hash &>> 32 {
        let id = TermID(truncatingIfNeeded: slots[slot]) &- 1
        let record = arena[id]
        if record.kind == kind, record.qualifier == qualifier, arena.view(id) == view { return slot }
      }
      slot = (slot &+ 1) & mask
    }
    return slot
  }

  private mutating func grow() {
    let wider = mask &* 2 &+ 1
    let larger = UnsafeMutablePointer<UInt64>.allocate(capacity: wider + 1)
    larger.initialize(repeating: 0, count: wider + 1)
    for old in 0...mask where slots[old] != 0 {
      var slot = Int(slots[old] &>> 32) & wider
      while larger[slot] != 0 { slot = (slot &+ 1) & wider }
      larger[slot] = slots[old]
    }
    slots.deallocate()
    slots = larger
    mask = wider
  }
}
