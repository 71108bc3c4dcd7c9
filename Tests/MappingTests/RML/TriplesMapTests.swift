import Bytes
import Identifiers
import Mapping
import Problems
import RDF
import Testing

/// A triples map of ex:M over `source`, what stands after its subject map being `rest`.
func triplesMap(_ source: String, subject: String, _ rest: String, name: String = "ex:M") -> String {
  "\(name) rml:logicalSource [ \(source) ] ; rml:subjectMap [ \(subject) ] \(rest.isEmpty ? "" : "; " + rest) .\n"
}

/// A JSON source with an iterator.
func json(_ iterator: String, file: String = "d.json") -> String {
  "rml:source \"\(file)\" ; rml:referenceFormulation rml:JSONPath ; rml:iterator \"\(iterator)\""
}

/// A predicate and an object map.
func link(_ predicate: String, _ object: String) -> String {
  "rml:predicateObjectMap [ rml:predicate \(predicate) ; rml:objectMap [ \(object) ] ]"
}

/// A line of N-Quads about things of example.org.
func line(_ subject: String, _ predicate: String, _ object: String, graph: String? = nil) -> String {
  "<http://example.org/\(subject)> <http://example.org/\(predicate)> \(object) \(graph.map { "<http://example.org/\($0)> " } ?? "")."
}

@Suite("Mappings of RML") struct TriplesMapTests {
  @Test(
    "the same rows as CSV, JSON and XML give the same triples",
    arguments: [
      ("rml:source \"d.csv\" ; rml:referenceFormulation rml:CSV", "id", "name", "d.csv", "id;name\n1;Ån\n2;\n3;\"B \"\"C\"\"\"\n"),
      (
        json("$.list[*]"), "$.id", "$.name", "d.json",
        #"{"list":[{"id":"1","name":"Ån"},{"name":null,"id":"2"},{"id":"3","name":"B \"C\""}]}"#
      ),
      (
        "rml:source \"d.xml\" ; rml:referenceFormulation rml:XPath ; rml:iterator \"/a/b\"", "@id", "name", "d.xml",
        "<?xml version='1.0'?><a><x id='9'/><b id='1'><name>Ån</name></b><b id='2'><name/></b><b id='3'><name>B &quot;C&quot;</name></b></a>"
      ),
    ])
  func formats(_ source: String, _ id: String, _ name: String, _ file: String, _ text: String) {
    let mapping = triplesMap(
      source, subject: "rml:template \"{\(id)}\" ; rml:class ex:T", link("ex:name", "rml:reference \"\(name)\""))
    for piece in [1, 7, 1 << 20] {
      let run = TriplesRun(mapping, [file: text], piece: piece)
      #expect(run.problems == [])
      let type = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://example.org/T> ."
      #expect(
        run.lines
          == [
            "<http://example.org/1> \(type)", line("1", "name", "\"Ån\""), "<http://example.org/2> \(type)",
            "<http://example.org/3> \(type)",
            line("3", "name", #""B \"C\"""#),
          ].sorted())
      #expect(run.report.rowsRead == 3)
    }
  }

  @Test("JSON in another encoding than UTF-8, as the mapping says", arguments: [1, 3, 1 << 16])
  func encodings(piece: Int) {
    let text = #"[{"id":1,"v":"Å€𝄞"},{"id":2,"v":"b"}]"#
    let littleEndian = text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    let bigEndian = text.utf16.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
    for (encoding, bytes) in [
      ("rml:UTF-16", [0xFF, 0xFE] + littleEndian), ("rml:UTF-16", [0xFE, 0xFF] + bigEndian), ("rml:UTF-16", bigEndian),
      ("\"utf-16le\"", littleEndian), ("rml:UTF-8", Array(text.utf8)),
    ] {
      let source =
        "rml:source [ a rml:RelativePathSource ; rml:path \"d.json\" ; rml:encoding \(encoding) ; rml:compression rml:none ] ; "
        + "rml:referenceFormulation rml:JSONPath ; rml:iterator \"$[*]\""
      let run = TriplesRun(
        triplesMap(source, subject: "rml:template \"{$.id}\"", link("ex:v", "rml:reference \"$.v\"")), [:], bytes: ["d.json": bytes],
        piece: piece)
      #expect(run.lines == [line("1", "v", "\"Å€𝄞\""), line("2", "v", "\"b\"")])
      #expect(run.problems == [])
    }
  }

