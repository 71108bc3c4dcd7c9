import Bytes
import RDF
import Testing

/// Values made of other columns, and cells that must agree with them (contract §4).
struct TextDefaultTests {
  private static let namespace = "https://w3id.org/kommungraf/ns/csvw/"

  private func convert(_ table: String, check: Bool = true) throws -> ColumnConversion {
    let check = check ? ", \"\(Self.namespace)check\": \"F-{kommun}-{lokal}\"" : ""
    return try ColumnConversion(
      columns: """
        {"name": "kommun", "titles": "kommun", "suppressOutput": true}, {"name": "lokal", "titles": "lokal", "suppressOutput": true},
        {"name": "id", "titles": "id", "propertyUrl": "http://example.org/id", "default": "F-{kommun}-{lokal}"\(check)},
        {"name": "iri", "virtual": true, "propertyUrl": "http://example.org/iri", "valueUrl": "http://example.org/{id}"}
        """, table: table, annotations: "\"\(Self.namespace)columnMatching\": \"title\"")
  }

  @Test(arguments: [
    ("kommun,lokal,id\n1280,14,F-1280-14\n", "F-1280-14"), ("kommun,lokal,id\n1280,14,\n", "F-1280-14"),
    ("kommun,lokal\n1280,14\n", "F-1280-14"),
  ])
  func aKeyIsMadeWhereItIsEmptyOrAbsent(_ table: String, _ key: String) throws {
    let result = try convert(table)
    #expect(result.objects == [key + " string", "http://example.org/" + key])
    #expect(result.problems == [])
  }

  @Test(arguments: [("a,b\n1,x\n", "x"), ("a,b\n1,\n", "okänd"), ("a\n1\n", "okänd")])
  func aTextThatIsTheSameInAllRowsStandsInAsWell(_ table: String, _ value: String) throws {
    let result = try ColumnConversion(
      columns: """
        {"name": "a", "titles": "a", "suppressOutput": true},
        {"name": "b", "titles": "b", "propertyUrl": "http://example.org/b", "default": "okänd"}
        """, table: table, annotations: "\"\(Self.namespace)columnMatching\": \"title\"")
    #expect(result.objects == [value + " string"])
  }

  @Test func withoutItsPartsThereIsNone() throws {
    #expect(try convert("kommun,lokal,id\n1280,,\n").objects == [])
  }

  @Test func aCellThatDisagreesCountsAndIsWarnedOf() throws {
    let result = try convert("kommun,lokal,id\n1280,14,F-1281-14\n1280,,F-1280-9\n")
    #expect(result.objects.filter { $0.hasSuffix("string") } == ["F-1281-14 string", "F-1280-9 string"])
    #expect(result.problems.count == 1)
    #expect(result.problems.first?.contains("«F-1280-14»") == true)
    #expect(result.problems.first?.hasSuffix("[cell-disagrees]") == true)
  }

  @Test func theFirstOfSeveralColumnsThatHasAValueStands() throws {
    let result = try ColumnConversion(
      columns: """
        {"name": "a", "titles": "a", "suppressOutput": true}, {"name": "b", "titles": "b", "suppressOutput": true},
        {"name": "t", "virtual": true, "propertyUrl": "http://example.org/t", "default": "{a,b:3}."}
        """, table: "a,b\nx,y\n,åäöå\n,\n", annotations: "\"\(Self.namespace)columnMatching\": \"title\"")
    #expect(result.objects == ["x. string", "åäö. string"])
  }

  /// Two columns take their parts of one cell.
  @Test(arguments: [
    ("60150 Lokalhyror, p", ["60150 string", "Lokalhyror, p string", "http://example.org/60150"]),
    ("60150", ["60150 string", "http://example.org/60150"]), ("A7", ["A7 string", "http://example.org/A7"]), ("-", []),
  ])
  func stepsTidyTheTextOfAVirtualColumn(_ cell: String, _ objects: [String]) throws {
    let result = try ColumnConversion(
      columns: """
        {"name": "konto", "titles": "konto", "suppressOutput": true, "null": ["-"]},
        {"name": "nr", "virtual": true, "propertyUrl": "http://example.org/nr", "default": "{konto}",
         "\(Self.namespace)clean": ["match(^(\\\\d+)(?=\\\\s)|^(\\\\S+)$)"]},
        {"name": "namn", "virtual": true, "propertyUrl": "http://example.org/namn", "default": "{konto}",
         "\(Self.namespace)clean": "match(^\\\\d+\\\\s+(.*))"},
        {"name": "iri", "virtual": true, "propertyUrl": "http://example.org/iri", "valueUrl": "http://example.org/{nr}"}
        """, table: "konto\n\"\(cell)\"\n", annotations: "\"\(Self.namespace)columnMatching\": \"title\"")
    #expect(result.objects == objects)
    #expect(result.problems == [])
  }
}

extension Term {
  /// The last part of an IRI, or the lexical form.
  var short: String {
    switch self {
    case .iri(let text): String(text.text.split(separator: "/").last ?? "")
    case .blankNode(let text), .literal(let text, _): text.text
    }
  }
}
