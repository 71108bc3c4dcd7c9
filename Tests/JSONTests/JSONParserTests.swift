import Bytes
import JSON
import Problems
import Testing

/// The value of a text.
func parsed(_ text: String, problems: (any ProblemSink)? = nil, depthLimit: Int = 512) throws -> JSONNode {
  try JSONParser.parse(Array(text.utf8), file: "t.json", problems: problems, depthLimit: depthLimit)
}

/// The problem that reading `bytes` ends with, or nil.
func failure(_ bytes: [UInt8], depthLimit: Int = 512) -> Problem? {
  do throws(Failure) {
    _ = try JSONParser.parse(bytes, file: "t.json", depthLimit: depthLimit)
    return nil
  } catch {
    return error.problem
  }
}

@Suite("RFC 8259, strictly") struct JSONParserTests {
  @Test(
    "what is JSON",
    arguments: [
      "{}", "[]", "null", "true", "false", "0", "-0", "1.5", "-1.5e+10", "1E-2", "\"\"", " [ 1 , 2 ] ", "\t{\r\n\"a\" : 1 }", "\"å東🏫\"",
      "\"\\uD83C\\uDFEB\"", "\"\\b\\f\\n\\r\\t\\/\\\\\\\"\\u00e5\"", "[[[[]]]]", "\u{FEFF}[]", "\"\u{7F}\"", "{\"\":{\"\":[]}}",
    ])
  func valid(_ text: String) throws { _ = try parsed(text) }

  @Test(
    "what is not",
    arguments: [
      ("", "1:1"), (" ", "1:2"), ("[1,]", "1:4"), ("[,1]", "1:2"), ("{\"a\":1,}", "1:8"), ("{a:1}", "1:2"), ("{'a':1}", "1:2"),
      ("[1 2]", "1:4"), ("{\"a\" 1}", "1:6"), ("[1}", "1:3"), ("{\"a\":1]", "1:7"), ("01", "1:2"), ("1.", "1:3"), (".5", "1:1"),
      ("+1", "1:1"), ("1e", "1:3"), ("-", "1:2"), ("--1", "1:2"), ("NaN", "1:1"), ("tru", "1:1"), ("nulll", "1:5"), ("True", "1:1"),
      ("\"a", "1:3"), ("\"\t\"", "1:2"), ("\"\\x\"", "1:3"), ("\"\\u12g4\"", "1:4"), ("\"\\uD83C\"", "1:2"), ("\"\\uDFEB\"", "1:2"),
      ("\"\\uD83C\\u0041\"", "1:2"), ("\"\\", "1:3"), ("[] []", "1:4"), ("[]x", "1:3"), ("//x\n[]", "1:1"), ("[\n  1,\n  åä x]", "3:3"),
      ("[\"å\" x]", "1:6"), ("[1,\r\n2,\r3,\n,]", "4:1"), ("\u{FEFF}x", "1:1"), ("[\u{FEFF}]", "1:2"), ("\u{A0}1", "1:1"),
    ])
  func invalid(_ text: String, _ place: String) throws {
    let problem = try #require(failure(Array(text.utf8)))
    #expect(problem.code == .jsonSyntax)
    #expect("\(problem.place.line ?? 0):\(problem.place.column ?? 0)" == place)
    #expect(problem.place.file == "t.json")
    #expect(problem.arguments["found"] != nil && problem.arguments["expected"] != nil)
  }

  @Test(
    "ill-formed UTF-8 is refused where it stands",
    arguments: [[0x22, 0xE5, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xC0, 0xAF, 0x22]] as [[UInt8]])
  func illFormed(_ bytes: [UInt8]) throws {
    let problem = try #require(failure(bytes))
    #expect(problem.code == .jsonSyntax)
    #expect(problem.place.prefix == "t.json:1:2")
  }

