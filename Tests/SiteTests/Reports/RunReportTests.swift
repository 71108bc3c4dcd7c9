import Bytes
import Foundation
import Mapping
import Problems
import Site
import TestSupport
import Testing

/// Reports for people: the two answers, the problems by kind, in text, JSON and HTML.
struct RunReportTests {
  private static let dated = #"{"name": "id", "titles": "id"}, {"name": "datum", "titles": "datum", "datatype": "date"}"#
  private static let table =
    "id;datum\n" + (1...30).map { "\($0);\($0 < 28 ? "0\($0 % 9 + 1)/02/2026" : "2026-01-0\($0 - 27)")\n" }.joined()

  private func checked() throws -> CheckedTable { try CheckedTable(columns: Self.dated, table: Self.table) }

  private func text(_ checked: CheckedTable, _ language: Language = .en) -> [String] { ReportText(checked.report, in: language).lines }

  @Test func textAnswersFirstAndGroupsThen() throws {
    let lines = text(try checked())
    #expect(lines[0] == "Check of t.csv")
    #expect(lines.contains("Is the file right? No. The check found 27 errors."))
    #expect(lines.contains("  30  Rows read"))
    let heading = try #require(
      lines.firstIndex(of: "27 errors in the column «datum»: the cell is not of the kind that the column should have"))
    #expect(lines[heading + 1].contains("t.csv:2:3: error: «02/02/2026» is not a date."))
    #expect(lines[heading + 1].hasSuffix("[cell-datatype]"))
    #expect(
      lines[heading + 21] == "  and 7 more of the same kind; most frequent are «02/02/2026» (3), «03/02/2026» (3), «04/02/2026» (3), "
        + "«05/02/2026» (3), «06/02/2026» (3)")
    #expect(lines[heading + 22].hasPrefix("  suggestion: 27 of 27 faulty cells of «datum» are dates of the form dd/MM/yyyy;"))
    #expect(lines[heading + 22].hasSuffix(#": "datatype": { "base": "date", "format": "dd/MM/yyyy" }"#))
  }

  struct Answered: CustomTestStringConvertible {
    let rule: String
    let rows: String
    let right: String
    let publishable: String
    var testDescription: String { rule + " " + rows }

    init(_ rule: String, _ rows: String, _ right: String, _ publishable: String) {
      self.rule = rule
      self.rows = rows
      self.right = right
      self.publishable = publishable
    }
  }

  @Test(arguments: [
    Answered("", "1;N\n", "Ja. Inga fel hittades.", "Det är inte prövat: mappningen har inga regler för sekretess."),
    Answered("s = J", "1;N\n2;N\n", "Ja. Inga fel hittades.", "Ja. Enligt mappningens regler behöver inget hållas tillbaka."),
    Answered("s = J; rule: sekretess", "1;N\n2;J\n3;J\n", "Ja. Inga fel hittades.", "Ja, utom 2 rader som undantas."),
    Answered("s = J", "1;J\n", "Ja. Inga fel hittades.", "Nej. Ingen rad kan publiceras."),
    Answered("s = J", "1;N\n2\n3;J\n", "Ja. Inga fel hittades.", "Ja, utom 1 rad som undantas och 1 rad som inte gick att bedöma."),
    Answered("s = J", "x;N\n", "Nej. Kontrollen hittade 1 fel.", "Ja. Enligt mappningens regler behöver inget hållas tillbaka."),
  ])
  func theTwoQuestionsAreAnswered(_ sample: Answered) throws {
    let rule = sample.rule.isEmpty ? "" : #""\#(CheckedTable.annotation)withhold": "\#(sample.rule)""#
    let checked = try CheckedTable(
      columns: #"{"name": "id", "titles": "id", "datatype": "integer"}, {"name": "s", "titles": "s"}"#, more: rule,
      table: "id;s\n" + sample.rows)
    let lines = text(checked, .sv)
    #expect(lines.contains { $0 == "Är filen rätt? " + sample.right }, "\(lines)")
    #expect(lines.contains { $0.hasPrefix("Får den publiceras? " + sample.publishable) }, "\(lines)")
    if sample.rule.contains("rule") { #expect(lines.contains("  2  Rader som undantas av regeln sekretess")) }
  }

  /// A mapping of RML has rules like another, and lacks them like another.
  @Test(arguments: [
    ("", "That was not judged: the mapping has no rules of secrecy."),
    (" ; kgm:withhold \"$.s = J\"", "Yes, but for 1 row that is withheld."),
    (" ; kgm:withhold \"$.s = J; only: review\"", "That was not judged: the mapping has no rules of secrecy."),
  ])
  func itemsAreJudgedByRulesOfRML(_ rule: String, _ publishable: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("t.json", #"[{"id": 1, "s": "N"}, {"id": 2, "s": "J"}]"#)
    try folder.write(
      "m.rml.ttl",
      """
      @prefix rml: <http://w3id.org/rml/> . @prefix kgm: <https://w3id.org/kommungraf/ns/csvw/> .
      <#m> a rml:TriplesMap ; rml:logicalSource [ rml:source [ a rml:FilePath ; rml:path "t.json" ] ; rml:referenceFormulation rml:JSONPath ;
          rml:iterator "$[*]"\(rule) ] ; rml:subjectMap [ rml:template "http://example.org/{$.id}" ] ;
        rml:predicateObjectMap [ rml:predicate <http://example.org/s> ; rml:objectMap [ rml:reference "$.s" ] ] .
      """)
    let lines = text(CheckedTable(mapping: folder.file("m.rml.ttl"), file: folder.file("t.json"), in: folder))
    #expect(lines.contains { $0.hasPrefix("May it be published? " + publishable) }, "\(lines)")
  }

  @Test func aFileWithoutTheColumnsHasAReport() throws {
    let checked = try CheckedTable(columns: #"{"name": "a", "titles": "a", "required": true}"#, table: "b\n1\n")
    let lines = text(checked)
    #expect(lines.contains("Is the file right? No. The file has not the columns that the mapping needs."))
    #expect(lines.contains("May it be published? That can't be told yet: no rows could be judged."))
    #expect(lines.contains { $0.contains("[column-missing]") })
  }

  @Test func jsonHasTheMembersOfTheContractAndMore() throws {
    let checked = try checked()
    let report = try #require(try JSONSerialization.jsonObject(with: Data(checked.json().utf8)) as? [String: Any])
    #expect((report["rows"] as? [String: Any])?["read"] as? Int == 30)
    #expect(report["problemCounts"] as? [String: Int] == ["cell-datatype": 27])
    #expect(report["severities"] as? [String: Int] == ["error": 27, "warning": 0, "secret": 0])
    #expect(report["inputs"] as? [String] == ["t.csv"])
    #expect(report["seconds"] as? Double == 0.012)
    let answers = try #require(report["answers"] as? [String: [String: String]])
    #expect(answers["right"]?["verdict"] == "bad")
    #expect(answers["publishable"]?["verdict"] == "mixed")
    let group = try #require((report["groups"] as? [[String: Any]])?.first)
    #expect(group["code"] as? String == "cell-datatype")
    #expect(group["tableColumn"] as? String == "datum")
    #expect(group["count"] as? Int == 27)
    #expect((group["first"] as? [[String: Any]])?.count == 20)
    #expect(((group["first"] as? [[String: Any]])?.first)?["row"] as? Int == 1)
    #expect((group["values"] as? [[String: Any]])?.first?["value"] as? String == "02/02/2026")
    let suggestion = try #require((report["suggestions"] as? [[String: Any]])?.first)
    #expect(suggestion["kind"] as? String == "format")
    #expect(suggestion["fitting"] as? Int == 27)
    #expect(suggestion["edit"] as? String == #""datatype": { "base": "date", "format": "dd/MM/yyyy" }"#)
  }

  @Test(arguments: [("sv", "Är filen rätt?"), ("en", "Is the file right?")])
  func htmlIsOnePageInTheLanguage(_ code: String, _ question: String) throws {
    let language = try #require(Language(rawValue: code))
    let page = ReportPage.text(try checked().report, in: language)
    #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"\(code)\">"))
    #expect(page.contains("<h2>\(question)</h2>"))
    #expect(page.contains("<bdi class=\"cell\">02/02/2026</bdi>"))
    #expect(page.contains("<code>&quot;datatype&quot;: { &quot;base&quot;: &quot;date&quot;"))
    // Nothing is run and nothing is fetched.
    for part in ["<script", "<link", "<img", "src=", "url(", "@import", "http://", "https://"] { #expect(!page.contains(part), "\(part)") }
    let opened = page.components(separatedBy: "<section").count
    #expect(opened == page.components(separatedBy: "</section>").count)
  }

  @Test func nothingOfTheFileIsMarkup() throws {
    let evil = "<script>alert('1')</script>&amp;\"\u{202E}x"
    let checked = try CheckedTable(
      columns: #"{"name": "k", "titles": "k", "datatype": "integer"}"#,
      table: "k,<b onclick=x>\n\"\(evil.replacingOccurrences(of: "\"", with: "\"\""))\",1\n")
    let page = ReportPage.text(checked.report, in: .en)
    #expect(checked.report.count(.error) == 1)
    #expect(page.contains("&lt;script&gt;alert('1')&lt;/script&gt;&amp;amp;&quot;\u{202E}x"))
    #expect(page.contains("«&lt;b onclick=x&gt;»"))
    #expect(!page.contains("<script") && !page.contains("<b on"))
  }

  @Test func controlCharactersAreShown() throws {
    let checked = try CheckedTable(columns: #"{"name": "k", "titles": "k", "datatype": "integer"}"#, table: "k\n\"a\tb\"\n")
    #expect(ReportPage.text(checked.report, in: .en).contains("<bdi class=\"cell\">a b</bdi>"))
  }

  @Test func secretsStandInNoReport() throws {
    let columns = """
      {"name": "id", "titles": "id", "datatype": "integer"}, {"name": "pnr", "titles": "pnr", "datatype": "integer",
       "\(CheckedTable.annotation)withhold": "pnr matches \\\\d{6}-\\\\d{4}"}, {"name": "belopp", "titles": "belopp", "datatype": "decimal"}
      """
    let rows = "1;850132-1234;Hemligt belopp\n2;Hemlig text;2\n850132-1234x;3;3\n4;850132-1234;Hemlig\n"
    let checked = try CheckedTable(columns: columns, table: "id;pnr;belopp\n" + rows)
    let texts = [
      ReportPage.text(checked.report, in: .sv), text(checked, .sv).joined(separator: "\n"), checked.json(in: .sv),
    ]
    #expect(checked.report.count(.error) > 0)
    for text in texts { for secret in ["Hemlig", "850132", "1234"] { #expect(!text.contains(secret), "\(secret)") } }
  }

  @Test func aMillionFaultyCellsMakeASmallReport() throws {
    let groups = ProblemGroups(ProblemList())
    for row in 1...1_000_000 {
      let place = Place(file: "t.csv", line: row + 1, column: 1, row: row, tableColumn: "k")
      groups.report(Problem(.cellFormat, at: place, value: "value \(row)", ["format": "yyyy"]))
    }
    let report = RunReport(inputs: ["t.csv"], mapping: nil, conversion: ConversionReport(), problems: groups, milliseconds: 1)
    var json = ByteBuffer()
    json.append(runReport: report, in: .sv)
    #expect(json.view.text.contains("\"count\":1000000"))
    #expect(json.count < 100_000)
    #expect(ReportPage.text(report, in: .sv).contains("1\u{A0}000\u{A0}000 fel"))
    #expect(ReportPage.text(report, in: .sv).utf8.count < 100_000)
  }
}
