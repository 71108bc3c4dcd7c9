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

  struct Table: CustomTestStringConvertible {
    let header: String
    let cells: String
    let value: String
    var testDescription: String { header + " " + cells }
    init(_ header: String, _ cells: String, _ value: String) { (self.header, self.cells, self.value) = (header, cells, value) }
  }

  @Test(
    arguments: [
      Table("belopp;netto", "125,00;100,00", "125.00"), Table("belopp;netto", "125,00;100.00", "125.00"),
      Table("netto;belopp", "100.00;125,00", "100.00"), Table("belopp;netto", "125;100", "125"),
      // What fits counts before what stands first, and what has cells before what has none.
      Table("belopp;netto", "okänt;100,00", "100.00"), Table("belopp;netto", ";100.00", "100.00"),
    ], [true, false])
  func twoOfTheFilesColumnsAreOneValue(_ table: Table, _ rules: Bool) throws {
    let rows = (1...5).map { "\($0);\(table.cells)\n" }.joined()
    let conversion = try convert("id;\(table.header)\n" + rows, rules: rules)
    #expect(conversion.objects.filter { $0.hasSuffix("decimal") } == Array(repeating: table.value + " decimal", count: 5))
    #expect(conversion.report.rowsPublished == 5)
    #expect(conversion.problems.count == 1 && conversion.problems[0].hasSuffix("[column-ambiguous]"), "\(conversion.problems)")
  }

  /// Of two properties each takes a column, but none that holds no value of it while another with its titles has one.
  @Test(arguments: [("1;2026-01-01", 2), ("2026-01-01;1", 2), ("1;okänt", 1), ("1;2", 1)])
  func whatFitsNotAtAllIsNoSecondColumn(_ cells: String, _ count: Int) throws {
    let columns = """
      {"name": "antal", "titles": ["x", "y"], "propertyUrl": "http://example.org/antal", "datatype": "integer"},
      {"name": "dag", "titles": ["x", "y"], "propertyUrl": "http://example.org/dag", "datatype": "date"}
      """
    let conversion = try convert("x;y\n\(cells)\n", columns: columns)
    #expect(conversion.quads.count == count)
    #expect(conversion.problems.count == 2 - count && conversion.problems.allSatisfy { $0.hasSuffix("[column-ambiguous]") })
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

  /// What ails all rows is told, and what ails some of them is not: it could be said of one.
  @Test(arguments: [
    ("1;x\n", "they have another number of cells than the header, which has 3"),
    ("1;2026-01-01;\n", "from the column «belopp» on they look shifted"), ("a;\"b;c\n", "a quote in the row is never closed"),
  ])
  func whyNoRowCouldBeJudgedIsTold(_ row: String, _ reason: String) throws {
    let columns = Self.forms + #", {"name": "dag", "titles": "dag", "datatype": "date", "propertyUrl": "http://example.org/d"}"#
    func told(_ rows: String) throws -> [String] {
      try convert("id;belopp;dag\n" + rows, columns: columns, rules: true).problems.filter { $0.hasSuffix("[rows-undecided]") }
    }
    let all = try told(row + row)
    #expect(all.count == 1 && all[0].hasPrefix("t.csv: warning: ") && all[0].contains(reason), "\(all)")
    #expect(try told(row + row + "1;2,5;2026-01-01\n") == [])
    #expect(try told(row) == [])
  }
}
