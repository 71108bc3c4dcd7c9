/// Stable sorting of keys by some of their bits, eleven at a time, from the least significant on.
enum RadixSort {
  private static let digitBits = 11
  private static let digits = 1 << digitBits

  /// Sorts `keys` by the bits of `range`, with `spare` of the same length to work in. Both may be exchanged: `keys` holds the result.
  static func sort<Key: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ keys: inout UnsafeMutablePointer<Key>, _ spare: inout UnsafeMutablePointer<Key>, _ count: Int, bits range: Range<Int>
  ) {
    var low = range.lowerBound
    while low < range.upperBound {
      let width = min(digitBits, range.upperBound - low)
      if pass(keys, spare, count, shift: Key(low), mask: Key(1 << width) - 1) { swap(&keys, &spare) }
      low += width
    }
  }

  /// Moves the keys to `target` by one digit; false, and nothing moved, where all have the same.
  private static func pass<Key: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ source: UnsafeMutablePointer<Key>, _ target: UnsafeMutablePointer<Key>, _ count: Int, shift: Key, mask: Key
  ) -> Bool {
    withUnsafeTemporaryAllocation(of: Int.self, capacity: digits) { places in
      places.initialize(repeating: 0)
      guard let place = places.baseAddress, count > 0 else { return false }
      for at in 0..<count { place[Int(truncatingIfNeeded: (source[at] &>> shift) & mask)] &+= 1 }
      if place[Int(truncatingIfNeeded: (source[0] &>> shift) & mask)] == count { return false }
      var sum = 0
      for digit in 0...Int(truncatingIfNeeded: mask) {
        let size = place[digit]
        place[digit] = sum
        sum &+= size
      }
      for at in 0..<count {
        let key = source[at]
        let digit = Int(truncatingIfNeeded: (key &>> shift) & mask)
        target[place[digit]] = key
        place[digit] &+= 1
      }
      return true
    }
  }
}
