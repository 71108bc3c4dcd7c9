import TestSupport
import Testing

/// What only `validate` calls an error: a table and its metadata that do not belong together (metadata vocabulary §5.5.1), and foreign keys
/// that do not lead to one row (§5.5.2.1).
struct ValidationTests {
  private func run(_ command: String, schema: String, table: String, lang: String = "und") throws -> ProgramRun {
    let folder = try TemporaryFolder()
    let language = lang == "und" ? "" : #""lang": "\#(lang)", "#
    try folder.write("m.json", #"{"@context": "http://www.w3.org/ns/csvw", "url": "t.csv", \#(language)"tableSchema": \#(schema)}"#)
    try folder.write("t.csv", table)
    return try ProgramRun([command, "m.json"], in: folder)
  }

  @Test(arguments: [
    (
      #"{"columns": [{"titles": "b"}]}"#, "a\n1\n", "t.csv:1: error: column 1 has the header «a» but the mapping expects «b»",
      "column-title-mismatch"
    ),
    (#"{"columns": [{"name": "a"}]}"#, "a\n1\n", "«a» has a name but no title", "metadata-incompatible"),
    (#"{"columns": [{"titles": "a"}]}"#, "a,b\n1,2\n", "the schema has 1 columns, the table 2", "metadata-incompatible"),
  ])
  func metadataOfAnotherTableIsAnError(_ schema: String, _ table: String, _ words: String, _ code: String) throws {
    let validated = try run("validate", schema: schema, table: table)
    #expect(validated.status == 1)
    #expect(validated.errorLines.contains { $0.contains(words) && $0.contains("[\(code)]") }, "\(validated.errors)")
    #expect(try run("convert", schema: schema, table: table).status == 0)
  }

  @Test func aTitleInAnotherLanguageIsNamedWithIt() throws {
    let validated = try run("validate", schema: #"{"columns": [{"titles": {"en": "a"}}]}"#, table: "a\n1\n", lang: "sv")
    #expect(validated.status == 1)
    #expect(validated.errors.contains("expects «a (en)»"), "\(validated.errors)")
  }

  private static let keyed = """
    {"columns": [{"name": "id", "titles": "id"}, {"name": "upp", "titles": "upp"}], "foreignKeys":
     [{"columnReference": "upp", "reference": {"resource": "t.csv", "columnReference": "id"}}]}
    """

  @Test(arguments: [("1,1\n2,1\n", ""), ("1,1\n1,1\n", "key-ambiguous"), ("1,1\n2,\n", "key-unresolved"), ("1,1\n2,3\n", "key-unresolved")])
  func aForeignKeyLeadsToOneRow(_ rows: String, _ code: String) throws {
    let validated = try run("validate", schema: Self.keyed, table: "id,upp\n" + rows)
    #expect(validated.status == (code.isEmpty ? 0 : 1), "\(validated.errors)")
    #expect(code.isEmpty || validated.errors.contains("[\(code)]"), "\(validated.errors)")
  }

  @Test func convertTakesAnEmptyForeignKeyForNone() throws {
    #expect(try run("convert", schema: Self.keyed, table: "id,upp\n1,1\n2,\n").status == 0)
  }
}
