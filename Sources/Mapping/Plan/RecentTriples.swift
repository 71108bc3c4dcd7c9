import Bytes
import Glibc

/// What has been said of late, so that it is not said again for each row: the name of an organisation that stands in ten thousand rows.
///
/// A direct-mapped cache of whole triples in 3 MiB. It compares bytes, so it never takes two triples for one; one that has been
/// pushed out is written once more, which changes nothing in the graph.
final class RecentTriples {
  private static let slotCount = 1 << 13
  private static let slotSize = 384
  /// The lengths of the parts, and the kind of the object.
  private static let headerSize = 8

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

  /// Whether the triple is new, as far as is remembered; it is remembered from now on. Literals are told apart by `qualifier`, their
  /// datatype or language, and `kind`.
  func insert(_ subject: ByteView, _ predicate: ByteView, _ object: ByteView, qualifier: ByteView, kind: UInt8) -> Bool {
    let length = Self.headerSize + subject.count + predicate.count + object.count + qualifier.count
    if length > Self.slotSize { return true }
    let hash = mixed(mixed(subject.hash ^ predicate.hash) &+ object.hash) &+ qualifier.hash &+ UInt64(kind)
    let slot = Int(truncatingIfNeeded: mixed(hash) & UInt64(Self.slotCount - 1))
    let target = UnsafeMutableRawPointer(bytes + slot * Self.slotSize)
    // No part is longer than a slot, so that each length takes 16 bits.
    let header = UInt64(subject.count) | UInt64(predicate.count) << 16 | UInt64(object.count) << 32 | UInt64(kind) << 48
    if Int(lengths[slot]) == length, target.loadUnaligned(as: UInt64.self) == header {
      var offset = Self.headerSize
      if isEqual(subject, target, &offset), isEqual(predicate, target, &offset), isEqual(object, target, &offset),
        isEqual(qualifier, target, &offset)
      {
        return false
      }
    }
    target.storeBytes(of: header, as: UInt64.self)
    var offset = Self.headerSize
    keep(subject, target, &offset)
    keep(predicate, target, &offset)
    keep(object, target, &offset)
    keep(qualifier, target, &offset)
    lengths[slot] = UInt16(length)
    return true
  }

  private func isEqual(_ part: ByteView, _ target: UnsafeMutableRawPointer, _ offset: inout Int) -> Bool {
    defer { offset += part.count }
    return memcmp(target + offset, part.start, part.count) == 0
  }

  private func keep(_ part: ByteView, _ target: UnsafeMutableRawPointer, _ offset: inout Int) {
    memcpy(target + offset, part.start, part.count)
    offset += part.count
  }
}
