import Bytes
import Identifiers
import Mapping
import Problems
import Resources
import Testing

/// Columns with a register that are found by what words in headers mean, where the file has none of their titles (`columnMatching`).
struct KnownTitleTests {
  private static let words = """
    header,property,datatype,register,role
    kommunkod,dcterms:spatial,,kommun,
    kommunnamn,dcterms:spatial,,kommun,
    kommun,dcterms:spatial,,kommun,
    lan,dcterms:spatial,,lan,
    source,,string,kommun,
    köparens kommun,http://example.org/other,,kommun,
    *kod,dcterms:spatial,,kommun,
    """

  private static let columns = """
    {"name": "id", "titles": "id", "suppressOutput": true},
    {"name": "plats", "titles": "plats_kod", "propertyUrl": "dcterms:spatial", "kgm:register": "kommun", "required": true}
    """

  private func convert(_ table: String, columns: String = columns, set: [String: String] = [:]) throws -> ColumnConversion {
    let words = try HeaderWords(MemoryStream(Array(Self.words.utf8), name: "headers.csv"), problems: ProblemList())
    return try ColumnConversion(
      columns: columns, table: table, annotations: "\"kgm:columnMatching\": \"title\"", registers: [try Self.kommuner()]
    ) { context in
      context.headerWords = words
      context.settings = Dictionary(uniqueKeysWithValues: set.map { (ByteString($0), ByteString($1)) })
    }
  }

  private static func kommuner() throws -> Register {
    var declaration = Register.Declaration(name: "kommun", pattern: try URITemplate("http://example.org/kommun/{kod}"))
    declaration.steps = [.padLeft(4)]
    return Register(
      declaration,
      members: [.init(key: "1880", names: ["Örebro"]), .init(key: "1980", names: ["Västerås"]), .init(key: "0180", names: ["Stockholm"])])
  }

  private static let orebro = "http://example.org/kommun/1880"

  @Test(
    arguments: [
      "id,plats_kod\n1,1880\n", "id,Kommunkod\n1,1880\n", "id,Kommun-KOD\n1,1880\n", "id,kommun_kod\n1,1880\n", "Kommun,id\nÖrebro,1\n",
      "id,Kommunnamn,Kommunkod\n1,Örebro,1880\n", "id,plats_kod,Kommun\n1,1880,Örebro\n", "id,Kommun,plats_kod\n1,hela riket,1880\n",
    ])
  func givesTheSameThing(_ table: String) throws {
    let converted = try convert(table)
    #expect(converted.values == [Self.orebro])
    #expect(converted.problems == [])
  }

  @Test(arguments: ["id,source\n1,1880\n", "id,Län\n1,1880\n", "id,Köparens kommun\n1,1880\n", "id,Radkod\n1,1880\n"])
  func anotherPropertyOrRegisterOrTheEndOfATitleIsNotTaken(_ table: String) throws {
    #expect { try convert(table) } throws: { ($0 as? Failure)?.problem.code == .columnMissing }
  }

  @Test func aTitleOfTheMappingCountsBeforeAWord() throws {
    let converted = try convert(
      "id,Kommunkod,plats_kod\n1,1980,1880\n",
      columns: Self.columns + #", {"name": "annan", "titles": "Kommunkod", "propertyUrl": "dcterms:description"}"#)
    #expect(converted.values.sorted() == ["1980", Self.orebro])
  }

  @Test func aDisagreementIsToldOfAndTheColumnCounts() throws {
    let converted = try convert("id,Kommunkod,Kommunnamn\n1,1880,Västerås\n2,1980,Västerås\n")
    #expect(converted.values == [Self.orebro, "http://example.org/kommun/1980"])
    #expect(converted.problems.count == 1)
    #expect(converted.problems[0].contains("t.csv:2:3: warning: «1880» does not agree with other columns, which give «1980»."))
  }

  private static let several = columns.replacing("\"plats_kod\"", with: "[\"plats_kod\", \"Kommunkod\", \"Kommun\"]")

  /// Titles that the mapping itself lists: the column whose cells fit best counts, then the one whose title stands first; the other is compared
  /// with it.
  @Test(
    arguments: [
      ("id,Kommun,Kommunkod\n1,Örebro,1880\n", 0), ("id,Kommunkod,Kommun\n1,1880,Västerås\n", 1),
      ("id,Kommun,Kommunkod\n1,Örebro,21 20 00-1967\n", 0),
      ("id,plats_kod,Kommunkod,Kommun\n1,1880,1880,Örebro\n", 1),
    ])
  func ofSeveralTitlesOneCounts(_ table: String, _ problems: Int) throws {
    let converted = try convert(table, columns: Self.several)
    #expect(converted.values == [Self.orebro])
    #expect(converted.problems.count == problems, "\(converted.problems)")
  }

  @Test func aColumnThatRulesLookAtIsNeverToldApart() throws {
    let judged = Self.several.replacing("\"required\": true", with: "\"required\": true, \"kgm:withhold\": \"plats = 1980\"")
    #expect(try convert("id,Kommunkod,Kommun\n1,1880,Västerås\n", columns: judged).values == [])
  }

  @Test func whatIsSetByHandStandsInForTheTitle() throws {
    #expect(try convert("id,Kommunkod\n1,1980\n", set: ["plats": "1880"]).values == [Self.orebro])
    #expect(try convert("id\n1\n", set: ["plats": "1880"]).values == [Self.orebro])
  }

  /// A format beside the register: three digits are then no code without its zero.
  @Test(arguments: [("0180", ["http://example.org/kommun/0180"], 0), ("180", [], 1), ("Örebro", [], 1), ("9999", [], 1)])
  func aFormatSaysHowCodesAreWritten(_ cell: String, _ values: [String], _ problems: Int) throws {
    let strict = Self.columns.replacing(
      "\"required\": true", with: "\"datatype\": {\"base\": \"string\", \"format\": \"\\\\d{4}\"}")
    let converted = try convert("id,plats_kod\n1,\(cell)\n", columns: strict)
    #expect(converted.values == values)
    #expect(converted.problems.count == problems)
  }

  @Test func withoutWordsNothingIsGuessed() throws {
    #expect(throws: Failure.self) {
      try ColumnConversion(
        columns: Self.columns, table: "id,Kommunkod\n1,1880\n", annotations: "\"kgm:columnMatching\": \"title\"",
        registers: [try Self.kommuner()])
    }
  }
}
