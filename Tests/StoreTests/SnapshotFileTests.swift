import Bytes
import Problems
import RDF
import TestSupport
import Testing

@testable import Store

/// Snapshots that are saved and opened again.
struct SnapshotFileTests {
  /// A file in memory, which is freed when nobody holds it any more.
  private final class FileBytes: Sendable {
    nonisolated(unsafe) let bytes: UnsafeMutableRawBufferPointer

    init(_ source: [UInt8]) {
      bytes = .allocate(byteCount: source.count, alignment: 64)
      bytes.copyBytes(from: source)
    }

    deinit { bytes.deallocate() }

    func open() throws(Failure) -> (snapshot: Snapshot, hasUnion: Bool) { try Snapshot.opened(bytes, heldBy: self, name: "a.kgs") }
  }

  private static let literals: [Term] =
    (0..<30).map { .literal(.init("\($0 * 7 - 50)"), .datatype(XSD.integer)) } + [
      .literal("2.50", .datatype(XSD.decimal)), .literal("-1e3", .datatype(XSD.double)),
      .literal("170141183460469231731", .datatype(XSD.integer)),
      .literal("2024-02-29", .datatype(XSD.date)), .literal("2024-02-29T12:00:00.5Z", .datatype(XSD.dateTime)),
      .literal("true", .datatype(XSD.boolean)), .literal("Örebro", .language("sv")), .literal("Orebro", .language("en")),
      .literal("x", .datatype("http://example.org/d")), .literal("", .datatype(XSD.string)),
    ]

  private static func made(_ count: Int, graphs: Int, seed: UInt64 = 21) throws -> Snapshot {
    var random = SeededGenerator(seed: seed)
    let quads = randomQuads(count, terms: 60, graphs: graphs, &random, objects: literals)
    let builder = try builder(quads)
    let file = builder.file(named: "å.csv")
    var batch = QuadBatch()
    var rows: [UInt32] = []
    for quad in quads.prefix(400) {
      batch.append(quad)
      rows.append(UInt32(rows.count % 97 + 1))
    }
    let appended = rows.withUnsafeBufferPointer { rows in
      Result { () throws(Failure) in try builder.append(batch, rows: rows, file: file) }
    }
    try appended.get()
    return try builder.makeSnapshot()
  }

