import Bytes
import Identifiers
import Mapping
import Problems
import RDF
import Testing

/// Conditions on rows, and rules that withhold (contract §4).
struct ConditionTests {
  private static let namespace = "https://w3id.org/kommungraf/ns/csvw/"
  private static let columns = """
    {"name": "a", "titles": "a", "propertyUrl": "http://example.org/a"},
    {"name": "b", "titles": "b", "propertyUrl": "http://example.org/b"}
    """

  private static let byTitle = "\"\(namespace)columnMatching\": \"title\""

  private static func kommuner() throws -> Register {
    let declaration = Register.Declaration(name: "kommun", pattern: try URITemplate("http://example.org/kommun/{kod}"))
    return Register(declaration, members: [.init(key: "1880", names: ["Örebro"])])
  }

  struct Case: CustomTestStringConvertible {
    let condition: String
    let holds: [String]
    let fails: [String]
    var testDescription: String { condition }
    init(_ condition: String, holds: [String], fails: [String]) { (self.condition, self.holds, self.fails) = (condition, holds, fails) }
  }

  static let cases = [
    Case("a = N", holds: ["N", "n", " N ", "\u{A0}n"], fails: ["", "NN", "J"]),
    Case("a = två ord", holds: ["två ord", "TVå ORD"], fails: ["två", "två  ord"]),
    Case("a != N", holds: ["J", "", "  ", "Nej"], fails: ["N", "n", " n "]),
    Case("a in N, Nej,0", holds: ["N", "nej", "0", " NEJ "], fails: ["", "Nja", "N,"]),
    Case(
      "a in 5000..5999, 7690", holds: ["5000", "5999", " 5710 ", "7690", "5710 Bistånd", "05710"],
      fails: ["", "4999", "6000", "571", "57100", "x5710", "7691"]),
    Case("a hasPersonalNumber", holds: ["121212-1212", "Bidrag 19121212-1212."], fails: ["", "121212-1213", "5563348449"]),
    Case("a empty", holds: ["", "  ", "\u{A0}"], fails: ["x"]),
    Case("a present", holds: ["x", " x "], fails: ["", "  "]),
    Case("a matches \\\\d{6}-?\\\\d{4}", holds: ["850132-1234", "nr 8501321234."], fails: ["", "850132", "85013-1234"]),
    Case("a matches ^x$", holds: ["x", " x "], fails: ["xx", "X", ""]),
    Case("a matches (?i)^skyddad$", holds: ["SKYDDAD"], fails: ["oskyddad", ""]),
    Case("a matches ^\\\\p{L}+$", holds: ["Åsa"], fails: ["Å1", ""]),
    Case("a isCodeOf kommun", holds: ["1880", "Örebro", " örebro "], fails: ["1881", ""]),
    Case("a isNotCodeOf kommun", holds: ["1881", "x"], fails: ["1880", "Örebro", ""]),
  ]

  @Test(arguments: cases) func whenChoosesRows(_ example: Case) throws {
    for (cells, expected) in [(example.holds, 1), (example.fails, 0)] {
      for cell in cells {
        let conversion = try ColumnConversion(
          columns: Self.columns, table: "a,b\n\"\(cell)\",text\n", annotations: "\"\(Self.namespace)when\": \"\(example.condition)\"",
          registers: [try Self.kommuner()])
        #expect(conversion.quads.filter { $0.predicate == .iri("http://example.org/b") }.count == expected, "«\(cell)»")
      }
    }
  }

  @Test(arguments: cases) func withholdTakesTheSameRows(_ example: Case) throws {
    for (cells, isWithheld) in [(example.holds, true), (example.fails, false)] {
      for cell in cells {
        let conversion = try ColumnConversion(
          columns: Self.columns, table: "a,b\n\"\(cell)\",text\n",
          annotations: "\"\(Self.namespace)withhold\": \"\(example.condition); rule: test\"", registers: [try Self.kommuner()])
        #expect(conversion.quads.isEmpty == isWithheld, "«\(cell)»")
        #expect(conversion.report.rowsWithheld == (isWithheld ? ["test": 1] : [:]))
        #expect(conversion.report.rowsRead == 1)
        #expect(conversion.report.rowsPublished == (isWithheld ? 0 : 1))
      }
    }
  }

