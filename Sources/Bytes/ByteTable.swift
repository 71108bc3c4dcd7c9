/// Byte strings numbered from 0 in the order in which they were first met.
///
/// Open addressing over 32-bit slots, the hash's upper half kept beside them, so that a probe seldom touches the bytes. At most 2³¹ strings
/// and 4 GiB of text.
package struct ByteTable: ~Copyable, @unchecked Sendable {
  private var text: ByteBuffer
  private var ends: ContiguousArray<UInt32> = []
  private var hashes: ContiguousArray<UInt32> = []
  /// Number + 1 of the string in each slot, 0 for none. Its count is a power of two.
  private var slots: ContiguousArray<UInt32>

  /// An empty table.
  package init(capacity: Int = 64) {
    text = ByteBuffer(capacity: capacity * 16)
    slots = ContiguousArray(repeating: 0, count: max(16, (capacity * 2 - 1).nextPowerOfTwo))
  }

  /// How many strings.
  package var count: Int { ends.count }

  /// The bytes of the string with a number below ``count``. Valid until the table next grows.
  package func view(_ number: Int) -> ByteView {
    text.view((number == 0 ? 0 : Int(ends[number - 1]))..<Int(ends[number]))
  }

  /// The number of `key`, or nil where it has none.
  package func find(_ key: ByteView) -> Int? {
    let hash = key.hash
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      let number = Int(slots[slot]) - 1
      if hashes[number] == UInt32(truncatingIfNeeded: hash &>> 32), view(number) == key { return number }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// The number of `key`, which gets one where it has none.
  package mutating func insert(_ key: ByteView) -> (number: Int, isNew: Bool) {
    if let number = find(key) { return (number, false) }
    let number = ends.count
    let hash = key.hash
    text.append(key)
    ends.append(UInt32(truncatingIfNeeded: text.count))
    hashes.append(UInt32(truncatingIfNeeded: hash &>> 32))
    if (number + 1) * 2 > slots.count {
      slots = ContiguousArray(repeating: 0, count: slots.count * 2)
      for other in 0...number { place(other, hash: view(other).hash) }
    } else {
      place(number, hash: hash)
    }
    return (number, true)
  }

  private mutating func place(_ number: Int, hash: UInt64) {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 { slot = (slot + 1) & mask }
    slots[slot] = UInt32(truncatingIfNeeded: number + 1)
  }
}

extension Int {
  /// The smallest power of two that is not below this positive number.
  fileprivate var nextPowerOfTwo: Int { self <= 1 ? 1 : 1 << (Int.bitWidth - (self - 1).leadingZeroBitCount) }
}
