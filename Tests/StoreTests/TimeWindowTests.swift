import Bytes
import Problems
import RDF
import TestSupport
import Testing

@testable import Store

/// A graph that grows: what comes is added, what lies before its window goes with all that hangs on it.
struct TimeWindowTests {
  private static let graph = term("g")
  private static let moment: ByteString = "http://example.org/time"

  /// A window over the graph `g` that begins at a moment, at which clocks show two hours more.
  private static func window(_ seconds: Int64) -> TimeWindow {
    TimeWindow(
      graph: graph, moments: [moment],
      start: .init(Instant(seconds: seconds, attoseconds: 0), local: Instant(seconds: seconds + 7200, attoseconds: 0)))
  }

  private static func time(_ seconds: Int64) -> Term {
    var text = ByteBuffer()
    DateTimeValue(Instant(seconds: seconds, attoseconds: 0))?.append(to: &text)
    return .literal(ByteString(text.view), .datatype(XSD.dateTime))
  }

  /// What is said of one observation: when and of what, a result that is a part of it, a blank node of its own and one that it shares with its
  /// neighbour, and who made it.
  private static func observation(_ number: Int, at seconds: Int64) -> [Quad] {
    let (own, result) = (term("obs/\(number)"), term("obs/\(number)/result"))
    let (unit, shared) = (term("_:u\(number)"), term("_:shared\(number / 2)"))
    return [
      Quad(own, term("time"), time(seconds), graph: graph), Quad(own, term("of"), term("place"), graph: graph),
      Quad(own, term("result"), result, graph: graph), Quad(own, term("shares"), shared, graph: graph),
      Quad(result, term("value"), term("\"\(number)\"^^integer"), graph: graph), Quad(result, term("unit"), unit, graph: graph),
      Quad(unit, term("label"), term("\"unit \(number)\""), graph: graph),
      Quad(shared, term("label"), term("\"shared \(number / 2)\""), graph: graph), Quad(term("sensor"), term("made"), own, graph: graph),
    ]
  }

  /// What stays whatever goes: the place, and the same observations in another graph.
  private static func others(_ count: Int) -> [Quad] {
    [quad("place", "label", "\"Place\"", "g")]
      + (0..<count).flatMap { observation($0, at: Int64($0)) }.map { Quad($0.subject, $0.predicate, $0.object, graph: term("h")) }
  }

  @Test("After many appends the snapshot is as if built of what the window holds", arguments: [1, 7, 60])
  func appends(step: Int) throws {
    var current = try snapshot(Self.others(20) + [quad("a", "p", "b")])
    for end in stride(from: step, through: 120, by: step) {
      let new = (end - step..<end).flatMap { Self.observation($0, at: Int64($0) * 60) }
      let start = Int64(end - 40) * 60
      current = try current.replacing(graphs: [], within: [Self.window(start)], with: builder(new, batch: 50))
      let kept = (max(0, end - 40)..<end).flatMap { Self.observation($0, at: Int64($0) * 60) }
      #expect(ReplacementTests.isSame(current, try snapshot(Self.others(20) + [quad("a", "p", "b")] + kept)), "\(end)")
    }
    #expect(try current.within([Self.window(0)]) === current)
    let empty = try current.within([Self.window(1_000_000)])
    #expect(ReplacementTests.isSame(empty, try snapshot(Self.others(20) + [quad("a", "p", "b")])))
  }

  @Test("The same observation twice is there once")
  func twice() throws {
    let one = Self.observation(1, at: 600)
    let first = try snapshot(one)
    let second = try first.replacing(graphs: [], within: [Self.window(0)], with: builder(one))
    #expect(ReplacementTests.isSame(first, second))
  }

  @Test(
    "A moment within the window is kept, to the second",
    arguments: [
      // The window begins at 1970-01-02T12:00:00Z, 14:00 on the clocks.
      ("1970-01-02T12:00:00Z", "dateTime", true), ("1970-01-02T11:59:59.999Z", "dateTime", false),
      ("1970-01-02T13:00:00+01:00", "dateTime", true), ("1970-01-02T12:59:59+01:00", "dateTime", false),
      ("1970-01-02T14:00:00", "dateTime", true), ("1970-01-02T13:59:59", "dateTime", false),
      ("1970-01-02", "date", true), ("1970-01-01", "date", false), ("1970-01-02Z", "date", true), ("1970-01-01-14:00", "date", true),
      ("1970-01-01-11:00", "date", false), ("yesterday", "dateTime", true), ("1970", "gYear", true),
      ("1970-01-01T00:00:00Z", "string", true),
    ])
  func edges(lexical: String, type: String, isKept: Bool) throws {
    let moment = Term.literal(.init(lexical), .datatype(.init("http://www.w3.org/2001/XMLSchema#\(type)")))
    let old = try snapshot([Quad(.iri("http://example.org/x"), .iri(Self.moment), moment, graph: Self.graph)])
    let window = Self.window(129_600)
    #expect(old.holdsThings(before: window) != isKept)
    #expect(try old.within([window]).quadCount == (isKept ? 1 : 0))
  }