  /// The accounts that are withheld are a publisher's own.
  @Test(
    arguments: [
      ("5710..5719, 7690", ["5710", "5719 Bistånd", "7690"], ["5720", ""]), ("", [], ["5710", ""]), ("x", ["X"], ["5710"]),
    ] as [(String, [String], [String])])
  func aSettingListsWhatIsWithheld(_ setting: String, _ withheld: [String], _ published: [String]) throws {
    for (cells, isWithheld) in [(withheld, true), (published, false)] {
      for cell in cells {
        let conversion = try ColumnConversion(
          columns: Self.columns, table: "a,b\n\(cell),x\n",
          annotations: Self.byTitle + ", \"\(Self.namespace)withhold\": \"a in {konton}; rule: konto\""
        ) { $0.settings = setting.isEmpty ? [:] : ["konton": ByteString(setting)] }
        #expect(conversion.quads.isEmpty == isWithheld, "«\(cell)»")
      }
    }
  }

  @Test func aSettingThatIsNoListOfRangesStopsTheRun() {
    #expect(throws: Failure.self) {
      try ColumnConversion(
        columns: Self.columns, table: "a,b\n1,2\n", annotations: Self.byTitle + ", \"\(Self.namespace)withhold\": \"a in {konton}\""
      ) { $0.settings = ["konton": "5710..57x"] }
    }
  }

  @Test func aRuleOfAnAbsentColumnWithholdsEverything() throws {
    for (rule, count) in [("c = J", 0), ("c = J; absent: publish", 1), ("c != N; absent: publish; rule: r", 1)] {
      let conversion = try ColumnConversion(
        columns: Self.columns + #", {"name": "c", "titles": "c"}"#, table: "a,b\n1,2\n",
        annotations: "\"\(Self.namespace)columnMatching\": \"title\", \"\(Self.namespace)withhold\": \"\(rule)\"")
      #expect(conversion.report.rowsPublished == count, "\(rule)")
      #expect(conversion.quads.isEmpty == (count == 0), "\(rule)")
    }
  }

  @Test func aWithheldCellHasNoValueAnywhere() throws {
    let columns = """
      {"name": "a", "titles": "a", "propertyUrl": "http://example.org/a", "\(Self.namespace)withhold": "b = J; rule: cell"},
      {"name": "b", "titles": "b", "suppressOutput": true},
      {"name": "iri", "virtual": true, "propertyUrl": "http://example.org/i", "valueUrl": "http://example.org/x/{a}"},
      {"name": "text", "virtual": true, "propertyUrl": "http://example.org/t", "default": "Om {a}"},
      {"name": "redacted", "virtual": true, "propertyUrl": "http://example.org/r", "default": "undantagen", "\(Self.namespace)when": "a withheld"},
      {"name": "none", "virtual": true, "propertyUrl": "http://example.org/n", "default": "tom", "\(Self.namespace)when": "a empty"}
      """
    let conversion = try ColumnConversion(columns: columns, table: "a,b\nhemlig,J\nöppen,N\n,N\n", annotations: Self.byTitle)
    #expect(
      conversion.objects == [
        "undantagen string", "öppen string", "http://example.org/x/%C3%B6ppen", "Om öppen string", "tom string",
      ])
    #expect(conversion.report.cellsWithheld == ["cell": 1])
    #expect(conversion.report.rowsPublished == 3)
  }

  @Test(arguments: [byTitle + ", ", ""]) func aRowThatCannotBeJudgedIsUndecided(_ matching: String) throws {
    let conversion = try ColumnConversion(
      columns: Self.columns, table: "a,b\n1,2\n3\n4,5,6\n", annotations: matching + "\"\(Self.namespace)withhold\": \"a = J\"")
    #expect(conversion.report.rowsWithheld == [ConversionReport.undecided: 2])
    #expect(conversion.report.rowsPublished == 1)
    for line in conversion.problems { #expect(!line.contains("t.csv:3") && !line.contains("t.csv:4"), "\(line)") }
  }

  @Test(arguments: [
    "a", "a equals N", "a =", "a empty now", "a matches", "a matches (", "x = N", "a = N; absent: withhold", "a matches ^x$; rulle: r",
    "a matches ^x$; Rule: r", "a isCodeOf komun", "",
  ])
  func aRuleThatIsNoneStopsTheRun(_ rule: String) throws {
    #expect(throws: Failure.self) {
      try ColumnConversion(
        columns: Self.columns, table: "a,b\n1,2\n", annotations: "\"\(Self.namespace)withhold\": \"\(rule)\"",
        registers: [try Self.kommuner()])
    }
  }
}
