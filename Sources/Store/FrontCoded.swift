import Bytes
import Glibc

/// Byte strings by number, in blocks of 16: the first whole, of each other what it shares with the first, and its own rest.
///
/// A block is a mark (0 where all lengths fit a byte, else 1), its count, the head's length, pairs of shared and own length, then the head's
/// bytes and the rests. What is shared refers to the head, not the string before, so that one string costs two copies.
struct FrontCoded: Sendable {
  static let blockShift = 4
  static let blockSize = 1 << blockShift

  let bytes: Column<UInt8>
  let offsets: Column<UInt32>
  let count: Int
  /// Where the strings lie in a file: its blocks, which are touched before a string is read.
  var blocks: CheckedBlocks?

  var byteCount: Int { bytes.byteCount + offsets.byteCount }

  /// Whether a block of strings may be read: it is in memory, or as it was written to the file.
  @inline(__always) private func mayRead(_ block: Int) -> Bool { blocks == nil || isGood(block) }

  @inline(never) private func isGood(_ block: Int) -> Bool {
    guard let table = blocks?.table else { return true }
    let next = min(block + 1, offsets.count - 1)
    guard table.pointee.touch(offsets.start, block..<next + 1) else { return false }
    return table.pointee.touch(bytes.start, Int(offsets.start[block])..<(next > block ? Int(offsets.start[next]) : bytes.count))
  }

  /// The first string of a block.
  func head(_ block: Int) -> ByteView {
    guard mayRead(block) else { return .empty }
    let raw = UnsafeRawPointer(bytes.start + Int(offsets.start[block]))
    let size = Int(raw.load(fromByteOffset: 1, as: UInt8.self))
    if raw.load(as: UInt8.self) == 0 {
      let length = Int(raw.load(fromByteOffset: 2, as: UInt8.self))
      return ByteView((raw + 1 + 2 * size).assumingMemoryBound(to: UInt8.self), count: length)
    }
    let length = Int(raw.loadUnaligned(fromByteOffset: 2, as: UInt32.self))
    return ByteView((raw + 2 + 4 * (2 * size - 1)).assumingMemoryBound(to: UInt8.self), count: length)
  }

  /// Appends the string of a number.
  func append(_ number: Int, to out: inout ByteBuffer) {
    guard mayRead(number &>> Self.blockShift) else { return }
    let raw = UnsafeRawPointer(bytes.start + Int(offsets.start[number &>> Self.blockShift]))
    let size = Int(raw.load(fromByteOffset: 1, as: UInt8.self))
    let place = number & (Self.blockSize - 1)
    if raw.load(as: UInt8.self) != 0 { return appendWide(raw, size, place, to: &out) }
    let lengths = raw + 2
    let headLength = Int(lengths.load(as: UInt8.self))
    let head = raw + 1 + 2 * size
    if place == 0 { return out.append(ByteView(head.assumingMemoryBound(to: UInt8.self), count: headLength)) }
    var at = headLength
    for earlier in 1..<place { at &+= Int(lengths.load(fromByteOffset: 2 &* earlier, as: UInt8.self)) }
    let shared = Int(lengths.load(fromByteOffset: 2 &* place &- 1, as: UInt8.self))
    let own = Int(lengths.load(fromByteOffset: 2 &* place, as: UInt8.self))
    out.reserve(shared &+ own)
    let target = out.address + out.count
    memcpy(target, head, shared)
    memcpy(target + shared, head + at, own)
    out.commit(shared &+ own)
  }

  @inline(never) private func appendWide(_ raw: UnsafeRawPointer, _ size: Int, _ place: Int, to out: inout ByteBuffer) {
    func length(_ index: Int) -> Int { Int(raw.loadUnaligned(fromByteOffset: 2 + 4 * index, as: UInt32.self)) }
    let head = (raw + 2 + 4 * (2 * size - 1)).assumingMemoryBound(to: UInt8.self)
    if place == 0 { return out.append(ByteView(head, count: length(0))) }
    var at = length(0)
    for earlier in 1..<place { at += length(2 * earlier) }
    out.append(ByteView(head, count: length(2 * place - 1)))
    out.append(ByteView(head + at, count: length(2 * place)))
  }
}

/// Makes ``FrontCoded`` strings from sorted ones.
struct FrontCodedWriter: ~Copyable {
  private var bytes = Growing<UInt8>(capacity: 4096)
  private var offsets = Growing<UInt32>()
  private var pending = ByteBuffer()
  private var ends: [Int] = []
  private(set) var count = 0

  init() { ends.reserveCapacity(FrontCoded.blockSize) }

  /// How many bytes there are so far.
  var byteCount: Int { bytes.count + pending.count }

  mutating func add(_ view: ByteView) {
    pending.append(view)
    ends.append(pending.count)
    count += 1
    if ends.count == FrontCoded.blockSize { flush() }
  }

  private mutating func flush() {
    let size = ends.count
    guard size > 0 else { return }
    offsets.append(UInt32(truncatingIfNeeded: bytes.count))
    let text = UnsafePointer(pending.address)
    let headLength = ends[0]
    var lengths = [headLength]
    var largest = headLength
    for place in 1..<size {
      let start = ends[place - 1]
      let length = ends[place] - start
      var shared = 0
      let most = min(headLength, length)
      while shared < most, text[shared] == text[start + shared] { shared &+= 1 }
      lengths.append(shared)
      lengths.append(length - shared)
      largest = max(largest, length)
    }
    let isWide = largest > 255
    bytes.append(isWide ? 1 : 0)
    bytes.append(UInt8(size))
    for length in lengths {
      if isWide {
        for shift in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: length >> shift)) }
      } else {
        bytes.append(UInt8(truncatingIfNeeded: length))
      }
    }
    bytes.append(text, headLength)
    for place in 1..<size { bytes.append(text + ends[place] - lengths[2 * place], lengths[2 * place]) }
    pending.truncate()
    ends.removeAll(keepingCapacity: true)
  }

  consuming func finish() -> FrontCoded {
    flush()
    let count = count
    let (bytes, offsets) = columns()
    return FrontCoded(bytes: bytes, offsets: offsets, count: count)
  }

  private consuming func columns() -> (Column<UInt8>, Column<UInt32>) { (bytes.column(), offsets.column()) }
}
