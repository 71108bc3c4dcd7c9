import Bytes
import Mapping
import Problems
import Testing

@Suite("Conditions on items and terms, under mappings of RML") struct ConditionalTermTests {
  private static let text = #"[{"id":1,"t":"A","v":"x"},{"id":2,"t":"B","v":"y"},{"id":3,"t":["A","C"],"v":"z"},{"id":4,"v":"w"}]"#

  private func ids(_ term: String, subject: String = "") -> [String] {
    let run = TriplesRun(
      triplesMap(json("$[*]"), subject: "rml:template \"{$.id}\"" + subject, link("ex:p", term)), ["d.json": Self.text])
    #expect(run.problems == [])
    return run.lines.map { String($0.dropFirst(20).prefix(1)) }
  }

  @Test(
    "a reference, a template, a constant and a subject are there only where a condition holds; of several values one is enough",
    arguments: [
      ("kgm:when \"$.t[+] = A\"", ["1", "3"]), ("kgm:when \"$.t[+] in B,C\"", ["2", "3"]), ("kgm:when \"$.t[+] empty\"", ["4"]),
      ("kgm:when \"$.t[+] present\" , \"$.id != 1\"", ["2", "3"]), ("kgm:when \"$.t[+] != A\"", ["2", "3", "4"]),
      ("kgm:when \"--ort = A\"", []), ("kgm:when \"--ort empty\"", ["1", "2", "3", "4"]),
    ])
  func terms(_ condition: String, _ expected: [String]) {
    #expect(ids("rml:reference \"$.v\" ; " + condition) == expected)
    #expect(ids("rml:template \"x{$.v}\" ; " + condition) == expected)
    #expect(ids("rml:constant ex:o ; " + condition) == expected)
    #expect(ids("rml:constant \"a\" ; rml:language \"sv\" ; " + condition) == expected)
    #expect(ids("rml:reference \"$.v\"", subject: " ; " + condition) == expected)
  }

  @Test("a condition may ask for a variable")
  func variables() {
    let variable = "kgm:variable [ kgm:name \"stor\" ; rml:reference \"$.v\" ; kgm:clean \"upper\" ]"
    #expect(ids("rml:constant ex:o ; kgm:when \"stor matches ^[XY]$\" ; " + variable) == ["1", "2"])
    let number = "kgm:variable [ kgm:name \"n\" ; kgm:ordinal \"alla\" ]"
    #expect(ids("rml:constant ex:o ; kgm:when \"n = 2\" ; " + number) == ["2"])
  }

  @Test("predicates and graphs too")
  func others() {
    let run = TriplesRun(
      triplesMap(
        json("$[*]"), subject: "rml:template \"{$.id}\"",
        "rml:predicateObjectMap [ rml:predicateMap [ rml:constant ex:a ; kgm:when \"$.t[+] = A\" ] , [ rml:constant ex:b ; kgm:when \"$.t[+] = B\" ] ; rml:objectMap [ rml:reference \"$.v\" ] ]"
      ),
      ["d.json": Self.text])
    #expect(run.lines == [line("1", "a", "\"x\""), line("2", "b", "\"y\""), line("3", "a", "\"z\"")])
  }

  @Test(
    "an annotation that stands where none may, or that is none, stops the run",
    arguments: [
      "kgm:wen \"$.t[+] = A\"", "kgm:embargo \"$.t; P1D\"", "kgm:unpivot \"x\"", "kgm:name \"x\"", "kgm:columnMatching \"title\"",
    ])
  func misplaced(_ annotation: String) {
    let term = TriplesRun(
      triplesMap(json("$[*]"), subject: "rml:template \"{$.id}\"", link("ex:p", "rml:reference \"$.v\" ; " + annotation)),
      ["d.json": Self.text])
    #expect(term.failure == .annotationUnknown, "\(term.problems)")
    #expect(term.lines == [])
  }

  @Test("what belongs to a term map is refused beside a link, a triples map and a join")
  func besideLinks() {
    let link = "rml:predicateObjectMap [ kgm:when \"$.t[+] = A\" ; rml:predicate ex:p ; rml:objectMap [ rml:reference \"$.v\" ] ]"
    for rest in [
      link, "kgm:withhold \"$.t[+] = A\"",
      "rml:predicateObjectMap [ rml:predicate ex:p ; rml:objectMap [ rml:parentTriplesMap ex:M ; kgm:when \"$.t[+] = A\" ] ]",
    ] {
      let run = TriplesRun(triplesMap(json("$[*]"), subject: "rml:template \"{$.id}\"", rest), ["d.json": Self.text])
      #expect(run.failure == .annotationUnknown, "\(rest) \(run.problems)")
      #expect(run.lines == [])
    }
  }
}
