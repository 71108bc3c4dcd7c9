import Bytes
import Identifiers
import Mapping
import Problems
import RDF
import TestSupport
import Testing

/// Annotations on tables and columns, each with values that it takes and values that it does not (contract §4).
struct AnnotationTests {
  private static let byTitle = #""kgm:columnMatching": "title""#
  private func columns(_ more: String) -> String { #"{"name": "a", "titles": "a", "propertyUrl": "http://example.org/a", \#(more)}"# }

  // MARK: Values of annotations

  /// What a value of each annotation on a column may not be: it stops the run.
  @Test(arguments: [
    #""kgm:clean": "trimm""#, #""kgm:clean": 1"#, #""kgm:clean": ["upper", "upper", "upper", "upper", "upper"]"#,
    #""kgm:scale": "tusen""#, #""kgm:scale": 0"#, #""kgm:scale": true"#, #""kgm:scale": 10"#, #""kgm:missing": 1"#, #""kgm:missing": [1]"#,
    #""kgm:time": "yyyyMM""#, #""kgm:time": []"#, #""kgm:codesAsOf": """#, #""kgm:codesAsOf": 1996"#, #""kgm:codesAsOf": "b""#,
    #""kgm:register": 1"#, #""kgm:items": """#, #""kgm:coordinates": "wgs84""#, #""kgm:ordinal": "{""#, #""kgm:ordinal": "a; after: x""#,
    #""kgm:check": "x""#,
    #""kgm:when": "a""#, #""kgm:withhold": "a = 1; only: publish""#, #""kgm:withhold": "a in 1..x""#, #""kgm:withhold": "a in 5..1""#,
    #""kgm:withhold": "a hasPersonalNumber now""#, #""kgm:withhold": "a = 1; rule: x; rule: y""#, #""kgm:embargo": "a; P21D""#,
    #""kgm:unpivot": "a; dimension: b; value: c""#, #""kgm:fromFileName": "(?<x>a)""#, #""kgm:nonsens": "x""#,
  ])
  func aWrongValueOnAColumnStopsTheRun(_ annotation: String) {
    #expect(throws: Failure.self) { try ColumnConversion(columns: columns(annotation), table: "a\n1\n", annotations: Self.byTitle) }
  }

  @Test(arguments: [
    #""kgm:embargo": "a""#, #""kgm:embargo": "; P21D""#, #""kgm:embargo": "a; 21""#, #""kgm:embargo": "a; PT36H""#,
    #""kgm:embargo": "a; -P1D""#,
    #""kgm:embargo": "a; P21D; after: b""#, #""kgm:embargo": "b; P21D""#, #""kgm:embargo": "a; P21D; about: b""#, #""kgm:embargo": 21"#,
    #""kgm:embargo": "a; P21D; absent: withhold""#, #""kgm:fromFileName": "x(\\d+)""#, #""kgm:fromFileName": "(?<x>""#,
    #""kgm:fromFileName": ["(?<x>a)"]"#, #""kgm:fromPreamble": "x""#, #""kgm:unpivot": "a""#,
    #""kgm:unpivot": "a; dimension: b, c; value: c""#, #""kgm:unpivot": "a; dimension: b; value: ,""#, #""kgm:unpivot": "a; dimension: b""#,
    #""kgm:unpivot": "a; dimension: a; value: a""#, #""kgm:unpivot": "a; yes: a""#, #""kgm:unpivot": "a; yes: b; no: b""#,
    #""kgm:unpivot": "a; yes: a; no: b""#, #""kgm:unpivot": "a; yes: a; value: a""#, #""kgm:unpivot": "isCodeOf x; yes: a; no: b""#,
    #""kgm:unpivot": "a; dimension: b; value: c""#, #""kgm:unpivot": "matches (; dimension: a; value: b""#, #""kgm:missing": {}"#,
    #""kgm:codesAsOf": []"#, #""kgm:codesAsOf": "b""#, #""kgm:scale": 10"#, #""kgm:clean": "trim""#, #""kgm:time": "yyyymm""#,
  ])
  func aWrongValueOnATableStopsTheRun(_ annotation: String) {
    #expect(throws: Failure.self) {
      try ColumnConversion(columns: columns("\"lang\": \"sv\""), table: "a\n1\n", annotations: Self.byTitle + ", " + annotation)
    }
  }

