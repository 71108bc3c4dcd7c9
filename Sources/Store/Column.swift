/// Memory for elements of one type that is written while a snapshot is built and only read afterwards, from any thread.
@usableFromInline final class Column<Element: BitwiseCopyable>: @unchecked Sendable {
  let start: UnsafeMutablePointer<Element>
  let count: Int
  /// The block of memory, or what else holds the elements.
  private let memory: MemoryBlock?
  private let owner: CheckedBlocks?

  /// Elements that are not initialised.
  convenience init(count: Int) { self.init(MemoryBlock(size: count * MemoryLayout<Element>.stride), count: count) }

  fileprivate init(_ memory: MemoryBlock, count: Int) {
    self.memory = memory
    owner = nil
    self.count = count
    start = memory.start.bindMemory(to: Element.self, capacity: count)
  }

  /// Elements that stand in a snapshot file, and are never written.
  init(_ start: UnsafeMutableRawPointer, count: Int, in blocks: CheckedBlocks) {
    memory = nil
    owner = blocks
    self.count = count
    self.start = start.bindMemory(to: Element.self, capacity: count)
  }

  deinit { memory?.free() }

  /// The bytes of all elements.
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: byteCount) }

  /// How many bytes are held.
  var byteCount: Int { count * MemoryLayout<Element>.stride }
}

/// Elements that are appended and then handed over as a ``Column`` without a copy. A few bytes past the end may be read.
struct Growing<Element: BitwiseCopyable>: ~Copyable {
  private(set) var start: UnsafeMutablePointer<Element>
  private(set) var count = 0
  private var capacity: Int
  private var memory: MemoryBlock

  init(capacity: Int = 16) {
    self.capacity = max(capacity, 1)
    memory = MemoryBlock(size: self.capacity * MemoryLayout<Element>.stride)
    start = memory.start.bindMemory(to: Element.self, capacity: self.capacity)
  }

  deinit { memory.free() }

  @inline(__always) subscript(index: Int) -> Element {
    get { start[index] }
    nonmutating set { start[index] = newValue }
  }

  /// Makes room for `extra` more.
  @inline(__always) mutating func reserve(_ extra: Int) {
    if count &+ extra > capacity { grow(extra) }
  }

  @inline(never) private mutating func grow(_ extra: Int) {
    let stride = MemoryLayout<Element>.stride
    memory = memory.moved(to: max(capacity * 2, count + extra) * stride, keeping: count * stride)
    capacity = memory.size / stride
    start = memory.start.bindMemory(to: Element.self, capacity: capacity)
  }

  @inline(__always) mutating func append(_ element: Element) {
    reserve(1)
    start[count] = element
    count &+= 1
  }

  /// Counts `extra` elements that were written past the end, within what was reserved.
  @inline(__always) mutating func commit(_ extra: Int) { count &+= extra }

  @inline(__always) mutating func append(_ source: UnsafePointer<Element>, _ extra: Int) {
    reserve(extra)
    (start + count).update(from: source, count: extra)
    count &+= extra
  }

  /// Forgets the elements from `length` on.
  @inline(__always) mutating func truncate(to length: Int) { count = length }

  /// The elements, in no more memory than they need.
  consuming func column() -> Column<Element> {
    let column = Column<Element>(memory.shrunk(to: count * MemoryLayout<Element>.stride), count: count)
    discard self
    return column
  }
}
