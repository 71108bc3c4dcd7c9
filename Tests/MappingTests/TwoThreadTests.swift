import Bytes
import Mapping
import Problems
import RDF
import RDFSyntax
import Resources
import Tables
import Testing

/// A file converted on two threads gives what it gives on one: the same bytes, problems in the same order, the same counts.
struct TwoThreadTests {
  private struct Outcome: Equatable {
    var text = ""
    var problems: [String] = []
    var failure: String?
    var counts: [Int] = []
    var withheld: [String: Int] = [:]
    var embargoed: [CivilDate: Int] = [:]
    var pointedOut: [String: Int] = [:]
  }

  private static let namespace = "https://w3id.org/kommungraf/ns/csvw/"

  private func convert(
    _ schema: String, _ text: String, _ format: Format, mode: ConversionMode = .minimal, annotations: String = "", breaksOff: Bool = false,
    twoThreads: Bool
  ) throws -> Outcome {
    let document = #"{"@context": "http://www.w3.org/ns/csvw", "url": "t.csv", \#(annotations) "tableSchema": \#(schema)}"#
    let list = ProblemList(kept: 1_000)
    let group = try MetadataLocator(resources: SameText(text: document), problems: list).read("http://example.org/m.json", file: "m.json")
    var context = ConversionContext(mode: mode, problems: list)
    context.usesTwoThreads = twoThreads
    let output = MemoryOutput()
    let sink = try RDFWriter.make(format, to: output, prefixes: Prefixes(), sorted: false)
    let conversion = Conversion(group, context: context, sink: sink)
    var outcome = Outcome()
    // Several files, so that what goes on from file to file is seen; blocks of few rows, so that the threads change often.
    for _ in 0..<(breaksOff ? 1 : 2) {
      do throws(Failure) {
        let bytes = Array(text.utf8)
        let stream: any ByteStream = breaksOff ? BrokenStream(bytes) : MemoryStream(bytes, name: "t.csv")
        let rows = try CSVReader(stream, problems: list, blockSize: 4096)
        try conversion.convert(rows, asTable: 0)
      } catch {
        outcome.failure = error.problem.line(in: .en)
      }
    }
    let report = try conversion.finish()
    try sink.finish()
    outcome.text = output.text
    outcome.problems = list.problems.map { $0.line(in: .en) }
    outcome.counts = [report.rowsRead, report.rowsPublished, report.triples]
    outcome.withheld = report.rowsWithheld.merging(report.cellsWithheld) { $0 + $1 }
    outcome.embargoed = report.rowsEmbargoed
    outcome.pointedOut = report.pointedOut
    return outcome
  }

  /// Rows with few values again and again, some of them wrong.
  private static func table(_ rows: Int, broken: Bool = true) -> String {
    var text = "a,b,c\n"
    var state: UInt64 = 20_260_131
    for row in 0..<rows {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let value = Int(state >> 40)
      if broken, value % 97 == 0 { text += "x\(row),\"två\nrader\"\n" } else if broken, value % 89 == 0 { text += "nej,\"a\"b,1\n" }
      text += "\(value % 41),\"Namn \(value % 7)\",\(row)\n"
    }
    return text
  }

