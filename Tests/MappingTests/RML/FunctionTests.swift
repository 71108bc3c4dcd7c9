import Bytes
import Identifiers
import Mapping
import Problems
import Testing

@Suite("Functions of RML: the cleaning steps, and registers") struct FunctionTests {
  private static let text = #"[{"v":"  Hej   Då ","n":["7 ","12"],"k":"Örebro"}]"#

  private func object(_ map: String, prefixes: String = "", _ change: (inout ConversionContext) -> Void = { _ in }) -> TriplesRun {
    TriplesRun(prefixes + triplesMap(json("$[*]"), subject: "rml:constant ex:s", link("ex:p", map)), ["d.json": Self.text], change)
  }

  private static func call(_ function: String, _ value: String, _ more: String = "") -> String {
    "rml:functionExecution [ rml:function kgm:\(function) ; rml:input [ rml:parameter kgm:value ; rml:inputValueMap [ \(value) ] ] \(more) ]"
  }

  private static func argument(_ text: String) -> String { "; rml:input [ rml:parameter kgm:argument ; rml:inputValue \"\(text)\" ]" }

  @Test("in the form of RML, one within the other, with an argument, and on each of several values")
  func calls() {
    #expect(object(Self.call("slug", "rml:reference \"$.v\"")).lines == [line("s", "p", "\"hej-da\"")])
    #expect(object(Self.call("upper", Self.call("collapseSpace", "rml:reference \"$.v\""))).lines == [line("s", "p", "\"HEJ DÅ\"")])
    let padded = object(
      Self.call("padLeft", Self.call("trim", "rml:reference \"$.n[*]\""), Self.argument("4")) + " ; rml:datatype xsd:string")
    #expect(padded.lines == [line("s", "p", "\"0007\""), line("s", "p", "\"0012\"")])
  }

  @Test("in the older form")
  func older() {
    let prefixes = """
      @prefix rr: <http://www.w3.org/ns/r2rml#> . @prefix fnml: <http://semweb.mmlab.be/ns/fnml#> .
      @prefix fno: <https://w3id.org/function/ontology#> .

      """
    let run = object(
      """
      fnml:functionValue [
        rr:predicateObjectMap [ rr:predicate fno:executes ; rr:objectMap [ rr:constant kgm:slug ] ] ;
        rr:predicateObjectMap [ rr:predicate kgm:value ; rr:objectMap [ rml:reference "$.v" ] ] ]
      """, prefixes: prefixes)
    #expect(run.problems == [])
    #expect(run.lines == [line("s", "p", "\"hej-da\"")])
  }

  @Test("as annotations beside a reference")
  func annotations() {
    let run = object("rml:reference \"$.v\" ; kgm:clean ( \"collapseSpace\" \"lower\" )")
    #expect(run.lines == [line("s", "p", "\"hej då\"")])
  }

  @Test(
    "times, scales, places and values that mean none, as annotations",
    arguments: [
      ("rml:reference \"$.t\" ; rml:datatype xsd:dateTime ; kgm:time \"local\"", "2026-07-15T12:30:00+02:00", "dateTime"),
      ("rml:reference \"$.t\" ; rml:datatype xsd:dateTime", "2026-07-15T12:30:00", "dateTime"),
      ("rml:reference \"$.d\" ; rml:datatype xsd:date ; kgm:time \"local\"", "2022-05-01", "date"),
      ("rml:reference \"$.ms\" ; kgm:time \"epochMilliseconds\"", "2026-06-10T00:00:00+02:00", "dateTime"),
      ("rml:reference \"$.ms\" ; rml:datatype xsd:date ; kgm:time \"epochMilliseconds\"", "2026-06-10", "date"),
      ("rml:reference \"$.w\" ; rml:datatype xsd:decimal ; kgm:scale \"0.001\"", "22", "decimal"),
      ("rml:template \"{$.lat} {$.lon}\" ; kgm:coordinates \"wgs84 LatLon\"", "POINT(15.5 59.25)", nil),
      ("rml:reference \"$.wkt\" ; kgm:coordinates \"wgs84 LonLat\"", "POINT(15.5 59.25)", nil),
      ("rml:reference \"$.none\" ; kgm:missing \"-\"", nil, nil),
      ("rml:template \"{$.n} {$.e}\" ; kgm:coordinates \"sweref99tm NE\" ; kgm:part \"lat\"", "62.41422538", "decimal"),
      ("rml:template \"{$.n} {$.e}\" ; kgm:coordinates \"sweref99tm NE\" ; kgm:part \"long\"", "17.33777262", "decimal"),
      (
        "rml:reference \"$.t2\" ; rml:datatype xsd:dateTime ; kgm:format \"yyyy-MM-dd HH:mm:ss\" ; kgm:time \"local\"",
        "2026-01-15T12:30:00+01:00", "dateTime"
      ),
      ("rml:reference \"$.kw\" ; rml:datatype xsd:decimal ; kgm:decimalChar \",\"", "62.5", "decimal"),
    ])
  func annotated(_ map: String, _ value: String?, _ datatype: String?) {
    let text = """
      [{"t":"2026-07-15T12:30:00","d":"2022-05-01Z","ms":1781042400000,"w":22000,"lat":59.25,"lon":15.5,"wkt":"POINT (15.5 59.25)","none":"-",
      "n":6922510.664999999,"e":620761.3999999999,"t2":"2026-01-15 12:30:00","kw":"62,5"}]
      """
    let run = TriplesRun(triplesMap(json("$[*]"), subject: "rml:constant ex:s", link("ex:p", map)), ["d.json": text])
    #expect(run.problems == [])
    let iri = datatype.map { "http://www.w3.org/2001/XMLSchema#" + $0 } ?? "http://www.opengis.net/ont/geosparql#wktLiteral"
    #expect(run.lines == (value.map { [line("s", "p", "\"\($0)\"^^<\(iri)>")] } ?? []))
  }

