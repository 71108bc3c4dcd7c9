import Bytes
import Mapping
import Problems
import Testing

/// Texts that somebody read in the wrong encoding before they came (contract §2: where, what, how to mend it).
struct GarbledTextTests {
  private static let columns = """
    {"name": "namn", "titles": "Namn", "propertyUrl": "http://example.org/n"}, {"name": "ort", "titles": "Ort", "propertyUrl": "http://example.org/o"}
    """
  private static let byTitle = #""kgm:columnMatching": "title""#

  private func told(_ table: String, rules: String = "") throws -> [String] {
    try ColumnConversion(
      columns: Self.columns, table: table, annotations: Self.byTitle + (rules.isEmpty ? "" : ", \"kgm:withhold\": \"\(rules)\"")
    ).problems.filter { $0.hasSuffix("[text-garbled]") }
  }

  /// What the bytes of a text look like to a program that takes each for a character.
  private static func misread(_ text: String) -> String { String(String.UnicodeScalarView(text.utf8.map { Unicode.Scalar($0) })) }

  @Test(arguments: [
    "BjÃ¶rk", "Ã…kersberga", "Ã–rebro", "SkÃ¥ne", "Ã„lta", "IdÃ©", "10 Â°C", "fÃ¼r", "a â€“ b", "Bj\u{FFFD}rk", misread("Ängelholm"),
    misread("Öl"),
  ])
  func isToldOf(_ text: String) throws {
    let told = try told("Namn,Ort\nEk,Hem\n\(text),Hem\nEk,\(text)\n\(text),x\n")
    #expect(told.count == 2)
    #expect(told.first?.hasPrefix("t.csv:3:1: warning: letters in the column «Namn» ") == true, "\(told)")
    #expect(told.first?.contains("as in «\(text)» (2 cells") == true, "\(told)")
    #expect(told.last?.hasPrefix("t.csv:4:4: warning: ") == true && told.last?.contains("«Ort»") == true, "\(told)")
  }

  @Test(arguments: [
    "Björk", "SÃO PAULO", "SÃO", "Âge", "château – fort", "â’", "¶ § °", "Ã", "Â", "À la carte", "Íslendingar", "łódź",
  ])
  func isInNoTextThatIsRight(_ text: String) throws {
    #expect(try told("Namn,Ort\n\(text),x\n") == [])
  }

  /// Of what is withheld nothing is told.
  @Test(arguments: [("namn = BjÃ¶rk", 0), ("ort = x", 0), ("ort = y", 1)])
  func nothingIsToldOfWhatIsWithheld(_ rule: String, _ count: Int) throws {
    #expect(try told("Namn,Ort\nBjÃ¶rk,x\n", rules: rule).count == count)
  }

  @Test func onlyTheFirstRowsAreLookedAt() throws {
    #expect(try told("Namn,Ort\n" + String(repeating: "a,b\n", count: 1000) + "BjÃ¶rk,x\n") == [])
    #expect(try told("Namn,Ort\n" + String(repeating: "a,b\n", count: 999) + "BjÃ¶rk,x\n").count == 1)
  }
}
