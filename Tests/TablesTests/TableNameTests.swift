import Tables
import Testing

@Suite("Names of tables, with sheets") struct TableNameTests {
  @Test(
    "a sheet follows the first ! after the ending of a workbook",
    arguments: [
      ("a.xlsx", "a.xlsx", nil), ("a.xlsx!Blad 2", "a.xlsx", "Blad 2"), ("mapp/A.XLSM!2", "mapp/A.XLSM", "2"),
      ("a.xlsx!b!c", "a.xlsx", "b!c"),
      ("a.xlsx!", "a.xlsx", nil), ("-!2", "-", "2"), ("-", "-", nil), ("a!b.csv", "a!b.csv", nil), ("hej!/a.xlsx!b", "hej!/a.xlsx", "b"),
      ("https://a.se/x.xlsx!Blad%201", "https://a.se/x.xlsx", "Blad 1"), ("https://a.se/x.xlsx?v=1!%C3%A5", "https://a.se/x.xlsx?v=1", "å"),
      ("https://a.se/x?y!z", "https://a.se/x?y!z", nil), ("a.xls!b", "a.xls", "b"), ("Blad%201.xlsx!Blad%201", "Blad%201.xlsx", "Blad%201"),
    ] as [(String, String, String?)])
  func names(_ text: String, _ file: String, _ sheet: String?) { #expect(TableName(text) == TableName(file: file, sheet: sheet)) }
}
