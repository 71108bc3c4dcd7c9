import Bytes
import Mapping
import Problems
import Testing

@Suite("Items that are withheld under mappings of RML") struct WithheldItemTests {
  private static func map(_ rule: String, _ rest: String = link("ex:n", "rml:reference \"$.n\"")) -> String {
    triplesMap(json("$[*]") + " ; kgm:withhold \"\(rule)\"", subject: "rml:template \"{$.id}\"", rest)
  }

  @Test(
    "what a rule holds of, and what can't be judged, is in no output and no message",
    arguments: [
      (#"{"id":2,"n":"hemlig","s":"ja"}"#, "s-rule"), (#"{"id":2,"n":"hemlig","s":" JA "}"#, "s-rule"),
      (#"{"id":2,"n":"hemlig"}"#, "undecided"),
      (#"{"id":2,"n":"hemlig","s":["nej"]}"#, "undecided"), (#"{"id":2,"n":"hemlig","s":{}}"#, "undecided"),
      (#"{"id":2,"n":"hemlig","s":"ja","s":"nej"}"#, "undecided"),
      (#"{"id":2,"n":"hemlig","x":{"hemlig":1,"hemlig":2},"s":"nej"}"#, "undecided"),
    ])
  func withheld(_ item: String, _ count: String) {
    let run = TriplesRun(
      Self.map("$.s = ja; rule: s-rule"), ["d.json": "[{\"id\":1,\"n\":\"a\",\"s\":\"nej\"},\(item),{\"id\":3,\"s\":null}]"])
    #expect(run.lines == [line("1", "n", "\"a\"")])
    #expect(run.report.rowsWithheld == [count: 1])
    #expect(run.failure == nil)
    #expect(!run.problems.contains { $0.contains("hemlig") || $0.contains("d.json:") && !$0.contains("d.json: ") }, "\(run.problems)")
  }

  @Test(
    "what one map withholds, no map of the same items publishes, whatever filter finds them",
    arguments: [
      "$[*]", "$[?@.id > 0]", "$[?match(@.n, '[a-z]+')]", "$[?search(@.n, 'e|a') && @.id]",
    ])
  func shared(_ items: String) {
    let open = triplesMap(
      json(items) + " ; rml:null \"-\"", subject: "rml:template \"o{$.id}\"", link("ex:n", "rml:reference \"$.n\""), name: "ex:O")
    let rule = triplesMap(
      json(items) + " ; kgm:withhold \"$.s = ja\"", subject: "rml:template \"{$.id}\"", link("ex:s", "rml:reference \"$.s\""))
    let run = TriplesRun(open + rule, ["d.json": #"[{"id":1,"n":"a","s":"nej"},{"id":2,"n":"hemlig","s":"ja"}]"#])
    #expect(run.lines == [line("1", "s", "\"nej\""), line("o1", "n", "\"a\"")])
  }

  @Test(
    "of how much rules were asked is known: those of items, of values, of the same items elsewhere",
    arguments: [
      ("", "", JudgedPart.nothing), (" ; kgm:withhold \"$.s = ja\"", "", .all), ("", " ; kgm:withhold \"$.s = ja\"", .all),
      (" ; kgm:withhold \"$.s = ja; only: review\"", "", .nothing),
    ])
  func judged(_ item: String, _ value: String, _ part: JudgedPart) {
    let map = triplesMap(
      json("$[*]") + item, subject: "rml:template \"{$.id}\"", link("ex:n", "rml:reference \"$.n\"" + value))
    let same = triplesMap(
      json("$[*]") + " ; rml:null \"-\"", subject: "rml:template \"o{$.id}\"", link("ex:s", "rml:reference \"$.s\""), name: "ex:O")
    let other = triplesMap(
      json("$[*]", file: "c.json"), subject: "rml:template \"c{$.id}\"", link("ex:n", "rml:reference \"$.n\""), name: "ex:C")
    let files = ["d.json": #"[{"id":1,"n":"a","s":"nej"}]"#, "c.json": #"[{"id":1,"n":"a"}]"#]
    #expect(TriplesRun(map, files).report.judged == part)
    #expect(TriplesRun(map + same, files).report.judged == part)
    #expect(TriplesRun(map + other, files).report.judged == (part == .all ? .some : .nothing))
  }

  @Test("where a rule lets what is absent through")
  func absent() {
    let run = TriplesRun(Self.map("$.s = ja; absent: publish"), ["d.json": #"[{"id":1,"n":"a"},{"id":2,"n":"b","s":"ja"}]"#])
    #expect(run.lines == [line("1", "n", "\"a\"")])
    #expect(run.report.rowsWithheld == ["$.s = ja": 1])
  }

  @Test("a withheld item is joined by none, and faulty values of others are told without their text")
  func joined() {
    let child = triplesMap(
      json("$[*]", file: "c.json"), subject: "rml:template \"c{$.id}\"",
      link("ex:of", "rml:parentTriplesMap ex:M ; rml:joinCondition [ rml:child \"$.of\" ; rml:parent \"$.id\" ]"), name: "ex:C")
    let run = TriplesRun(
      Self.map("$.s = ja", link("ex:s", "rml:reference \"$.s\" ; rml:datatype xsd:date")) + child,
      ["d.json": #"[{"id":1,"s":"2026-01-01"},{"id":2,"s":"ja"},{"id":3,"s":"kanske"}]"#, "c.json": #"[{"id":1,"of":1},{"id":2,"of":2}]"#])
    #expect(run.lines.contains(line("c1", "of", "<http://example.org/1>")))
    #expect(!run.lines.contains { $0.contains("c2") })
    #expect(!run.problems.contains { $0.contains("kanske") }, "\(run.problems)")
  }

  @Test("that a reference leads to an object is told of an item, and of a value, that is published")
  func nested() {
    let item = TriplesRun(
      Self.map("$.s = ja"), ["d.json": #"[{"id":1,"s":"ja","n":{"x":1}},{"id":2,"s":"nej","n":"b"},{"id":3,"n":[]}]"#])
    #expect(item.lines == [line("2", "n", "\"b\"")])
    #expect(!item.problems.contains { $0.contains("reference-nested") }, "\(item.problems)")
    let value = TriplesRun(
      triplesMap(
        json("$[*]"), subject: "rml:template \"{$.id}\"", link("ex:n", "rml:reference \"$.n\" ; kgm:withhold \"$.s = ja\"")),
      ["d.json": #"[{"id":1,"s":"ja","n":{"x":1}},{"id":2,"s":"nej","n":"b"}]"#])
    #expect(value.problems == [])
    let open = TriplesRun(Self.map("$.s = ja"), ["d.json": #"[{"id":1,"s":"nej","n":{"x":1}},{"id":2,"s":"ja","n":{"x":1}}]"#])
    #expect(open.problems.count { $0.hasPrefix("d.json: ") && $0.contains("[reference-nested]") } == 1, "\(open.problems)")
  }

  @Test("in XML, where what is not there can't be judged either")
  func xml() {
    func run(_ rule: String) -> TriplesRun {
      TriplesRun(
        triplesMap(
          "rml:source \"d.xml\" ; rml:referenceFormulation rml:XPath ; rml:iterator \"/a/b\" ; kgm:withhold \"\(rule)\"",
          subject: "rml:template \"{@id}\"", link("ex:n", "rml:reference \"n\"")),
        ["d.xml": "<a><b id='1' s='nej'><n>x</n></b><b id='2' s='ja'><n>x</n></b><b id='3'><n>x</n></b></a>"])
    }
    #expect(run("@s = ja").lines == [line("1", "n", "\"x\"")])
    #expect(run("@s = ja").report.rowsWithheld == ["@s = ja": 1, "undecided": 1])
    #expect(run("@s = ja; absent: publish").lines.count == 2)
  }

  @Test(
    "rules that are none, and rules where none can be",
    arguments: [
      (triplesMap(json("$[*]") + " ; kgm:withhold \"$.s\"", subject: "rml:template \"{$.id}\"", ""), ProblemCode.triplesMapInvalid),
      (
        triplesMap(
          "rml:source \"d.csv\" ; rml:referenceFormulation rml:CSV ; kgm:withhold \"s = ja\"", subject: "rml:template \"{id}\"", ""),
        .triplesMapInvalid
      ),
      (triplesMap(json("$[*]"), subject: "rml:template \"{$.id}\" ; kgm:withhold \"$.s = ja\"", ""), .triplesMapInvalid),
      (triplesMap(json("$[*]") + " ; kgm:embargo \"$.s\"", subject: "rml:template \"{$.id}\"", ""), .triplesMapInvalid),
      (triplesMap(json("$[*]") + " ; kgm:withhold \"$.s[ = ja\"", subject: "rml:template \"{$.id}\"", ""), .pathSyntax),
    ])
  func refused(_ mapping: String, _ code: ProblemCode) {
    let run = TriplesRun(mapping, ["d.json": #"[{"id":1,"s":"ja"}]"#, "d.csv": "id,s\n1,ja\n"])
    #expect(run.failure == code, "\(run.problems)")
    #expect(run.lines.count == 0)
  }

  @Test("broken XML with rules is told of by its place, and without words of it")
  func broken() {
    func run(_ rule: String) -> TriplesRun {
      TriplesRun(
        triplesMap(
          "rml:source \"d.xml\" ; rml:referenceFormulation rml:XPath ; rml:iterator \"/a/b\"\(rule)",
          subject: "rml:template \"{@id}\"", link("ex:n", "rml:reference \"n\"")),
        ["d.xml": "<a><b id='1' s='nej'>&hemlig;</b></a>"])
    }
    #expect(run(" ; kgm:withhold \"@s = ja\"").failure == .xmlSyntax)
    #expect(!run(" ; kgm:withhold \"@s = ja\"").problems.contains { $0.contains("hemlig") })
    #expect(run("").problems.contains { $0.contains("hemlig") })
  }
}
