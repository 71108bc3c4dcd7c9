import Bytes
import JSON
import Problems
import Resources
import Tables
import Testing

/// A stream of a beginning, one piece again and again, and an end, that counts what has been asked of it.
private final class LongStream: ByteStream {
  let name = "long"
  private let beginning: [UInt8]
  private let piece: [UInt8]
  private let end: [UInt8]
  private var rest: [UInt8] = []
  private var pieces = -1
  private(set) var count = 0
  private(set) var hasEnded = false

  private let times: Int

  init(_ beginning: String, _ piece: String, times: Int = 1_000_000, _ end: String) {
    self.times = times
    self.beginning = Array(beginning.utf8)
    self.piece = Array(piece.utf8)
    self.end = Array(end.utf8)
  }

  func read(into target: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
    if rest.isEmpty {
      if hasEnded { return 0 }
      rest = pieces < 0 ? beginning : pieces < times ? piece : end
      hasEnded = pieces >= times
      pieces += 1
    }
    let read = min(rest.count, target.count)
    target.copyBytes(from: rest[..<read])
    rest.removeFirst(read)
    count += read
    return read
  }
}

@Suite("Items of JSON and XML, as rows") struct IterationStreamTests {
  private static let none: ExpressionCompiler = { _, _ in nil }

  private func path(_ text: String) throws -> JSONPath { try JSONPathParser.parse(text, compiler: Self.none) }

  @Test(
    "one item at a time is read of a long file: the first rows come when a little of it has been read",
    arguments: ["$[*]", "$[+]", "$[0:]", "$[?@.id == 1]", "$[*].list[*]", "$[*]['list','id']"])
  func longJSON(_ iterator: String) throws {
    let stream = LongStream("[{\"id\":1,\"list\":[1,2]}", ",{\"id\":1,\"list\":[3,4]}", "]")
    let rows = JSONIterations(
      stream, iterator: try path(iterator), references: [try path("$.id"), try path("$~")], compiler: Self.none, problems: ProblemList())
    var batch = RowBatch()
    let hasRows = try rows.next(&batch)
    #expect(hasRows)
    #expect(batch.rowCount >= 1024)
    #expect(stream.count < 1 << 20)
  }

  @Test("what is passed over is not held, and what comes after it is found")
  func passedOver() throws {
    let stream = LongStream("{\"other\":[0", ",[\"x\",{\"list\":5}]", times: 50_000, "],\"list\":[{\"id\":7}]}")
    let rows = JSONIterations(
      stream, iterator: try path("$.list[*]"), references: [try path("$.id")], compiler: Self.none, problems: ProblemList())
    var batch = RowBatch()
    let hasRows = try rows.next(&batch)
    #expect(hasRows)
    #expect(batch.rowCount == 1)
    #expect(batch.cell(0, 0).text == "7")
    let place = batch.place(0, 0)
    #expect(place.line == 1)
  }

  @Test("the same of XML, also where references go up from the item")
  func longXML() throws {
    for reference in ["@id", "../@id"] {
      let stream = LongStream("<a><g id='5'><b id='1'/></g>", "<g id='5'><b id='1'>x</b></g>\n", "</a>")
      let rows = XMLIterations(
        stream, iterator: try XPathExpression("/a/g/b"), references: [try XPathExpression(reference)], namespaces: [],
        problems: ProblemList())
      var batch = RowBatch()
      let hasRows = try rows.next(&batch)
      #expect(hasRows)
      #expect(batch.rowCount >= 1024)
      #expect(batch.cell(0, 0).text == (reference == "@id" ? "1" : "5"))
      #expect(stream.count < 1 << 20)
    }
  }

  @Test(
    "what a stream holds, by its beginning",
    arguments: [
      (" {\"a\":1}", TableReader.Kind.json), ("\u{FEFF}[1]", .json), ("<?xml version='1.0'?><a/>", .xml), ("<a/>", .xml), ("a;b\n", .csv),
      ("<!DOCTYPE html><html>", nil), ("<html>", nil), ("", nil), ("PK\u{3}\u{4}", .xlsx),
    ])
  func kinds(_ text: String, _ kind: TableReader.Kind?) throws {
    let stream = PeekStream(MemoryStream(Array(text.utf8), name: "x", piece: 3))
    let found = try TableReader.kind(of: stream)
    #expect(found == kind)
    let bytes = try stream.readAll()
    #expect(bytes == Array(text.utf8))
  }
}
