package import Bytes
package import Problems

extension Snapshot {
  /// Writes the snapshot so that ``opened(_:heldBy:name:)`` can read it where it lies: a header, a directory with a checksum for each block,
  /// and the columns as they stand in memory.
  /// - Parameters:
  ///   - hasUnion: whether the default graph of queries is the union of all graphs, as in a site.
  ///   - write: takes the bytes of the file from start to end.
  /// - Throws: what `write` throws; ``ProblemCode/snapshotInvalid`` where the snapshot itself lies in a file that is damaged.
  package func save(hasUnion: Bool, to write: (ByteView) throws(Failure) -> Void) throws(Failure) {
    try touchAll()
    let sections = sections
    // What lies behind the last section may be read, as it may behind a column in memory.
    let data = sections.map { SnapshotHeader.aligned($0.count) }.reduce(SnapshotHeader.alignment, +)
    var directory = directory(hasUnion: hasUnion)
    try Self.forEachBlock(of: sections, data) { block throws(Failure) in
      directory.put(Int(truncatingIfNeeded: Int64(bitPattern: BlockChecksum.of(block))))
    }
    let header = directory.bytes.withUnsafeBytes { SnapshotHeader(directory: $0, dataSize: data) }
    var front = header.bytes + directory.bytes
    front.append(contentsOf: repeatElement(0, count: header.dataStart - front.count))
    try ByteString(front).withView(write)
    try Self.forEachBlock(of: sections, data) { block throws(Failure) in
      try write(ByteView(block.bindMemory(to: UInt8.self)))
    }
  }

  /// All that the directory says, in the order in which it is read; the checksums of the blocks come after it.
  private func directory(hasUnion: Bool) -> DirectoryWriter {
    var out = DirectoryWriter()
    out.put(hasUnion ? 1 : 0)
    out.put(allGraphs) { $0.put(Int($1)) }
    out.put(facts.quadCounts)
    out.put(facts.distinctSubjects)
    out.put(facts.distinctObjects)
    out.put(facts.holdsFloatingPoint ? 1 : 0)
    out.put(facts.holdsNumbersOutOfOrder ? 1 : 0)
    out.put(dictionary.bounds) { $0.put(Int($1)) }
    out.put(dictionary.groups) {
      $0.put($1.qualifier)
      $0.put(Int($1.start))
    }
    for order in [orders[0], orders[1], orders[3]] {
      out.put(Int(order.directory.least))
      out.put(order.directory.used)
    }
    out.put(provenance.sorted { $0.key < $1.key }) {
      $0.put(Int($1.key))
      $0.put($1.value.count)
      $0.put($1.value.files) { $0.put(ByteString($1)) }
    }
    for section in sections { out.put(section.count) }
    return out
  }

  /// The columns in the order in which they are read.
  private var sections: [UnsafeRawBufferPointer] {
    var sections = [
      dictionary.strings.bytes.bytes, dictionary.strings.offsets.bytes, dictionary.payloads.bytes, dictionary.forms.bytes,
      dictionary.seconds.bytes, dictionary.flags.bytes,
    ]
    for order in [orders[0], orders[1], orders[3]] { sections.append(order.directory.starts.bytes) }
    for order in orders {
      sections += [order.second.bytes, order.third.bytes, order.repeats.bytes]
      if let graphs = order.graphs { sections.append(graphs.bytes) }
    }
    for (_, table) in provenance.sorted(by: { $0.key < $1.key }) {
      sections += [table.bytes.bytes, table.heads.bytes, table.offsets.bytes]
    }
    return sections
  }

  /// Calls `body` with each block of the data: the sections, each beginning at a multiple of ``SnapshotHeader/alignment``, zeros between.
  private static func forEachBlock(
    of sections: [UnsafeRawBufferPointer], _ size: Int, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: BlockTable.blockSize, alignment: 16)
    defer { block.deallocate() }
    var filled = 0
    var total = 0
    func add(_ source: UnsafeRawBufferPointer?, _ count: Int) throws(Failure) {
      var at = 0
      while at < count {
        let taken = min(count - at, block.count - filled)
        let target = UnsafeMutableRawBufferPointer(rebasing: block[filled..<filled + taken])
        if let source {
          target.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[at..<at + taken]))
        } else {
          target.initializeMemory(as: UInt8.self, repeating: 0)
        }
        at += taken
        filled += taken
        if filled == block.count {
          try body(UnsafeRawBufferPointer(block))
          filled = 0
        }
      }
      total += count
    }
    for section in sections {
      try add(section, section.count)
      try add(nil, SnapshotHeader.aligned(section.count) - section.count)
    }
    try add(nil, size - total)
    if filled > 0 { try body(UnsafeRawBufferPointer(rebasing: block[..<filled])) }
  }
}

extension Snapshot {
  /// Whether bytes begin as those of a saved snapshot do.
  package static func isSaved(_ file: UnsafeRawBufferPointer) -> Bool { SnapshotHeader.begins(file) }
}
