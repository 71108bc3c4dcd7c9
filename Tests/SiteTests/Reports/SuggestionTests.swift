import Mapping
import Problems
import Site
import TestSupport
import Testing

/// What is suggested beside problems.
struct SuggestionTests {
  struct Case: CustomTestStringConvertible {
    /// The datatype of the column `k` in the mapping, as JSON.
    let datatype: String
    let cells: [String]
    let says: String?
    let edit: String?
    var testDescription: String { "\(datatype) \(cells.first ?? "")" }

    init(_ datatype: String, _ cells: [String], _ says: String?, _ edit: String? = nil) {
      self.datatype = datatype
      self.cells = cells
      self.says = says
      self.edit = edit
    }
  }

  @Test(arguments: [
    Case(
      #""date""#, ["31/01/2026", "28/02/2026", "i går", "05/03/2026"],
      "3 of 4 faulty cells of «k» are dates of the form dd/MM/yyyy; the mapping says dates of the form yyyy-MM-dd",
      #""datatype": { "base": "date", "format": "dd/MM/yyyy" }"#),
    Case(
      #""date""#, ["12/31/2026", "01/02/2026"],
      "2 of 2 faulty cells of «k» are dates of the form MM/dd/yyyy; the mapping says dates of the form yyyy-MM-dd"),
    Case(
      #"{"base": "date", "format": "dd/MM/yyyy"}"#, ["20260131"],
      "1 of 1 faulty cells of «k» are dates of the form yyyyMMdd; the mapping says dates of the form dd/MM/yyyy"),
    Case(
      #""date""#, ["2026-01-31 12:30", "2026-02-01 08:00"],
      "2 of 2 faulty cells of «k» are dates with a time of the form yyyy-MM-dd HH:mm; the mapping says dates of the form yyyy-MM-dd",
      #""datatype": { "base": "dateTime", "format": "yyyy-MM-dd HH:mm" }"#),
    Case(
      #""decimal""#, ["1,5", "2,25"],
      "2 of 2 faulty cells of «k» are numbers with a decimal comma; the mapping says numbers with a decimal point",
      #""datatype": { "base": "decimal", "format": { "decimalChar": "," } }"#),
    Case(
      #""decimal""#, ["1 234,50", "2,25"],
      "2 of 2 faulty cells of «k» are numbers with a decimal comma and spaces between thousands; the mapping says numbers with a decimal point"
    ),
    Case(
      #"{"base": "decimal", "format": {"decimalChar": ","}}"#, ["1.5", "x"],
      "1 of 2 faulty cells of «k» are numbers with a decimal point; the mapping says numbers with a decimal comma",
      #""datatype": "decimal""#),
    Case(
      #""integer""#, ["1.5", "2.5"],
      "2 of 2 faulty cells of «k» are numbers with a decimal point; the mapping says whole numbers"),
    Case(
      #""boolean""#, ["Ja", "Nej", "Ja"],
      "3 of 3 faulty cells of «k» are answers of the form Ja or Nej; the mapping says answers of the form true or false",
      #""datatype": { "base": "boolean", "format": "Ja|Nej" }"#),
    Case(
      #""integer""#, ["vet ej", "vet ej", "12o"], "2 of 3 faulty cells of «k» are «vet ej»; it may mean that there is no value",
      #""null": ["", "vet ej"]"#),
    Case(#""date""#, [".."], "1 of 1 faulty cells of «k» are «..»; it may mean that there is no value"),
    Case(#""date""#, ["a", "b", "c"], nil),
    Case(#""date""#, ["31/01/2026", "a", "b"], nil),
    Case(#""string""#, ["a"], nil),
  ])
  func aFormatThatMostFaultyCellsFollow(_ sample: Case) throws {
    let rows = sample.cells.map { "\"\($0)\"\n" }.joined()
    let checked = try CheckedTable(columns: #"{"name": "k", "titles": "k", "datatype": \#(sample.datatype)}"#, table: "k\n" + rows)
    #expect(checked.suggestions() == sample.says.map { [$0] } ?? [])
    if let edit = sample.edit { #expect(checked.report.suggestions.first?.edit?.text == edit) }
  }

  @Test func ofManyFaultyCellsASampleIsExamined() throws {
    let rows = (1...3000).map { _ in "31/01/2026\n" }.joined()
    let checked = try CheckedTable(columns: #"{"name": "k", "titles": "k", "datatype": "date"}"#, table: "k\n" + rows)
    #expect(
      checked.suggestions(in: .sv) == [
        "400 av 400 undersökta av 3000 felaktiga celler i «k» är datum på formen dd/MM/yyyy; mappningen säger datum på formen yyyy-MM-dd"
      ])
  }

  @Test func whereFewCellsAreFaultyTheMappingIsNotToBeChanged() throws {
    let rows = (1...20).map { "2026-01-\($0 + 10)\n" }.joined() + "31/01/2026\n"
    let checked = try CheckedTable(columns: #"{"name": "k", "titles": "k", "datatype": "date"}"#, table: "k\n" + rows)
    #expect(checked.suggestions().count == 1)
    #expect(checked.report.suggestions.first?.edit == nil)
  }

  @Test func aMarkIsAddedToThoseThatThereAre() throws {
    let columns = #"{"name": "k", "titles": "k", "datatype": "integer", "null": ["", "-"]}"#
    let checked = try CheckedTable(columns: columns, table: "k\n-\n..\n")
    #expect(checked.report.suggestions.first?.edit?.text == #""null": ["", "-", ".."]"#)
  }

  @Test func whatWasSuggestedMendsTheMapping() throws {
    let table = "k\n31/01/2026\n28/02/2026\n"
    let checked = try CheckedTable(columns: #"{"name": "k", "titles": "k", "datatype": "date"}"#, table: table)
    let edit = try #require(checked.report.suggestions.first?.edit?.text)
    let mended = try CheckedTable(columns: #"{"name": "k", "titles": "k", \#(edit)}"#, table: table)
    #expect(mended.report.count(.error) == 0)
    #expect(mended.suggestions() == [])
  }

  private static let two = """
    {"name": "leverantor_id", "titles": ["leverantor_id"], "required": true}, {"name": "belopp", "titles": "belopp", "datatype": "decimal"}
    """

  @Test(arguments: [
    ("Leverantör ID;belopp\nA;1\n", ["the column «Leverantör ID» may be «leverantor_id», which is missing"]),
    (
      "leverantorid;Belop\nA;1\n",
      [
        "the column «leverantorid» may be «leverantor_id», which is missing", "the column «Belop» may be «belopp», which is missing",
      ]
    ),
    ("kund;belopp\nA;1\n", []),
    ("leverantor_id;helt annat\nA;B\n", []),
  ])
  func theNearestHeaderOfAMissingColumn(_ table: String, _ says: [String]) throws {
    #expect(try CheckedTable(columns: Self.two, table: table).suggestions() == says)
  }

  @Test func cellsTellWhichColumnIsMissing() throws {
    let columns = """
      {"name": "datum", "titles": "bokföringsdatum", "required": true, "datatype": "date"}, {"name": "namn", "titles": "namn"}
      """
    let checked = try CheckedTable(columns: columns, table: "Dag;namn;x\n2026-01-01;A;y\n2026-01-02;B;z\n")
    #expect(checked.report.failure?.code == .columnMissing)
    #expect(checked.suggestions() == ["the cells of the column «Dag» fit «datum», which is missing"])
    #expect(checked.report.suggestions.first?.edit?.text == #""titles": ["bokföringsdatum", "Dag"]"#)
  }

  @Test func aMappingByNameTellsOfNearHeadersToo() throws {
    let folder = try CheckedTable(columns: #"{"name": "a"}"#, table: "a\n").folder
    try folder.write(
      "l.csv", "kopare_id;verifikationsnummer;Leverantörer;leverantor_id;datum;belopp\n2120009903;1;A;5599990024;2025-01-02;1\n")
    let checked = CheckedTable(mapping: "leverantorsreskontra", file: folder.file("l.csv"), in: folder)
    #expect(checked.report.failure?.code == .variantNone)
    #expect(checked.suggestions() == ["the column «Leverantörer» may be «leverantor», which is missing"])
  }

  struct Look: CustomTestStringConvertible {
    let title: String
    let cells: [String]
    let register: String?
    var testDescription: String { "\(title): \(cells.joined(separator: " "))" }

    init(_ title: String, _ cells: [String], _ register: String?) {
      self.title = title
      self.cells = cells
      self.register = register
    }
  }

  @Test(arguments: [
    Look("x", ["1880", "0180", "1480"], "kommun"),
    Look("x", ["1880", "180", "1480", "Örebro", "Malmö"], "kommun"),
    Look("kommunkod", ["1880"], "kommun"),
    Look("x", ["1880"], nil),
    Look("x", ["2019", "2020", "2021", "2022"], nil),
    Look("x", ["5599990016", "212000-1967", "2321000131"], "organisation"),
    Look("x", ["5599990017", "2120001968", "2321000132"], nil),
    Look("x", ["1", "2", "3"], nil),
    Look("riskklass", ["1", "2", "3"], "riskklass"),
    Look("x", ["Örebro län", "Skåne län", "Kalmar län"], "lan"),
    Look("ort", ["Örebro", "Malmö", "Kalmar"], nil),
    Look("x", ["1880", "0180", "1480", "9999"], nil),
  ])
  func aColumnThatLooksLikeCodes(_ look: Look) throws {
    let table = "id;\(look.title)\n" + look.cells.map { "1;\($0)\n" }.joined()
    for described in ["", #", {"name": "x", "titles": "\#(look.title)"}"#] {
      let checked = try CheckedTable(columns: #"{"name": "id", "titles": "id", "datatype": "integer"}"# + described, table: table)
      let count = look.cells.count
      let says = look.register.map {
        "«\(look.title)» looks like codes of the register \($0): \(count) of \(count) cells examined are"
      }
      #expect(checked.suggestions() == says.map { [$0] } ?? [])
    }
  }

  @Test func aColumnOfTheWrongRegisterIsToldOf() throws {
    let checked = try CheckedTable(
      columns: #"{"name": "lan", "titles": "plats", "\#(CheckedTable.annotation)register": "lan"}"#, table: "plats\n1880\n0180\n1480\n")
    #expect(checked.suggestions() == ["3 of 3 faulty cells of «lan» are codes of the register kommun"])
    #expect(checked.report.suggestions.first?.edit?.text == #""\#(CheckedTable.annotation)register": "kommun""#)
  }

  @Test func ofTablesWithRulesNoCellsAreLookedAt() throws {
    let columns = #"{"name": "id", "titles": "id"}, {"name": "s", "titles": "s"}"#
    let table = "id;s;kommunkod\n1;J;1880\n2;N;0180\n3;J;1480\n"
    let open = try CheckedTable(columns: columns, table: table)
    let secret = try CheckedTable(columns: columns, more: #""\#(CheckedTable.annotation)withhold": "s = J""#, table: table)
    #expect(open.suggestions().count == 1)
    #expect(secret.suggestions() == [])
    #expect(open.report.judged == .nothing)
    #expect(secret.report.judged == .all)
  }
}
