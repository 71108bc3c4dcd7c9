import Testing

/// Columns without a title in a table whose columns are found by their titles.
struct UntitledColumnTests {
  private static let columns = #"{"name": "kod", "titles": "kod", "propertyUrl": "http://example.org/kod"}"#

  private func problems(_ table: String) throws -> [String] {
    try ColumnConversion(columns: Self.columns, table: table, annotations: #""kgm:columnMatching": "title""#).problems
  }

  @Test("what stands in one is told once, where it stands")
  func isTold() throws {
    let problems = try problems("kod,,\na,,\nb,,x\nc,,y\n")
    #expect(problems.count == 1)
    #expect(problems.first?.hasPrefix("t.csv:3:4: warning: column 3 has content but no header and is left out.") == true, "\(problems)")
  }

  @Test("also in a row far from the first ones")
  func isToldLate() throws {
    let rows = String(repeating: "a,\n", count: 200_000)
    #expect(try problems("kod,\n" + rows + "b,x\n").map { $0.prefix(14) } == ["t.csv:200002:3"])
  }

  @Test("of one in which nothing stands nothing is told")
  func isSilent() throws {
    #expect(try problems("kod,,\na,, \nb,,\n") == [])
  }
}
