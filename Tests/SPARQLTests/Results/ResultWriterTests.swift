import Bytes
import Problems
import RDF
import Resources
import SPARQL
import TestSupport
import Testing

@Suite("Results in the formats of SPARQL 1.1")
struct ResultWriterTests {
  private static let xsd = "http://www.w3.org/2001/XMLSchema#"
  private static func typed(_ text: String, _ name: String) -> Term { .literal(ByteString(text), .datatype(ByteString(xsd + name))) }

  private static let rows: [[Term?]] = [
    [.iri("http://e/å&b"), .string("a \"quoted\", <b>\nline\ttab\r\\ end")],
    [.blankNode("b0"), .literal("hej", .language("sv-SE"))],
    [nil, typed("4", "integer")],
    [.blankNode("b0"), nil],
    [nil, nil],
    [typed("5.50", "decimal"), typed("1.0e6", "double")],
    [typed("05.", "decimal"), typed("true", "boolean")],
    [.literal("x", .datatype("http://e/t")), .string("")],
  ]

  @Test("JSON")
  func json() throws {
    let text = try GivenSolutions(Array(Self.rows[0..<3])).written(["x", "y"], as: .json)
    #expect(
      text == """
        {"head":{"vars":["x","y"]},"results":{"bindings":[
        {"x":{"type":"uri","value":"http://e/å&b"},"y":{"type":"literal","value":"a \\"quoted\\", <b>\\nline\\ttab\\r\\\\ end"}},
        {"x":{"type":"bnode","value":"b0"},"y":{"type":"literal","value":"hej","xml:lang":"sv-SE"}},
        {"y":{"type":"literal","value":"4","datatype":"http://www.w3.org/2001/XMLSchema#integer"}}
        ]}}

        """)
  }

  @Test("XML")
  func xml() throws {
    let text = try GivenSolutions(Array(Self.rows[0..<3])).written(["x", "y"], as: .xml)
    #expect(
      text == """
        <?xml version="1.0" encoding="UTF-8"?>
        <sparql xmlns="http://www.w3.org/2005/sparql-results#">
        <head><variable name="x"/><variable name="y"/></head>
        <results>
        <result><binding name="x"><uri>http://e/å&amp;b</uri></binding><binding name="y"><literal>a &quot;quoted&quot;, &lt;b&gt;&#xA;line&#x9;tab&#xD;\\ end</literal></binding></result>
        <result><binding name="x"><bnode>b0</bnode></binding><binding name="y"><literal xml:lang="sv-SE">hej</literal></binding></result>
        <result><binding name="y"><literal datatype="http://www.w3.org/2001/XMLSchema#integer">4</literal></binding></result>
        </results>
        </sparql>

        """)
  }

  @Test("Base directions, as the formats of SPARQL 1.2 have them")
  func directions() throws {
    let rows = [[Term.literal("x", .language("ar--rtl"))]].map { $0.map(Optional.some) }
    #expect(
      try GivenSolutions(rows).written(["x"], as: .json).contains(
        "{\"x\":{\"type\":\"literal\",\"value\":\"x\",\"xml:lang\":\"ar\",\"its:dir\":\"rtl\"}}"))
    #expect(
      try GivenSolutions(rows).written(["x"], as: .xml).contains(
        "<literal xml:lang=\"ar\" xmlns:its=\"http://www.w3.org/2005/11/its\" its:version=\"2.0\" its:dir=\"rtl\">x</literal>"))
    #expect(try GivenSolutions(rows).written(["x"], as: .tsv).contains("\"x\"@ar--rtl"))
  }

  @Test("CSV")
  func csv() throws {
    let text = try GivenSolutions(Self.rows).written(["x", "y"], as: .csv)
    #expect(
      text
        == "x,y\r\nhttp://e/å&b,\"a \"\"quoted\"\", <b>\nline\ttab\r\\ end\"\r\n_:b0,hej\r\n,4\r\n_:b0,\r\n,\r\n5.50,1.0e6\r\n05.,true\r\nx,\r\n"
    )
  }

  @Test("TSV")
  func tsv() throws {
    let text = try GivenSolutions(Self.rows).written(["x", "y"], as: .tsv)
    #expect(
      text == """
        ?x\t?y
        <http://e/å&b>\t"a \\"quoted\\", <b>\\nline\\ttab\\r\\\\ end"
        _:b0\t"hej"@sv-SE
        \t4
        _:b0\t
        \t
        5.50\t1.0e6
        "05."^^<http://www.w3.org/2001/XMLSchema#decimal>\ttrue
        "x"^^<http://e/t>\t""

        """)
  }

  @Test("A table for people")
  func table() throws {
    let text = try GivenSolutions([
      [.iri("http://e/a"), .string("å\nb")], [nil, .string("b")], [.blankNode("x"), .literal("c", .language("sv"))],
    ])
    .written(["namn", "y"], as: .table)
    #expect(text == "namn        y\n──────────  ────\nhttp://e/a  å b\n            b\n_:x         c@sv\n")
  }

  @Test("What is written is read back the same", arguments: [ResultFormat.json, .xml, .csv, .tsv])
  func roundTrip(_ format: ResultFormat) throws {
    let text = try GivenSolutions(Self.rows).written(["x", "y"], as: format)
    var expected = ResultTable()
    expected.variables = ["x", "y"]
    expected.isOrdered = true
    expected.rows = Self.rows.map { row in
      var values: [String: Term] = [:]
      if let x = row[0] { values["x"] = x }
      if let y = row[1] { values["y"] = y }
      return values
    }
    #expect(expected.matches(try Self.read(text, format)))
    expected.rows[0]["x"] = .iri("http://e/other")
    #expect(!expected.matches(try Self.read(text, format)))
  }

  private static func read(_ text: String, _ format: ResultFormat) throws -> ResultTable {
    switch format {
    case .json: try ResultTable(json: Array(text.utf8))
    case .xml: try ResultTable(xml: text)
    case .csv: ResultTable(csv: text)
    default: try ResultTable(tsv: text)
    }
  }

  @Test("No variables and no solutions", arguments: ResultFormat.allCases)
  func empty(_ format: ResultFormat) throws {
    let text = try GivenSolutions([]).written([], as: format)
    if format == .table { return }
    let table = try Self.read(text, format)
    #expect(table.rows.isEmpty && table.truth == nil)
  }

  @Test(
    "Truth values",
    arguments: [
      (ResultFormat.json, "{\"head\":{},\"boolean\":true}\n"), (.csv, "true\r\n"), (.tsv, "true\n"), (.table, "true\n"),
      (
        .xml,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sparql xmlns=\"http://www.w3.org/2005/sparql-results#\">\n<head></head>\n"
          + "<boolean>true</boolean>\n</sparql>\n"
      ),
    ])
  func truth(_ format: ResultFormat, _ expected: String) throws {
    let output = MemoryOutput()
    try format.writer(to: output).write(true)
    #expect(output.text == expected)
  }

  @Test("Blank nodes are matched one to one, in rows of any order")
  func blankNodes() {
    func table(_ pairs: [(String, String)]) -> ResultTable {
      var table = ResultTable()
      table.variables = ["a", "b"]
      table.rows = pairs.map { ["a": .blankNode(ByteString($0.0)), "b": .blankNode(ByteString($0.1))] }
      return table
    }
    #expect(table([("a", "b"), ("b", "c")]).matches(table([("y", "z"), ("x", "y")])))
    #expect(!table([("a", "b"), ("b", "c")]).matches(table([("x", "y"), ("z", "y")])))
    #expect(!table([("a", "b"), ("a", "b")]).matches(table([("x", "y"), ("x", "x")])))
  }
}
