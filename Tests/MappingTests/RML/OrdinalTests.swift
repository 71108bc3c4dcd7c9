import Bytes
import Mapping
import Problems
import Testing

@Suite("Running numbers within a key, under mappings of RML") struct OrdinalTests {
  private static let text =
    #"{"id":"s","r":[{"d":"2026-06-10T07:00:00Z","v":1},{"d":"2026-06-10T12:00:00Z","v":2},{"d":"2026-06-11T07:00:00Z","v":3},{"v":4}]}"#
  private static let day = #"[ kgm:name "dag" ; rml:reference "$.d" ; kgm:time "instantToLocalDate" ]"#

  private static func number(_ suffix: String = "") -> String { #"[ kgm:name "n" ; kgm:ordinal "{$^^.id}/{dag}\#(suffix)" ]"# }

  private static func map(_ template: String, _ variables: String, name: String = "ex:M", iterator: String = "$.r[*]") -> String {
    triplesMap(
      json(iterator), subject: "rml:template \"\(template)\" ; kgm:variable \(variables)", link("ex:v", "rml:reference \"$.v\""), name: name
    )
  }

  private static func integer(_ number: Int) -> String { "\"\(number)\"^^<http://www.w3.org/2001/XMLSchema#integer>" }

  @Test("two items of one key are two things, and what has no key is none")
  func numbers() {
    let run = TriplesRun(Self.map("{$^^.id}/{dag}/{n}", Self.day + " , " + Self.number()), ["d.json": Self.text])
    #expect(run.problems == [])
    #expect(
      run.lines == [
        line("s/2026-06-10/1", "v", Self.integer(1)), line("s/2026-06-10/2", "v", Self.integer(2)),
        line("s/2026-06-11/1", "v", Self.integer(3)),
      ])
  }

  @Test("as the end of an identifier it is nothing for the first, in all triples maps over the source alike")
  func suffix() {
    let variables = Self.day + " , " + Self.number("; suffix: -")
    let run = TriplesRun(
      Self.map("{$^^.id}/{dag}{n}", variables) + Self.map("{$^^.id}/{dag}{n}/x", variables, name: "ex:N"), ["d.json": Self.text])
    #expect(run.problems == [])
    #expect(
      run.lines
        == [
          line("s/2026-06-10", "v", Self.integer(1)), line("s/2026-06-10-2", "v", Self.integer(2)),
          line("s/2026-06-10-2/x", "v", Self.integer(2)), line("s/2026-06-10/x", "v", Self.integer(1)),
          line("s/2026-06-11", "v", Self.integer(3)), line("s/2026-06-11/x", "v", Self.integer(3)),
        ].sorted())
  }

  @Test("the items of each source are numbered for themselves, and those of several files go on")
  func sources() {
    let other = Self.map("x/{$^^.id}/{dag}/{n}", Self.day + " , " + Self.number(), name: "ex:N", iterator: "$.q[*]")
    let text = Self.text.dropLast() + #","q":[{"d":"2026-06-10","v":9}]}"#
    let run = TriplesRun(Self.map("{$^^.id}/{dag}/{n}", Self.day + " , " + Self.number()) + other, ["d.json": String(text)])
    #expect(run.lines.contains(line("x/s/2026-06-10/1", "v", Self.integer(9))), "\(run.lines)")
  }

  @Test("as a value of its own, and as what others are joined by")
  func values() {
    let parent = triplesMap(
      json("$.r[*]"), subject: "rml:template \"{$.v}\"", link("ex:n", "kgm:ordinal \"{$^^.id}\" ; rml:datatype xsd:integer"))
    let child = triplesMap(
      json("$.c[*]"), subject: "rml:template \"c{$.id}\"",
      link("ex:of", "rml:parentTriplesMap ex:P ; rml:joinCondition [ rml:child \"$.id\" ; rml:parent \"$.v\" ]"), name: "ex:C")
    let numbered = triplesMap(
      json("$.r[*]"), subject: "rml:template \"p/{n}\" ; kgm:variable [ kgm:name \"n\" ; kgm:ordinal \"{$^^.id}\" ]", "", name: "ex:P")
    let run = TriplesRun(parent + child + numbered, ["d.json": String(Self.text.dropLast()) + #","c":[{"id":3}]}"#])
    #expect(run.problems == [])
    #expect(
      run.lines == [
        line("1", "n", Self.integer(1)), line("2", "n", Self.integer(2)), line("3", "n", Self.integer(3)), line("4", "n", Self.integer(4)),
        line("c3", "of", "<http://example.org/p/3>"),
      ])
  }

  @Test("a withheld item has no number")
  func withheld() {
    let mapping = triplesMap(
      json("$.r[*]") + " ; kgm:withhold \"$.v = 1\"", subject: "rml:template \"{$.v}\"",
      link("ex:n", "kgm:ordinal \"{$^^.id}\" ; rml:datatype xsd:integer"))
    let run = TriplesRun(mapping, ["d.json": Self.text])
    #expect(run.lines == [line("2", "n", Self.integer(1)), line("3", "n", Self.integer(2)), line("4", "n", Self.integer(3))])
  }

  @Test(
    "what is wrong with one is told at its place",
    arguments: [
      ("kgm:ordinal \"{$.a\"", "m.rml.ttl:3:", "the brace is not closed"), ("kgm:ordinal \"a; suff: -\"", "m.rml.ttl:3:", "suff"),
      ("kgm:ordinal \"{$.a}\" ; rml:reference \"$.b\"", "m.rml.ttl:3:", "not several"),
      ("kgm:ordinal \"{$.a[}\"", "m.rml.ttl:3:", "«$.a[»"),
    ])
  func faults(_ map: String, _ place: String, _ message: String) {
    let run = TriplesRun(triplesMap(json("$[*]"), subject: "rml:constant ex:s", link("ex:n", map)), ["d.json": "[]"])
    #expect(run.failure != nil)
    #expect(run.problems.last?.hasPrefix(place) == true && run.problems.last?.contains(message) == true, "\(run.problems)")
  }
}
