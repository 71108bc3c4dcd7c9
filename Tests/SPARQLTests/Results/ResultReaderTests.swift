import Bytes
import Problems
import RDF
import Resources
import SPARQL
import Testing

@Suite("Reading results in the formats of SPARQL 1.1")
struct ResultReaderTests {
  /// Keeps a result as lines: the variables, then the terms of each solution in short notation.
  private final class Lines: SolutionSink {
    private(set) var lines: [String] = []
    private(set) var isFinished = false
    private let scratch = TextScratch()

    func begin(_ variables: [ByteString]) throws(Failure) { lines.append(variables.map(\.text).joined(separator: " ")) }

    func append(_ batch: SolutionBatch) throws(Failure) {
      for row in 0..<batch.count {
        let cells = batch.columns.indices.map { column in
          let id = batch.id(row, column)
          return id == SolutionBatch.unbound ? "-" : batch.terms.term(id, scratch).term.short
        }
        lines.append(cells.joined(separator: " "))
      }
    }

    func finish() throws(Failure) { isFinished = true }

    func write(_ truth: Bool) throws(Failure) {
      lines.append("\(truth)")
      isFinished = true
    }
  }

  private struct Reading {
    var lines: [String] = []
    var fault: String?
    var message = ""
  }

  private static func read(
    _ bytes: [UInt8], _ format: ResultFormat, piece: Int = .max, limits: ResultReader.Limits = ResultReader.Limits()
  ) -> Reading {
    let sink = Lines()
    do throws(Failure) {
      try ResultReader.read(MemoryStream(bytes, name: "answer", piece: piece), format: format, limits: limits, into: sink)
      return Reading(lines: sink.isFinished ? sink.lines : ["unfinished"])
    } catch {
      let place = error.problem.place
      let fault = "\(place.line ?? 0):\(place.column ?? 0) \(error.problem.code.rawValue)"
      return Reading(fault: fault, message: Wording.shared.message(of: error.problem, in: .en))
    }
  }

  /// Reads a text whole and in small pieces, expecting the same.
  private static func read(_ text: String, _ format: ResultFormat) -> Reading {
    let whole = read(Array(text.utf8), format)
    for piece in [1, 2, 3, 7, 64] {
      let other = read(Array(text.utf8), format, piece: piece)
      #expect(other.lines == whole.lines && other.fault == whole.fault && other.message == whole.message, "pieces of \(piece)")
    }
    return whole
  }

  private static func xml(_ content: String) -> String {
    "<sparql xmlns=\"http://www.w3.org/2005/sparql-results#\">\(content)</sparql>"
  }

  private static func json(_ bindings: String) -> String {
    "{\"head\":{\"vars\":[\"x\",\"y\"]},\"results\":{\"bindings\":[\(bindings)]}}"
  }

  // MARK: - What is read

  private static let terms: [[Term?]] = [
    [.iri("http://e/å&b"), .string("a \"quoted\", <b>\nline\ttab\r\\ end")], [.blankNode("b 0"), .literal("hej", .language("sv-SE"))],
    [nil, .literal("4", .datatype(XSD.integer))], [nil, nil], [.string(""), nil],
  ]
  private static let lines =
    ["x y"] + terms.map { row in row.map { $0?.short ?? "-" }.joined(separator: " ") }

  @Test("What is written is read back the same", arguments: [ResultFormat.json, .xml])
  func roundTrip(_ format: ResultFormat) throws {
    let found = Self.read(try GivenSolutions(Self.terms).written(["x", "y"], as: format), format)
    #expect(found.lines == Self.lines)
    #expect(Self.read(try GivenSolutions([]).written(["x"], as: format), format).lines == ["x"])
  }