  /// A virtual column has its text only when the row has been judged.
  @Test(arguments: [
    #""kgm:embargo": "v; P21D""#, #""kgm:embargo": "a; P21D; about: v""#, #""kgm:codesAsOf": "v""#,
    #""kgm:unpivot": "a; dimension: v; value: a""#,
  ])
  func aVirtualColumnComesTooLate(_ annotation: String) {
    #expect(throws: Failure.self) {
      try ColumnConversion(
        columns: columns(#""lang": "sv""#) + #", {"name": "v", "virtual": true, "default": "2026-01-01"}"#, table: "a\n1\n",
        annotations: Self.byTitle + ", " + annotation)
    }
  }

  // MARK: scale

  @Test(arguments: [
    ("1000000", "decimal", "1,5", "1500000"), ("1000000", "decimal", "-0,0000001", "-0.1"), ("\"0.001\"", "decimal", "1234", "1.234"),
    ("-1", "decimal", "12", "-12"), ("1000", "integer", "7", "7000"), ("1000", "decimal", "0", "0"), ("0.01", "integer", "100", "1"),
  ])
  func aScaleMultipliesExactly(_ factor: String, _ datatype: String, _ cell: String, _ value: String) throws {
    let declaration = #""kgm:scale": \#(factor), "datatype": {"base": "\#(datatype)", "format": {"decimalChar": ","}}"#
    let conversion = try ColumnConversion(columns: columns(declaration), table: "a\n\"\(cell)\"\n", annotations: Self.byTitle)
    #expect(conversion.objects == ["\(value) \(datatype)"])
    #expect(conversion.problems == [])
  }

  @Test(arguments: [
    ("0.1", "integer", "7"), ("1000", "decimal", "tio"), ("1000000000000", "decimal", "1000000000000000000000000000000"),
  ])
  func aScaleThatDoesNotFitIsAnError(_ factor: String, _ datatype: String, _ cell: String) throws {
    let declaration = #""kgm:scale": \#(factor), "datatype": "\#(datatype)""#
    let conversion = try ColumnConversion(columns: columns(declaration), table: "a\n\(cell)\n", annotations: Self.byTitle)
    #expect(conversion.objects == [])
    #expect(conversion.problems.count == 1)
  }

  /// Limits are those of the cell, as other processors see it.
  @Test func limitsAreOfTheCell() throws {
    let declaration = #""kgm:scale": 1000, "datatype": {"base": "integer", "maximum": "10"}"#
    let conversion = try ColumnConversion(columns: columns(declaration), table: "a\n10\n11\n", annotations: Self.byTitle)
    #expect(conversion.objects == ["10000 integer"])
  }

  // MARK: missing