  @Test("The latest of several moments counts, and a part with a moment of its own goes by that")
  func several() throws {
    let (a, b) = (Term.iri("http://example.org/a"), Term.iri("http://example.org/a/b"))
    let part = Term.iri("http://example.org/part")
    func said(_ of: Term, _ seconds: Int64) -> Quad { Quad(of, .iri(Self.moment), Self.time(seconds), graph: Self.graph) }
    let two = try snapshot([said(a, 10), said(a, 100)])
    #expect(try two.within([Self.window(50)]).quadCount == 2)
    let parted = try snapshot([said(a, 10), Quad(a, part, b, graph: Self.graph), said(b, 100)])
    #expect(try parted.within([Self.window(50)]).quads(.spog) == [said(b, 100)])
    #expect(try parted.within([Self.window(200)]).quadCount == 0)
  }

  @Test("What is not told to go stays: without moments nothing does, nor does a name that only begins alike")
  func stays() throws {
    let old = try snapshot(Self.observation(1, at: 0))
    let none = TimeWindow(graph: Self.graph, moments: [], start: Self.window(100).start)
    #expect(try old.within([none]) === old)
    let other = TimeWindow(graph: term("other"), moments: [Self.moment], start: Self.window(100).start)
    #expect(try old.within([other]) === old)
    let (a, ab) = (Term.iri("http://example.org/a"), Term.iri("http://example.org/ab"))
    let label = Quad(ab, .iri("http://example.org/label"), term("x"), graph: Self.graph)
    let alike = try snapshot([
      Quad(a, .iri(Self.moment), Self.time(0), graph: Self.graph), Quad(a, .iri("http://example.org/p"), ab, graph: Self.graph), label,
    ])
    #expect(try alike.within([Self.window(100)]).quads(.spog) == [label])
  }

  /// A builder of some observations whose rows are those of a file.
  private static func read(_ numbers: Range<Int>, file: String) throws -> StoreBuilder {
    let builder = StoreBuilder()
    var batch = QuadBatch()
    var rows: [UInt32] = []
    for number in numbers {
      for quad in observation(number, at: Int64(number) * 60) {
        batch.append(quad)
        rows.append(UInt32(number - numbers.lowerBound + 1))
      }
    }
    let number = builder.file(named: file)
    let result = rows.withUnsafeBufferPointer { rows in
      Result { () throws(Failure) in try builder.append(batch, rows: rows, file: number) }
    }
    try result.get()
    return builder
  }

  @Test("Where subjects came from is known of what is left, and of the last that spoke of them")
  func provenance() throws {
    var current = try Self.read(0..<4, file: "one").makeSnapshot()
    current = try current.replacing(graphs: [], within: [Self.window(0)], with: Self.read(3..<6, file: "two"))
    func rows(_ name: String) throws -> [String] {
      let graph = try #require(current.id(of: Self.graph))
      let subject = try #require(current.id(of: term(name)))
      return current.provenance(ofSubject: subject, in: graph).map { "\($0.file):\($0.row)" }
    }
    #expect(current.files(of: Self.graph) == ["one", "two"])
    #expect(try rows("obs/2") == ["one:3"])
    #expect(try rows("obs/3") == ["two:1"])
    #expect(try rows("sensor") == ["two:1", "two:2", "two:3"])
    current = try current.within([Self.window(4 * 60)])
    #expect(current.files(of: Self.graph) == ["two"])
    #expect(try rows("obs/4") == ["two:2"])
  }

  @Test("A snapshot does not grow while as much goes as comes")
  func flat() throws {
    var current = try Self.read(0..<100, file: "0").makeSnapshot()
    var sizes: [Int] = []
    for minute in 1...60 {
      let numbers = minute * 100..<(minute + 1) * 100
      current = try current.replacing(
        graphs: [], within: [Self.window(Int64(minute - 4) * 6000)], with: Self.read(numbers, file: "\(minute)"))
      if minute >= 10 { sizes.append(current.byteCount) }
    }
    let (least, most) = (try #require(sizes.min()), try #require(sizes.max()))
    #expect(most - least < least / 20, "\(least) \(most)")
    #expect(current.files(of: Self.graph).count == 5)
  }
}
