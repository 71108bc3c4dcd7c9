import Bytes
import Tables
import Testing

@Suite("Which delimiter a file uses") struct DelimiterGuessTests {
  @Test(
    "the one that cuts the header into the most cells, and the rows likewise",
    arguments: [
      ("a,b,c\n1,2,3\n", Dialect(), ["a", "b", "c"]),
      ("a;b;c\n1,5;2,5;3,5\n", Dialect(), ["a", "b", "c"]),
      ("a\tb\n1,2\t3\n", Dialect(), ["a", "b"]),
      ("a|b\n1|2\n", Dialect(), ["a", "b"]),
      ("\"a,b,c\";d\n1;2\n", Dialect(), ["a,b,c", "d"]),
      ("ort, kommun;belopp\nx;1\ny;2\n", Dialect(), ["ort, kommun", "belopp"]),
      ("namn\nx\ny\n", Dialect(), ["namn"]),
      ("namn", Dialect(), ["namn"]),
      ("a,b;c\n", Dialect(), ["a", "b;c"]),
      ("Rapport, 2024, test\na;b\n1;2\n", dialect { $0.skipRows = 1 }, ["a", "b"]),
    ])
  func guesses(_ text: String, _ dialect: Dialect, _ header: [String]) throws {
    #expect(try ReadTable(text, dialect).header == [header])
  }

  @Test("the supplier ledger of a region: semicolons and bare CR")
  func ledger() throws {
    let text = "kopare_id;kopare;nettobelopp\r2321000131;VÄSTRA GÖTALANDSREGIONEN;5058332.75\r2321000131;VÄSTRA GÖTALANDSREGIONEN;-1.5"
    let table = try ReadTable(text)
    #expect(table.header == [["kopare_id", "kopare", "nettobelopp"]])
    #expect(table.rows.map { $0[2] } == ["5058332.75", "-1.5"])
    #expect(table.places[1] == ["3:1", "3:12", "3:37"])
  }
}