  @Test func missingValuesGiveNothing() throws {
    let conversion = try ColumnConversion(
      columns: columns(#""datatype": "integer", "kgm:missing": ["..", "uppgift saknas"]"#) + "," + #"{"name": "b", "titles": "b"}"#,
      table: "a,b\n1,.\n..,2\n.,3\nUppgift saknas,-\nuppgift saknas,\n", annotations: Self.byTitle + #", "kgm:missing": ".""#)
    #expect(conversion.values == ["1", "2", "3", "-"])
    // The case counts, and what stands in no list is no missing value.
    #expect(conversion.problems.count == 1)
    #expect(conversion.problems.first?.contains("«Uppgift saknas»") == true)
  }

  @Test func aMissingValueOfARequiredColumnIsTold() throws {
    let conversion = try ColumnConversion(
      columns: columns(#""required": true, "kgm:missing": "..""#), table: "a\n..\n", annotations: Self.byTitle)
    #expect(conversion.problems.first?.contains("[cell-required]") == true)
  }

  /// A step that refuses a text takes none that means no value.
  @Test func whatMeansNoValueIsNotRefused() throws {
    let conversion = try ColumnConversion(
      columns: columns(#""kgm:clean": "phone", "null": ["", "-"], "kgm:missing": "saknas""#), table: "a\n-\nsaknas\n019-21 10 00\n",
      annotations: Self.byTitle)
    #expect(conversion.values == ["tel:+4619211000"])
    #expect(conversion.problems == [])
  }

  // MARK: fromFileName

  private static let fileName = byTitle + #", "kgm:fromFileName": "fakturor-(?<manad>\\d{6})(?:-(?<del>\\d))?\\.csv$""#

  @Test(arguments: ["fakturor-202005.csv", "https://example.org/data/fakturor-202005.csv?x=1#y", "in/leverantorsfakturor-202005.csv"])
  func aFileNameGivesAColumnAndVariables(_ file: String) throws {
    let conversion = try ColumnConversion(
      columns: columns(#""lang": "sv""#)
        + #", {"name": "manad", "titles": "manad", "datatype": {"base": "gYearMonth", "format": "yyyyMM"}}"#
        + #", {"name": "i", "virtual": true, "valueUrl": "http://example.org/{manad}/{_row}"}"#,
      table: "a\nx\n", annotations: Self.fileName, file: file)
    #expect(conversion.objects == ["x @sv", "2020-05 gYearMonth", "http://example.org/2020-05/1"])
    #expect(conversion.problems.map { $0.contains("[file-name-unmatched]") } == [true], "the part that has no column is not there")
  }

  @Test func theFilesOwnColumnAndASettingComeFirst() throws {
    let columns = columns(#""lang": "sv""#) + #", {"name": "manad", "titles": "manad"}, {"name": "del", "titles": "del"}"#
    let own = try ColumnConversion(columns: columns, table: "a,manad\nx,maj\n", annotations: Self.fileName, file: "fakturor-202005-1.csv")
    #expect(own.values == ["x", "maj", "1"])
    let set = try ColumnConversion(columns: columns, table: "a\nx\n", annotations: Self.fileName, file: "fakturor-202005-1.csv") {
      $0.settings = ["manad": "juni"]
    }
    #expect(set.values == ["x", "juni", "1"])
  }

  @Test func anotherNameSaysNothing() throws {
    let conversion = try ColumnConversion(
      columns: columns(#""lang": "sv""#) + #", {"name": "i", "virtual": true, "valueUrl": "http://example.org/{manad}"}"#, table: "a\nx\n",
      annotations: Self.fileName, file: "reskontra.csv")
    #expect(conversion.values == ["x"])
    #expect(conversion.problems.first?.contains("manad, del") == true)
  }

  // MARK: fromPreamble

  private static let preamble = byTitle + #", "kgm:fromPreamble": ["Valt läsår: (?<lasar>\\d{4}/\\d\\d)", "(?<tabell>\\w+) - "]"#
  private static let lines = "Statistik;;\n;;\nGrundskola - Slutbetyg;;\nValt läsår: 2024/25;;\n;;\n"

  private static func withPreamble(
    _ columns: String, _ table: String, _ change: (inout ConversionContext) -> Void = { _ in }
  ) throws -> ColumnConversion {
    try ColumnConversion(columns: columns, table: table, annotations: preamble, findsHeader: true, change)
  }

  @Test func theLinesBeforeTheHeaderGiveColumnsAndVariables() throws {
    let columns =
      columns(#""required": true, "lang": "sv""#) + #", {"name": "lasar", "titles": "läsår", "required": true}"#
      + #", {"name": "i", "virtual": true, "valueUrl": "http://example.org/{tabell}/{_row}"}"#
    let conversion = try Self.withPreamble(columns, Self.lines + "a;b;c\nx;;\ny;;\n")
    #expect(conversion.values == ["x", "2024/25", "http://example.org/Grundskola/1", "y", "2024/25", "http://example.org/Grundskola/2"])
    #expect(conversion.problems.contains { $0.hasPrefix("t.csv:6: ") && $0.contains("[header-found]") }, "\(conversion.problems)")
    let own = try Self.withPreamble(columns, Self.lines + "a;läsår;c\nx;1999/00;\n")
    #expect(own.values.contains("1999/00"))
    let set = try Self.withPreamble(columns, Self.lines + "a;b;c\nx;;\n") { $0.settings = ["lasar": "2001/02"] }
    #expect(set.values.contains("2001/02"))
  }

  @Test func withoutTheLinesTheNamesAreTold() throws {
    let i = #", {"name": "i", "virtual": true, "valueUrl": "http://example.org/{tabell}"}"#
    let conversion = try Self.withPreamble(columns(#""lang": "sv""#) + i, "a;b\nx;\n")
    #expect(conversion.values == ["x"])
    #expect(conversion.problems.contains { $0.contains("lasar, tabell") && $0.contains("[preamble-unmatched]") }, "\(conversion.problems)")
    #expect(throws: Failure.self, "a required one is missing then") {
      try Self.withPreamble(columns("") + #", {"name": "lasar", "required": true}"#, "a;b\nx;\n")
    }
  }

  // MARK: unpivot

  private static let observation = """
    {"name": "kod", "titles": "kod", "suppressOutput": true}, {"name": "ar", "titles": "ar", "datatype": "gYear", "propertyUrl": "http://example.org/ar"},
    {"name": "varde", "titles": "varde", "required": true, "datatype": "decimal", "propertyUrl": "http://example.org/v", "kgm:missing": ".."}
    """

  @Test func columnsBecomeValuesOfADimension() throws {
    let conversion = try ColumnConversion(
      columns: Self.observation, table: "kod,År 2019,2020,namn,2021\n1880,1.5,,x,2\n1881,tio,..,y,3\n",
      annotations: Self.byTitle + #", "kgm:unpivot": "matches (?:År )?(\\d{4}); dimension: ar; value: varde""#,
      about: "http://example.org/{kod}/{ar}")
    let lines = conversion.quads.map { "\($0.subject.tail) \($0.predicate.tail) \($0.object.tail)" }
    #expect(
      lines == [
        "1880/2019 ar 2019", "1880/2019 v 1.5", "1880/2021 ar 2021", "1880/2021 v 2", "1881/2019 ar 2019", "1881/2020 ar 2020",
        "1881/2021 ar 2021", "1881/2021 v 3",
      ])
    #expect(conversion.report.rowsRead == 2)
    #expect(conversion.report.rowsPublished == 2)
    // The wrong cell is pointed out where it stands; the missing one is required.
    #expect(conversion.problems.contains { $0.hasPrefix("t.csv:3:6: error: «tio»") }, "\(conversion.problems)")
    #expect(conversion.problems.contains { $0.hasPrefix("t.csv:3:10: error: ") }, "\(conversion.problems)")
    #expect(conversion.problems.contains { $0.contains("«namn»") && $0.contains("[column-extra]") })
  }

  @Test func describedColumnsAreNamedByTheirNames() throws {
    let conversion = try ColumnConversion(
      columns: """
        {"name": "tid", "titles": ["handläggningstid", "dagar"]}, {"name": "antal", "titles": "antal"},
        {"name": "matt", "propertyUrl": "http://example.org/m", "valueUrl": "http://example.org/{matt}"},
        {"name": "varde", "propertyUrl": "http://example.org/v", "datatype": "decimal"}
        """, table: "Dagar,antal\n33,5\n", annotations: Self.byTitle + #", "kgm:unpivot": "tid, antal; dimension: matt; value: varde""#,
      about: "http://example.org/{_row}/{matt}")
    let lines = conversion.quads.map { "\($0.subject.tail) \($0.predicate.tail) \($0.object.tail)" }
    #expect(lines == ["1/tid m tid", "1/tid v 33", "1/antal m antal", "1/antal v 5"])
    #expect(conversion.problems == [])
  }

  /// What is withheld of one observation is withheld of no other.
  @Test func rulesSeeOneObservationAtATime() throws {
    let rule = #", "kgm:withhold": "varde in 1..4; rule: fatal""#
    let conversion = try ColumnConversion(
      columns: Self.observation, table: "kod,2019,2020\nA,3,12\nB,1,2\n",
      annotations: Self.byTitle + #", "kgm:unpivot": "matches \\d{4}; dimension: ar; value: varde""# + rule,
      about: "http://example.org/{kod}/{ar}")
    #expect(conversion.quads.map(\.object.tail) == ["2020", "12"])
    #expect(conversion.report.rowsPublished == 1)
    #expect(conversion.report.rowsWithheld == ["fatal": 1])
    #expect(conversion.report.cellsWithheld == ["fatal": 1])
  }

  @Test func anObservationThatIsNotYetPublicIsCounted() throws {
    let conversion = try ColumnConversion(
      columns: Self.observation, table: "kod,2024,2025\nA,1,2\n",
      annotations: Self.byTitle + #", "kgm:unpivot": "matches \\d{4}; dimension: ar; value: varde", "kgm:embargo": "ar; P1Y""#
    ) { $0.asOf = CivilDate(year: 2026, month: 5, day: 1) ?? .epoch }
    #expect(conversion.report.rowsPublished == 1)
    #expect(conversion.report.rowsEmbargoed.map { "\($0.text) \($1)" } == ["2026-12-31 1"])
    #expect(conversion.values == ["2024", "1"])
  }

  @Test func withoutAnIRIEveryObservationIsANodeOfItsOwn() throws {
    let conversion = try ColumnConversion(
      columns: Self.observation, table: "kod,2019,2020\nA,1,2\nB,3,\n",
      annotations: Self.byTitle + #", "kgm:unpivot": "matches \\d{4}; dimension: ar; value: varde""#, about: nil)
    #expect(conversion.quads.count == 6)
    #expect(Set(conversion.quads.map(\.subject)).count == 3)
  }

  /// Measures are a code list: a title that is none is told of, and how its numbers are written is found out column by column.
  @Test func titlesAreCodesAndTheColumnThatFitsTakesTheCells() throws {
    let declaration = Register.Declaration(name: "matt", pattern: try URITemplate("http://example.org/matt/{kod}"))
    let measures = Register(
      declaration, members: [.init(key: "tid", names: ["Handläggningstid"]), .init(key: "andel", names: ["Andel (%)"])])
    let conversion = try ColumnConversion(
      columns: """
        {"name": "titel", "propertyUrl": "http://example.org/t"}, {"name": "matt", "propertyUrl": "http://example.org/m", "kgm:register": "matt"},
        {"name": "komma", "propertyUrl": "http://example.org/v", "required": true, "datatype": {"base": "decimal", "format": {"decimalChar": ","}}},
        {"name": "punkt", "propertyUrl": "http://example.org/v", "required": true, "datatype": {"base": "decimal", "format": {"decimalChar": "."}}}
        """, table: "handläggningstid;Andel (%);Andelar (%)\n33,5;7.25;1\n;9;2\n",
      annotations: Self.byTitle + #", "kgm:unpivot": "matches (.+); dimension: titel, matt; value: komma, punkt""#, registers: [measures])
    #expect(
      conversion.values == [
        "handläggningstid", "http://example.org/matt/tid", "33.5", "Andel (%)", "http://example.org/matt/andel", "7.25", "Andel (%)",
        "http://example.org/matt/andel", "9",
      ])
    #expect(conversion.problems.count == 1, "\(conversion.problems)")
    #expect(conversion.problems.first?.contains("«Andelar (%)»") == true)
    #expect(conversion.problems.first?.contains("«Andel (%)»") == true, "with the measure that comes nearest")
  }

  @Test func withNothingToUnpivotTheFileIsNone() {
    #expect(throws: Failure.self) {
      try ColumnConversion(
        columns: Self.observation, table: "kod,namn\nA,x\n",
        annotations: Self.byTitle + #", "kgm:unpivot": "matches \\d{4}; dimension: ar; value: varde""#)
    }
  }

  @Test func withoutThoseColumnsTheHeaderIsPointedOutWhereverItStands() {
    let failure = #expect(throws: Failure.self) {
      try ColumnConversion(
        columns: Self.observation, table: TestWorkbook([[], [], ["kod", "namn"], ["A", "x"]]).bytes(),
        annotations: Self.byTitle + #", "kgm:unpivot": "matches \\d{4}; dimension: ar; value: varde""#, file: "t.xlsx")
    }
    #expect(failure?.problem.code == .columnMissing)
    #expect(failure?.problem.place.line == 3)
  }

  @Test("a running number is written whole, or as the end of what its key gives")
  func runningNumbers() throws {
    for (suffix, expected) in [("", ["x-1", "x-2", "y-1", "x-3"]), ("; suffix: -n", ["x-", "x--n2", "y-", "x--n3"])] {
      let conversion = try ColumnConversion(
        columns: columns(#""suppressOutput": true"#)
          + #", {"name": "n", "virtual": true, "suppressOutput": true, "kgm:ordinal": "{a}\#(suffix)"}, {"name": "v", "virtual": true, "propertyUrl": "http://example.org/v", "default": "{a}-{n}"}"#,
        table: "a\nx\nx\ny\nx\n", annotations: Self.byTitle)
      #expect(conversion.values == expected, "\(conversion.problems)")
    }
  }

  // MARK: codesAsOf

  private static func kommuner() throws -> Register {
    let declaration = Register.Declaration(name: "kommun", pattern: try URITemplate("http://example.org/kommun/{kod}"))
    let last = CivilDate(year: 1997, month: 12, day: 31)
    let first = CivilDate(year: 1998, month: 1, day: 1)
    return Register(
      declaration,
      members: [
        .init(key: "1880", names: ["Örebro"]), .init(key: "1583", names: ["Borås"], validity: Validity(first: nil, last: last)),
        .init(key: "1490", names: ["Borås"], validity: Validity(first: first, last: nil)),
      ])
  }

  @Test(arguments: [
    (#""1997-12-31""#, "1583", "1583"), (#""1997-12-31""#, "Borås", "1583"), (#""1997-12-31""#, "1490", nil),
    (#""1998-01-01""#, "Borås", "1490"),
    (#""1998""#, "Borås", "1490"), (#""1998""#, "1583", nil), (#""1998-01""#, "1880", "1880"), (#""ar""#, "Borås", "1583"),
    (#"["saknas", "ar"]"#, "Borås", "1583"), (#""saknas, ar""#, "1490", nil), (#""tid""#, "Borås", "1490"), (#""saknas""#, "1583", "1583"),
    (#""saknas""#, "Borås", "1490"),
  ])
  func codesAreLookedUpAsOfADay(_ day: String, _ cell: String, _ key: String?) throws {
    let more = """
      , {"name": "ar", "titles": "ar", "datatype": "gYear", "suppressOutput": true}, {"name": "saknas", "titles": "saknas", "suppressOutput": true},
      {"name": "tid", "titles": "tid", "datatype": "dateTime", "suppressOutput": true}
      """
    for onTable in [true, false] {
      let annotation = "\"kgm:codesAsOf\": \(day)"
      let conversion = try ColumnConversion(
        columns: columns(#""kgm:register": "kommun""# + (onTable ? "" : ", " + annotation)) + more,
        table: "a,ar,tid\n\(cell),1997,1997-12-31T23:30:00Z\n", annotations: Self.byTitle + (onTable ? ", " + annotation : ""),
        registers: [try Self.kommuner()])
      #expect(conversion.values == (key.map { ["http://example.org/kommun/" + $0] } ?? []), "\(conversion.problems)")
      #expect(conversion.problems.contains { $0.contains("[register-not-valid]") } == (key == nil))
    }
  }

  /// Only who has the data knows whether they are old or wrong: the older code keeps its own identifier, and is warned of.
  @Test(arguments: [("1583", "1583", true), ("1490", "1490", false), ("Borås", "1490", false), ("1880", "1880", false)])
  func withoutADayAnOlderCodeIsWarnedOf(_ cell: String, _ key: String, _ isTold: Bool) throws {
    let conversion = try ColumnConversion(
      columns: columns(#""kgm:register": "kommun""#), table: "a\n\(cell)\n", annotations: Self.byTitle, registers: [try Self.kommuner()])
    #expect(conversion.values == ["http://example.org/kommun/" + key])
    #expect(
      conversion.problems.contains {
        $0.contains("warning: «1583» is a kommun code that was valid until 1997-12-31; now there is 1490 Borås.")
      } == isTold)
    #expect(conversion.problems.count == (isTold ? 1 : 0))
  }

  @Test func everyRowHasADayOfItsOwn() throws {
    let conversion = try ColumnConversion(
      columns: columns(#""kgm:register": "kommun""#) + #", {"name": "dag", "titles": "dag", "datatype": "date", "suppressOutput": true}"#,
      table: "a,dag\nBorås,1990-01-01\nBorås,2000-01-01\nBorås,\nBorås,i fjol\n", annotations: Self.byTitle + #", "kgm:codesAsOf": "dag""#,
      registers: [try Self.kommuner()])
    #expect(conversion.values.map { String($0.suffix(4)) } == ["1583", "1490", "1490", "1490"])
    #expect(conversion.problems.count == 1)
  }
}

extension Term {
  /// What an IRI says after the host, or the text of a literal.
  fileprivate var tail: String {
    switch self {
    case .iri(let iri): String(iri.text.dropFirst("http://example.org/".count))
    case .literal(let text, _): text.text
    case .blankNode(let label): label.text
    }
  }
}
