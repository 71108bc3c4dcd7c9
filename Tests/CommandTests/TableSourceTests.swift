import TestSupport
import Testing

/// What `--mode standard` says a table and its rows come from (csv2rdf §4.2, `csvw:url`): the file that was read, whatever the mapping calls it.
struct TableSourceTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    let arguments: [String]
    /// The files with `#row=` and their numbers, as they stand in the output.
    let rows: [String]
    let tables: [String]
    var testDescription: String { name }
  }

  static let cases = [
    Case(
      name: "one table, two inputs", arguments: ["--mapping", "m/things.json", "a.csv", "b å.csv"],
      rows: ["/a.csv#row=2", "/a.csv#row=3", "/b%20%C3%A5.csv#row=2"], tables: ["/a.csv", "/b%20%C3%A5.csv"]),
    Case(
      name: "the name of the mapping's table in another folder", arguments: ["--mapping", "m/things.json", "x/things.csv"],
      rows: ["/x/things.csv#row=2"], tables: ["/x/things.csv"]),
    Case(
      name: "the mapping's own table", arguments: ["--mapping", "m/things.json", "./x/../m/things.csv"],
      rows: ["/m/things.csv#row=2"], tables: ["/m/things.csv"]),
    Case(
      name: "two tables, told by their headers", arguments: ["--mapping", "m/two.json", "b å.csv", "ort.csv"],
      rows: ["/b%20%C3%A5.csv#row=2", "/ort.csv#row=2"], tables: ["/b%20%C3%A5.csv", "/ort.csv"]),
    Case(name: "no mapping", arguments: ["a.csv"], rows: ["/a.csv#row=2", "/a.csv#row=3"], tables: ["/a.csv"]),
  ]

  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("m/things.json", plainMapping)
    try folder.write(
      "m/two.json",
      """
      {"@context": "http://www.w3.org/ns/csvw", "tables": [
        {"url": "one.csv", "tableSchema": {"columns": [{"titles": "id"}, {"titles": "namn"}]}},
        {"url": "two.csv", "tableSchema": {"columns": [{"titles": "ort"}]}}]}
      """)
    for name in ["m/things.csv", "x/things.csv", "b å.csv"] { try folder.write(name, "id,namn\n9,c\n") }
    try folder.write("a.csv", "id,namn\n1,a\n2,b\n")
    try folder.write("ort.csv", "ort\nÖrebro\n")
  }

  @Test(arguments: cases) func theFileThatWasRead(_ example: Case) throws {
    let run = try ProgramRun(["convert", "--mode", "standard", "--format", "ntriples"] + example.arguments, in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let found = run.lines.filter { $0.contains(" <http://www.w3.org/ns/csvw#url> ") }.compactMap {
      $0.split(separator: " ").dropLast().last
    }
    let base = "<file://" + folder.path
    #expect(found.filter { $0.contains("#row=") }.sorted() == example.rows.map { Substring(base + $0 + ">") })
    #expect(found.filter { !$0.contains("#") }.sorted() == example.tables.map { Substring(base + $0 + ">") })
  }

  @Test(arguments: cases) func theFileThatWasReadInJSON(_ example: Case) throws {
    let run = try ProgramRun(["convert", "--mode", "standard", "--format", "csvw-json"] + example.arguments, in: folder)
    #expect(run.status == 0, "\(run.errors)")
    for row in example.rows { #expect(run.text.contains("\"url\":\"file://\(folder.path)\(row)\""), "\(run.text)") }
    #expect(run.text.contains("\"url\":\"file://\(folder.path)\(example.tables[0])\""), "\(run.text)")
  }

  @Test func aMappingByName() throws {
    try folder.write(
      "p.csv", "kopare_id;verifikationsnummer;leverantor;leverantor_id;datum;belopp\n2120009903;1;A;5599990024;2025-01-02;1\n")
    let run = try ProgramRun(
      ["convert", "--mapping", "leverantorsreskontra", "--mode", "standard", "--format", "ntriples", "p.csv"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.text.contains("<http://www.w3.org/ns/csvw#url> <file://\(folder.path)/p.csv#row=2> ."), "\(run.text)")
    #expect(!run.text.contains("leverantorsreskontra.csv"))
  }
}
