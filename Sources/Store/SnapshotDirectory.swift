import Bytes
import Glibc
import Problems

/// Writes the directory of a snapshot file: numbers and texts one after the other.
struct DirectoryWriter {
  private(set) var bytes: [UInt8] = []

  mutating func put(_ number: Int) { withUnsafeBytes(of: Int64(number)) { bytes.append(contentsOf: $0) } }

  mutating func put(_ text: ByteString) {
    put(text.count)
    bytes.append(contentsOf: text.bytes)
  }

  mutating func put<Item>(_ items: some Collection<Item>, _ body: (inout DirectoryWriter, Item) -> Void) {
    put(items.count)
    for item in items { body(&self, item) }
  }

  /// Counts by id, in the order of the ids.
  mutating func put(_ counts: [StoreID: Int]) {
    put(counts.sorted { $0.key < $1.key }) { writer, entry in
      writer.put(Int(entry.key))
      writer.put(entry.value)
    }
  }
}

/// Reads the directory of a snapshot file, whose checksum was right, and the sections that stand in the data in the same order.
struct DirectoryReader {
  private let directory: UnsafeRawBufferPointer
  private let data: UnsafeMutableRawBufferPointer
  private let name: String
  private let blocks: CheckedBlocks
  private var at = 0
  private var dataAt = 0

  /// - Parameter blocks: those of `data`.
  init(_ directory: UnsafeRawBufferPointer, _ data: UnsafeMutableRawBufferPointer, _ blocks: CheckedBlocks) {
    self.directory = directory
    self.data = data
    self.blocks = blocks
    name = blocks.name
  }

  private var damaged: Failure { SnapshotHeader.failure(.phrase("snapshot-damaged"), name) }

  mutating func number() throws(Failure) -> Int {
    guard at + 8 <= directory.count else { throw damaged }
    defer { at += 8 }
    return Int(directory.loadUnaligned(fromByteOffset: at, as: Int64.self))
  }

  /// A number from 0 to a bound.
  mutating func number(to most: Int) throws(Failure) -> Int {
    let number = try number()
    guard number >= 0, number <= most else { throw damaged }
    return number
  }

  mutating func id() throws(Failure) -> StoreID { StoreID(try number(to: Int(StoreID.max))) }

  mutating func text() throws(Failure) -> ByteString {
    let count = try number(to: directory.count - at)
    guard at + count <= directory.count else { throw damaged }
    defer { at += count }
    return ByteString(Array(directory[at..<at + count]))
  }

  mutating func list<Item>(_ item: (inout DirectoryReader) throws(Failure) -> Item) throws(Failure) -> [Item] {
    var items: [Item] = []
    for _ in 0..<(try number(to: directory.count - at)) { items.append(try item(&self)) }
    return items
  }

  mutating func counts() throws(Failure) -> [StoreID: Int] {
    var counts: [StoreID: Int] = [:]
    for _ in 0..<(try number(to: directory.count - at)) { counts[try id()] = try number() }
    return counts
  }

  /// The next section of the data.
  /// - Parameter expected: how many elements it must have, where that is known.
  mutating func column<Element: BitwiseCopyable>(_ type: Element.Type, _ expected: Int? = nil) throws(Failure) -> Column<Element> {
    let stride = MemoryLayout<Element>.stride
    let size = try number(to: data.count)
    guard let start = data.baseAddress, size % stride == 0, dataAt + size <= data.count, size == expected.map({ $0 * stride }) ?? size
    else { throw damaged }
    defer { dataAt = SnapshotHeader.aligned(dataAt + size) }
    return Column(start + dataAt, count: size / stride, in: blocks)
  }

  /// That what was read is how it must be.
  func require(_ isRight: Bool) throws(Failure) {
    if !isRight { throw damaged }
  }
}
