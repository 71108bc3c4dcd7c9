import Bytes
import Identifiers
import RDF
import Testing

/// Rows of one thing that contradict each other, and things that have several names (contract §4, `same` and `furtherProperty`).
struct AgreementTests {
  private static let columns = """
    {"name": "nr", "titles": "nr", "suppressOutput": true},
    {"name": "dag", "titles": "dag", "aboutUrl": "http://e.org/{nr}", "propertyUrl": "http://e.org/dag", "kgm:same": "{nr}"},
    {"name": "vem", "titles": "vem", "suppressOutput": true, "kgm:same": "{nr}"}
    """

  private func convert(_ table: String, _ annotations: String = "") throws -> ColumnConversion {
    try ColumnConversion(columns: Self.columns, table: table, annotations: #""kgm:columnMatching": "title""# + annotations)
  }

  @Test(arguments: [
    ("nr,dag,vem\n1,1 mars,A\n1,1 mars,A\n2,3 mars,B\n", [Int]()), ("nr,dag,vem\n1,1 mars,A\n2,2 mars,A\n1,2 mars,A\n", [4]),
    ("nr,dag,vem\n1,,A\n1,2 mars,\n1,2 mars,A\n1,3 mars,A\n", [5]), ("nr,dag,vem\n,1 mars,A\n,2 mars,B\n", []),
    ("nr,dag\n1,1 mars\n1,2 mars\n", [3]), ("nr,dag,vem\n1,1 mars,A\n1,2 mars,B\n", [3, 3]),
  ])
  func rowsThatContradictTheFirstOfTheirKeyAreToldOf(_ table: String, _ lines: [Int]) throws {
    let result = try convert(table)
    #expect(result.problems.map { $0.split(separator: ":")[1] } == lines.map { "\($0)" }, "\(result.problems)")
    #expect(result.problems.allSatisfy { $0.contains("[rows-disagree]") })
  }

  @Test func theMessageNamesBothRowsAndTheValueCounts() throws {
    let result = try convert("nr,dag,vem\n1,1 mars,A\n1,2 mars,A\n")
    #expect(result.problems.count == 1)
    #expect(result.problems.first?.contains("dag is «2 mars», but row 1 says something else") == true, "\(result.problems)")
    #expect(result.values == ["1 mars", "2 mars"])
  }

  @Test func whatRulesLookAtIsNotTold() throws {
    let result = try convert(
      "nr,dag,vem\n1,1 mars,A\n1,1 mars,B\n1,1 mars,Xaver\n1,1 mars,Ytter\n", #", "kgm:withhold": "vem = Xaver; rule: r""#)
    #expect(result.problems.count == 2)
    for name in ["«B»", "Xaver", "Ytter"] { #expect(!result.problems.joined().contains(name)) }
  }

  private static let named = """
    {"name": "nr", "titles": "nr", "suppressOutput": true},
    {"name": "namn", "titles": "namn", "aboutUrl": "http://e.org/{nr}", "propertyUrl": "skos:prefLabel", "lang": "sv",
     "kgm:furtherProperty": "skos:altLabel"}
    """

  @Test func theFirstNameOfAThingIsItsNameAndOthersAreFurtherOnes() throws {
    let result = try ColumnConversion(
      columns: Self.named, table: "nr,namn\n1,Hyror\n2,Resor\n1,HYROR\n1,Hyror\n1,HYROR\n2,Hyror\n",
      annotations: #""kgm:columnMatching": "title""#)
    let lines = result.quads.map { "\($0)" }
    #expect(lines.filter { $0.contains("prefLabel") }.count == 2, "\(lines)")
    #expect(lines.filter { $0.contains("altLabel") && $0.contains("HYROR") }.count == 1)
    #expect(lines.filter { $0.contains("altLabel") }.count == 2)
  }

  @Test func aPropertyMustBeAnIRI() throws {
    #expect(throws: (any Error).self) {
      _ = try ColumnConversion(
        columns: #"{"name": "a", "titles": "a", "kgm:furtherProperty": "alt label"}"#, table: "a\n1\n")
    }
  }

  private static func organisations() throws -> Register {
    var declaration = Register.Declaration(name: "organisation", pattern: try URITemplate("http://e.org/o/{nr}"))
    declaration.isOpen = true
    declaration.furtherColumns = ["kommun"]
    return Register(
      declaration,
      members: [
        Register.Member(key: "2120001967", names: [], further: ["kommun": "1880"]), Register.Member(key: "2321000131", names: []),
      ])
  }

  /// What a register says of a thing stands in for a cell that is empty, or a column that the file lacks.
  @Test(arguments: [
    ("o,k\n2120001967,\n", ["1880"]), ("o,k\n2120001967,0180\n", ["0180"]), ("o\n2120001967\n", ["1880"]), ("o,k\n2321000131,\n", []),
    ("o,k\n5560000000,\n", []), ("o,k\n,\n", []),
  ])
  func whatARegisterSaysOfAThingCanBeTaken(_ table: String, _ values: [String]) throws {
    let result = try ColumnConversion(
      columns: """
        {"name": "o", "titles": "o", "suppressOutput": true, "kgm:register": "organisation"},
        {"name": "k", "titles": "k", "propertyUrl": "dcterms:spatial", "default": "{o.kommun}"}
        """, table: table, annotations: #""kgm:columnMatching": "title""#, registers: [try Self.organisations()])
    #expect(result.values == values)
  }
}
