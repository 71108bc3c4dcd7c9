import TestSupport
import Testing

/// `convert --format csvw-json`: tables as plain JSON.
struct TableJSONCommandTests {
  @Test func aTableBecomesAnArrayOfObjects() throws {
    let folder = try TemporaryFolder()
    try folder.write("t.csv", "id,namn\n1,Örebro\n2,\n")
    let run = try ProgramRun(["convert", "--format", "csvw-json", "--mode", "minimal", "t.csv"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.text == "[\n{\"id\":\"1\",\"namn\":\"Örebro\"},\n{\"id\":\"2\"}\n]\n")
  }

  @Test func aFileAppearsOnlyWhenItIsWhole() throws {
    let folder = try TemporaryFolder()
    try folder.write("t.csv", "id\n1\n")
    let run = try ProgramRun(["convert", "--format", "csvw-json", "--mode", "minimal", "-o", "t.json", "t.csv"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    #expect(try folder.text(of: "t.json") == "[\n{\"id\":\"1\"}\n]\n")
  }

  /// What a mapping by name makes of a cell stands in JSON too: a register's code is the IRI of what it names.
  @Test func codesAreTheIRIsOfTheirThings() throws {
    let folder = try TemporaryFolder()
    try folder.write("things.json", plainMapping)
    try folder.write("table.csv", "id,kommun,datum,Belopp,namn\n7,1880,2026-01-31,\"1,50\",x\n")
    let run = try ProgramRun(
      ["convert", "--format", "csvw-json", "--mode", "minimal", "--mapping", "./things.json", "table.csv"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    #expect(
      run.text == """
        [
        {"@id":"https://example.org/thing/7","dc:identifier":"7","dc:spatial":"https://w3id.org/kommungraf/id/kommun/1880",\
        "dc:date":"2026-01-31","https://example.org/amount":1.50,"rdfs:label":"x"}
        ]

        """)
  }
}
