import Mapping
import RDF
import Testing

/// Cells that hold several values (contract §4, `items`).
struct ItemsTests {
  private static let namespace = "https://w3id.org/kommungraf/ns/csvw/"
  private static let byTitle = "\"\(namespace)columnMatching\": \"title\""

  private func convert(_ form: String, _ cell: String, more: String = "", columns: String = "") throws -> ColumnConversion {
    let quoted = cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
    return try ColumnConversion(
      columns: """
        {"name": "a", "titles": "a", "propertyUrl": "http://example.org/p", "\(Self.namespace)items": "\(form)"\(more)}\(columns)
        """, table: "a\n\"\(quoted)\"\n", annotations: Self.byTitle)
  }

  @Test(arguments: [
    ("json", #"["A01","J02"]"#, ["A01", "J02"]), ("json", #" [ "A01" , 2, true , null, "" ] "#, ["A01", "2", "true"]),
    ("json", "[]", []), ("json", "", []), ("json", "[ ]", []), ("json", #"["å\u00e4\n\"x\""]"#, ["åä \"x\""]),
    ("json", #"["a, b]"]"#, ["a, b]"]),
    ("json", "[-1.5e3]", ["-1.5e3"]), ("json", #"["\\","b"]"#, ["\\", "b"]),
    (";", "a; b ;;c;", ["a", "b", "c"]), (" | ", "a | b|c", ["a", "b|c"]), (",", "", []), (",", "ensam", ["ensam"]),
  ])
  func aCellIsTakenApart(_ form: String, _ cell: String, _ items: [String]) throws {
    let result = try convert(form, cell)
    #expect(result.objects == items.map { $0 + " string" })
    #expect(result.problems == [])
  }

  @Test(arguments: [
    "A01", #"["A01""#, #"["A01",]"#, #"[["A01"]]"#, #"[{"a":1}]"#, #"["A01" "A02"]"#, #"["A01"] x"#, "[x]", "[", #"["\q"]"#, #""A01""#,
    #"["\"#,
  ])
  func whatIsNoListIsAnError(_ cell: String) throws {
    let result = try convert("json", cell)
    #expect(result.objects == [])
    #expect(result.problems.count == 1)
    #expect(result.problems.first?.hasSuffix("[cell-items]") == true)
  }

  @Test func stepsAndDatatypesApplyToEachItem() throws {
    let clean = ", \"\(Self.namespace)clean\": [\"dropPrefix(p)\", \"upper\"]"
    #expect(try convert("json", #"["pa01"," P j02"]"#, more: clean).objects == ["A01 string", "J02 string"])
    #expect(try convert("json", "[1, 20]", more: ", \"datatype\": \"integer\"").objects == ["1 integer", "20 integer"])
    let faulty = try convert("json", "[1, 2.5, 3]", more: ", \"datatype\": \"integer\"")
    #expect(faulty.objects == ["1 integer", "3 integer"])
    #expect(faulty.problems.count == 1)
  }

  @Test func templatesOfAColumnWithItemsGiveATripleForEach() throws {
    #expect(
      try convert("json", #"["Mjölk","Ägg"]"#, more: ", \"valueUrl\": \"http://example.org/{a.slug}\"").objects
        == ["http://example.org/mjolk", "http://example.org/agg"])
  }

  /// Levels from the general to the particular become concepts, each under the one before.
  @Test func thingsAndTextsGoThroughItemsTogether() throws {
    let result = try convert(
      "json", #"["Djur","Fisk","Lax"]"#, more: ", \"aboutUrl\": \"http://example.org/{a.slug}\"",
      columns: """
        , {"name": "l", "virtual": true, "aboutUrl": "http://example.org/{a.slug}", "propertyUrl": "http://example.org/l", "default": "typ {a:2}"},
        {"name": "b", "virtual": true, "aboutUrl": "http://example.org/{a.slug}", "propertyUrl": "http://example.org/b",
         "valueUrl": "http://example.org/{a.before.slug}"},
        {"name": "v", "virtual": true, "propertyUrl": "http://example.org/v", "valueUrl": "http://example.org/{a.last.slug}"},
        {"name": "f", "virtual": true, "propertyUrl": "http://example.org/f", "default": "{a.first} … {a.last}"}
        """)
    let lines = result.quads.map { "\($0.subject.short) \($0.predicate.short) \($0.object.short)" }
    #expect(
      lines == [
        "djur p Djur", "djur l typ Dj", "fisk p Fisk", "fisk l typ Fi", "fisk b djur", "lax p Lax", "lax l typ La", "lax b fisk", "1 v lax",
        "1 f Djur … Lax",
      ])
  }

  @Test func aTripleGoesThroughOneListOnly() {
    #expect(throws: (any Error).self) {
      try ColumnConversion(
        columns: """
          {"name": "a", "titles": "a", "\(Self.namespace)items": "json"}, {"name": "c", "titles": "c", "\(Self.namespace)items": "json"},
          {"name": "b", "virtual": true, "propertyUrl": "http://example.org/b", "valueUrl": "http://example.org/{a}/{c}"}
          """, table: "a,c\n[],[]\n", annotations: Self.byTitle)
    }
  }

  @Test(arguments: [
    (#"["Restaurang"]"#, 1, [:]), (#"["Livsmedel","Dricksvatten"]"#, 0, ["vatten": 1]), (#"["dricksv\u0061tten"]"#, 0, ["vatten": 1]),
    (#"["Mat", "Dricksvatten""#, 0, ["undecided": 1]), ("", 0, [:]), (#"["icke dricksvatten"]"#, 1, [:]),
  ])
  func rulesSeeItemsAsLinesAndWithholdWhatIsNoList(_ cell: String, _ published: Int, _ withheld: [String: Int]) throws {
    let quoted = cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
    let result = try ColumnConversion(
      columns: "{\"name\": \"a\", \"titles\": \"a\", \"propertyUrl\": \"http://example.org/p\", \"\(Self.namespace)items\": \"json\"}",
      table: "a\n\"\(quoted)\"\n",
      annotations: Self.byTitle + ", \"\(Self.namespace)withhold\": \"a matches (?mi)^dricksvatten$; rule: vatten\"")
    #expect(result.report.rowsPublished == published)
    #expect(result.report.rowsWithheld == withheld)
    #expect(result.problems.allSatisfy { !$0.lowercased().contains("dricksvatten") })
  }
}
