import Bytes
import Mapping
import Problems
import Resources
import Tables
import Testing

/// Tables as JSON (csv2json), over what the suite of the specification leaves open.
struct TableJSONTests {
  /// Converts tables by a group of them, each read from the text beside it.
  private func convert(_ tables: [(mapping: String, text: String)], group: String = "", mode: ConversionMode) throws -> String {
    let mappings = tables.enumerated().map { #"{"url": "\#($0).csv", \#($1.mapping)}"# }.joined(separator: ",")
    let document = #"{"@context": "http://www.w3.org/ns/csvw", \#(group) "tables": [\#(mappings)]}"#
    let list = ProblemList()
    let locator = MetadataLocator(resources: OneText(text: document), problems: list)
    let description = try locator.read("http://example.org/m.json", file: "m.json")
    let output = MemoryOutput()
    let objects = RowObjects(output)
    let conversion = Conversion(description, context: ConversionContext(mode: mode, problems: list), sink: objects)
    for (number, table) in tables.enumerated() {
      let stream = MemoryStream(Array(table.text.utf8), name: "\(number).csv")
      let dialect = description.dialect(ofTable: number) ?? Dialect()
      try conversion.convert(try TableReader.open(stream, dialect: dialect, problems: list), asTable: number)
    }
    _ = try conversion.finish()
    try objects.finish()
    #expect(list.problems.map { $0.line(in: .en) } == [])
    return output.text.filter { $0 != "\n" }
  }

  private func convert(_ columns: String, _ text: String, mode: ConversionMode = .minimal) throws -> String {
    try convert([(#""tableSchema": {"columns": [\#(columns)]}"#, text)], mode: mode)
  }

  @Test(arguments: [
    ("1", "1"), ("+1", "1"), ("-01.50", "-1.50"), (".5", "0.5"), ("1.", "1.0"), ("1.E5", "1.0E5"), ("-0", "-0"), ("00", "0"),
    ("INF", "\"INF\""), ("NaN", "\"NaN\""), ("1e-7", "1e-7"),
  ])
  func numbersAreThoseOfJSON(_ cell: String, _ number: String) throws {
    #expect(try convert(#"{"titles": "n", "datatype": "double"}"#, "n\n\(cell)\n") == #"[{"n":\#(number)}]"#)
  }

  @Test func otherValuesAreTexts() throws {
    let columns =
      #"{"titles": "b", "datatype": {"base": "boolean", "format": "J|N"}}, {"titles": "d", "datatype": "date"}, {"titles": "s"}"#
    #expect(
      try convert(columns, "b,d,s\nJ,2026-01-31,\"å \"\"x\"\"\"\nN,,\n") == #"[{"b":true,"d":"2026-01-31","s":"å \"x\""},{"b":false}]"#)
  }

  @Test func columnsOfOneNameShareAnArrayAndListsStayOne() throws {
    let columns = """
      {"titles": "a", "propertyUrl": "schema:name"}, {"titles": "b", "propertyUrl": "schema:name", "separator": ";"},
      {"titles": "c", "separator": ";"}
      """
    #expect(try convert(columns, "a,b,c\nx,y;z,ensam\n,y,\n") == #"[{"schema:name":["x","y","z"],"c":["ensam"]},{"schema:name":["y"]}]"#)
  }

  /// A thing stands in the place of the one link to it; what two links lead to, or leads back to itself, stands on its own.
  @Test func thingsAreNestedWhereOneLinkLeadsToThem() throws {
    func columns(_ more: String) -> String {
      """
      {"name": "a", "titles": "a", "aboutUrl": "http://e.org/{a}", "propertyUrl": "schema:name"},
      {"name": "b", "titles": "b", "aboutUrl": "http://e.org/{a}", "propertyUrl": "schema:parent", "valueUrl": "http://e.org/{b}"},
      {"name": "c", "titles": "c", "aboutUrl": "http://e.org/{b}", "propertyUrl": "schema:name"}\(more)
      """
    }
    #expect(
      try convert(columns(""), "a,b,c\n1,2,två\n1,1,ett\n")
        == #"[{"@id":"http://e.org/1","schema:name":"1","schema:parent":{"@id":"http://e.org/2","schema:name":"två"}},"#
        + #"{"@id":"http://e.org/1","schema:name":["1","ett"],"schema:parent":"http://e.org/1"}]"#)
    let back = #", {"virtual": true, "aboutUrl": "http://e.org/{b}", "propertyUrl": "schema:child", "valueUrl": "http://e.org/{a}"}"#
    #expect(
      try convert(columns(back), "a,b,c\n1,2,två\n")
        == #"[{"@id":"http://e.org/1","schema:name":"1","schema:parent":{"@id":"http://e.org/2","schema:name":"två","#
        + #""schema:child":"http://e.org/1"}}]"#)
    let twice = #", {"virtual": true, "propertyUrl": "schema:about", "valueUrl": "http://e.org/{b}"}"#
    #expect(
      try convert(columns(twice), "a,b,c\n1,2,två\n")
        == #"[{"@id":"http://e.org/1","schema:name":"1","schema:parent":"http://e.org/2"},"#
        + #"{"@id":"http://e.org/2","schema:name":"två"},{"schema:about":"http://e.org/2"}]"#)
  }

  /// Things without IRIs are told apart, and have names only where a link needs one.
  @Test func blankNodesAreNestedOrNamed() throws {
    func columns(_ more: String) -> String {
      """
      {"name": "a", "titles": "a", "aboutUrl": "_:x{a}"}, {"name": "b", "titles": "b", "aboutUrl": "_:y{a}"},
      {"virtual": true, "aboutUrl": "_:x{a}", "propertyUrl": "schema:about", "valueUrl": "_:y{a}"}\(more)
      """
    }
    #expect(try convert(columns(""), "a,b\n1,2\n") == #"[{"a":"1","schema:about":{"b":"2"}}]"#)
    let twice = #", {"virtual": true, "propertyUrl": "schema:name", "valueUrl": "_:y{a}"}"#
    #expect(
      try convert(columns(twice), "a,b\n1,2\n")
        == #"[{"a":"1","schema:about":"_:by1"},{"@id":"_:by1","b":"2"},{"schema:name":"_:by1"}]"#)
  }

  @Test func tablesStandInTheirGroupWithTheirCommentsAndNotes() throws {
    let first = """
      "dc:title": {"@value": "ett", "@language": "sv"}, "notes": [{"x:y": "ej"}, {"dc:title": "not"}],
      "tableSchema": {"columns": [{"titles": "a"}]}
      """
    let second = """
      "rdfs:comment": "eget", "dialect": {"commentPrefix": "#"}, "tableSchema": {"columns": [{"titles": "b"}]}
      """
    #expect(
      try convert([(first, "a\n1\n"), (second, "b\n# i filen\n2\n")], group: #""@id": "http://e.org/g", "#, mode: .standard)
        == #"{"@id":"http://e.org/g","tables":[{"url":"http://example.org/0.csv","dc:title":"ett","notes":[{},{"dc:title":"not"}],"row":["#
        + #"{"url":"http://example.org/0.csv#row=2","rownum":1,"describes":[{"a":"1"}]}]},"#
        + #"{"url":"http://example.org/1.csv","row":[{"url":"http://example.org/1.csv#row=3","rownum":1,"describes":[{"b":"2"}]}],"#
        + #""rdfs:comment":["eget","i filen"]}]}"#)
  }

  @Test func aTableThatIsNotOutputLeavesNoTrace() throws {
    let hidden = (#""suppressOutput": true, "tableSchema": {"columns": [{"titles": "a"}]}"#, "a\n1\n")
    let shown = (#""tableSchema": {"columns": [{"titles": "b"}]}"#, "b\n2\n")
    #expect(try convert([hidden, shown], mode: .minimal) == #"[{"b":"2"}]"#)
    #expect(try convert([hidden], mode: .minimal) == "[]")
    #expect(try convert([hidden], mode: .standard) == #"{"tables":[]}"#)
  }
}

/// One text under every name.
private struct OneText: ByteSource {
  let text: String

  func open(_ name: String) throws(Failure) -> any ByteStream { MemoryStream(Array(text.utf8), name: name) }
}
