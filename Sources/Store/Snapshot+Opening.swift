import Bytes
import Glibc
package import Problems

extension Snapshot {
  /// A snapshot that is read where it lies, in a file that ``save(hasUnion:to:)`` wrote.
  ///
  /// Header and directory are verified now, each block of the columns when something in it is first read. A block that turns out to be damaged
  /// gives no rows and no text; whoever answers from the snapshot asks ``checkSoundness()`` before the answer is whole. Checksums tell damage,
  /// not malice.
  /// - Parameters:
  ///   - file: the whole file, at an address that is a multiple of 64. Where a block is damaged it is overwritten with zeros.
  ///   - owner: holds the memory as long as it is held.
  ///   - name: what the file is called.
  /// - Returns: the snapshot, and whether the default graph of queries is the union of all graphs.
  /// - Throws: ``ProblemCode/snapshotInvalid``.
  package static func opened(
    _ file: UnsafeMutableRawBufferPointer, heldBy owner: any Sendable, name: String
  ) throws(Failure) -> (snapshot: Snapshot, hasUnion: Bool) {
    let header = try SnapshotHeader(UnsafeRawBufferPointer(file), name: name)
    let directory = UnsafeRawBufferPointer(rebasing: file[SnapshotHeader.size..<SnapshotHeader.size + header.directorySize])
    let data = UnsafeMutableRawBufferPointer(rebasing: file[header.dataStart...])
    // The checksums of the blocks end the directory.
    let sums = directory.count - 8 * BlockTable.count(data.count)
    guard sums >= 0, let start = data.baseAddress, let first = directory.baseAddress else {
      throw SnapshotHeader.failure(.phrase("snapshot-damaged"), name)
    }
    let blocks = CheckedBlocks(BlockTable(start, size: data.count, sums: first + sums), name: name, heldBy: owner)
    var reader = DirectoryReader(UnsafeRawBufferPointer(rebasing: directory[..<sums]), data, blocks)
    return try snapshot(&reader, blocks)
  }

  private static func snapshot(
    _ reader: inout DirectoryReader, _ blocks: CheckedBlocks
  ) throws(Failure) -> (snapshot: Snapshot, hasUnion: Bool) {
    let hasUnion = try reader.number(to: 1) == 1
    let graphs = try reader.list { reader throws(Failure) in try reader.id() }
    var facts = SnapshotFacts()
    facts.quadCounts = try reader.counts()
    facts.distinctSubjects = try reader.counts()
    facts.distinctObjects = try reader.counts()
    facts.holdsFloatingPoint = try reader.number(to: 1) == 1
    facts.holdsNumbersOutOfOrder = try reader.number(to: 1) == 1
    let bounds = try reader.list { reader throws(Failure) in try reader.id() }
    let groups = try reader.list { reader throws(Failure) in
      TermDictionary.Group(qualifier: try reader.text(), start: try reader.id())
    }
    var directories: [(least: StoreID, used: Int)] = []
    for _ in 0..<3 { directories.append((try reader.id(), try reader.number())) }
    let tables = try reader.list { reader throws(Failure) in
      (
        graph: try reader.id(), count: try reader.number(),
        files: try reader.list { reader throws(Failure) in try reader.text().text }
      )
    }
    try reader.require(bounds.count == TermClass.allCases.count + 1 && bounds.first == 0 && zip(bounds, bounds.dropFirst()).allSatisfy(<=))
    let dictionary = try dictionary(&reader, bounds, groups, blocks)
    let orders = try orders(&reader, directories, graphs, blocks)
    var provenance: [StoreID: Provenance] = [:]
    for table in tables {
      let bytes = try reader.column(UInt8.self)
      let heads = try reader.column(UInt32.self)
      provenance[table.graph] = Provenance(
        bytes, heads: heads, offsets: try reader.column(UInt32.self, heads.count), count: table.count, files: table.files, in: blocks)
    }
    return (Snapshot(dictionary, orders, graphs: graphs, provenance: provenance, facts: facts, blocks: blocks), hasUnion)
  }

  private static func dictionary(
    _ reader: inout DirectoryReader, _ bounds: [StoreID], _ groups: [TermDictionary.Group], _ blocks: CheckedBlocks
  ) throws(Failure) -> TermDictionary {
    func size(_ first: TermClass, _ last: TermClass) -> Int { Int(bounds[Int(last.rawValue) + 1] - bounds[Int(first.rawValue)]) }
    let count = size(.blankNode, .other)
    let bytes = try reader.column(UInt8.self)
    let offsets = try reader.column(UInt32.self, (count + FrontCoded.blockSize - 1) >> FrontCoded.blockShift)
    return TermDictionary(
      strings: FrontCoded(bytes: bytes, offsets: offsets, count: count, blocks: blocks), bounds: bounds, groups: groups,
      payloads: try reader.column(Int64.self, size(.number, .number)), forms: try reader.column(UInt8.self, size(.number, .number)),
      seconds: try reader.column(Int64.self, size(.dateTime, .date)), flags: try reader.column(UInt16.self, size(.dateTime, .date)))
  }

  private static func orders(
    _ reader: inout DirectoryReader, _ directories: [(least: StoreID, used: Int)], _ graphs: [StoreID], _ blocks: CheckedBlocks
  ) throws(Failure) -> [PermutationColumns] {
    var starts: [PermutationColumns.Directory] = []
    for (least, used) in directories {
      let column = try reader.column(UInt32.self)
      try reader.require(column.count > 0)
      starts.append(PermutationColumns.Directory(least: least, starts: column, used: used))
    }
    var orders: [PermutationColumns] = []
    for directory in [starts[0], starts[1], starts[1], starts[2]] {
      let second = try reader.column(StoreID.self, orders.first?.second.count)
      let third = try reader.column(StoreID.self, second.count)
      let repeats = try reader.column(UInt32.self)
      let names = graphs.count > 1 ? try reader.column(StoreID.self, second.count) : nil
      orders.append(
        PermutationColumns(directory, second, third, names, onlyGraph: graphs.first ?? .defaultGraph, repeats, blocks: blocks))
    }
    return orders
  }

  /// That nothing that was read of the file which the snapshot lies in turned out to be damaged; always so for one in memory.
  /// - Throws: ``ProblemCode/snapshotInvalid``.
  package func checkSoundness() throws(Failure) {
    if let blocks, blocks.table.pointee.isDamaged { throw SnapshotHeader.failure(.phrase("snapshot-damaged"), blocks.name) }
  }

  /// Reads all blocks of the file that the snapshot lies in.
  /// - Throws: ``ProblemCode/snapshotInvalid`` where one is damaged.
  func touchAll() throws(Failure) {
    if let blocks { _ = blocks.table.pointee.touchAll() }
    try checkSoundness()
  }
}
