import Problems
import TestSupport
import Testing

@Suite("What stands in the cells of a workbook") struct ExcelValueTests {
  @Test(
    "numbers are as people see them: fifteen digits, a point, no exponent",
    arguments: [
      ("0", "0"), ("-0", "0"), ("180", "180"), ("180.0", "180"), ("1234.50", "1234.5"), ("-617.25", "-617.25"), ("+5", "5"), (".5", "0.5"),
      ("5.", "5"), ("007", "7"), ("0.30000000000000004", "0.3"), ("1.1000000000000001", "1.1"), ("2.2999999999999998", "2.3"),
      ("33.329999999999998", "33.33"), ("1234567.8900000001", "1234567.89"), ("0.1234567890123456", "0.123456789012346"),
      ("99999999999999.99", "100000000000000"), ("1E3", "1000"), ("1.5E-3", "0.0015"), ("1E+20", "100000000000000000000"),
      ("1.2345678901234567E+19", "12345678901234600000"), ("2120009903", "2120009903"), ("198501321234", "198501321234"),
      ("1234567890123456", "1234567890123456"), ("9007199254740993", "9007199254740993"),
      ("4.9E-324", "0." + String(repeating: "0", count: 323) + "49"),
      (" 12 ", "12"),
    ])
  func numbers(_ stored: String, _ seen: String) throws { #expect(try cell(.number(stored)) == seen) }

  @Test("what is no number is told of", arguments: ["x", "", "1,5", "1E", "1E999", "--1", "INF", "1 000"])
  func noNumbers(_ stored: String) throws {
    let table = try read(TestWorkbook([["id", "x"], ["1", .number(stored)]]))
    #expect(table.rows == [["1", ""]])
    #expect(table.problems == ["cell-unreadable 2:2"])
  }

  @Test(
    "built-in formats make dates and times of numbers",
    arguments: [
      (14, "45352", "2024-03-01"), (14, "45352.75", "2024-03-01"), (15, "1", "1900-01-01"), (16, "59", "1900-02-28"),
      (17, "61", "1900-03-01"), (14, "2958465", "9999-12-31"), (22, "45352.520833333336", "2024-03-01T12:30:00"),
      (22, "45352", "2024-03-01T00:00:00"), (22, "45351.999999999", "2024-03-01T00:00:00"), (20, "0.520833333333333", "12:30:00"),
      (21, "45352.000011574", "00:00:01"), (18, "0.75", "18:00:00"), (46, "1.5", "36:00:00"), (47, "0.5000001", "12:00:00.009"),
      (45, "0.0208333333333333", "00:30:00"), (0, "45352", "45352"), (2, "45352", "45352"), (9, "0.25", "0.25"), (49, "45352", "45352"),
      (11, "45352", "45352"), (14, "36526", "2000-01-01"), (14, "36585", "2000-02-29"), (14, "73109", "2100-02-28"),
      (14, "73110", "2100-03-01"),
    ])
  func builtInFormats(_ id: Int, _ stored: String, _ text: String) throws {
    #expect(try cell(.number(stored, style: 1), formats: [.builtIn(id)]) == text)
  }

  @Test(
    "codes of formats make dates and times of numbers, and nothing else does",
    arguments: [
      ("yyyy-mm-dd", "2024-03-01"), ("dd/mm/yyyy", "2024-03-01"), ("[$-41D]d mmmm yyyy;@", "2024-03-01"), ("mmm-yy", "2024-03-01"),
      ("yyyy", "2024-03-01"), ("m", "2024-03-01"), ("YYYY\\-MM\\-DD HH:MM", "2024-03-01T12:30:00"), ("hh:mm", "12:30:00"),
      ("mm:ss", "12:30:00"), ("h\" timmar\"", "12:30:00"), ("h:mm AM/PM", "12:30:00"), ("[h]:mm:ss", "1088460:30:00"),
      ("yyyy-mm-dd\"T\"hh:mm:ss.000", "2024-03-01T12:30:00"), ("[Red]0.00", "45352.5208333333"), ("General", "45352.5208333333"),
      ("0.00E+00", "45352.5208333333"), ("#,##0\\ \"dagar\"", "45352.5208333333"), ("0 st", "45352.5208333333"),
      ("\"Moms\" 0%", "45352.5208333333"), ("@", "45352.5208333333"), (";;;", "45352.5208333333"), ("#,##0.00 _k_r", "45352.5208333333"),
      ("0;yyyy", "45352.5208333333"), ("General \"d\"", "45352.5208333333"), ("_-* # ##0 _k_r_-", "45352.5208333333"),
      ("[<1]h:mm;yyyy", "12:30:00"), ("", "45352.5208333333"), ("\"", "45352.5208333333"), ("[", "45352.5208333333"),
      ("\\", "45352.5208333333"),
    ])
  func codes(_ code: String, _ text: String) throws {
    #expect(try cell(.number("45352.520833333336", style: 1), formats: [.code(code)]) == text)
  }

  @Test(
    "days may be counted from 1904",
    arguments: [("0", "1904-01-01"), ("43890", "2024-03-01"), ("60", "1904-03-01"), ("2957003", "9999-12-31")])
  func from1904(_ stored: String, _ text: String) throws {
    #expect(try cell(.number(stored, style: 1), formats: [.builtIn(14)], isDate1904: true) == text)
  }

  @Test(
    "a number that is shown as a date and is none is told of",
    arguments: [(14, "0"), (14, "60"), (14, "-1"), (14, "2958466"), (22, "0.5"), (20, "-0.5"), (14, "1E300")])
  func noDates(_ id: Int, _ stored: String) throws {
    var workbook = TestWorkbook([["id", "x"], ["1", .number(stored, style: 1)]])
    workbook.formats = [.builtIn(id)]
    #expect(try read(workbook).problems == ["cell-date-impossible 2:2"])
  }

  @Test(
    "dates may be stored as ISO 8601 has them",
    arguments: [
      (0, "2024-03-01", "2024-03-01"), (14, "2024-03-01T00:00:00", "2024-03-01"), (22, "2024-03-01T12:30:00.000", "2024-03-01T12:30:00"),
      (0, "2024-03-01T12:30:00.250Z", "2024-03-01T12:30:00.25Z"), (0, "12:30:00", "12:30:00"),
    ])
  func isoDates(_ id: Int, _ stored: String, _ text: String) throws {
    #expect(try cell(.xml(" s=\"1\" t=\"d\"><v>\(stored)</v></c>"), formats: [.builtIn(id)]) == text)
  }

  @Test(
    "truth values and results of formulas",
    arguments: [
      (.boolean(true), "true"), (.boolean(false), "false"), (.formula("A1+1", value: "0.30000000000000004"), "0.3"),
      (.xml(" t=\"str\"><f>A1</f><v>a_x000D_b</v></c>"), "a\rb"), (.xml(" t=\"str\"><f>A1</f><v></v></c>"), ""),
      (.xml(" t=\"b\"><v>true</v></c>"), "true"), (.xml(" s=\"99999\"><v>1</v></c>"), "1"), (.xml(" s=\"0\"/>"), ""),
      (.xml("><f t=\"shared\" si=\"0\">A1&amp;\"&lt;\"</f><v>7</v></c>"), "7"),
    ] as [(TestWorkbook.Cell, String)])
  func values(_ stored: TestWorkbook.Cell, _ text: String) throws { #expect(try cell(stored) == text) }

  @Test(
    "what has no value is empty and told of",
    arguments: [
      (.error("#REF!"), "cell-error-value"), (.error("#N/A"), "cell-error-value"), (.formula("A1", value: nil), "cell-uncalculated"),
      (.xml(" t=\"b\"><v>2</v></c>"), "cell-unreadable"), (.xml(" t=\"d\"><v>i går</v></c>"), "cell-unreadable"),
    ] as [(TestWorkbook.Cell, String)])
  func withoutValue(_ stored: TestWorkbook.Cell, _ code: String) throws {
    let table = try read(TestWorkbook([["id", "x"], ["1", stored], ["2", "a"]]))
    #expect(table.rows == [["1", ""], ["2", "a"]])
    #expect(table.problems == ["\(code) 2:2"])
  }

  @Test("an error value that says that there is none is only a warning")
  func notAvailable() throws {
    for (value, severity) in [("#N/A", Severity.warning), ("#DIV/0!", .error)] {
      let problems = ProblemList()
      let bytes = try TestWorkbook([["id", "x"], ["1", .error(value)]]).bytes()
      _ = try ReadTable(reader(bytes, problems), problems)
      #expect(problems.problems.map(\.severity) == [severity])
      #expect(problems.problems.first?.line(in: .en).hasPrefix("t.xlsx!Blad1:B2: ") == true)
    }
  }

  @Test(
    "texts are their characters: runs of rich text together, pronunciation left out, escapes decoded",
    arguments: [
      ("<t>Örebro</t>", "Örebro"), ("<t xml:space=\"preserve\"> a  b </t>", " a  b "), ("<t>a&amp;b &#x1F3EB;</t>", "a&b 🏫"),
      ("<r><rPr><b/></rPr><t>Kom</t></r><r><t>mun</t></r>", "Kommun"),
      ("<t>課きく</t><rPh sb=\"0\" eb=\"1\"><t>カ</t></rPh><phoneticPr fontId=\"1\"/>", "課きく"),
      ("<t>a_x000D_\nb</t>", "a\r\nb"), ("<t>_x005F_x000D_</t>", "_x000D_"), ("<t>_xD83C__xDFEB_</t>", "🏫"), ("<t>_xD83C_</t>", "_xD83C_"),
      ("<t>_x000_ _X000D_ _x00G0_ _x0041</t>", "_x000_ _X000D_ _x00G0_ _x0041"), ("<t><![CDATA[<a>]]></t>", "<a>"), ("", ""),
    ])
  func texts(_ xml: String, _ text: String) throws {
    #expect(try cell(.xml(" t=\"inlineStr\"><is>\(xml)</is></c>")) == text)
    var workbook = TestWorkbook([[.xml(" t=\"s\"><v>0</v></c>"), .xml(" t=\"s\"><v>0</v></c>")], ["1", .xml(" t=\"s\"><v>1</v></c>")]])
    workbook.sharedItems = "<si><t>x</t></si><si>\(xml)</si>"
    workbook.sheets[0].rows[1][0] = 1
    #expect(try read(workbook).rows == [["1", text]])
  }

  @Test("a row with a control character is told of and left out, wherever its text stands", arguments: ["inlineStr", "str", "s"])
  func controlCharacters(_ type: String) throws {
    let value = type == "s" ? "<v>0</v>" : type == "str" ? "<v>a_x0001_</v>" : "<is><t>a_x0001_</t></is>"
    var workbook = TestWorkbook([[.inline("id"), .inline("x")], [1, .xml(" t=\"\(type)\">\(value)</c>")], [2, .inline("b")]])
    workbook.sharedItems = "<si><t>a_x0001_</t></si>"
    let table = try read(workbook)
    #expect(table.damaged == [1])
    #expect(table.problems == ["cell-control-character 2:2"])
  }
}
