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

  @Test(
    "a filter in the middle, and references up, hold one of what the filter is asked of, not the list",
    arguments: [
      ("$[?@.id == 1].list[*]", "$^^.id", "1"), ("$[?@.id == 1].list[*]", "$", "3"), ("$[*].list[*]", "$^^.id", "1"),
      ("$[?@.id == 1]..[?@ > 3]", "$^^.id", "1"), ("$[?@.list[1] == 4].list[?@ > 3]", "$^[0]", "3"), ("$[*].list[+]", "$^^.id", "1"),
      ("$[?@.id]", "$^.id", ""), ("$[?@.id].list[*]", "$^^^.id", ""),
    ])
  func filtersInTheMiddle(_ iterator: String, _ reference: String, _ expected: String) throws {
    let stream = LongStream("[{\"list\":[3,4],\"id\":1}", ",{\"list\":[3,4],\"id\":1}", "]")
    let rows = JSONIterations(
      stream, iterator: try path(iterator), references: [try path(reference)], compiler: Self.none, problems: ProblemList())
    var batch = RowBatch()
    let hasRows = try rows.next(&batch)
    #expect(hasRows)
    #expect(batch.rowCount >= 1024)
    #expect(batch.cell(0, 0).text == expected)
    #expect(stream.count < 1 << 20)
  }

  /// What is held differs with what references ask for; what they find does not.
  @Test(
    "references up from items find what stands there, however little is held",
    arguments: [
      ("$.a[?@.k=='y'].b[*]", "$^^.k", "y y y"), ("$.a[?@.k=='y'].b[*]", "$^^^[0].k", "x x x"), ("$.a[?@.k=='y'].b[*]", "$^^^^.t", "T T T"),
      ("$.a[*].b[*].v", "$^^^.k", "x y y y"), ("$.a[+].b[+]", "$^^.k", "x y y y"), ("$.o[+].b[+]", "$^^.k", ""),
      ("$.o[+].b[+]", "$^.k", "z"),
      ("$.o[+].b[+]", "$^^.t", "T"), ("$.m[?@.k].b", "$^~", "p q"), ("$.m[?@.k].b", "$^^.t", "M M"), ("$.m[?@.k].b", "$^.k", "1 2"),
      ("$.m.*.b", "$^^^.t", "T T"), ("$..b[*]", "$^^.k", "x y y y z"), ("$.a[?@.k=='y']..v", "$^^^.k", "y y y"),
      ("$.a[1:].b[0]", "$^^.k", "y y"),
      ("$.a[?@.k=='y'].b[?@.v > 2]", "$^^.k", "y y"), ("$.a[?@.k == $.w].b[*]", "$^^.k", "y y y"),
      ("$.a[?@.k=='y'].b[*]", "$^^^~", "a a a"),
    ])
  func upFromItems(_ iterator: String, _ reference: String, _ expected: String) throws {
    let text = """
      {"t":"T","w":"y","a":[{"k":"x","b":[{"v":1}]},{"b":[{"v":2},{"v":3}],"k":"y"},{"k":"y","b":[{"v":4}]}],"o":{"k":"z","b":{"v":5}},
      "m":{"t":"M","p":{"k":1,"b":"s"},"q":{"b":"u","k":2}}}
      """
    for piece in [1, 1 << 20] {
      let rows = JSONIterations(
        MemoryStream(Array(text.utf8), name: "x", piece: piece), iterator: try path(iterator), references: [try path(reference)],
        compiler: Self.none, problems: ProblemList())
      var batch = RowBatch()
      var found: [String] = []
      while try rows.next(&batch) { for row in 0..<batch.rowCount { found.append(batch.cell(row, 0).text) } }
      #expect(found.filter { !$0.isEmpty }.joined(separator: " ") == expected)
    }
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
    "and where something is asked of an element on the way, which then is held alone",
    arguments: [
      "/a/g[@id='5']/b", "/a/g[b]/b", "/a/g[not(x)]/b[1]", "/a/g[contains(@id, '5')]/b[@id='1']", "/a/g[@id = 5 and b]/b",
      "/a/*[@id > 4]/b", "//g/b", "//g[@id = 5]/b",
    ])
  func askedXML(_ iterator: String) throws {
    for reference in ["@id", "../@id"] {
      let stream = LongStream("<a><g id='6'><b id='2'/><x/></g>", "<g id='5'><b id='1'>x</b></g>\n", "</a>")
      let rows = XMLIterations(
        stream, iterator: try XPathExpression(iterator), references: [try XPathExpression(reference)], namespaces: [],
        problems: ProblemList())
      var batch = RowBatch()
      let hasRows = try rows.next(&batch)
      #expect(hasRows)
      #expect(batch.rowCount >= 1024)
      #expect(batch.cell(batch.rowCount - 1, 0).text == (reference == "@id" ? "1" : "5"))
      #expect(stream.count < 1 << 20)
    }
  }

  @Test(
    "the places of elements among others count as XPath counts them",
    arguments: [
      ("/a/g[2]/b", "3"), ("/a/g[last()]/b", "4"), ("/a/g[position() < 3]/b", "1 2 3"), ("/a/g[count(b)]/b", ""),
      ("/a/g[@n + 0]/b", "1 2 3"),
      ("/a/g[../@d]/b", "1 2 3 4"), ("/a/g[preceding-sibling::g]/b", "3 4"), ("/a/g[@n = '2'][1]/b", "3"),
      ("/a/g[@n = '2' or b = 'y']/b", "1 2 3"),
      ("/a/g[b = '/x[y]']/b", "4"), ("/a/g[@n]/b[2]", "2"), ("/a/g[@n='1']/b[last()]", "2"), ("/a/g[/a/@d]/b[1]", "1 3 4"),
      ("//b", "1 2 3 4"), ("//g[@n='1']/b", "1 2"), ("//g/b[2]", "2"), ("//a/g/b", "1 2 3 4"), ("//*/b", "1 2 3 4"),
      ("//g[2]/b", "3"), ("/a/../a/g/b", "1 2 3 4"), ("/a/./g/b", "1 2 3 4"), ("/a/child::g/b", "1 2 3 4"),
    ])
  func placesOfElements(_ iterator: String, _ expected: String) throws {
    let text = "<a d='1'><g n='1'><b i='1'>x</b><b i='2'>y</b></g><g n='2'><b i='3'/></g><g><b i='4'>/x[y]</b></g></a>"
    let rows = XMLIterations(
      MemoryStream(Array(text.utf8), name: "x", piece: 3), iterator: try XPathExpression(iterator), references: [try XPathExpression("@i")],
      namespaces: [], problems: ProblemList())
    var batch = RowBatch()
    var found: [String] = []
    while try rows.next(&batch) { for row in 0..<batch.rowCount { found.append(batch.cell(row, 0).text) } }
    #expect(found.joined(separator: " ") == expected)
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