  @Test("the older vocabulary says the same, but that values are texts and names need no root")
  func older() {
    let mapping = """
      @prefix rr: <http://www.w3.org/ns/r2rml#> . @prefix old: <http://semweb.mmlab.be/ns/rml#> . @prefix ql: <http://semweb.mmlab.be/ns/ql#> .
      ex:M old:logicalSource [ old:source "d.json" ; old:referenceFormulation ql:JSONPath ; old:iterator "$[*]" ] ;
        rr:subjectMap [ rr:template "http://example.org/{the id}" ] ;
        rr:predicateObjectMap [ rr:predicate ex:size ; rr:objectMap [ old:reference "a.size" ] ] ;
        rr:predicateObjectMap [ rr:predicate ex:b ; rr:objectMap [ old:reference "b[*]" ; rr:datatype xsd:date ] ] .
      """
    let run = TriplesRun(mapping, ["d.json": #"[{"the id":1,"a":{"size":2.5},"b":["2026-01-02"]}]"#])
    #expect(run.problems == [])
    #expect(
      run.lines == [line("1", "b", "\"2026-01-02\"^^<http://www.w3.org/2001/XMLSchema#date>"), line("1", "size", "\"2.5\"")])
  }

  @Test(
    "what a number, a truth value and a text of JSON are",
    arguments: [
      ("1", "\"1\"^^<http://www.w3.org/2001/XMLSchema#integer>"), ("1.5", "\"1.5\"^^<http://www.w3.org/2001/XMLSchema#double>"),
      ("-2e3", "\"-2e3\"^^<http://www.w3.org/2001/XMLSchema#double>"), ("true", "\"true\"^^<http://www.w3.org/2001/XMLSchema#boolean>"),
      ("\"1\"", "\"1\""), ("\"å\\u00e4\"", "\"åä\""),
    ])
  func natural(_ value: String, _ literal: String) {
    let mapping = triplesMap(
      json("$"), subject: "rml:constant ex:s",
      link("ex:one", "rml:reference \"$.v\"") + "; " + link("ex:each", "rml:reference \"$.l[*]\""))
    let run = TriplesRun(mapping, ["d.json": #"{"v":\#(value),"l":[\#(value),"x"]}"#])
    #expect(run.lines == [line("s", "each", literal), line("s", "each", "\"x\""), line("s", "one", literal)].sorted())
  }

  @Test("what has no value makes nothing: null, what is absent, an empty text, and what the source says")
  func missing() {
    let mapping = triplesMap(
      "rml:source [ a rml:FilePath ; rml:path \"d.json\" ; rml:null \"-\" ] ; rml:referenceFormulation rml:JSONPath ; rml:iterator \"$[*]\"",
      subject: "rml:template \"{$.id}\"", link("ex:v", "rml:reference \"$.v\"") + "; " + link("ex:t", "rml:template \"x-{$.v}\""))
    let run = TriplesRun(
      mapping, ["d.json": #"[{"id":1,"v":null},{"id":2},{"id":3,"v":""},{"id":4,"v":"-"},{"v":"no id"},{"id":6,"v":"a"}]"#])
    #expect(run.problems == [])
    #expect(run.lines == [line("6", "t", "<http://example.org/x-a>"), line("6", "v", "\"a\"")])
  }

  @Test("names that look alike but are other bytes are others")
  func normalization() {
    let (short, long) = ("$.\u{E5}", "$.a\u{30A}")
    let run = TriplesRun(
      triplesMap(
        json("$[*]"), subject: "rml:constant ex:s",
        link("ex:a", "rml:reference \"\(short)\"") + "; " + link("ex:b", "rml:reference \"\(long)\"") + "; "
          + link("ex:c", "rml:template \"{\(long)}-{\(short)}\" ; rml:termType rml:Literal")),
      ["d.json": "[{\"\u{E5}\":\"1\",\"a\u{30A}\":\"2\"}]"])
    #expect(run.lines == [line("s", "a", "\"1\""), line("s", "b", "\"2\""), line("s", "c", "\"2-1\"")])
  }

  @Test("several values make several terms, and a template one for each choice of them")
  func several() {
    let mapping = triplesMap(
      json("$"), subject: "rml:template \"s/{$.a[*]}\"",
      link("ex:pair", "rml:template \"{$.a[*]} {$.b[*]}\" ; rml:termType rml:Literal"))
    let run = TriplesRun(mapping, ["d.json": #"{"a":[1,2],"b":["x","y"]}"#])
    #expect(run.lines.count == 8)
    #expect(run.lines.contains(line("s/2", "pair", "\"1 y\"")))
  }

  @Test("lists that multiply each other beyond all bounds are cut off and told of")
  func explosion() {
    let mapping = triplesMap(
      json("$"), subject: "rml:constant ex:s", link("ex:p", "rml:template \"{$.a[*]}{$.b[*]}{$.c[*]}\" ; rml:termType rml:Literal"))
    let list = "[" + (0..<300).map(String.init).joined(separator: ",") + "]"
    let run = TriplesRun(mapping, ["d.json": "{\"a\":\(list),\"b\":\(list),\"c\":\(list)}"])
    #expect(run.lines.count == 0)
    #expect(run.problems.contains { $0.contains("[limit-exceeded]") })
  }

  @Test("what stands in IRIs is encoded as the term type says")
  func encoding() {
    let objects = [
      "rml:template \"i/{$.v}\"", "rml:template \"u/{$.v}\" ; rml:termType rml:URI",
      "rml:template \"n/{$.w}\" ; rml:termType rml:UnsafeIRI",
      "rml:reference \"$.w\" ; rml:termType rml:IRI", "rml:reference \"$.iri\" ; rml:termType rml:IRI",
      "rml:template \"\\\\{{$.w}\\\\}\" ; rml:termType rml:Literal",
    ]
    let mapping = triplesMap(json("$"), subject: "rml:constant ex:s", objects.map { link("ex:p", $0) }.joined(separator: "; "))
    let run = TriplesRun(mapping, ["d.json": #"{"v":"Å b/c","w":"d/../e","iri":"https://a.example/x"}"#])
    #expect(run.problems == [])
    #expect(
      run.lines
        == [
          "<http://example.org/i/Å%20b%2Fc>", "<http://example.org/u/%C3%85%20b%2Fc>", "<http://example.org/n/d/../e>",
          "<http://example.org/d/../e>", "<https://a.example/x>", "\"{d/../e}\"",
        ].map { line("s", "p", $0) }.sorted())
  }

  @Test("languages and datatypes of the row's own")
  func qualifiers() {
    let mapping = triplesMap(
      json("$[*]"), subject: "rml:constant ex:s",
      link("ex:l", "rml:reference \"$.t\" ; rml:languageMap [ rml:reference \"$.l\" ]") + "; "
        + link("ex:d", "rml:reference \"$.t\" ; rml:datatypeMap [ rml:template \"http://www.w3.org/2001/XMLSchema#{$.d}\" ]"))
    let run = TriplesRun(
      mapping, ["d.json": #"[{"t":"a","l":"sv","d":"token"},{"t":"b","l":"svenska"},{"t":"c"}]"#])
    #expect(run.lines == [line("s", "d", "\"a\"^^<http://www.w3.org/2001/XMLSchema#token>"), line("s", "l", "\"a\"@sv")].sorted())
    #expect(run.problems.count == 1)
    #expect(run.problems.first?.hasSuffix("[language-invalid]") == true)
  }

  @Test(
    "a text must fit its datatype also where it is made of values, and where the row names the datatype",
    arguments: [
      ("rml:template \"{$.y}-02-{$.d}\" ; rml:datatype xsd:date", "date", "2024-02-29"),
      ("rml:template \"{$.n}\" ; rml:datatype ex:own", nil, nil),
      ("rml:template \"{$.n}\" ; rml:datatype xsd:token", nil, nil),
      ("rml:reference \"$.date\" ; rml:datatypeMap [ rml:reference \"$.type\" ]", "date", "2024-02-29"),
      ("rml:template \"{$.n}{$.n}\" ; rml:datatypeMap [ rml:template \"http://www.w3.org/2001/XMLSchema#{$.kind}\" ]", "integer", "11"),
      ("rml:reference \"$.n\" ; rml:datatypeMap [ rml:template \"http://www.w3.org/2001/XMLSchema#{$.other}\" ]", nil, nil),
    ] as [(String, String?, String?)])
  func typed(_ map: String, _ datatype: String?, _ text: String?) {
    let common = #""type":"http://www.w3.org/2001/XMLSchema#date","kind":"integer","other":"string"}"#
    let items = [
      #"{"id":1,"y":2024,"d":29,"date":"2024-02-29","n":1,"# + common, #"{"id":2,"y":2024,"d":30,"date":"2024-02-30","n":"x","# + common,
    ]
    let run = TriplesRun(
      triplesMap(json("$[*]"), subject: "rml:template \"{$.id}\"", link("ex:v", map)), ["d.json": "[\(items.joined(separator: ",\n"))]"])
    guard let datatype, let text else {
      #expect(run.lines.count == 2)
      #expect(run.problems == [])
      return
    }
    #expect(run.lines == [line("1", "v", "\"\(text)\"^^<http://www.w3.org/2001/XMLSchema#\(datatype)>")])
    #expect(run.problems.count == 1)
    #expect(run.problems.allSatisfy { $0.hasPrefix("d.json:2:") && $0.hasSuffix("[cell-datatype]") }, "\(run.problems)")
  }

  @Test("graphs of the subject and of the predicate and object, the default graph among them")
  func graphs() {
    let mapping = triplesMap(
      json("$[*]"), subject: "rml:template \"{$.id}\" ; rml:graphMap [ rml:template \"g/{$.g}\" ] ; rml:class ex:C",
      "rml:predicateObjectMap [ rml:predicate ex:p ; rml:object 1 ; rml:graph rml:defaultGraph ]")
    let one = "\"1\"^^<http://www.w3.org/2001/XMLSchema#integer>"
    let run = TriplesRun(mapping, ["d.json": #"[{"id":1,"g":"x"}]"#])
    #expect(
      run.lines
        == [
          "<http://example.org/1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://example.org/C> <http://example.org/g/x> .",
          line("1", "p", one), line("1", "p", one, graph: "g/x"),
        ].sorted())
    let all = TriplesRun(mapping, ["d.json": #"[{"id":1,"g":"x"}]"#]) { $0.graph = "http://example.org/all" }
    #expect(all.lines.contains(line("1", "p", one, graph: "all")))
  }

  @Test("keys of members, what stands above an item, and one object where others have a list")
  func beyond() {
    let mapping = triplesMap(
      json("$.stations[+].conn.*"), subject: "rml:template \"{$^^.id}/{$~}\"", link("ex:power", "rml:reference \"$.p\""))
    let power = "\"22\"^^<http://www.w3.org/2001/XMLSchema#integer>"
    let expected = [line("a/1", "power", power), line("a/2", "power", power)]
    #expect(TriplesRun(mapping, ["d.json": #"{"stations":[{"conn":{"1":{"p":22},"2":{"p":22}},"id":"a"}]}"#]).lines == expected)
    #expect(TriplesRun(mapping, ["d.json": #"{"stations":{"id":"a","conn":{"1":{"p":22},"2":{"p":22}}}}"#]).lines == expected)
  }

  @Test("iterators that look ahead or back give what those do that go straight on")
  func iterators() {
    let text = #"{"n":0,"list":[{"id":1,"k":"a"},{"id":2,"k":"b"},{"id":3,"k":"a"}],"x":{"list":[{"id":4}]}}"#
    let cases = [
      ("$.list[*]", [1, 2, 3]), ("$.list[?@.k == 'a']", [1, 3]), ("$..list[*]", [1, 2, 3, 4]), ("$.list[1:]", [2, 3]), ("$.list[-1]", [3]),
      ("$.list[0]", [1]), ("$.list[?@.id > $.n]", [1, 2, 3]), ("$['list','x']..[?@.id]", [1, 2, 3, 4]), ("$.x.*[0]", [4]),
      ("$.none[*]", []),
    ]
    for (iterator, ids) in cases {
      let mapping = triplesMap(json(iterator), subject: "rml:template \"{$.id}\" ; rml:class ex:C", "")
      for piece in [1, 1 << 20] {
        let run = TriplesRun(mapping, ["d.json": text], piece: piece)
        #expect(run.lines.map { String($0.dropFirst(20).prefix(1)) } == ids.map(String.init), "\(iterator)")
      }
    }
  }
}