  @Test(
    "templates and constants: with tidied values, with what is given beside the file, and only where something is there or is not",
    arguments: [
      (
        "rml:template \"{namn}-{$.k}\" ; rml:termType rml:Literal ; kgm:variable [ kgm:name \"namn\" ; rml:reference \"$.v\" ; kgm:clean \"slug\" ]",
        "hej-da-Örebro"
      ),
      ("rml:template \"{--kommun} {$.k}\" ; rml:termType rml:Literal", "1880 Örebro"),
      ("rml:reference \"--kommun\"", "1880"),
      ("rml:reference \"--other\"", nil),
      ("rml:constant \"ja\" ; kgm:needs \"$.k\"", "ja"),
      ("rml:constant \"ja\" ; kgm:needs \"$.missing\"", nil),
      ("rml:constant \"ja\" ; kgm:unless \"$.missing\"", "ja"),
      ("rml:constant \"ja\" ; kgm:unless \"$.k\"", nil),
      ("rml:constant \"ja\" ; kgm:needs \"k\" ; kgm:variable [ kgm:name \"k\" ; rml:reference \"$.k\" ; kgm:clean \"match(^Väst)\" ]", nil),
    ])
  func conditions(_ map: String, _ value: String?) {
    let run = object(map) { $0.settings = ["kommun": "1880"] }
    #expect(run.problems == [])
    #expect(run.lines == (value.map { [line("s", "p", "\"\($0)\"")] } ?? []))
  }

  @Test("a register gives the IRI of a code or a name, in either form, and tells of what it does not know")
  func registers() throws {
    let pattern = try URITemplate("https://id.example/kommun/{kod}")
    let register = Register(.init(name: "kommun", pattern: pattern), members: [.init(key: "1880", names: ["Örebro"])])
    for map in [
      "rml:reference \"$.k\" ; kgm:register \"kommun\"",
      Self.call("register", "rml:reference \"$.k\"", Self.argument("kommun"))
        + " ; rml:termType rml:IRI",
    ] {
      let run = object(map) { $0.registers = Registers([register]) }
      #expect(run.problems == [])
      #expect(run.lines == [line("s", "p", "<https://id.example/kommun/1880>")])
    }
    let unknown = object("rml:reference \"$.v\" ; kgm:register \"kommun\"") { $0.registers = Registers([register]) }
    #expect(unknown.problems.first?.contains("[register-unknown]") == true)
    #expect(object("rml:reference \"$.k\" ; kgm:register \"lan\"").failure == .registerMissing)
  }

  @Test("what a step refuses makes nothing, and is told of at the item")
  func refused() {
    let run = object("rml:reference \"$.v\" ; kgm:clean \"mail\"")
    #expect(run.lines == [])
    #expect(run.problems.count == 1)
    #expect(run.problems.first?.hasPrefix("d.json:1:") == true)
  }

  @Test(
    "what is wrong with a call",
    arguments: [
      (call("shout", "rml:reference \"$.v\""), "the functions are kgm: followed by trim"),
      ("rml:functionExecution [ rml:function kgm:trim ]", "kgm:trim lacks kgm:value"),
      (call("padLeft", "rml:reference \"$.v\"", argument("x")), "the functions are kgm: followed by trim"),
      (call("trim", "rml:template \"{$.v}\""), "steps, registers and functions work on a reference"),
      (call("register", "rml:reference \"$.v\""), "kgm:register lacks kgm:argument"),
      ("rml:reference \"$.v\" ; kgm:clean ( \"trim\" \"shout\" )", "the steps are trim"),
      ("rml:reference \"$.v\" ; kgm:needs \"$.k\"", "kgm:needs and kgm:unless belong to a template or a constant"),
      ("rml:reference \"$.v\" ; kgm:part \"lat\"", "lat, long"),
      ("rml:reference \"$.v\" ; rml:datatype xsd:date ; kgm:format \"dag\"", "is no format of the datatype"),
    ])
  func faults(_ map: String, _ message: String) {
    let run = object(map)
    #expect(run.failure == .triplesMapInvalid)
    #expect(run.problems.last?.contains(message) == true, "\(run.problems)")
    #expect(run.problems.last?.hasPrefix("m.rml.ttl:3:") == true, "\(run.problems)")
  }
}
