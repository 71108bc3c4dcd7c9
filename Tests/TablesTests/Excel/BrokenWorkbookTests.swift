import Problems
import Resources
import Tables
import TestSupport
import Testing

@Suite("Files that are no workbooks, or broken ones") struct BrokenWorkbookTests {
  /// A workbook with one part changed, or left out.
  private static func changed(_ part: String, _ text: String?) -> TestWorkbook {
    var workbook = TestWorkbook([["a", "b"], ["x", 1]])
    workbook.changed[part] = .some(text)
    return workbook
  }

  /// The workbook with a text in one of its parts replaced.
  private static func replacing(_ old: String, with new: String, in part: String) -> TestWorkbook {
    let workbook = TestWorkbook([["a", "b"], ["x", 1]])
    let bytes = workbook.entries.first { $0.name == part }?.bytes ?? []
    return changed(part, String(decoding: bytes, as: UTF8.self).replacing(old, with: new))
  }

  private static func sheet(_ data: String) -> TestWorkbook {
    var workbook = TestWorkbook([])
    workbook.sheets[0].data = data
    return workbook
  }

  private static let contents = "[Content_Types].xml"
  private static let links = "xl/_rels/workbook.xml.rels"
  private static let strings = "xl/sharedStrings.xml"
  private static let first = "xl/worksheets/sheet1.xml"

  private static let laughs =
    "<!DOCTYPE sst [<!ENTITY a \"ha\">" + (0..<9).map { "<!ENTITY a\($0) \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">" }.joined() + "]>"