  @Test("a message says what was found and what was expected")
  func message() throws {
    let problem = try #require(failure(Array("{\"a\":1 \"b\"}".utf8)))
    #expect(Wording.shared.message(of: problem, in: .en) == "this is not JSON: unexpected «\"», expected «,» or «}».")
    #expect(Wording.shared.message(of: problem, in: .sv) == "det här är inte JSON: oväntat «\"», väntade «,» eller «}».")
    #expect(failure(Array("[1".utf8))?.arguments["found"]?.text(in: .en) == "the file ends here")
    #expect(failure(Array("[\u{1}".utf8))?.arguments["found"]?.text(in: .en) == "the character U+0001")
  }

  @Test("depth has a limit, and deep text below it is no trouble")
  func depth() throws {
    let deep = String(repeating: "[", count: 512) + String(repeating: "]", count: 512)
    _ = try parsed(deep)
    let problem = try #require(failure(Array(String(repeating: "[", count: 1_000_000).utf8)))
    #expect(problem.code == .jsonDepth)
    #expect(problem.place.prefix == "t.json:1:513")
    #expect(failure(Array("[[{}]]".utf8), depthLimit: 2)?.code == .jsonDepth)
  }

  @Test("numbers stay as they are written, strings are decoded")
  func scalars() throws {
    let array = try #require(parsed(#"[1.0, 5e2, -0, "\u00c5\n", true, null, 1880]"#).array)
    #expect(array[0].number == "1.0" && array[1].number == "5e2" && array[2].number == "-0")
    #expect(array[3].string == "Å\n")
    #expect(array[4].bool == true)
    #expect(array[5].isNull)
    #expect(array[6].int == 1880)
    #expect(array[0].int == nil && array[0].string == nil && array[0].object == nil && array[3].bool == nil)
  }

  @Test("every value and key knows its line and column")
  func places() throws {
    let object = try #require(parsed("{\n  \"åä\": [1,\r\n \"x\"], \"b\": {}}").object)
    #expect(object.members.map { [$0.keyLine, $0.keyColumn] } == [[2, 3], [3, 8]])
    #expect(object.members.map { [$0.value.line, $0.value.column] } == [[2, 9], [3, 13]])
    #expect(object["åä"]?.array?.map { [$0.line, $0.column] } == [[2, 10], [3, 2]])
  }

  @Test("members keep their order; of equal keys the last counts and is reported", arguments: [0, 20])
  func duplicates(_ others: Int) throws {
    let problems = ProblemList()
    let filler = (0..<others).map { ",\"k\($0)\":\($0)" }.joined()
    let object = try #require(parsed("{\"b\":1,\"a\":2\(filler),\"b\":3}", problems: problems).object)
    #expect(object.keys.prefix(2) == ["b", "a"])
    #expect(object.members.count == others + 2)
    #expect(object["b"]?.int == 3)
    #expect(object["c"] == nil)
    if others > 0 { #expect(object["k7"]?.int == 7) }
    #expect(problems.problems.map(\.code) == [.jsonKeyDuplicate])
    #expect(problems.problems.first?.severity == .warning)
    #expect(problems.problems.first?.arguments == ["key": "b"])
  }

  @Test("keys are compared by bytes: canonically equivalent ones differ")
  func equivalentKeys() throws {
    let object = try #require(parsed("{\"\u{E5}\":1,\"a\u{30A}\":2}").object)
    #expect(object.members.count == 2)
    #expect(object["\u{E5}" as ByteString]?.int == 1)
  }

  @Test("a scanner goes on in a view that begins later, with its lines")
  func sliding() throws {
    let text = ByteString("[1,\n22,\n  333, x")
    try text.withView { text in
      var scanner = JSONScanner(text, file: "t.json")
      for _ in 0..<3 { _ = try scanner.next() }
      #expect(scanner.text[scanner.content].text == "22")
      let passed = scanner.offset
      scanner.slide(to: text.dropFirst(passed), dropping: passed)
      #expect(scanner.offset == 0)
      _ = try scanner.next()
      #expect(scanner.text[scanner.content].text == "333")
      #expect(scanner.place(of: scanner.start) == (3, 3))
      do throws(Failure) {
        _ = try scanner.next()
        Issue.record("x is no JSON")
      } catch {
        #expect(error.problem.place.line == 3)
        #expect(error.problem.place.column == 8)
      }
    }
  }
}