  private static let plain = """
    {"aboutUrl": "http://e.org/{a}", "columns": [{"titles": "a", "name": "a", "datatype": "integer"}, {"titles": "b", "name": "b"},
     {"titles": "c", "name": "c", "aboutUrl": "http://e.org/c/{c}"}]}
    """
  private static let keyed =
    plain.dropLast() + #", "primaryKey": "a", "foreignKeys": [{"columnReference": "a", "reference": "#
    + #"{"resource": "t.csv", "columnReference": "c"}}]}"#
  private static let numbered = """
    {"columns": [{"titles": "a", "name": "a"}, {"titles": "b", "name": "b", "aboutUrl": "http://e.org/n/{b}", "propertyUrl": "schema:name"},
     {"titles": "c", "name": "c"}, {"name": "n", "virtual": true, "\(namespace)ordinal": "{a}", "aboutUrl": "http://e.org/{a}/{n}",
      "propertyUrl": "schema:position"}]}
    """
  /// Rows that contradict others, and things with several names.
  private static let agreeing = """
    {"columns": [{"titles": "a", "name": "a", "suppressOutput": true}, {"titles": "b", "name": "b", "aboutUrl": "http://e.org/{a}",
      "propertyUrl": "schema:name", "\(namespace)same": "{a}", "\(namespace)furtherProperty": "skos:altLabel"},
     {"titles": "c", "name": "c"}]}
    """
  /// Years, some of which have not come, and columns that no description claims.
  private static let observed = """
    {"aboutUrl": "http://e.org/{a}/{d}", "columns": [{"titles": "a", "name": "a"}, {"titles": "c", "name": "c", "datatype": "gYear"},
     {"name": "d"}, {"name": "v", "propertyUrl": "schema:value"}]}
    """
  private static let observing =
    byTitle + "\"\(namespace)unpivot\": \"matches b; dimension: d; value: v\", \"\(namespace)embargo\": \"c; P1Y\","
    + "\"\(namespace)withhold\": [\"v = Namn 3; rule: r\", \"a = 7; only: review; rule: s\"],"
  private static let byTitle = "\"\(namespace)columnMatching\": \"title\","
  private static let secret = byTitle + "\"\(namespace)withhold\": \"b = Namn 3; rule: r\","

  @Test(arguments: [
    (plain, "", ConversionMode.minimal), (plain, "", .standard), (String(keyed), "", .minimal), (numbered, byTitle, .minimal),
    (numbered, secret, .minimal), (plain, secret, .minimal), (observed, observing, .minimal), (agreeing, byTitle, .minimal),
  ])
  func bytesProblemsAndCountsAreTheSame(_ schema: String, _ annotations: String, _ mode: ConversionMode) throws {
    let text = Self.table(4_000)
    for format in [Format.ntriples, .turtle] {
      let one = try convert(schema, text, format, mode: mode, annotations: annotations, twoThreads: false)
      let two = try convert(schema, text, format, mode: mode, annotations: annotations, twoThreads: true)
      #expect(one == two)
      #expect(one.counts[0] > 8_000 && !one.text.isEmpty)
    }
  }

  /// What ends the reading is told after what is wrong with the rows before, which are converted all the same.
  @Test(arguments: [false, true]) func aFileThatBreaksOffIsConvertedUpToThere(_ twoThreads: Bool) throws {
    let text = Self.table(2_000, broken: false) + "2,a\u{1}b,3\n" + Self.table(50, broken: false)
    let outcome = try convert(Self.plain, text, .ntriples, breaksOff: true, twoThreads: twoThreads)
    #expect(outcome.failure?.contains("[input-unreadable]") == true)
    #expect(outcome.problems.contains { $0.contains("[cell-control-character]") })
    let whole = try convert(Self.plain, text, .ntriples, twoThreads: twoThreads)
    #expect(whole.text.hasPrefix(outcome.text) && outcome.counts[0] > 1_000)
  }
}

/// A stream that can't be read to its end.
private final class BrokenStream: ByteStream {
  let name = "t.csv"
  private let rest: MemoryStream

  init(_ bytes: [UInt8]) { rest = MemoryStream(bytes, name: "t.csv") }

  func read(into target: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
    let count = try rest.read(into: target)
    if count > 0 { return count }
    throw Failure(.inputUnreadable, at: Place(file: name), ["name": "t.csv", "reason": "-"])
  }
}

/// One text under every name.
private struct SameText: ByteSource {
  let text: String

  func open(_ name: String) throws(Failure) -> any ByteStream { MemoryStream(Array(text.utf8), name: name) }
}
