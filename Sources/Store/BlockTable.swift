import Glibc
import Synchronization

/// The data of a snapshot file in memory, in blocks, each of which is compared with its checksum before anything in it is first read.
///
/// A block that is found damaged reads as zeros from then on, and the whole is marked as damaged. Whoever follows numbers that stand in a
/// block asks first, and stops where the answer is no; whoever only reads values may go on, as all that is made of them is thrown away.
@usableFromInline struct BlockTable: ~Copyable {
  static let shift = 16
  /// How many bytes a block has; the last one may have fewer.
  static let blockSize = 1 << shift

  private let start: UnsafeMutableRawPointer
  private let size: Int
  /// Eight bytes a block, anywhere in memory.
  private let sums: UnsafeRawPointer
  private let states: UnsafeMutablePointer<Atomic<UInt8>>
  private let blockCount: Int
  /// How many blocks are not known to be good.
  private let left: Atomic<Int>
  private let damaged = Atomic(false)

  private static let unknown: UInt8 = 0
  private static let good: UInt8 = 1
  private static let bad: UInt8 = 2

  /// Blocks of which none has been looked at. `sums` holds a checksum for each.
  init(_ start: UnsafeMutableRawPointer, size: Int, sums: UnsafeRawPointer) {
    self.start = start
    self.size = size
    self.sums = sums
    blockCount = Self.count(size)
    states = .allocate(capacity: max(blockCount, 1))
    for block in 0..<blockCount { (states + block).initialize(to: Atomic(Self.unknown)) }
    left = Atomic(blockCount)
  }

  deinit { states.deallocate() }

  /// How many blocks so many bytes have.
  static func count(_ bytes: Int) -> Int { (bytes + blockSize - 1) >> shift }

  /// Whether a block was found that is not as it was written.
  var isDamaged: Bool { damaged.load(ordering: .relaxed) }

  /// Whether the blocks of some elements of a column are as they were written; those that nobody has looked at are looked at now.
  @usableFromInline func touch<Element>(_ column: UnsafePointer<Element>, _ elements: Range<Int>) -> Bool {
    if elements.isEmpty || left.load(ordering: .relaxed) == 0 { return true }
    let stride = MemoryLayout<Element>.stride
    let offset = UnsafeRawPointer(column) - UnsafeRawPointer(start)
    return touch((offset + elements.lowerBound * stride) >> Self.shift...(offset + elements.upperBound * stride - 1) >> Self.shift)
  }

  /// Looks at all blocks; whether all are as they were written.
  func touchAll() -> Bool { blockCount == 0 || touch(0...blockCount - 1) }

  private func touch(_ blocks: ClosedRange<Int>) -> Bool {
    var areGood = true
    for block in blocks where states[block].load(ordering: .relaxed) != Self.good {
      if !check(block) { areGood = false }
    }
    return areGood
  }

  private func check(_ block: Int) -> Bool {
    if states[block].load(ordering: .acquiring) == Self.bad { return false }
    let bytes = start + (block << Self.shift)
    let count = min(Self.blockSize, size - (block << Self.shift))
    if BlockChecksum.of(UnsafeRawBufferPointer(start: bytes, count: count))
      == sums.loadUnaligned(fromByteOffset: block * 8, as: UInt64.self)
    {
      let isFirst = states[block].compareExchange(expected: Self.unknown, desired: Self.good, ordering: .acquiringAndReleasing).exchanged
      if isFirst { left.subtract(1, ordering: .relaxed) }
      return states[block].load(ordering: .relaxed) == Self.good
    }
    damaged.store(true, ordering: .relaxed)
    states[block].store(Self.bad, ordering: .releasing)
    memset(bytes, 0, count)
    return false
  }
}

/// The blocks of a snapshot file at a place that stays, and whatever holds the file's bytes.
final class CheckedBlocks: @unchecked Sendable {
  let table: UnsafePointer<BlockTable>
  /// What the file is called.
  let name: String
  private let owner: any Sendable

  init(_ table: consuming BlockTable, name: String, heldBy owner: any Sendable) {
    let place = UnsafeMutablePointer<BlockTable>.allocate(capacity: 1)
    place.initialize(to: table)
    self.table = UnsafePointer(place)
    self.name = name
    self.owner = owner
  }

  deinit {
    let place = UnsafeMutablePointer(mutating: table)
    place.deinitialize(count: 1)
    place.deallocate()
  }
}
