import Glibc

/// A checksum of 64 bits that tells damage, not malice: each word is mixed in by steps that can be undone, so that a change within one word
/// always changes the sum.
package enum BlockChecksum {
  private static let prime: UInt64 = 0x9E37_79B1_85EB_CA87

  /// The checksum of some bytes. Four words at a time, each with a running sum of its own, so that no step waits for the one before.
  package static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    guard let start = bytes.baseAddress else { return 0 }
    var sums: (UInt64, UInt64, UInt64, UInt64) = (1, 2, 3, 4)
    var at = 0
    while at &+ 32 <= bytes.count {
      let word = start + at
      sums.0 = mixed(sums.0, word.loadUnaligned(as: UInt64.self))
      sums.1 = mixed(sums.1, word.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
      sums.2 = mixed(sums.2, word.loadUnaligned(fromByteOffset: 16, as: UInt64.self))
      sums.3 = mixed(sums.3, word.loadUnaligned(fromByteOffset: 24, as: UInt64.self))
      at &+= 32
    }
    while at < bytes.count {
      var word: UInt64 = 0
      memcpy(&word, start + at, min(8, bytes.count &- at))
      sums.0 = mixed(sums.0, word)
      at &+= 8
    }
    var sum = mixed(UInt64(truncatingIfNeeded: bytes.count), sums.0)
    sum = mixed(sum, sums.1)
    sum = mixed(sum, sums.2)
    sum = mixed(sum, sums.3)
    return sum ^ sum &>> 32
  }

  @inline(__always) private static func mixed(_ sum: UInt64, _ word: UInt64) -> UInt64 {
    let product = (sum ^ word) &* prime
    return product &<< 31 | product &>> 33
  }
}
