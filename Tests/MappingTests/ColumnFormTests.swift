import Bytes
import Mapping
import Problems
import RDF
import Testing

/// Descriptions with the same titles (contract §4, `columnMatching`): forms that one value may have, of which a row has one.
struct ColumnFormTests {
  private static let forms = """
    {"name": "id", "titles": "id"},
    {"name": "komma", "titles": ["belopp", "netto"], "required": true, "propertyUrl": "http://example.org/b",
     "datatype": {"base": "decimal", "format": {"decimalChar": ",", "groupChar": " "}}},
    {"name": "punkt", "titles": ["belopp", "netto"], "required": true, "propertyUrl": "http://example.org/b",
     "datatype": {"base": "decimal", "format": {"decimalChar": ".", "groupChar": " "}}}
    """
  private static let byTitle = #""kgm:columnMatching": "title", "dialect": {"delimiter": ";"}"#

  private func convert(_ table: String, columns: String = forms, rules: Bool = false) throws -> ColumnConversion {
    try ColumnConversion(
      columns: columns, table: table, annotations: Self.byTitle + (rules ? #", "kgm:withhold": "id = hemlig; rule: r""# : ""))
  }

  /// Messages speak of columns as the file does, or where it lacks them by a title that they may have.
  @Test(arguments: [
    ("id;Netto\n1;\n", "the cell is empty but «Netto» is required."), ("id\n1\n", "the column «belopp» is missing."),
  ])
  func messagesNameTitles(_ table: String, _ message: String) throws {
    var problems: [String] = []
    do { problems = try convert(table).problems } catch let error as Failure { problems = [error.problem.line(in: .en)] }
    #expect(problems.count == 1 && problems[0].contains(message), "\(problems)")
  }
}
