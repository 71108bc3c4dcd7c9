import Bytes
import Mapping
import Problems
import Testing

@Suite("Faults of mappings and sources of RML") struct BadMappingTests {
  private static let map = triplesMap(json("$[*]"), subject: "rml:template \"{$.id}\"", link("ex:v", "rml:reference \"$.v\""))

  @Test(
    "a fault of a mapping is told with its line and column, the triples map and the property",
    arguments: [
      ("", "m.rml.ttl: error: the mapping has no triples map"),
      ("ex:M rml:subjectMap [ rml:template \"{a}\" ] ; a rml:TriplesMap .", "m.rml.ttl:3: error: in «M», logicalSource: is missing."),
      ("ex:M\n  rml:logicalSource [ rml:source \"d.csv\" ] .", "m.rml.ttl:4: error: in «M», subjectMap: is missing."),
      (
        "ex:M rml:logicalSource [ rml:source \"d.csv\" ] ;\n rml:subjectMap [\n  rml:template \"{a\" ] .",
        "m.rml.ttl:5:17: error: in «M», template: the brace is not closed."
      ),
      (
        "ex:M rml:logicalSource [ rml:source \"d.csv\" ] ; rml:subjectMap [ rml:template \"a}\" ] .",
        "m.rml.ttl:3:81: error: in «M», template: the brace closes nothing"
      ),
      (
        triplesMap(json("$[*]"), subject: "rml:constant ex:s", link("ex:p", "rml:reference \"$.a.b[\"")),
        "error: the query «$.a.b[» is wrong at character 6: the bracket is not closed."
      ),
      (
        triplesMap("\n" + json("$.list[?@.a = 1]"), subject: "rml:constant ex:s", ""),
        "m.rml.ttl:4:89: error: the query «$.list[?@.a = 1]» is wrong at character 13: expected , or ] here."
      ),
      (
        triplesMap("\n" + json("$[*]"), subject: "\nrml:template \"http://e.example/{$.a}/{$.b.}\"", ""),
        "m.rml.ttl:5:43: error: the query «$.b.» is wrong at character 5"
      ),
      (
        triplesMap("rml:source \"d.xml\" ; rml:referenceFormulation rml:XPath ; rml:iterator \"/a/b[\"", subject: "rml:constant ex:s", ""),
        "error: the query «/a/b[» is wrong at character "
      ),
      (
        triplesMap(json("$"), subject: "rml:constant ex:s", link("ex:p", "rml:refrence \"$.a\"")),
        "neither reference, template, constant nor functionExecution is given"
      ),
      (triplesMap(json("$"), subject: "rml:constant \"s\"", ""), "such a term may not stand here"),
      (triplesMap(json("$"), subject: "rml:template \"a b{$.x}\"", ""), "«a b» can't stand in an IRI"),
      (
        triplesMap(json("$"), subject: "rml:constant ex:s", link("ex:p", "rml:reference \"$.a\" ; rml:language \"svenska\"")),
        "no language code"
      ),
      (
        triplesMap(json("$"), subject: "rml:constant ex:s", link("ex:p", "rml:reference \"$.a\" ; rml:template \"{$.a}\"")),
        "one of reference, template, constant and functionExecution, not several"
      ),
      (
        triplesMap(
          "rml:source \"d.csv\" ; rml:referenceFormulation rml:SQL2008Query", subject: "rml:constant ex:s", ""),
        "what is read is rml:CSV, rml:JSONPath and rml:XPath"
      ),
      (
        "ex:M rml:logicalSource [ rml:source [\n  rml:path \"d.csv\" ; rml:compression rml:gzip ] ] ; rml:subjectMap [ rml:constant ex:s ] .",
        "m.rml.ttl:4:38: error: in «M», compression: compressed sources are not read: unpack the file first"
      ),
      ("ex:M rml:logicalSource [ rml:source \"d.csv\" ]", "m.rml.ttl:3:"),
    ])
  func mappings(_ mapping: String, _ message: String) {
    let run = TriplesRun(mapping, ["d.json": "[]", "d.csv": "a\n1\n"])
    #expect(run.lines == [])
    #expect(run.problems.contains { $0.contains(message) }, "\(run.problems)")
    #expect(run.failure != nil)
  }

