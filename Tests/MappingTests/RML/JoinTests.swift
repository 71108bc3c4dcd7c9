import Bytes
import Mapping
import Problems
import Testing

@Suite("Joins of RML") struct JoinTests {
  private static let sports = triplesMap(
    "rml:source \"sports.csv\" ; rml:referenceFormulation rml:CSV", subject: "rml:template \"sport/{no}\"", "", name: "ex:Sport")
  private static let csv = "no,name,town\n1,Bandy,A\n2,Golf,B\n3,Golf,A\n"

  private static func child(_ conditions: String) -> String {
    triplesMap(
      json("$[*]"), subject: "rml:template \"{$.id}\"",
      link("ex:does", "rml:parentTriplesMap ex:Sport" + conditions))
  }

  private static func condition(_ child: String, _ parent: String) -> String {
    " ; rml:joinCondition [ rml:child \"\(child)\" ; rml:parent \"\(parent)\" ]"
  }

  @Test("by one condition and by several, over sources of different kinds, with several values on one side")
  func conditions() {
    let files = ["sports.csv": Self.csv, "d.json": #"[{"id":"x","s":["Golf","Bandy"],"t":"A"},{"id":"y","s":"Chess"},{"id":"z","t":"A"}]"#]
    let one = TriplesRun(Self.child(Self.condition("$.s[*]", "name")) + Self.sports, files)
    #expect(one.problems == [])
    #expect(one.lines == ["1", "2", "3"].map { line("x", "does", "<http://example.org/sport/\($0)>") })
    let two = TriplesRun(Self.child(Self.condition("$.s[*]", "name") + Self.condition("$.t", "town")) + Self.sports, files)
    #expect(two.lines == ["1", "3"].map { line("x", "does", "<http://example.org/sport/\($0)>") })
  }

  @Test("without conditions the subject of the other map is made of the same item")
  func sameItem() {
    let other = triplesMap(json("$[*]"), subject: "rml:template \"t/{$.t}\"", "", name: "ex:Sport")
    let run = TriplesRun(Self.child("") + other, ["d.json": #"[{"id":1,"t":"a"},{"id":2}]"#])
    #expect(run.lines == [line("1", "does", "<http://example.org/t/a>")])
  }

  @Test(
    "what is wrong with a join",
    arguments: [
      (condition("$.s", "sport"), "sports.csv:1: error: the column «sport» is missing."),
      (condition("$.s[", "name"), "the query «$.s[» is wrong at character 4: the bracket is not closed."),
      ("", "in «M», joinCondition: without joinCondition «Sport» must have the same logicalSource."),
    ])
  func faults(_ condition: String, _ message: String) {
    let run = TriplesRun(Self.child(condition) + Self.sports, ["sports.csv": Self.csv, "d.json": #"[{"id":1,"s":"Golf"}]"#])
    #expect(run.lines == [])
    #expect(run.problems.last?.contains(message) == true, "\(run.problems)")
  }

  @Test("a map that joins what is none")
  func noParent() {
    let run = TriplesRun(Self.child(Self.condition("$.s", "name")), ["d.json": "[]"])
    #expect(run.problems.last?.contains("in «M», parentTriplesMap: «Sport» is no triples map of the file.") == true)
  }
}
