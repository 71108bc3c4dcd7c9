import Bytes
import Glibc
import RDF

/// Where in an output buffer each term of a batch was first written.
///
/// A term is put into words once a batch; when it comes again its bytes are copied from where they stand.
struct PlacedTerms: ~Copyable {
  /// Start in the upper half, length in the lower; 0 for a term not written yet.
  private var places: UnsafeMutablePointer<UInt64>
  private var capacity = 1024
  private var count = 0

  init() { places = .allocate(capacity: 1024) }

  deinit { places.deallocate() }

  /// Begins anew, for a batch of `count` terms.
  mutating func reset(count: Int) {
    if count > capacity {
      places.deallocate()
      capacity = max(count, capacity * 2)
      places = .allocate(capacity: capacity)
    }
    self.count = count
    reset()
  }

  /// Forgets all places, because the bytes were moved.
  mutating func reset() { memset(places, 0, count * MemoryLayout<UInt64>.stride) }

  /// Appends the bytes of a term again; false where it was not written yet.
  @inline(__always) func copy(_ id: TermID, in out: inout ByteBuffer) -> Bool {
    let place = places[Int(id)]
    if place == 0 { return false }
    out.append(ownBytesFrom: Int(truncatingIfNeeded: place &>> 32), count: Int(truncatingIfNeeded: place & 0xFFFF_FFFF))
    return true
  }

  /// Notes that a term was written from `start` to the end of `out`.
  @inline(__always) mutating func note(_ id: TermID, from start: Int, in out: borrowing ByteBuffer) {
    places[Int(id)] = UInt64(truncatingIfNeeded: start) &<< 32 | UInt64(truncatingIfNeeded: out.count &- start)
  }
}

extension ByteBuffer {
  /// Appends a copy of bytes that the buffer holds already.
  @inline(__always) mutating func append(ownBytesFrom start: Int, count length: Int) {
    reserve(length)
    let source = UnsafeRawPointer(address + start)
    let target = UnsafeMutableRawPointer(address + count)
    // Whole vectors, up to 31 bytes too many: both ends have that much room, and the next bytes overwrite them.
    if length <= 128 {
      var offset = 0
      repeat {
        let bytes = source.loadUnaligned(fromByteOffset: offset, as: SIMD32<UInt8>.self)
        target.storeBytes(of: bytes, toByteOffset: offset, as: SIMD32<UInt8>.self)
        offset &+= 32
      } while offset < length
    } else {
      memcpy(target, source, length)
    }
    commit(length)
  }
}
