import Bytes

/// Which rows the subjects of one graph came from: (subject, file, row) sorted, each number as its difference from the one before, in
/// blocks of 64 that can be entered.
struct Provenance: Sendable {
  struct Entry: Comparable {
    var subject: StoreID
    var file: UInt32
    var row: UInt32

    static func < (left: Entry, right: Entry) -> Bool { (left.subject, left.file, left.row) < (right.subject, right.file, right.row) }
  }

  private static let blockSize = 64

  let files: [String]
  let bytes: Column<UInt8>
  /// For each block its first subject, and where it begins.
  let heads: Column<UInt32>
  let offsets: Column<UInt32>
  let count: Int
  /// Where the table lies in a file: its blocks, which are touched before it is read.
  private let blocks: CheckedBlocks?

  var byteCount: Int { bytes.byteCount + heads.byteCount + offsets.byteCount }

  /// Encodes entries, which are sorted here and kept once each.
  init(_ entries: [Entry], files: [String]) {
    self.files = files
    var bytes = Growing<UInt8>()
    var heads = Growing<UInt32>()
    var offsets = Growing<UInt32>()
    var last = Entry(subject: 0, file: 0, row: 0)
    var count = 0
    func put(_ number: UInt64, _ bytes: inout Growing<UInt8>) {
      var rest = number
      while rest > 127 {
        bytes.append(UInt8(truncatingIfNeeded: rest) | 128)
        rest >>= 7
      }
      bytes.append(UInt8(truncatingIfNeeded: rest))
    }
    for entry in entries.sorted() {
      if count > 0, entry == last { continue }
      if count % Self.blockSize == 0 {
        heads.append(entry.subject)
        offsets.append(UInt32(truncatingIfNeeded: bytes.count))
        last = Entry(subject: entry.subject, file: 0, row: 0)
      }
      put(UInt64(entry.subject - last.subject), &bytes)
      put(UInt64(entry.file), &bytes)
      let step = Int64(entry.row) - Int64(last.row)
      put(UInt64(bitPattern: step << 1 ^ step >> 63), &bytes)
      last = entry
      count += 1
    }
    self.bytes = bytes.column()
    self.heads = heads.column()
    self.offsets = offsets.column()
    self.count = count
    blocks = nil
  }

  /// A table that lies in a file.
  init(_ bytes: Column<UInt8>, heads: Column<UInt32>, offsets: Column<UInt32>, count: Int, files: [String], in blocks: CheckedBlocks) {
    self.files = files
    self.bytes = bytes
    self.heads = heads
    self.offsets = offsets
    self.count = count
    self.blocks = blocks
  }

  /// Whether the table may be read: it is in memory, or as it was written to the file.
  private var mayRead: Bool {
    guard let table = blocks?.table else { return true }
    let areGood = table.pointee.touch(heads.start, 0..<heads.count) && table.pointee.touch(offsets.start, 0..<offsets.count)
    return areGood && table.pointee.touch(bytes.start, 0..<bytes.count)
  }

  /// The rows of a subject, by file, then row.
  func rows(of subject: StoreID) -> [(file: String, row: Int)] {
    guard mayRead else { return [] }
    var found: [(file: String, row: Int)] = []
    // A subject's rows may begin at the end of the block before the first that begins with it.
    let first = max(0, Search.firstIndex(in: 0..<heads.count) { heads.start[$0] >= subject } - 1)
    forEach(fromBlock: first) { entry in
      if entry.subject == subject { found.append((files[Int(entry.file)], Int(entry.row))) }
      return entry.subject <= subject
    }
    return found
  }

  /// All entries.
  var entries: [Entry] {
    guard mayRead else { return [] }
    var all: [Entry] = []
    all.reserveCapacity(count)
    forEach(fromBlock: 0) { entry in
      all.append(entry)
      return true
    }
    return all
  }

  /// The rows of two tables together.
  func joined(with other: Provenance) -> Provenance {
    var files = files
    var entries = entries
    let numbers = other.files.map { file in
      // Compared as bytes, as file names are.
      if let known = files.firstIndex(where: { $0.utf8.elementsEqual(file.utf8) }) { return known }
      files.append(file)
      return files.count - 1
    }
    for entry in other.entries { entries.append(Entry(subject: entry.subject, file: UInt32(numbers[Int(entry.file)]), row: entry.row)) }
    return Provenance(entries, files: files)
  }

  /// The rows of two tables together, where a subject of which the other one knows has its rows there alone.
  func renewed(by other: Provenance) -> Provenance {
    let subjects = Set(other.entries.map(\.subject))
    return Provenance(entries.filter { !subjects.contains($0.subject) }, files: files).joined(with: other)
  }

  /// The same rows, without the names of files that none is of.
  func withoutUnusedFiles() -> Provenance {
    let entries = entries
    var numbers = [UInt32?](repeating: nil, count: files.count)
    for entry in entries { numbers[Int(entry.file)] = 0 }
    let used = files.indices.filter { numbers[$0] != nil }
    if used.count == files.count { return self }
    for (number, file) in used.enumerated() { numbers[file] = UInt32(number) }
    let renumbered = entries.map { Entry(subject: $0.subject, file: numbers[Int($0.file)] ?? 0, row: $0.row) }
    return Provenance(renumbered, files: used.map { files[$0] })
  }

  private func forEach(fromBlock first: Int, _ body: (Entry) -> Bool) {
    guard first < heads.count else { return }
    var at = Int(offsets.start[first])
    func take() -> UInt64 {
      var value: UInt64 = 0
      var shift: UInt64 = 0
      while bytes.start[at] > 127 {
        value |= UInt64(bytes.start[at] & 127) << shift
        shift += 7
        at += 1
      }
      value |= UInt64(bytes.start[at]) << shift
      at += 1
      return value
    }
    var last = Entry(subject: 0, file: 0, row: 0)
    for index in first * Self.blockSize..<count {
      if index % Self.blockSize == 0 { last = Entry(subject: heads.start[index / Self.blockSize], file: 0, row: 0) }
      let subject = last.subject &+ UInt32(truncatingIfNeeded: take())
      let file = UInt32(truncatingIfNeeded: take())
      let coded = take()
      let row = Int64(last.row) + (Int64(bitPattern: coded >> 1) ^ -Int64(coded & 1))
      last = Entry(subject: subject, file: file, row: UInt32(truncatingIfNeeded: row))
      if !body(last) { return }
    }
  }
}
