import Bytes
import Mapping
import Problems
import RDF
import Testing

@Suite("Values that are withheld, and items that are kept back, under mappings of RML") struct WithheldValueTests {
  private static func map(_ rule: String, _ rest: String, more: String = "") -> String {
    triplesMap(
      json("$[*]") + more, subject: "rml:template \"{$.id}\"",
      link("ex:n", "rml:reference \"$.n\" ; kgm:withhold \"\(rule)\"") + (rest.isEmpty ? "" : "; " + rest))
  }

  @Test("a withheld value is in no template, no other term, no message and no joined key, however it is written")
  func everywhere() {
    let others = [
      link("ex:t", "rml:template \"Hej {$.n}\" ; rml:termType rml:Literal"), link("ex:u", "rml:reference \"$.n\" ; kgm:clean \"upper\""),
      link("ex:q", "rml:reference \"$['n']\""), link("ex:d", "rml:reference \"$.n\" ; rml:datatype xsd:date"),
      link("ex:x", "rml:constant \"undantagen\" ; kgm:when \"$.n withheld\""),
      link("ex:v", "rml:template \"{namn}\" ; kgm:variable [ kgm:name \"namn\" ; rml:reference \"$.n\" ; kgm:clean \"slug\" ]"),
    ]
    let run = TriplesRun(
      Self.map("$.s = ja; rule: skydd", others.joined(separator: "; ")),
      ["d.json": #"[{"id":1,"n":"Hemlig","s":"ja"},{"id":2,"n":"Öppen","s":"nej"}]"#])
    #expect(
      run.lines
        == [
          line("1", "x", "\"undantagen\""), line("2", "n", "\"Öppen\""), line("2", "q", "\"Öppen\""), line("2", "t", "\"Hej Öppen\""),
          line("2", "u", "\"ÖPPEN\""), line("2", "v", "<http://example.org/oppen>"),
        ].sorted())
    #expect(run.report.cellsWithheld == ["skydd": 1])
    #expect(run.report.rowsWithheld == [:])
    // What is no date is told of the one that is published, without its text: rules look at it.
    #expect(run.problems.count == 1)
    #expect(!run.problems.contains { $0.contains("Hemlig") || $0.contains("Öppen") }, "\(run.problems)")
  }

  @Test("sources of the same items share their rules, whatever else is said of them")
  func shared() {
    let items = #"[{"id":1,"n":"hemlig","s":"ja","t":"A"},{"id":2,"n":"b","s":"nej","t":"A"}]"#
    let other = triplesMap(
      json("$[*]") + " ; kgm:when \"$.t = A\"", subject: "rml:template \"{$.id}\"", link("ex:m", "rml:reference \"$.n\""), name: "ex:N")
    let value = TriplesRun(Self.map("$.s = ja", "") + other, ["d.json": items])
    #expect(value.lines == [line("2", "m", "\"b\""), line("2", "n", "\"b\"")])
    let rule = triplesMap(
      json("$[*]") + " ; kgm:withhold \"$.s = ja\"", subject: "rml:template \"{$.id}\"", link("ex:n", "rml:reference \"$.n\""))
    let item = TriplesRun(rule + other, ["d.json": items])
    #expect(item.lines == [line("2", "m", "\"b\""), line("2", "n", "\"b\"")])
  }

  @Test(
    "sources of the same items share their rules, however their iterators are written",
    arguments: ["$['l'][*]", "$.l[?@.s != 'x']", #"$[\"l\"][*]"#, "$[ 'l' ][ * ]"])
  func spelled(_ iterator: String) {
    let items = ["d.json": #"{"l":[{"id":1,"n":"hemlig","s":"ja"},{"id":2,"n":"b","s":"nej"}]}"#]
    let other = triplesMap(json(iterator), subject: "rml:template \"{$.id}\"", link("ex:m", "rml:reference \"$.n\""), name: "ex:N")
    // A filter makes it another iterator, which needs rules of its own.
    let isShared = !iterator.contains("?")
    for rule in [
      triplesMap(json("$.l[*]") + " ; kgm:withhold \"$.s = ja\"", subject: "rml:template \"{$.id}\"", ""),
      triplesMap(
        json("$.l[*]"), subject: "rml:template \"{$.id}\"", link("ex:n", "rml:reference \"$.n\" ; kgm:withhold \"$.s = ja\"")),
    ] {
      let run = TriplesRun(rule + other, items)
      #expect(run.failure == nil, "\(run.problems)")
      #expect(!run.lines.contains { $0.contains("hemlig") } == isShared, "\(run.lines)")
    }
  }

  @Test("an item is withheld whole where the rule on a value can't be judged")
  func undecided() {
    let run = TriplesRun(
      Self.map("$.s = ja", ""),
      [
        "d.json":
          #"[{"id":1,"n":"a"},{"id":2,"n":"b","s":["ja"]},{"id":3,"n":"c","s":{}},{"id":4,"n":"d","s":null},{"id":5,"n":"e","s":"ja","s":"nej"}]"#
      ])
    #expect(run.lines == [line("4", "n", "\"d\"")])
    #expect(run.report.rowsWithheld == ["undecided": 4])
    let own = TriplesRun(
      Self.map("$.n hasPersonalNumber", ""),
      ["d.json": #"[{"id":1},{"id":2,"n":"19811228-9874"},{"id":3,"n":["19811228-9874"]},{"id":4,"n":"b"}]"#])
    #expect(own.lines == [line("4", "n", "\"b\"")])
    #expect(own.report.cellsWithheld.values.reduce(0, +) == 1)
  }

  @Test(
    "a reference that may find the same value in another way is refused, at the rule",
    arguments: ["$.*", "$..n", "$['n','id']", "$.n[*]", "$.n.a", "$^[0].n", "$[?@ == 'x']", "$.n[+]"])
  func overlaps(_ reference: String) {
    let run = TriplesRun(Self.map("$.s = ja", link("ex:o", "rml:reference \"\(reference)\"")), ["d.json": #"[{"id":1,"n":"a","s":"nej"}]"#])
    #expect(run.failure == .annotationInvalid)
    #expect(run.lines == [])
    #expect(
      run.problems.last?.contains("«kgm:withhold» is wrong: «\(reference)» may find what «$.n» finds") == true
        && run.problems.last?.hasPrefix("m.rml.ttl:3:") == true, "\(run.problems)")
  }

  @Test("and one that can't is not", arguments: ["$.m", "$.x.n", "$.list[*].a", "$.list[0]", "$", "$~", "$^[0].m", "$.x['n']"])
  func apart(_ reference: String) {
    let run = TriplesRun(Self.map("$.s = ja", link("ex:o", "rml:reference \"\(reference)\"")), ["d.json": #"[{"id":1,"n":"a","s":"nej"}]"#])
    #expect(run.failure == nil, "\(run.problems)")
  }

  @Test("a list that may be one value finds what the value itself is")
  func each() {
    let run = TriplesRun(
      triplesMap(
        json("$[*]"), subject: "rml:template \"{$.id}\"",
        link("ex:n", "rml:reference \"$.n[+]\" ; kgm:withhold \"$.n[+] = hemlig\"") + "; " + link("ex:o", "rml:reference \"$.n\"")),
      ["d.json": #"[{"id":1,"n":"hemlig"}]"#])
    #expect(run.failure == .annotationInvalid)
    #expect(run.lines == [])
  }

  @Test(
    "in XML, where the text of an element has in it that of all within it",
    arguments: [
      ("n", ".", true), ("n", "n", false), ("n", "m", false), ("n", "@n", false), ("n", "n/x", true), ("p/n", "p", true),
      ("p/n", "p/m", false),
      ("n", "../b/n", true), ("n", "//n", true), ("n", "*", true), ("n", "string(n)", true), ("@n", ".", false), ("@n", "n", false),
      ("@n", "concat(@n, '')", true), ("@n", "@m", false), ("@n", "substring(n, 1)", false), ("n", "./n", true),
      ("n", "child::n", true), ("n", "self::node()/n", true), ("p/n", "p/child::n", true), ("n", "x:n", false),
    ])
  func xml(_ own: String, _ other: String, _ isRefused: Bool) {
    let mapping = triplesMap(
      "rml:source \"d.xml\" ; rml:referenceFormulation rml:XPath ; rml:iterator \"/a/b\"", subject: "rml:template \"{@id}\"",
      link("ex:n", "rml:reference \"\(own)\" ; kgm:withhold \"@s = ja\"") + "; " + link("ex:o", "rml:reference \"\(other)\""))
    let run = TriplesRun(mapping, ["d.xml": "<a><b id='1' s='ja' n='h'><n>h</n><p><n>h</n></p></b></a>"])
    #expect((run.failure == .annotationInvalid) == isRefused, "\(run.problems)")
    #expect(!run.lines.contains { $0.contains("\"h\"") && !$0.contains("/o>") }, "\(run.lines)")
  }

  private static func spaced(_ prefixes: [(String, String)], _ rest: String, iterator: String = "/a/b", name: String = "ex:M") -> String {
    let spaces = prefixes.map { "[ rml:namespacePrefix \"\($0.0)\" ; rml:namespaceURL \"http://\($0.1).example/\" ]" }.joined(
      separator: ", ")
    return triplesMap(
      "rml:source \"d.xml\" ; rml:referenceFormulation [ a rml:XPathReferenceFormulation ; rml:namespace \(spaces) ] ; "
        + "rml:iterator \"\(iterator)\"", subject: "rml:template \"{@id}\"", rest, name: name)
  }

  @Test("where something is withheld, a namespace of XML has one prefix, and a prefix one namespace")
  func prefixes() {
    let xml = ["d.xml": "<a xmlns:n='http://n.example/'><b id='1'><n:n>hemlig</n:n></b><b id='2'><n:n>b</n:n></b></a>"]
    let rule = link("ex:n", "rml:reference \"n:n\" ; kgm:withhold \"n:n = hemlig\"")
    let two = TriplesRun(Self.spaced([("n", "n"), ("m", "n")], rule + "; " + link("ex:o", "rml:reference \"m:n\"")), xml)
    #expect(two.failure == .annotationInvalid)
    #expect(two.lines == [])
    #expect(two.problems.last?.contains("the prefixes «n» and «m» (<http://n.example/>)") == true, "\(two.problems)")
    let other = Self.spaced([("n", "m"), ("m", "n")], link("ex:o", "rml:reference \"m:n\""), iterator: "/a/child::b", name: "ex:N")
    #expect(TriplesRun(Self.spaced([("n", "n")], rule) + other, xml).failure == .annotationInvalid)
    let one = TriplesRun(Self.spaced([("n", "n"), ("m", "m")], rule + "; " + link("ex:o", "rml:reference \"m:n\"")), xml)
    #expect(one.lines == [line("2", "n", "\"b\"")])
    let open = TriplesRun(Self.spaced([("n", "n"), ("m", "n")], link("ex:o", "rml:reference \"m:n\"")), xml)
    #expect(open.lines.count == 2)
  }

  @Test("rules on values where there is no reference, or none can be")
  func refused() {
    for term in ["rml:template \"{$.n}\"", "rml:constant \"x\"", "rml:reference \"--n\""] {
      let run = TriplesRun(
        triplesMap(json("$[*]"), subject: "rml:template \"{$.id}\"", link("ex:n", term + " ; kgm:withhold \"$.s = ja\"")), ["d.json": "[]"])
      #expect(run.failure == .triplesMapInvalid)
      #expect(run.problems.last?.contains("a value is withheld where a reference gives it") == true, "\(run.problems)")
    }
    let table = TriplesRun(
      triplesMap(
        "rml:source \"d.csv\" ; rml:referenceFormulation rml:CSV", subject: "rml:template \"{id}\"",
        link("ex:n", "rml:reference \"n\" ; kgm:withhold \"s = ja\"")), ["d.csv": "id,n,s\n1,h,ja\n"])
    #expect(table.failure == .triplesMapInvalid)
    #expect(table.lines == [])
  }

  @Test("a rule on the key of a join is one on the items of the parent")
  func parents() {
    let parent = triplesMap(
      json("$.l[*]"), subject: "rml:template \"{$.id}\"", link("ex:n", "rml:reference \"$.n\""), name: "ex:P")
    let child = triplesMap(
      json("$.c[*]"), subject: "rml:template \"c{$.id}\"",
      link(
        "ex:of",
        "rml:parentTriplesMap ex:P ; rml:joinCondition [ rml:child \"$.of\" ; "
          + "rml:parentMap [ rml:reference \"$.n\" ; kgm:withhold \"$.n = hemlig; rule: r\" ] ]"), name: "ex:C")
    let run = TriplesRun(
      parent + child, ["d.json": #"{"l":[{"id":1,"n":"hemlig"},{"id":2,"n":"b"}],"c":[{"id":1,"of":"hemlig"},{"id":2,"of":"b"}]}"#])
    #expect(run.lines == [line("2", "n", "\"b\""), line("c2", "of", "<http://example.org/2>")])
    #expect(run.report.cellsWithheld == ["r": 1])
  }

  private static let today = CivilDate(year: 2026, month: 6, day: 1)

  private func embargoed(_ embargo: String, _ items: String) -> TriplesRun {
    TriplesRun(
      triplesMap(
        json("$[*]") + " ; kgm:embargo \"\(embargo)\"", subject: "rml:template \"{$.id}\"", link("ex:n", "rml:reference \"$.n\"")),
      ["d.json": "[\(items)]"]
    ) { if let day = Self.today { $0.asOf = day } }
  }

  @Test(
    "an item whose day can't be told is kept back, and said no more of",
    arguments: [
      #"{"id":2,"n":"hemlig"}"#, #"{"id":2,"n":"hemlig","d":null}"#, #"{"id":2,"n":"hemlig","d":["2020-01-01"]}"#,
      #"{"id":2,"n":"hemlig","d":{"från":"2020-01-01"}}"#, #"{"id":2,"n":"hemlig","d":"igår"}"#,
      #"{"id":2,"n":"hemlig","d":"2020-01-01","d":"2020-01-01"}"#,
    ])
  func noDay(_ item: String) {
    let run = embargoed("$.d; P21D", #"{"id":1,"n":"a","d":"2026-01-01"},\#(item)"#)
    #expect(run.lines == [line("1", "n", "\"a\"")])
    #expect(run.report.rowsWithheld == ["undecided": 1])
    #expect(!run.problems.contains { $0.contains("hemlig") || $0.contains("2020") || $0.contains("igår") }, "\(run.problems)")
  }

  @Test("what the embargo is about may be an object: then something is kept back")
  func about() {
    let run = embargoed(
      "$.d; P21D; about: $.r", #"{"id":1,"n":"a"},{"id":2,"n":"b","r":{"x":1}},{"id":3,"n":"c","r":[1,2]},{"id":4,"n":"d","r":0}"#)
    #expect(run.lines == [line("1", "n", "\"a\"")])
    #expect(run.report.rowsWithheld == ["undecided": 3])
  }

  @Test("a kept back item is joined by none, and several triples maps over it say nothing")
  func joined() {
    let source = json("$[*]") + " ; kgm:embargo \"$.d; P21D\""
    let mapping =
      triplesMap(source, subject: "rml:template \"{$.id}\"", link("ex:n", "rml:reference \"$.n\""))
      + triplesMap(source, subject: "rml:template \"{$.id}\" ; rml:class ex:C", "", name: "ex:N")
      + triplesMap(
        json("$[*]", file: "c.json"), subject: "rml:template \"c{$.id}\"",
        link("ex:of", "rml:parentTriplesMap ex:M ; rml:joinCondition [ rml:child \"$.of\" ; rml:parent \"$.id\" ]"), name: "ex:C")
    let run = TriplesRun(
      mapping,
      [
        "d.json": #"[{"id":1,"n":"a","d":"2026-01-01"},{"id":2,"n":"b","d":"2026-06-01"}]"#,
        "c.json": #"[{"id":1,"of":1},{"id":2,"of":2}]"#,
      ]
    ) { if let day = Self.today { $0.asOf = day } }
    #expect(run.lines.count == 3)
    #expect(!run.lines.contains { $0.contains("/2>") || $0.contains("c2") }, "\(run.lines)")
    #expect(run.report.rowsEmbargoed.map { "\($0.key.text) \($0.value)" } == ["2026-06-22 1"])
  }

  @Test("an embargo that lets through what lacks its day is refused: one item may lack what others have")
  func absent() {
    let run = embargoed("$.d; P21D; absent: publish", #"{"id":1,"n":"a"}"#)
    #expect(run.failure == .triplesMapInvalid)
    #expect(run.problems.last?.contains("absent: publish is not known here") == true, "\(run.problems)")
  }
}