  static let workbooks: [(String, TestWorkbook, ProblemCode, String)] = [
    ("no content types", changed(contents, nil), .workbookKind, "an archive (.zip) without a workbook"),
    ("no relationships", changed("_rels/.rels", nil), .workbookDamaged, "the part _rels/.rels is missing"),
    ("no workbook part", changed("xl/workbook.xml", nil), .workbookDamaged, "it does not say where"),
    ("no relationships of the workbook", changed(links, nil), .workbookDamaged, "xl/_rels/workbook.xml.rels is missing"),
    ("no sheet part", changed(first, nil), .workbookDamaged, "xl/worksheets/sheet1.xml is missing"),
    ("no styles", changed("xl/styles.xml", nil), .workbookDamaged, "xl/styles.xml is missing"),
    ("no shared strings", changed(strings, nil), .workbookDamaged, "xl/sharedStrings.xml is missing"),
    ("a sheet without relationship", replacing("rId1", with: "rId9", in: "xl/workbook.xml"), .workbookDamaged, "«Blad1» lacks its content"),
    (
      "binary workbook", replacing("spreadsheetml.sheet.main+xml", with: "x", in: contents), .workbookDamaged,
      "xl/workbook.xml is something"
    ),
    (
      "xlsb",
      replacing(
        "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", with: "vnd.ms-excel.sheet.binary.macroEnabled.main", in: contents),
      .workbookKind, "a binary Excel file (.xlsb)"
    ),
    ("docx", replacing("spreadsheetml.sheet.main", with: "wordprocessingml.document.main", in: contents), .workbookKind, "another kind"),
    (
      "a sheet outside the package", replacing("worksheets/sheet1.xml", with: "../../../../etc/passwd", in: links), .workbookDamaged,
      "«Blad1» lies outside the file"
    ),
    (
      "a sheet on disk", replacing("worksheets/sheet1.xml", with: "file:///etc/passwd", in: links), .workbookDamaged,
      "«Blad1» lies outside the file"
    ),
    (
      "a sheet on the web",
      replacing("Target=\"worksheets/sheet1.xml\"", with: "Target=\"http://a.example/\" TargetMode=\"External\"", in: links),
      .workbookDamaged, "«Blad1» lies outside the file"
    ),
    (
      "a sheet that is the workbook itself", replacing("worksheets/sheet1.xml", with: "workbook.xml", in: links), .workbookDamaged,
      "xl/workbook.xml is something else"
    ),
    (
      "a sheet that is its own relationships", replacing("worksheets/sheet1.xml", with: "_rels/workbook.xml.rels", in: links),
      .workbookDamaged, "workbook.xml.rels is something else"
    ),
    (
      "a workbook that is its own relationships", replacing("xl/workbook.xml", with: "_rels/.rels", in: "_rels/.rels"), .workbookDamaged,
      "_rels/.rels is something else"
    ),
    ("an archive path out of it", changed("../evil.xml", ""), .workbookDamaged, "«../evil.xml» that leads out"),
    ("an absolute archive path", changed("/etc/passwd", ""), .workbookDamaged, "«/etc/passwd» that leads out"),
    ("an archive path with backslashes", changed("xl\\evil.xml", ""), .workbookDamaged, "leads out"),
    ("a part twice", changed("XL/Workbook.xml", ""), .workbookDamaged, "is there twice"),
    (
      "a document type", changed(strings, laughs + "<sst xmlns=\"\(TestWorkbook.main)\"><si><t>&a8;</t></si></sst>"), .workbookDamaged,
      "has a document type"
    ),
    (
      "an entity of a file", changed(first, "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>"), .workbookDamaged,
      "has a document type"
    ),
    ("an entity of nobody", sheet("<row><c t=\"str\"><v>&x;</v></c></row>"), .workbookDamaged, "is not XML"),
    ("a sheet that is no XML", changed(first, "id;namn\n1;a\n"), .workbookDamaged, "is not XML, line 1"),
    (
      "a sheet that is cut off", changed(first, "<worksheet xmlns=\"\(TestWorkbook.main)\"><sheetData><row><c"), .workbookDamaged,
      "is not XML"
    ),
    ("a sheet that is empty", changed(first, ""), .workbookDamaged, "is not XML"),
    ("elements without end", sheet("<row><c>" + String(repeating: "<v>", count: 3000)), .workbookDamaged, "is not XML"),
    ("shared strings that are none", changed(strings, "<a/>"), .workbookDamaged, "something else"),
    ("a shared string beyond the last", sheet("<row><c t=\"s\"><v>0</v></c></row>"), .workbookDamaged, "a text that does not exist"),
    ("a shared string that is no number", sheet("<row><c t=\"s\"><v>-1</v></c></row>"), .workbookDamaged, "a text that does not exist"),
    ("a row that is no number", sheet("<row r=\"x\"><c><v>1</v></c></row>"), .workbookDamaged, "has no row number"),
    ("row 0", sheet("<row r=\"0\"><c><v>1</v></c></row>"), .workbookDamaged, "has no row number"),
    ("a cell that stands nowhere", sheet("<row><c r=\"1A\"><v>1</v></c></row>"), .workbookDamaged, "says wrongly where it stands"),
    ("too many columns", sheet("<row><c r=\"XFE1\"><v>1</v></c></row>"), .limitExceeded, "the limit for columns is 16384"),
    ("too many rows", sheet("<row r=\"1048577\"><c><v>1</v></c></row>"), .limitExceeded, "the limit for rows is 1048576"),
    (
      "too many rows without number", sheet(String(repeating: "<row/>", count: 1_048_577)), .limitExceeded, "the limit for rows is 1048576"
    ),
    (
      "a bomb", sheet(String(repeating: " ", count: 72 << 20)), .limitExceeded,
      "the limit for bytes that one packed byte may become is 200"
    ),
  ]

  @Test("say what is wrong", arguments: workbooks.indices)
  func workbook(_ number: Int) throws {
    let (name, workbook, code, words) = Self.workbooks[number]
    let bytes = try workbook.bytes()
    let problem = failure(of: { _ = try read(bytes) })
    #expect(problem?.code == code, "\(name)")
    #expect(problem?.line(in: .en).contains(words) == true, "\(name): \(problem?.line(in: .en) ?? "read")")
    #expect(problem?.place.file == "t.xlsx")
  }

