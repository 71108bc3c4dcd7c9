import Bytes
import Identifiers
import Mapping
import Problems
import RDF
import Testing

/// An annotation means the same in a mapping of CSVW and in one of RML, over a table, JSON and XML (contract §4): the one table of both.
struct SharedAnnotationTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    /// What stands beside the column in CSVW, and beside the reference in RML; `%v` and `%k` are the references to the two columns.
    var column = ""
    var term = ""
    /// The same beside the table and beside the source.
    var table = ""
    var source = ""
    /// The values of the columns v and k of each row.
    let rows: [(v: String, k: String)]
    /// The objects of the triples, as N-Triples, without the namespace of XSD.
    let objects: [String]
    /// The codes of problems.
    var codes: [String] = []
    /// What the report says of withheld and embargoed rows and cells.
    var counts: [String: Int] = [:]
    var testDescription: String { name }
  }

  private static let day = CivilDate(year: 2026, month: 6, day: 1)

  static let cases = [
    Case(
      name: "clean", column: #""kgm:clean": ["trim", "padLeft(4)"]"#, term: #"kgm:clean ( "trim" "padLeft(4)" )"#, rows: [(" 180 ", "")],
      objects: [#""0180""#]),
    Case(
      name: "a step that refuses", column: #""kgm:clean": ["mail"]"#, term: #"kgm:clean "mail""#, rows: [("a@b.se", ""), ("nej", "")],
      objects: [#""mailto:a@b.se""#], codes: ["cell-datatype"]),
    Case(
      name: "missing", column: #""kgm:missing": ["-", ".."]"#, term: #"kgm:missing "-" , "..""#, rows: [("-", ""), ("a", ""), ("..", "")],
      objects: [#""a""#]),
    Case(
      name: "scale", column: #""datatype": "decimal", "kgm:scale": 1000"#, term: #"rml:datatype xsd:decimal ; kgm:scale "1000""#,
      rows: [("1.5", "")], objects: [#""1500"^^decimal"#]),
    Case(
      name: "time as months", column: #""kgm:time": "yyyymm""#, term: #"kgm:time "yyyymm""#, rows: [("202503", "")],
      objects: [#""2025-03"^^gYearMonth"#]),
    Case(
      name: "time as milliseconds", column: #""datatype": "date", "kgm:time": "epochMilliseconds""#,
      term: #"rml:datatype xsd:date ; kgm:time "epochMilliseconds""#, rows: [("1781042400000", "")], objects: [#""2026-06-10"^^date"#]),
    Case(
      name: "the day of a moment", column: #""datatype": "dateTime", "kgm:time": "instantToLocalDate""#,
      term: #"kgm:time "instantToLocalDate""#, rows: [("2026-06-09T22:30:00Z", "")], objects: [#""2026-06-10"^^date"#]),
    Case(
      name: "coordinates", column: #""kgm:coordinates": "wgs84 LatLon""#, term: #"kgm:coordinates "wgs84 LatLon""#,
      rows: [("59.25, 15.5", ""), ("0, 0", "")],
      objects: [#""POINT(15.5 59.25)"^^<http://www.opengis.net/ont/geosparql#wktLiteral>"#], codes: ["coordinates-zero"]),
    Case(
      name: "items of JSON", column: #""kgm:items": "json", "kgm:clean": ["upper"]"#, term: #"kgm:items "json" ; kgm:clean "upper""#,
      rows: [(#"["a", "b"]"#, ""), ("c", ""), ("[]", "")], objects: [#""A""#, #""B""#], codes: ["cell-items"]),
    Case(
      name: "items with a separator", column: #""kgm:items": "|", "datatype": "integer""#,
      term: #"kgm:items "|" ; rml:datatype xsd:integer"#, rows: [("1|2", ""), ("3", "")],
      objects: [#""1"^^integer"#, #""2"^^integer"#, #""3"^^integer"#]),
    Case(
      name: "register", column: #""kgm:register": "kommun""#, term: #"kgm:register "kommun""#,
      rows: [("Örebro", ""), ("1880", ""), ("x", "")],
      objects: ["<https://id.example/kommun/1880>", "<https://id.example/kommun/1880>"], codes: ["register-unknown"]),
    Case(
      name: "codes as of a day", column: #""kgm:register": "delad", "kgm:codesAsOf": "1990-01-01""#,
      term: #"kgm:register "delad" ; kgm:codesAsOf "1990-01-01""#, rows: [("Borås", "")], objects: ["<https://id.example/delad/1583>"]),
    Case(
      name: "codes as of what the row says", column: #""kgm:register": "delad""#, term: #"kgm:register "delad""#,
      table: #""kgm:codesAsOf": "k""#, source: #"kgm:codesAsOf "%k""#, rows: [("Borås", "1990-01-01"), ("Borås", "2000-01-01")],
      objects: ["<https://id.example/delad/1490>", "<https://id.example/delad/1583>"]),
    Case(
      name: "check", column: #""kgm:check": "F-{k}""#, term: #"kgm:check "F-{%k}""#, rows: [("F-1", "1"), ("F-2", "1"), ("x", "")],
      objects: [#""F-1""#, #""F-2""#, #""x""#], codes: ["cell-disagrees"]),
    Case(
      name: "when, of rows", table: #""kgm:when": ["k in A,B", "v != b"]"#, source: #"kgm:when "%k in A,B" , "%v != b""#,
      rows: [("a", "A"), ("b", "B"), ("c", "C"), ("d", "")], objects: [#""a""#]),
    Case(
      name: "withhold rows", table: #""kgm:withhold": "k = ja; rule: skydd""#, source: #"kgm:withhold "%k = ja; rule: skydd""#,
      rows: [("a", "nej"), ("b", " JA ")], objects: [#""a""#], counts: ["skydd": 1]),
    Case(
      name: "withhold cells", column: #""kgm:withhold": "k = ja; rule: skydd""#, term: #"kgm:withhold "%k = ja; rule: skydd""#,
      rows: [("a", "nej"), ("b", "ja"), ("c", "nej")], objects: [#""a""#, #""c""#], counts: ["cells skydd": 1]),
    Case(
      name: "withhold cells by what they hold", column: #""kgm:withhold": "v hasPersonalNumber; rule: pnr""#,
      term: #"kgm:withhold "%v hasPersonalNumber; rule: pnr""#, rows: [("a", "1"), ("19811228-9874", "2"), ("", "3")],
      objects: [#""a""#], counts: ["cells pnr": 1]),
    Case(
      name: "a rule that only points out", column: #""kgm:withhold": "v = b; only: review; rule: titta""#,
      term: #"kgm:withhold "%v = b; only: review; rule: titta""#, rows: [("a", "1"), ("b", "2")], objects: [#""a""#, #""b""#]),
    Case(
      name: "embargo", table: #""kgm:embargo": "k; P21D""#, source: #"kgm:embargo "%k; P21D""#,
      rows: [("a", "2026-05-11"), ("b", "2026-05-12"), ("c", ""), ("d", "i fjol"), ("e", "2026-05-11T23:00:00Z")], objects: [#""a""#],
      counts: ["2026-06-02": 2, "undecided": 2]),
    Case(
      name: "embargo on what is there", table: #""kgm:embargo": "k; P21D; about: v""#, source: #"kgm:embargo "%k; P21D; about: %v""#,
      rows: [("", ""), ("b", ""), ("c", "2026-01-01")], objects: [#""c""#], counts: ["undecided": 1]),
    Case(
      name: "conditions on registers", table: #""kgm:withhold": "k isCodeOf kommun""#, source: #"kgm:withhold "%k isCodeOf kommun""#,
      rows: [("a", "Örebro"), ("b", "x")], objects: [#""b""#], counts: ["%k isCodeOf kommun": 1]),
  ]

  private static func registers() throws -> Registers {
    let kommun = Register(
      .init(name: "kommun", pattern: try URITemplate("https://id.example/kommun/{kod}")), members: [.init(key: "1880", names: ["Örebro"])])
    let divided = Register(
      .init(name: "delad", pattern: try URITemplate("https://id.example/delad/{kod}")),
      members: [
        .init(key: "1583", names: ["Borås"], validity: Validity(first: nil, last: CivilDate(year: 1997, month: 12, day: 31))),
        .init(key: "1490", names: ["Borås"], validity: Validity(first: CivilDate(year: 1998, month: 1, day: 1), last: nil)),
      ])
    return Registers([kommun, divided])
  }

  /// What was counted, rows and cells.
  private static func counts(_ report: ConversionReport) -> [String: Int] {
    var counts = report.rowsWithheld
    for (rule, count) in report.cellsWithheld { counts["cells " + rule] = count }
    for (day, count) in report.rowsEmbargoed { counts[day.text] = count }
    return counts
  }

  private static func codes(_ problems: [String]) -> [String] {
    problems.compactMap { $0.split(separator: "[").last.map { String($0.dropLast()) } }.filter { $0 != "row-undecided" }
  }

  @Test(arguments: cases) func inTables(_ example: Case) throws {
    let registers = try Self.registers()
    let run = try ColumnConversion(
      columns:
        #"{"name": "v", "titles": "v", "propertyUrl": "http://example.org/p"\#(example.column.isEmpty ? "" : ", " + example.column)},"#
        + #"{"name": "k", "titles": "k", "suppressOutput": true}"#,
      table: "v,k\n" + example.rows.map { "\(Self.cell($0.v)),\($0.k)\n" }.joined(),
      annotations: #""kgm:columnMatching": "title""# + (example.table.isEmpty ? "" : ", " + example.table)
    ) {
      $0.registers = registers
      if let day = Self.day { $0.asOf = day }
    }
    let objects = run.quads.map { quad -> String in
      switch quad.object {
      case .iri(let iri): return "<\(iri.text)>"
      case .literal(let text, .datatype(let iri)) where iri.text.hasSuffix("#string"): return "\"\(text.text)\""
      case .literal(let text, .datatype(let iri)): return "\"\(text.text)\"^^<\(iri.text)>"
      default: return "?"
      }
    }
    #expect(objects.map(Self.short).sorted() == example.objects.sorted())
    #expect(Self.codes(run.problems) == example.codes, "\(run.problems)")
    #expect(Self.counts(run.report) == Self.named(example.counts, "k"))
  }

  @Test(arguments: cases) func inTriplesMaps(_ example: Case) throws {
    let registers = try Self.registers()
    func run(_ source: String, _ n: String, _ v: String, _ k: String, _ file: String, _ text: String) {
      func named(_ text: String) -> String { text.replacing("%v", with: v).replacing("%k", with: k) }
      let more = example.source.isEmpty ? "" : " ; " + named(example.source)
      let term = example.term.isEmpty ? "" : " ; " + named(example.term)
      let run = TriplesRun(
        triplesMap(source + more, subject: "rml:template \"{\(n)}\"", link("ex:p", "rml:reference \"\(v)\"" + term)), [file: text]
      ) {
        $0.registers = registers
        if let day = Self.day { $0.asOf = day }
      }
      let objects = run.lines.map { Self.short(String($0.dropLast(2).split(separator: " ", maxSplits: 2)[2])) }
      #expect(objects.sorted() == example.objects.sorted(), "\(file): \(run.problems)")
      #expect(Self.codes(run.problems) == example.codes, "\(file): \(run.problems)")
      #expect(Self.counts(run.report) == Self.named(example.counts, k), "\(file)")
    }
    func quoted(_ text: String) -> String { "\"" + text.replacing("\"", with: "\\\"") + "\"" }
    let items = example.rows.enumerated().map { "{\"n\":\($0),\"v\":\(quoted($1.v)),\"k\":\(quoted($1.k))}" }
    run(json("$[*]"), "$.n", "$.v", "$.k", "d.json", "[" + items.joined(separator: ",") + "]")
    let elements = example.rows.enumerated().map { "<b n='\($0)'><v>\($1.v)</v><k>\($1.k)</k></b>" }
    run(
      "rml:source \"d.xml\" ; rml:referenceFormulation rml:XPath ; rml:iterator \"/a/b\"", "@n", "v", "k", "d.xml",
      "<a>" + elements.joined() + "</a>")
    // A table whose rows are withheld is mapped by CSVW.
    if (example.source + example.term).contains("withhold") || example.source.contains("embargo") { return }
    let rows = example.rows.enumerated().map { "\($0),\(Self.cell($1.v)),\($1.k)\n" }
    run("rml:source \"d.csv\" ; rml:referenceFormulation rml:CSV", "n", "v", "k", "d.csv", "n,v,k\n" + rows.joined())
  }

  private static func cell(_ text: String) -> String { "\"" + text.replacing("\"", with: "\"\"") + "\"" }

  private static func named(_ counts: [String: Int], _ k: String) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: counts.map { ($0.key.replacing("%k", with: k), $0.value) })
  }

  private static func short(_ object: String) -> String {
    let mark = "<http://www.w3.org/2001/XMLSchema#"
    guard let range = object.firstRange(of: mark) else { return object }
    return String(object[..<range.lowerBound] + object[range.upperBound...].dropLast())
  }
}