  /// More than one batch holds, so that the memory of a batch is used again.
  @Test("Many solutions", arguments: [ResultFormat.json, .xml])
  func many(_ format: ResultFormat) throws {
    let rows: [[Term?]] = (0..<5_000).map { [.iri(ByteString("http://e/\($0)")), $0 % 3 == 0 ? nil : .string("\($0)")] }
    let text = try GivenSolutions(rows).written(["x", "y"], as: format, size: 1_000)
    let expected = (0..<5_000).map { "<http://e/\($0)> " + ($0 % 3 == 0 ? "-" : "\"\($0)\"") }
    #expect(Self.read(Array(text.utf8), format, piece: 1_000).lines == ["x y"] + expected)
  }

  private static let jsonTexts: [(String, [String])] = [
    ("{\"boolean\":false,\"head\":{}}", ["false"]), ("\u{FEFF}{\"head\":{\"link\":[]},\"boolean\":true} \n", ["true"]),
    // Members may come in any order, and there may be others.
    (
      "{\"results\":{\"ordered\":true,\"bindings\":[{\"x\":{\"value\":\"1\",\"type\":\"literal\"}},{}]},\"more\":[{\"a\":[{}]}],"
        + "\"head\":{\"link\":[{\"a\":1}],\"vars\":[\"y\",\"x\"]}}",
      ["y x", "- \"1\"", "- -"]
    ),
    (
      json(
        "{\"x\":{\"type\":\"typed-literal\",\"value\":\"1\",\"datatype\":\"\(XSD.integer)\"},\"y\":{\"type\":\"literal\",\"value\":\"\"}}"
      ),
      ["x y", "1 \"\""]
    ),
    (
      json("{\"\\u0078\":{\"type\":\"l\\u0069teral\",\"value\":\"}\\\"{\\\\\",\"xml:lang\":\"en\"}}"), ["x y", "\"}\"{\\\"@en -"]
    ), (json("{\"x\":{\"type\":\"uri\",\"value\":\"urn:a\"},\"x\":{\"type\":\"bnode\",\"value\":\"b\"}}"), ["x y", "_:b -"]),
    (json("{\"y\":{\"type\":\"literal\",\"value\":\"å\",\"datatype\":\"\(XSD.string)\"}}"), ["x y", "- \"å\""]),
    ("{\"head\":{},\"results\":{\"bindings\":[{},{}]}}", ["", "", ""]),
  ]