  @Test("the last column and the last row that there are may be used")
  func borders() throws {
    let table = try read(
      Self.sheet("<row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row>"))
    #expect(table.header == [["1"]])
    #expect(table.places == [["1048576:16384"]])
  }

  @Test("workbooks with macros and templates are read as any other", arguments: ["sheet.macroEnabled.main", "template.macroEnabled.main"])
  func macros(_ type: String) throws {
    let workbook = Self.replacing(
      "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main", with: "vnd.ms-excel.\(type)", in: Self.contents)
    #expect(try read(workbook).rows == [["x", "1"]])
  }

  @Test("a workbook that is cut off anywhere is refused")
  func cutOff() throws {
    let bytes = try TestWorkbook([["a", "b"], ["x", 1]]).bytes()
    for length in [4, 30, 512, bytes.count / 2, bytes.count - 23, bytes.count - 1] {
      #expect(failure(of: { _ = try read(Array(bytes[..<length])) })?.code == .workbookDamaged, "\(length)")
    }
  }

  @Test("damaged parts are refused when their checksum does not hold")
  func checksum() throws {
    var bytes = try TestWorkbook([["a", "b"], ["x", 12345]]).bytes(isPacked: false)
    let digits = Array("12345".utf8)
    let at = try #require(bytes.indices.first { bytes[$0...].starts(with: digits) })
    bytes[at] = UInt8(ascii: "9")
    let words = "the content of the part xl/worksheets/sheet1.xml does not have its checksum"
    #expect(failure(of: { _ = try read(bytes) })?.line(in: .en).contains(words) == true)
    // It is told before a row is handed out, so that none of a damaged sheet is published.
    let stream = MemoryStream(bytes, name: "a.xlsx")
    #expect(failure(of: { _ = try ExcelReader(stream, problems: ProblemList()) })?.line(in: .en).contains(words) == true)
  }

  @Test("shared strings that claim to fill 4 GiB are refused before they are read")
  func hugeStrings() throws {
    var bytes = try TestWorkbook([["a"], ["x"]]).bytes()
    let name = Array("xl/sharedStrings.xml".utf8)
    // Of the entries of the directory the sizes stand 22 bytes before the name, in 32 bits.
    let at = try #require(bytes.indices.last { bytes[$0...].starts(with: name) })
    for (offset, byte) in [0xFE, 0xFF, 0xFF, 0xFF].enumerated() { bytes[at - 46 + 24 + offset] = UInt8(byte) }
    let problem = failure(of: { _ = try read(bytes) })
    #expect(problem?.code == .limitExceeded)
    #expect(problem?.line(in: .sv).contains("gränsen för antalet byte i en uppackad del är 2147483648") == true)
  }

  @Test("an archive with a password is refused, and says so")
  func password() throws {
    let bytes = try TestArchive.bytes(TestWorkbook([["a"], [1]]).entries, password: "hemligt")
    #expect(failure(of: { _ = try read(bytes) })?.code == .workbookProtected)
  }

  @Test(
    "archives of other kinds are told by their name",
    arguments: [
      ("application/vnd.oasis.opendocument.spreadsheet", "an OpenDocument spreadsheet (.ods)"),
      ("application/vnd.oasis.opendocument.text", "a document of another kind"),
    ])
  func openDocument(_ type: String, _ words: String) throws {
    let bytes = try TestArchive.bytes([("mimetype", Array(type.utf8)), ("content.xml", Array("<a/>".utf8))], isPacked: false)
    let line = failure(of: { _ = try read(bytes) })?.line(in: .en) ?? ""
    #expect(line.contains(words) && line.contains("save it as an Excel workbook (.xlsx)"), "\(line)")
  }

