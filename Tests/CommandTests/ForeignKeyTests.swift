import TestSupport
import Testing

/// Keys between two tables of one mapping (metadata vocabulary §5.5.2.2).
struct ForeignKeyTests {
  private static let group = """
    {"@context": "http://www.w3.org/ns/csvw", "tables": [
      {"url": "a b.csv", "tableSchema": {"columns": [{"name": "id", "titles": "id"}, {"name": "b", "titles": "b"}], "primaryKey": "id",
        "foreignKeys": [{"columnReference": "b", "reference": {"resource": "b.csv", "columnReference": "id"}}]}},
      {"url": "b.csv", "tableSchema": {"columns": [{"name": "id", "titles": "id"}, {"name": "n", "titles": "n"}], "primaryKey": "id"}}]}
    """

  private func folder(_ rows: String) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("group.json", Self.group)
    try folder.write("a b.csv", "id,b\n1,1\n" + rows)
    try folder.write("b.csv", "id,n\n1,x\n2,y\n")
    return folder
  }

  @Test(arguments: [["group.json"], ["--mapping", "./group.json", "a b.csv", "b.csv"], ["--mapping", "./group.json", "b.csv", "a b.csv"]])
  func theSameKeyInTwoTablesIsNoDuplicate(_ arguments: [String]) throws {
    let run = try ProgramRun(["validate"] + arguments, in: folder("2,2\n"))
    #expect(run.status == 0, "\(run.errors)")
  }

  @Test func aKeyThatLeadsNowhereIsTold() throws {
    let run = try ProgramRun(["validate", "group.json"], in: folder("2,9\n"))
    #expect(run.status == 1)
    #expect(run.errorLines.contains { $0.contains("a b.csv:3:3: error: «9» is not found in ") }, "\(run.errors)")
  }

  @Test func ofATableThatIsNotReadNothingIsMissed() throws {
    let run = try ProgramRun(["validate", "--mapping", "./group.json", "a b.csv"], in: folder("2,9\n"))
    #expect(run.status == 0, "\(run.errors)")
  }

  @Test func aSecretKeyThatLeadsNowhereIsNotShown() throws {
    let rule = "\"https://w3id.org/kommungraf/ns/csvw/withhold\": \"b matches ^hemlig$; rule: regel\", "
    let folder = try folder("2,850132-1234\n3,hemlig\n")
    try folder.write("group.json", Self.group.replacing("{\"name\": \"b\", ", with: "{\"name\": \"b\", \(rule)"))
    let run = try ProgramRun(["validate", "group.json", "--report", "r.json"], in: folder)
    #expect(run.status == 1)
    #expect(run.errors.contains("[key-unresolved]"), "\(run.errors)")
    for text in ["850132", "hemlig"] { #expect(!(try run.errors + folder.text(of: "r.json")).contains(text)) }
  }
}