  @Test("JSON as endpoints write it", arguments: jsonTexts)
  func variousJSON(_ text: String, _ lines: [String]) { #expect(Self.read(text, .json).lines == lines) }

  private static let xmlTexts: [(String, [String])] = [
    (
      "<?xml version=\"1.0\"?>\n<?xml-stylesheet href=\"x\"?><!-- x -->"
        + xml("<head><link href=\"x\"/></head><boolean> true\n</boolean>"),
      ["true"]
    ),
    (
      "<r:sparql xmlns:r=\"http://www.w3.org/2005/sparql-results#\"><r:head><r:variable name=\"x\"/></r:head><r:results distinct=\"false\">"
        + "<r:result><r:binding name=\"x\"><r:literal xml:lang=\"sv\">a<![CDATA[<b>]]>&lt;&#xE5;</r:literal></r:binding></r:result>"
        + "</r:results></r:sparql>",
      ["x", "\"a<b><å\"@sv"]
    ),
    (
      xml(
        "<head><variable name=\"x\"/><variable name=\"y\"/></head><m><n/></m><results><result/><result><binding name=\"y\">\n"
          + "<literal/></binding></result></results>"),
      ["x y", "- -", "- \"\""]
    ),
  ]

  @Test("XML as endpoints write it", arguments: xmlTexts)
  func variousXML(_ text: String, _ lines: [String]) { #expect(Self.read(text, .xml).lines == lines) }

  // MARK: - What is no result

  private static let wrongJSONTexts: [(String, String)] = [
    ("", "1:1 json-syntax"), ("<html></html>", "1:1 json-syntax"), ("[]", "1:1 results-invalid"), ("{}", "1:2 results-invalid"),
    ("{\"head\":{}}", "1:12 results-invalid"), ("{\"results\":{\"bindings\":[]}}", "1:28 results-invalid"),
    (json("{\"x\":{\"type\":\"uri\",\"value\":\"urn:a\"}},\n{\"x\" 1}"), "2:6 json-syntax"),
    (json("{}") + "{}", "1:56 json-syntax"),
    (json("{\"x\":{\"type\":\"uri\",\"value\":\"urn:a\"}}, {\"x\":").dropLast(3).description, "1:94 json-syntax"),
    (json("\n\n {\"x\":1}"), "3:7 results-invalid"), (json("{\"x\":{\"type\":\"uri\"}}"), "1:69 results-invalid"),
    (json("{\"x\":{\"type\":\"triple\",\"value\":{}}}"), "1:81 results-invalid"),
    (json("{\"x\":{\"type\":\"uri\",\"value\":\"a b\"}}"), "1:83 results-invalid"),
    (json("{\"x\":{\"type\":\"uri\",\"value\":\"relative\"}}"), "1:88 results-invalid"),
    (json("{\"x\":{\"type\":\"literal\",\"value\":\"a\",\"datatype\":\"urn:a>\"}}"), "1:105 results-invalid"),
    (json("{\"x\":{\"type\":\"literal\",\"value\":\"a\",\"xml:lang\":\"a b\"}}"), "1:102 results-invalid"),
    (json("{\"z\":{\"type\":\"literal\",\"value\":\"a\"}}"), "1:85 results-invalid"),
    ("{\"results\":{\"bindings\":[{\"z\":{\"type\":\"literal\",\"value\":\"a\"}}]},\"head\":{\"vars\":[]}}", "1:81 results-invalid"),
    ("{\"boolean\":\"true\"}", "1:12 results-invalid"), ("{\"boolean\":true,\"results\":{\"bindings\":[]}}", "1:43 results-invalid"),
    ("{\"head\":{\"vars\":[1]}}", "1:18 results-invalid"),
    (json("{\"x\":" + String(repeating: "[", count: 40)), "1:56 results-invalid"),
    ("{\"more\":" + String(repeating: "[", count: 40) + String(repeating: "]", count: 40) + "}", "1:40 json-depth"),
    (json("{\"x\":{\"type\":\"literal\",\"value\":\"\\uD800\"}}"), "1:83 json-syntax"),
  ]

  @Test("Wrong JSON is told with its place", arguments: wrongJSONTexts)
  func wrongJSON(_ text: String, _ fault: String) { #expect(Self.read(text, .json).fault == fault) }

  private static let wrongXMLTexts: [(String, String)] = [
    ("", "1:1 results-invalid"), ("{}", "1:1 results-invalid"), ("<html>", "1:6 results-invalid"), (xml(""), "1:65 results-invalid"),
    ("<sparql/>", "1:8 results-invalid"),
    (xml("<head><variable/></head>"), "1:71 results-invalid"),
    (xml("\n<head></head><results><result><binding name=\"x\"><uri>urn:a</uri></binding>"), "2:75 results-invalid"),
    (xml("<head><variable name=\"x\"/></head><results>\n<result><binding name=\"x\"/></result></results>"), "2:28 results-invalid"),
    (
      xml("<head><variable name=\"x\"/></head><results>\n<result><binding name=\"x\"><uri>a b</uri></binding></result></results>"),
      "2:51 results-invalid"
    ), (xml("<head/><boolean>yes</boolean>"), "1:85 results-invalid"),
    (xml("<head/><boolean>true</boolean><boolean>true</boolean>"), "1:94 results-invalid"),
    ("<!DOCTYPE sparql [<!ENTITY a \"b\">]>" + xml("<head/><boolean>true</boolean>"), "1:18 results-invalid"),
    ("<!DOCTYPE sparql SYSTEM \"http://e/\">" + xml("<head/><boolean>true</boolean>"), "1:36 results-invalid"),
    (xml("<head/><results>&amp;&x;</results>"), "1:80 results-invalid"), (xml("<head/><boolean>true"), "1:85 results-invalid"),
    (xml("<head/>" + String(repeating: "<a>", count: 40)), "1:158 limit-exceeded"),
  ]

  @Test("Wrong XML is told with its place", arguments: wrongXMLTexts)
  func wrongXML(_ text: String, _ fault: String) { #expect(Self.read(text, .xml).fault == fault) }

  @Test("What is wrong is said in words")
  func words() {
    #expect(Self.read("<html>", .xml).message == "this is no result of a query: the element html does not belong here.")
    let bad = Self.json("{\"x\":{\"type\":\"uri\",\"value\":\"a b\"}}")
    #expect(Self.read(bad, .json).message == "this is no result of a query: «a b» is not a whole IRI.")
  }

  // MARK: - Limits

  @Test("A result has only so many solutions, bytes, and bytes in a solution", arguments: [ResultFormat.json, .xml])
  func limits(_ format: ResultFormat) throws {
    let rows: [[Term?]] = (0..<3_000).map { [.string("\($0)")] }
    let bytes = Array(try GivenSolutions(rows).written(["x"], as: format).utf8)
    func message(_ limits: ResultReader.Limits) -> String { Self.read(bytes, format, limits: limits).message }
    #expect(message(.init(rows: 3_000, bytes: bytes.count)) == "")
    #expect(message(.init(rows: 2_999)) == "the limit for solutions is 2999.")
    #expect(message(.init(bytes: bytes.count - 1)) == "the limit for bytes is \(bytes.count - 1).")
    let long = Array(try GivenSolutions([[.string(String(repeating: "x", count: 300_000))]]).written(["x"], as: format).utf8)
    #expect(Self.read(long, format, limits: .init(solution: 400_000)).lines.count == 2)
    #expect(Self.read(long, format, limits: .init(solution: 200_000)).message == "the limit for bytes in one solution is 200000.")
  }

  @Test("A result has only so many variables, told of beforehand or by solutions")
  func variables() throws {
    func message(_ text: String, _ format: ResultFormat, _ limit: Int) -> String {
      Self.read(Array(text.utf8), format, limits: .init(variables: limit)).message
    }
    let bindings = "{\"results\":{\"bindings\":[{\"x\":{\"type\":\"bnode\",\"value\":\"b\"},\"y\":{\"type\":\"bnode\",\"value\":\"c\"}}]}"
    let texts: [(String, ResultFormat)] = [
      (Self.json("{}"), .json), (bindings + ",\"head\":{\"vars\":[\"x\",\"y\"]}}", .json),
      (Self.xml("<head><variable name=\"x\"/><variable name=\"y\"/></head><results/>"), .xml),
    ]
    for (text, format) in texts {
      #expect(message(text, format, 2) == "")
      #expect(message(text, format, 1) == "the limit for variables is 1.")
    }
  }

  /// A result that never ends is read no longer than the first solution that is too many, though its text never comes to an end.
  @Test("A result without end is given up", arguments: [ResultFormat.json, .xml])
  func endless(_ format: ResultFormat) throws {
    let stream = Repeating(
      format == .json
        ? "{\"head\":{\"vars\":[\"x\"]},\"results\":{\"bindings\":[{}"
        : "<sparql xmlns=\"http://www.w3.org/2005/sparql-results#\"><head/><results>",
      format == .json ? ",{\"x\":{\"type\":\"uri\",\"value\":\"urn:a\"}}" : "<result/>")
    let failure = #expect(throws: Failure.self) {
      try ResultReader.read(stream, format: format, limits: .init(rows: 100_000), into: Lines())
    }
    #expect(failure?.problem.code == .limitExceeded)
    #expect(stream.count < 8 << 20)
  }

  /// A beginning, and then the same for ever.
  private final class Repeating: ByteStream {
    let name = "endless"
    private(set) var count = 0
    private var rest: ArraySlice<UInt8>
    private let part: [UInt8]

    init(_ beginning: String, _ part: String) {
      rest = Array(beginning.utf8)[...]
      self.part = Array(part.utf8)
    }

    func read(into target: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
      if rest.isEmpty { rest = part[...] }
      let length = min(target.count, rest.count)
      target.copyBytes(from: rest.prefix(length))
      rest = rest.dropFirst(length)
      count += length
      return length
    }
  }
}