  /// A compound file with these names in its directory.
  private func compound(_ names: [String]) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 512 * 3)
    func put(_ value: UInt32, at offset: Int) { for shift in 0..<4 { bytes[offset + shift] = UInt8(value >> (8 * UInt32(shift)) & 0xFF) } }
    bytes.replaceSubrange(0..<8, with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
    bytes[30] = 9
    put(1, at: 48)
    put(0, at: 76)
    put(0xFFFF_FFFD, at: 512)
    put(0xFFFF_FFFE, at: 516)
    for (number, name) in names.enumerated() {
      let start = 1024 + 128 * number
      for (index, unit) in name.utf16.enumerated() { bytes[start + 2 * index] = UInt8(unit) }
      bytes[start + 64] = UInt8(2 * name.utf16.count + 2)
    }
    return bytes
  }

  @Test("files of old programs say what they are, and what to save")
  func compoundFiles() throws {
    for (names, code, words) in [
      (["Root Entry", "Workbook"], ProblemCode.workbookKind, "an Excel file in the old format (.xls)"),
      (["Root Entry", "Book"], .workbookKind, "an Excel file in the old format (.xls)"),
      (["Root Entry", "WordDocument"], .workbookKind, "a document of another kind"),
      (["Root Entry", "EncryptionInfo", "EncryptedPackage"], .workbookProtected, "protected by a password"),
    ] {
      let bytes = compound(names)
      let problem = failure(of: { _ = try TableReader.open(MemoryStream(bytes, name: "t", piece: 5), problems: ignored) })
      #expect(problem?.code == code)
      #expect(problem?.line(in: .en).contains(words) == true)
      #expect(failure(of: { _ = try read(Array(bytes[..<600])) }) != nil)
    }
    // A directory that goes round in a circle.
    var circle = compound(["Root Entry"])
    circle.replaceSubrange(516..<520, with: [1, 0, 0, 0])
    #expect(failure(of: { _ = try read(circle) })?.code == .workbookKind)
  }

  @Test("what is called a workbook and is text is refused, and text with a sheet")
  func text() {
    let open = { (name: String) throws -> Void in
      _ = try TableReader.open(MemoryStream(Array("a;b\n1;2\n".utf8), name: name), kind: TableReader.Kind(name: name), problems: ignored)
    }
    #expect(failure(of: { try open("t.xlsx") })?.line(in: .en).contains("it does not begin as one") == true)
    #expect(failure(of: { try open("t.csv") }) == nil)
  }

  @Test("bytes that are changed at random are read or refused, and never more")
  func random() throws {
    var generator = SeededGenerator(seed: 20_240_301)
    var rows: [[TestWorkbook.Cell]] = [["id", "namn", "datum"]]
    for number in 0..<40 { rows.append([.number("\(number)"), .inline("å_x000D_\(number)"), .number("\(45000 + number)", style: 1)]) }
    var workbook = TestWorkbook(rows)
    workbook.formats = [.builtIn(14)]
    workbook.sheets[0].merged = ["A1:B1"]
    let whole = try workbook.bytes(isPacked: false)
    var refused = 0
    for _ in 0..<400 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      }
      if failure(of: { _ = try read(bytes) }) != nil { refused += 1 }
    }
    #expect(refused > 200)
    // The same within the parts, so that checksums hold.
    for _ in 0..<400 {
      var entries = workbook.entries
      let part = Int.random(in: 0..<entries.count, using: &generator)
      let at = Int.random(in: 0..<entries[part].bytes.count, using: &generator)
      if Bool.random(using: &generator) {
        entries[part].bytes[at] = UInt8.random(in: 0x20...0x7E, using: &generator)
      } else {
        entries[part].bytes.removeSubrange(at..<min(at + Int.random(in: 1...200, using: &generator), entries[part].bytes.count))
      }
      let bytes = try TestArchive.bytes(entries, isPacked: false)
      _ = failure(of: { _ = try read(bytes) })
    }
  }
}