  @Test(
    "a term map or a call that holds itself, whichever way round, is told of where it does",
    arguments: [
      "ex:o rml:reference \"$.b\" ; rml:languageMap ex:o .", "ex:o rml:reference \"$.b\" ; rml:datatypeMap ex:o .",
      "ex:o rml:reference \"$.b\" ; rml:languageMap ex:q . ex:q rml:reference \"$.c\" ; rml:datatypeMap ex:o .",
      "ex:o rml:template \"{$.b}\" ; kgm:variable ex:o ; kgm:name \"v\" .",
      "ex:o rml:functionExecution ex:f . ex:f rml:function kgm:trim ; rml:input [ rml:parameter kgm:value ; rml:inputValueMap ex:o ] .",
      """
      ex:o rml:functionExecution ex:f . ex:f rml:function kgm:trim ; rml:input [ rml:parameter kgm:value ; \
      rml:inputValueMap [ rml:functionExecution ex:f ] ] .
      """,
    ])
  func endless(_ map: String) {
    let link = "rml:predicateObjectMap [ rml:predicate ex:p ; rml:objectMap ex:o ]"
    let run = TriplesRun(triplesMap(json("$[*]"), subject: "rml:template \"{$.id}\"", link) + map, ["d.json": "[]"])
    #expect(run.failure == .triplesMapInvalid)
    #expect(run.problems.count == 1)
    #expect(
      run.problems.allSatisfy {
        $0.hasPrefix("m.rml.ttl:4:") && $0.contains("a term map refers to itself, or is nested deeper than 16 levels")
      },
      "\(run.problems)")
  }

  @Test("a misspelt property is told of with the nearest one")
  func misspelt() {
    let run = TriplesRun(
      triplesMap(json("$"), subject: "rml:constant ex:s ; rml:clas ex:C", ""), ["d.json": "{}"])
    #expect(run.problems.contains { $0.contains("«clas»") && $0.contains("class") }, "\(run.problems)")
  }

  @Test("all faulty triples maps are told of")
  func severalFaults() {
    let run = TriplesRun("ex:A a rml:TriplesMap .\nex:B rml:logicalSource [] .", [:])
    #expect(run.problems.map { $0.prefix(12) } == ["m.rml.ttl:3:", "m.rml.ttl:4:"])
  }

  @Test("without a base, where one is needed")
  func noBase() {
    let run = TriplesRun(Self.map, ["d.json": "[]"]) { $0.base = nil }
    #expect(run.failure == .baseNeeded)
    let mapping = triplesMap(json("$[*]"), subject: "rml:reference \"$.u\" ; rml:class ex:C", "")
    let whole = TriplesRun(mapping, ["d.json": #"[{"u":"http://example.org/a"},{"u":"http://example.org/b"}]"#]) { $0.base = nil }
    #expect(whole.lines.count == 2)
    #expect(whole.problems == [])
    let relative = TriplesRun(mapping, ["d.json": "[{\"u\":\"http://example.org/a\"},\n{\"u\":\"b\"}]"]) { $0.base = nil }
    #expect(relative.lines.count == 1)
    #expect(relative.problems.count == 1)
    #expect(relative.problems.allSatisfy { $0.hasPrefix("d.json:2:") && $0.contains("«b»") && $0.hasSuffix("[base-needed]") })
  }

  @Test(
    "JSON that is cut or broken ends with its place; what came before it was written",
    arguments: [
      (#"[{"id":1,"v":2},{"id":2,"#, "d.json:1:25: error: this is not JSON: the file ends"),
      (#"[{"id":1,"v":2},{"id":2}"#, "d.json:1:25: error: this is not JSON: the file ends"),
      ("[{\"id\":1,\"v\":2},\n{\"id\":2,\"v\":tru}]", "d.json:2:13: error: this is not JSON"),
      ("[{\"id\":1,\"v\":2}] x", "d.json:1:18: error: this is not JSON"),
      ("", "d.json:1:1: error: this is not JSON: the file ends"),
    ])
  func brokenJSON(_ text: String, _ message: String) {
    for piece in [1, 5, 1 << 20] {
      let run = TriplesRun(Self.map, ["d.json": text], piece: piece)
      #expect(run.failure == .jsonSyntax)
      #expect(run.problems.last?.hasPrefix(message) == true, "\(run.problems)")
    }
  }

  @Test("a key that stands twice is told of, and the last one counts")
  func repeatedKeys() {
    let run = TriplesRun(Self.map, ["d.json": "[{\"id\":1,\n\"v\":\"a\",\"v\":\"b\"}]"])
    #expect(run.lines == [line("1", "v", "\"b\"")])
    #expect(
      run.problems == [
        "d.json:2:9: warning: the key «v» stands twice in one object. The last one counts. Remove one of them. [json-key-duplicate]"
      ])
  }

  @Test("a reference that leads to an object or a list, and a value that is no IRI")
  func values() {
    let nested = TriplesRun(Self.map, ["d.json": "[{\"id\":1,\"v\":\"a\"},\n {\"id\":2,\"v\":[1]},{\"id\":3,\"v\":{}}]"])
    #expect(nested.lines == [line("1", "v", "\"a\"")])
    #expect(nested.problems.map { $0.prefix(18) } == ["d.json:2:2: error:", "d.json:2:19: error"])
    let iri = TriplesRun(
      triplesMap(json("$[*]"), subject: "rml:reference \"$.id\" ; rml:class ex:C", ""), ["d.json": #"[{"id":"a b"},{"id":"c"}]"#])
    #expect(iri.lines.count == 1)
    #expect(iri.problems.first?.contains("«a b» is not an IRI") == true)
    let date = TriplesRun(
      triplesMap(json("$[*]"), subject: "rml:constant ex:s", link("ex:d", "rml:reference \"$.d\" ; rml:datatype xsd:date")),
      ["d.json": #"[{"d":"2026-13-01"}]"#])
    #expect(date.lines == [])
    #expect(date.problems.first?.contains("[cell-datatype]") == true, "\(date.problems)")
  }

  private static func xml(_ iterator: String, _ reference: String, more: String = "rml:XPath") -> String {
    triplesMap(
      "rml:source \"d.xml\" ; rml:referenceFormulation \(more) ; rml:iterator \"\(iterator)\"", subject: "rml:template \"{@id}\"",
      link("ex:v", "rml:reference \"\(reference)\""))
  }

  @Test(
    "XML that is broken, or that has a document type whatever is in it",
    arguments: [
      ("<a><b id='1'>x</b><b id='2'></a>", ProblemCode.xmlSyntax), ("<a><b id='1'>x</b>", .xmlSyntax), ("{}", .xmlSyntax), ("", .xmlSyntax),
      ("<a><b id='1'>&nope;</b></a>", .xmlSyntax), ("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", .xmlDocumentType),
      ("<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a><b id='1'>&e;</b></a>", .xmlDocumentType),
      (
        "<!DOCTYPE a [<!ENTITY x '0123456789'>"
          + (0..<12).map { "<!ENTITY \(Array("yzabcdefghij")[$0]) '\(String(repeating: "&\(Array("xyzabcdefghi")[$0]);", count: 10))'>" }
          .joined()
          + "]><a><b id='1'>&j;</b></a>", .xmlDocumentType
      ),
    ])
  func brokenXML(_ text: String, _ code: ProblemCode) {
    let run = TriplesRun(Self.xml("/a/b", "."), ["d.xml": text], piece: 3)
    #expect(run.failure == code, "\(run.problems)")
    #expect(!run.problems.contains { $0.contains("root:") })
  }

  @Test("ways through a document: from the root, up from the item, with namespaces, and where the whole document is asked")
  func ways() {
    let text = """
      <a xmlns:n="http://n.example/" date="d"><g k="1"><name>N</name><b id="1" x="u"><v>p</v><v>q</v></b></g><g k="2"><n:b id="3"/></g>
      <h><b id="4" x="w"/></h></a>
      """
    let cases: [(String, String, [String])] = [
      ("/a/g/b", "v", ["1 p", "1 q"]), ("/a/g/b", "../@k", ["1 1"]), ("/a/g/b", "../name", ["1 N"]), ("/a/g/b", "/a/@date", ["1 d"]),
      ("/a/*/b", "@x", ["1 u", "4 w"]), ("//b", "@x", ["1 u", "4 w"]), ("/a/g[@k='1']/b", "concat(@x, '-', count(v))", ["1 u-2"]),
      ("/a/g/b", "ancestor::g/@k", ["1 1"]), ("/a/g/b", "../../@date", ["1 d"]), ("/a", "@date", []),
      ("/a/g[position () = 1]/b", "@x", ["1 u"]), ("/a/*[last\t( ) = 3]/b", "@x", ["1 u", "4 w"]), ("/a/g[@k =\t/a/g/@k]/b", "@x", ["1 u"]),
    ]
    for (iterator, reference, expected) in cases {
      let run = TriplesRun(Self.xml(iterator, reference), ["d.xml": text], piece: 11)
      #expect(run.problems == [], "\(iterator) \(reference)")
      let found = run.lines.map { line in "\(line.dropFirst(20).prefix(1)) \(line.split(separator: "\"").dropFirst().first ?? "")" }
      #expect(found == expected, "\(iterator) \(reference)")
    }
    let namespaces =
      "[ a rml:XPathReferenceFormulation ; rml:namespace [ rml:namespacePrefix \"m\" ; rml:namespaceURL \"http://n.example/\" ] ]"
    #expect(TriplesRun(Self.xml("/a/g/m:b", "../@k", more: namespaces), ["d.xml": text]).lines == [line("3", "v", "\"2\"")])
    let unknown = TriplesRun(Self.xml("//m:b", "@x"), ["d.xml": text])
    #expect(unknown.failure == .pathFailed)
  }

  @Test(
    "a name in XPath that means nothing is told of where the mapping has it",
    arguments: [
      ("/q:a/b", "v", "«/q:a/b» can't be asked: the prefix «q» has no namespace"),
      ("/a/b", "@q:*", "the prefix «q» has no namespace"),
      ("/a/b", "lower-case (v)", "XPath 1.0 has no function «lower-case»"),
      ("/a/b", "v[fn:upper-case(.) = 'X']", "XPath 1.0 has no function «fn:upper-case»"),
      ("/a/b", "concat('$x', $y)", "«y» is a variable, and there are none here"),
      ("/a/b", "position()", "position() means something only within brackets"),
      ("/a/b", "last ()", "last() means something only within brackets"),
    ])
  func namesInXPath(_ iterator: String, _ reference: String, _ message: String) {
    let run = TriplesRun(Self.xml(iterator, reference), ["d.xml": "<a><b id='1'><v>x</v></b></a>"])
    #expect(run.failure == .pathFailed)
    #expect(run.lines == [])
    #expect(run.problems.count == 1)
    #expect(run.problems.allSatisfy { $0.hasPrefix("m.rml.ttl:3:") && $0.contains(message) }, "\(run.problems)")
  }

  @Test(
    "and names that mean something are not",
    arguments: [
      "text()", "v/text ()", "v[position() = last()]", "child::v", "descendant-or-self::node()/v", "@xml:lang | v",
      "v[1.5 + 1 > 2 and (true())]",
      "(v) [1] | v[2 div (1)]", "concat(v, ':q:(')", "processing-instruction('p') | v", "substring-after(concat('a', v), 'a')",
      "v[string-length(.) - 1 = 0]",
    ])
  func knownNamesInXPath(_ reference: String) {
    let run = TriplesRun(Self.xml("/a/b", reference), ["d.xml": "<a><b id='1'><v>x</v>x</b></a>"])
    #expect(run.problems == [])
    #expect(run.lines.contains { $0.contains("\"x\"") || $0.contains("\"x:q:(\"") }, "\(run.lines)")
  }

  @Test("a table without a column that the mapping asks for, with the nearest one")
  func missingColumn() {
    let mapping = triplesMap(
      "rml:source \"d.csv\" ; rml:referenceFormulation rml:CSV", subject: "rml:template \"{id}\"", link("ex:v", "rml:reference \"namn\""))
    let run = TriplesRun(mapping, ["d.csv": "id,Nam\n1,x\n"])
    #expect(run.failure == .columnMissing)
    #expect(run.problems.last?.contains("the column «namn» is missing. Nearest: «Nam».") == true, "\(run.problems)")
    let set = TriplesRun(mapping, ["d.csv": "id,x\n1,x\n"]) { $0.settings["namn"] = "N" }
    #expect(set.lines == [line("1", "v", "\"N\"")])
  }
}
