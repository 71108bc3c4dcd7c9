import Bytes
import Glibc

/// What has been said of late, so that it is not said again for each row: the name of an organisation that stands in ten thousand rows.
///
/// A direct-mapped cache of whole triples in 3 MiB. It compares bytes, so it never takes two triples for one; one that has been
/// pushed out is written once more, which changes nothing in the graph.
struct RecentTriples: ~Copyable {
  private static let slotCount = 1 << 13
  private static let slotSize = 384

  private let lengths: UnsafeMutablePointer<UInt16>
  private let bytes: UnsafeMutablePointer<UInt8>

  init() {
    lengths = .allocate(capacity: Self.slotCount)
    lengths.initialize(repeating: 0, count: Self.slotCount)
    bytes = .allocate(capacity: Self.slotCount * Self.slotSize)
  }

  deinit {
    lengths.deallocate()
    bytes.deallocate()
  }

  /// Whether the triple is new, as far as is remembered; it is remembered from now on. Its parts are told apart by `kind` and the
  /// predicate's number.
  mutating func insert(_ subject: ByteView, _ predicate: UInt32, _ object: ByteView, kind: UInt32) -> Bool {
    let length = subject.count + object.count + 12
    if length > Self.slotSize { return true }
    let hash = mixed(subject.hash ^ UInt64(predicate)) &+ object.hash &+ UInt64(kind)
    let slot = Int(truncatingIfNeeded: mixed(hash) & UInt64(Self.slotCount - 1))
    let target = UnsafeMutableRawPointer(bytes + slot * Self.slotSize)
    let header = (UInt64(predicate) << 32) | UInt64(kind)
    let split = UInt32(subject.count)
    if Int(lengths[slot]) == length, target.loadUnaligned(as: UInt64.self) == header,
      target.loadUnaligned(fromByteOffset: 8, as: UInt32.self) == split,
      memcmp(target + 12, subject.start, subject.count) == 0, memcmp(target + 12 + subject.count, object.start, object.count) == 0
    {
      return false
    }
    target.storeBytes(of: header, as: UInt64.self)
    target.storeBytes(of: split, toByteOffset: 8, as: UInt32.self)
    memcpy(target + 12, subject.start, subject.count)
    memcpy(target + 12 + subject.count, object.start, object.count)
    lengths[slot] = UInt16(length)
    return true
  }
}