  private static func saved(_ snapshot: Snapshot, hasUnion: Bool = false) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try snapshot.save(hasUnion: hasUnion) { bytes.append(contentsOf: $0.buffer) }
    return bytes
  }

  /// All that can be read of a snapshot.
  private struct Content: Equatable {
    var terms: [Term] = []
    var values: [String] = []
    var quads: [Quad] = []
    var counts: [Int] = []
    var origins: [String] = []

    init(_ snapshot: Snapshot) {
      terms = snapshot.allTerms
      let columns = snapshot.valueColumns
      values = columns.numbers.map { "\(columns.number($0))" } + columns.moments.map { "\(columns.moment($0))" }
      for order in [Position.subject, .predicate, .object] {
        for row in snapshot.rows(QuadPattern(graph: .union), sortedBy: order) { quads.append(Self.quad(row, snapshot)) }
        for row in snapshot.rows(QuadPattern(graph: .eachNamed), sortedBy: order) { quads.append(Self.quad(row, snapshot)) }
        counts.append(snapshot.distinctCount(of: order, in: QuadPattern()))
      }
      for id in 0..<StoreID(snapshot.termCount) {
        counts.append(snapshot.count(QuadPattern(predicate: id)))
        for graph in snapshot.allGraphs { origins += snapshot.provenance(ofSubject: id, in: graph).map { "\(id) \(graph) \($0)" } }
      }
      counts += [snapshot.quadCount, snapshot.tripleCount, snapshot.holdsFloatingPoint ? 1 : 0, snapshot.holdsNumbersOutOfOrder ? 1 : 0]
    }

    private static func quad(_ row: [StoreID], _ snapshot: Snapshot) -> Quad {
      let graph = row.count > 3 && row[3] != .defaultGraph ? snapshot.term(row[3]) : nil
      return Quad(snapshot.term(row[0]), snapshot.term(row[1]), snapshot.term(row[2]), graph: graph)
    }
  }

  @Test("A snapshot that was saved and opened is the same", arguments: [0, 1, 5], [true, false])
  func roundTrip(graphs: Int, hasUnion: Bool) throws {
    let snapshot = try Self.made(6000, graphs: graphs)
    let (opened, union) = try FileBytes(Self.saved(snapshot, hasUnion: hasUnion)).open()
    #expect(union == hasUnion)
    #expect(Content(opened) == Content(snapshot))
    try opened.checkSoundness()
    #expect(try Self.saved(opened, hasUnion: hasUnion) == Self.saved(snapshot, hasUnion: hasUnion))
  }

  @Test("An empty snapshot can be saved")
  func empty() throws {
    let (opened, _) = try FileBytes(Self.saved(Snapshot())).open()
    #expect(opened.termCount == 0 && opened.rows(QuadPattern()).isEmpty)
    try opened.checkSoundness()
  }

  @Test("A snapshot that lies in a file can have its graphs replaced")
  func replacing() throws {
    let snapshot = try Self.made(500, graphs: 2)
    let (opened, _) = try FileBytes(Self.saved(snapshot)).open()
    #expect(try Content(opened.removing(graph: nil)) == Content(snapshot.removing(graph: nil)))
  }

  @Test("Each of a thousand damages of one byte is found, or does no harm")
  func damages() throws {
    let snapshot = try Self.made(300, graphs: 2)
    let whole = try Self.saved(snapshot)
    let content = Content(snapshot)
    var random = SeededGenerator(seed: 1880)
    var refused = 0
    var noticed = 0
    for _ in 0..<1000 {
      var bytes = whole
      bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
      let opened: Snapshot
      do throws(Failure) { opened = try FileBytes(bytes).open().snapshot } catch {
        #expect(error.problem.code == .snapshotInvalid)
        refused += 1
        continue
      }
      let found = Content(opened)
      do throws(Failure) { try opened.checkSoundness() } catch {
        #expect(error.problem.code == .snapshotInvalid)
        noticed += 1
        continue
      }
      #expect(found == content)
    }
    #expect(refused > 0 && noticed > 500)
  }

  @Test("A damage is found in the block that is read, and nowhere else")
  func lazily() throws {
    let snapshot = try Self.made(40_000, graphs: 0)
    let whole = try Self.saved(snapshot)
    #expect(whole.count > 4 * BlockTable.blockSize)
    var bytes = whole
    // The last block holds the last order.
    bytes[bytes.count - BlockTable.blockSize / 2] ^= 1
    let (opened, _) = try FileBytes(bytes).open()
    let subject = try #require(opened.id(of: .iri("http://example.org/s1")))
    #expect(opened.rows(QuadPattern(subject: subject)) == snapshot.rows(QuadPattern(subject: subject)))
    try opened.checkSoundness()
    _ = opened.rows(QuadPattern(), sortedBy: .object)
    #expect(throws: Failure.self) { try opened.checkSoundness() }
  }

  @Test(
    "What is no snapshot of this version is refused",
    arguments: [
      ("", "something else wrote it"), ("<a> <b> <c> .\n", "something else wrote it"),
      (String(repeating: "x", count: 4096), "something else wrote it"),
    ])
  func foreign(text: String, reason: String) {
    let failure = #expect(throws: Failure.self) { try FileBytes(Array(text.utf8)).open() }
    #expect(failure?.problem.code == .snapshotInvalid)
    #expect(failure?.problem.line(in: .en).contains(reason) == true)
  }

  @Test("A file that was cut short, or that has more than it should, is refused", arguments: [-1, -1000, -64, 1, 64])
  func cut(by change: Int) throws {
    var bytes = try Self.saved(Self.made(300, graphs: 0))
    if change < 0 { bytes.removeLast(-change) } else { bytes += [UInt8](repeating: 0, count: change) }
    let failure = #expect(throws: Failure.self) { try FileBytes(bytes).open() }
    #expect(failure?.problem.line(in: .en).contains("\(bytes.count) bytes but should have \(bytes.count - change)") == true)
  }

  @Test("A file of another version or byte order is told by what it is")
  func otherVersions() throws {
    var bytes = try Self.saved(Self.made(300, graphs: 0))
    func header(_ change: (inout [UInt8]) -> Void) -> String? {
      var changed = bytes
      change(&changed)
      let sum = changed[..<(SnapshotHeader.size - 8)].withUnsafeBytes { BlockChecksum.of($0) }
      withUnsafeBytes(of: sum) { changed.replaceSubrange((SnapshotHeader.size - 8)..<SnapshotHeader.size, with: $0) }
      return #expect(throws: Failure.self) { try FileBytes(changed).open() }?.problem.line(in: .en)
    }
    #expect(header { $0[12] = 99 }?.contains("version 99") == true)
    #expect(header { $0[8..<12].reverse() }?.contains("byte order") == true)
    bytes[SnapshotHeader.size + 3] ^= 1
    #expect(header { _ in }?.contains("damaged") == true)
  }
}
