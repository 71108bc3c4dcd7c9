import TestSupport
import Testing

/// Faults of mappings of RML and of what they read, through the command: where, what, and with which status (contract §1, §2).
struct TriplesMapFaultTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    let mapping: String
    /// The bytes of the file that the mapping names, or nil where there is none.
    let data: [UInt8]?
    let status: Int32
    let message: String
    /// What is written all the same.
    var lines = 0
    var testDescription: String { name }

    init(_ name: String, _ mapping: String, _ data: String?, _ status: Int32, _ message: String, lines: Int = 0) {
      self.init(name, mapping, bytes: data.map { Array($0.utf8) }, status, message, lines: lines)
    }

    init(_ name: String, _ mapping: String, bytes: [UInt8]?, _ status: Int32, _ message: String, lines: Int = 0) {
      (self.name, self.mapping, data, self.status, self.message, self.lines) = (name, mapping, bytes, status, message, lines)
    }
  }

  private static let prefixes =
    "@prefix rml: <http://w3id.org/rml/> . @prefix kgm: <https://w3id.org/kommungraf/ns/csvw/> . @prefix ex: <http://e.example/> .\n"

  private static func map(
    _ iterator: String = "$[*]", _ reference: String = "$.v", formulation: String = "rml:JSONPath", id: String = "{$.id}",
    file: String = "d"
  ) -> String {
    prefixes + """
      <#m> rml:logicalSource [ rml:source "\(file)" ;
        rml:referenceFormulation \(formulation) ;
        rml:iterator "\(iterator)" ] ;
        rml:subjectMap [
          rml:template "http://e.example/\(id)" ] ;
        rml:predicateObjectMap [ rml:predicate ex:v ; rml:objectMap [
          rml:reference "\(reference)" ] ] .
      """
  }

  private static func xml(_ iterator: String = "/a/b", _ reference: String = "v") -> String {
    map(iterator, reference, formulation: "rml:XPath", id: "{@id}")
  }

  private static let laughs =
    "<!DOCTYPE a [<!ENTITY a0 'ha'>"
    + (1...10).map { "<!ENTITY a\($0) '&a\($0 - 1);&a\($0 - 1);&a\($0 - 1);&a\($0 - 1);'>" }.joined()
    + "]><a><b id='1'><v>&a10;</v></b></a>"
  private static let good = #"[{"id":1,"v":"a"}]"#

  private static func joined(_ parent: String) -> String {
    map() + """

      <#c> rml:logicalSource [ rml:source "t.csv" ; rml:referenceFormulation rml:CSV ] ; rml:subjectMap [ rml:template "http://e.example/c/{id}" ] ;
        rml:predicateObjectMap [ rml:predicate ex:of ; rml:objectMap [ rml:parentTriplesMap <#m> ;
          rml:joinCondition [ rml:child "\(parent)" ; rml:parent "$.id" ] ] ] .
      """
  }

  static let cases = [
    // JSON.
    Case(
      "cut in the middle", map(), #"[{"id":1,"v":2},{"id":2,"#, 65,
      "d:1:25: error: this is not JSON: the file ends here, expected a key in quotes. Correct the file at that line. [json-syntax]"),
    Case(
      "cut within a text", map(), "[{\"id\":1,\"v\":\"a", 65,
      "d:1:16: error: this is not JSON: the file ends here, expected a closing quote."),
    Case("more after the end", map(), good + "\n]", 65, "d:2:1: error: this is not JSON"),
    Case("empty", map(), "", 65, "d:1:1: error: this is not JSON"),
    Case(
      "a key twice", map(), "[{\"id\":1,\n\"v\":\"a\",\"v\":\"b\"}]", 0,
      "d:2:9: warning: the key «v» stands twice in one object. The last one counts. Remove one of them. [json-key-duplicate]", lines: 1),
    Case(
      "too deep", map(), "[" + String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000) + "]", 65,
      "d:1:513: error: JSON is nested deeper than 512 levels. Put objects and arrays in fewer levels. [json-depth]"),
    Case("too deep in objects", map(), "[" + String(repeating: "{\"a\":", count: 100_000), 65, "[json-depth]"),
    Case("no UTF-8", map(), bytes: Array(#"[{"id":1,"v":""#.utf8) + [0xE5, 0x22] + Array("}]".utf8), 65, "UTF-8"),
    // XML.
    Case("XML cut in the middle", xml(), "<a><b id='1'><v>x</v></b><b id='2'>", 65, "d:1:"),
    Case("an entity of its own", xml(), "<!DOCTYPE a [<!ENTITY e 'x'>]><a><b id='1'><v>&e;</v></b></a>", 65, "[xml-document-type]"),
    Case("an entity from a file", xml(), "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><a>&e;</a>", 65, "[xml-document-type]"),
    Case("a billion laughs", xml(), laughs, 65, "d:1:"),
    Case("an entity that there is none of", xml(), "<a><b id='1'>&nope;</b></a>", 65, "[xml-syntax]"),
    Case("XML too deep", xml(), String(repeating: "<a>", count: 100_000), 65, "d:1:"),
    Case("XML that is no UTF-8", xml(), bytes: Array("<a><b id='1'><v>".utf8) + [0xE5] + Array("</v></b></a>".utf8), 65, "[xml-syntax]"),
    // Mappings.
    Case(
      "an iterator that is no JSONPath", map("$.list[?@.a = 1]"), good, 65,
      "m.rml.ttl:4:29: error: the query «$.list[?@.a = 1]» is wrong at character 13: expected , or ] here. Correct the mapping. [path-syntax]"
    ),
    Case(
      "a reference that is no JSONPath", map("$[*]", "$.a.b["), good, 65,
      "m.rml.ttl:8:25: error: the query «$.a.b[» is wrong at character 6: the bracket is not closed. Correct the mapping. [path-syntax]"),
    Case("an iterator that is no XPath", xml("/a/b["), "<a/>", 65, "m.rml.ttl:4:"),
    Case("a reference that is no XPath", xml("/a/b", "count("), "<a/>", 65, "m.rml.ttl:8:"),
    Case("a prefix without a namespace", xml("/a/b", "x:v"), "<a><b id='1'/></a>", 65, "[path-failed]"),
    Case("a function that XPath has none of", xml("/a/b", "lower-case(v)"), "<a><b id='1'/></a>", 65, "[path-failed]"),
    Case(
      "a template that is not closed", map(id: "{$.id"), good, 65,
      "m.rml.ttl:6:36: error: in «m», template: the brace is not closed. Correct the mapping. [triples-map-invalid]"),
    Case(
      "a query within a template that is wrong", map(id: "{$.id.}"), good, 65,
      "m.rml.ttl:6:42: error: the query «$.id.» is wrong at character 6: expected a name here"),
    Case(
      "a reference formulation that there is none of", map(formulation: "rml:SQL2008Query"), good, 65,
      "m.rml.ttl:3:28: error: in «m», referenceFormulation: what is read is rml:CSV, rml:JSONPath and rml:XPath. Correct the mapping. [triples-map-invalid]"
    ),
    Case(
      "a function that there is none of",
      map().replacing(
        "rml:reference \"$.v\"",
        with:
          "rml:functionExecution [ rml:function kgm:shout ; rml:input [ rml:parameter kgm:value ; rml:inputValueMap [ rml:reference \"$.v\" ] ] ]"
      ),
      good, 65, "error: in «m», function: the functions are kgm: followed by trim"),
    Case("a source that is not there", map(file: "saknas.json"), good, 66, "saknas.json: error: "),
    Case("Turtle that is broken", map() + " <#x> <#y>", good, 65, "m.rml.ttl:8:"),
    Case(
      "a join on a column that the table lacks", joined("nr"), good, 65,
      "t.csv:1: error: the column «nr» is missing. Nearest: «id». Its header may be one of: nr. [column-missing]"),
    Case(
      "a join by a query that is wrong", joined("id").replacing("rml:parent \"$.id\"", with: "rml:parent \"$.id[\""), good, 65,
      "m.rml.ttl:11:"),
  ]

  @Test(arguments: cases) func isTold(_ example: Case) throws {
    let folder = try TemporaryFolder()
    try folder.write("m.rml.ttl", example.mapping)
    try folder.write("t.csv", "id,nummer\n1,1\n")
    if let data = example.data { try folder.write("d", data) }
    let run = try ProgramRun(["convert", "--mapping", "m.rml.ttl", "--format", "ntriples"], in: folder)
    #expect(run.status == example.status, "\(run.errors.prefix(500))")
    #expect(run.errors.contains(example.message), "\(run.errors.prefix(500))")
    if example.status != 65 || example.lines > 0 { #expect(run.lines.count == example.lines, "\(run.text.prefix(500))") }
    #expect(run.errors.utf8.count < 2_000)
    // Nothing that stands in a file beside has been read.
    #expect(!run.text.contains("haha"))
  }
}
