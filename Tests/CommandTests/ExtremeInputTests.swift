import TestSupport
import Testing

/// Input that is out of all measure, or would lead a program round in circles: one clear error, soon.
struct ExtremeInputTests {
  private func run(_ mapping: String, _ table: String, _ command: String = "convert") throws -> ProgramRun {
    let folder = try TemporaryFolder()
    try folder.write("m.json", #"{"@context": "http://www.w3.org/ns/csvw", \#(mapping)}"#)
    try folder.write("t.csv", table)
    return try ProgramRun([command, "--mapping", "./m.json", "t.csv"], in: folder)
  }

  @Test func aHundredThousandColumnsAreTooMany() throws {
    let names = (0..<100_000).map { "k\($0)" }.joined(separator: ",")
    let table = names + "\n" + String(repeating: ",", count: 99_999) + "\n"
    let converted = try run(#""url": "t.csv""#, table)
    #expect(converted.status == 65 && converted.output.isEmpty)
    #expect(converted.errors.hasPrefix("t.csv:1: error: the limit for columns is 16384."), "\(converted.errors)")
  }

  @Test func aThousandColumnsAreNot() throws {
    let names = (0..<1_000).map { "k\($0)" }.joined(separator: ",")
    let converted = try run(#""url": "t.csv""#, names + "\n" + String(repeating: ",", count: 999) + "x\n")
    #expect(converted.status == 0, "\(converted.errors)")
    #expect(converted.text.contains("t.csv#k999> \"x\""))
  }

  /// What a document of metadata may measure is no limit for tables.
  @Test(.enabled(if: TestTier.isFull), arguments: ["convert", "validate"])
  func aTableOfJSONMayBeLong(_ command: String) throws {
    let folder = try TemporaryFolder()
    let text = String(repeating: "x", count: 1 << 20)
    try folder.write("t.json", "[" + (0..<66).map { #"{"n": \#($0), "text": "\#(text)"}"# }.joined(separator: ",") + "]")
    let run = try ProgramRun([command, "t.json"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
  }

  @Test(arguments: [
    (#""url": "m.json""#, "m.json:1:50"), (#""url": "t.csv", "tableSchema": "m.json""#, "m.json:1:74"),
    (#""url": "t.csv", "dialect": "./m.json""#, "m.json:1:70"),
  ])
  func metadataThatRefersToItselfIsRefused(_ mapping: String, _ place: String) throws {
    let converted = try run(mapping, "a\n1\n")
    #expect(converted.status == 65)
    #expect(converted.errors.contains("the document refers to itself"), "\(converted.errors)")
    #expect(converted.errors.contains(place), "\(converted.errors)")
  }

  @Test(arguments: [("http://e.org/{a", "1"), ("http://e.org/a}", "1"), ("http://e.org/{a{b}}", "1"), ("http://e.org/{}", "1")])
  func bracesThatDoNotCloseAreTold(_ template: String, _ value: String) throws {
    let converted = try run(#""url": "t.csv", "tableSchema": {"aboutUrl": "\#(template)", "columns": [{"titles": "a"}]}"#, "a\n\(value)\n")
    #expect(converted.status == 1)
    #expect(converted.errors.contains("[template-invalid]") && converted.errors.contains("m.json:1:"), "\(converted.errors)")
  }

  /// The expression needs a number of steps that doubles with each letter; the match is given up, and the cell named.
  @Test func anExpressionThatExplodesIsGivenUp() throws {
    let text = String(repeating: "a", count: 40) + "b"
    let format = #"{"base": "string", "format": "(a|aa)+c|(a+)+d"}"#
    let converted = try run(#""url": "t.csv", "tableSchema": {"columns": [{"titles": "a", "datatype": \#(format)}]}"#, "a\n\(text)\naac\n")
    #expect(converted.status == 1)
    #expect(converted.errorLines.first?.hasPrefix("t.csv:2:1: error: it can't be told whether «aaaa") == true, "\(converted.errors)")
    #expect(converted.errorLines.first?.hasSuffix("[cell-format-limit]") == true, "\(converted.errors)")
  }

  /// Tables that refer to each other in a circle are read once each.
  @Test func aCircleOfForeignKeysIsNoTrouble() throws {
    func table(_ name: String, _ other: String) -> String {
      """
      {"url": "\(name).csv", "tableSchema": {"columns": [{"name": "id", "titles": "id"}, {"name": "to", "titles": "to"}], "foreignKeys":
       [{"columnReference": "to", "reference": {"resource": "\(other).csv", "columnReference": "id"}}]}}
      """
    }
    let folder = try TemporaryFolder()
    try folder.write("m.json", #"{"@context": "http://www.w3.org/ns/csvw", "tables": [\#(table("a", "b")), \#(table("b", "a"))]}"#)
    try folder.write("a.csv", "id,to\n1,2\n")
    try folder.write("b.csv", "id,to\n2,3\n")
    let validated = try ProgramRun(["validate", "m.json"], in: folder)
    #expect(validated.status == 1)
    #expect(validated.errorLines.filter { $0.hasSuffix("[key-unresolved]") }.count == 1, "\(validated.errors)")
  }
}
