import TestSupport
import Testing

/// Three publishers, three names of a column, one number: what it means is told by the mapping, not by the name or the
/// digits. Codes and names of municipalities give one and the same identifier.
struct FoundingExampleTests {
  private let kommun = "https://w3id.org/kommungraf/id/kommun/"

  @Test(arguments: [
    ("Kommunid", "1880", "1880"), ("Id_kommun", "1880", "1880"), ("Id_kommun", "180", "0180"), ("Kommunid", "0180", "0180"),
    ("Kommunid", "Örebro", "1880"), ("kommun", "örebro", "1880"), ("Id_kommun", " 1880 ", "1880"), ("KOMMUNID", "Stockholm", "0180"),
  ])
  func aCodeOrANameIsTheMunicipality(_ column: String, _ cell: String, _ code: String) throws {
    let folder = try TemporaryFolder()
    let run = try convertPlain("id,\(column)\n1,\(cell)\n", in: folder)
    #expect(run.status == 0)
    #expect(run.lines == [identifier("1"), "<https://example.org/thing/1> <http://purl.org/dc/terms/spatial> <\(kommun)\(code)> ."])
  }

  @Test func theSameDigitsAsAnAmountAreANumber() throws {
    let folder = try TemporaryFolder()
    let run = try convertPlain("id,Belopp\n1,1880\n", in: folder)
    #expect(run.status == 0)
    let amount = #"<https://example.org/thing/1> <https://example.org/amount> "1880"^^<http://www.w3.org/2001/XMLSchema#decimal> ."#
    #expect(run.lines == [identifier("1"), amount])
    #expect(!run.text.contains(kommun))
  }

  @Test func fourTablesWithAMappingEachMeetInOneThing() throws {
    let folder = try TemporaryFolder()
    func mapping(_ title: String, _ annotation: String) -> String {
      """
      {"@context": "http://www.w3.org/ns/csvw", "url": "t.csv", "tableSchema": {"aboutUrl": "https://example.org/{_row}", "columns": [
        {"name": "c", "titles": "\(title)", "propertyUrl": "https://example.org/p", \(annotation)}]}}
      """
    }
    let register = #""https://w3id.org/kommungraf/ns/csvw/register": "kommun""#
    let tables = [
      ("Kommunid", "1880", register, "<\(kommun)1880>"), ("Id_kommun", "1880", register, "<\(kommun)1880>"),
      ("Belopp", "1880", #""datatype": "decimal""#, #""1880"^^<http://www.w3.org/2001/XMLSchema#decimal>"#),
      ("kommunkod", "180", register, "<\(kommun)0180>"),
    ]
    for (title, cell, annotation, object) in tables {
      try folder.write("m.json", mapping(title, annotation))
      try folder.write("t.csv", "\(title)\n\(cell)\n")
      let run = try ProgramRun(
        ["convert", "--mapping", "./m.json", "--mode", "minimal", "--format", "ntriples", "--quiet", "t.csv"], in: folder)
      #expect(run.text == "<https://example.org/1> <https://example.org/p> \(object) .\n")
      #expect(run.errors.isEmpty)
    }
  }
}
