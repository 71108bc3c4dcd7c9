/// Makes workbooks of Excel for tests, part by part.
package struct TestWorkbook {
  /// What stands in a cell.
  package enum Cell: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    /// Nothing.
    case empty
    /// A text that is kept among the shared ones.
    case text(String)
    /// A text that stands in the cell itself.
    case inline(String)
    /// A number as it is stored, with the format of that number; 0 for none.
    case number(String, style: Int = 0)
    case boolean(Bool)
    case error(String)
    /// A formula and what was calculated of it.
    case formula(String, value: String?)
    /// The XML of the cell after `<c`, its reference left out: ` t="b"><v>1</v></c>`.
    case xml(String)

    /// A shared text.
    package init(stringLiteral text: String) { self = .text(text) }
    /// A number.
    package init(integerLiteral number: Int) { self = .number("\(number)") }
  }

  /// A number format: a built-in one, or a code.
  package enum Format {
    case builtIn(Int)
    case code(String)
  }

  /// A sheet.
  package struct Sheet {
    package var name: String
    package var rows: [[Cell]]
    /// `visible`, `hidden` or `veryHidden`.
    package var state = "visible"
    /// Ranges of cells that are one.
    package var merged: [String] = []
    /// The XML between `<sheetData>` and its end, in place of the rows.
    package var data: String?

    /// A sheet with these rows.
    package init(_ name: String = "Blad1", _ rows: [[Cell]] = []) {
      self.name = name
      self.rows = rows
    }
  }

  package var sheets: [Sheet]
  /// The formats; the style of a cell is 1 for the first of them.
  package var formats: [Format] = []
  package var isDate1904 = false
  /// Parts that are other than they would be, by name; nil for one that is missing.
  package var changed: [String: String?] = [:]
  /// The XML of the shared strings' items, in place of those that the cells ask for.
  package var sharedItems: String?

  /// A workbook with these sheets.
  package init(sheets: [Sheet]) { self.sheets = sheets }

  /// A workbook with one sheet.
  package init(_ rows: [[Cell]]) { sheets = [Sheet("Blad1", rows)] }

  /// The file.
  package func bytes(isPacked: Bool = true) throws -> [UInt8] { try TestArchive.bytes(entries, isPacked: isPacked) }

  /// The parts.
  package var entries: [(name: String, bytes: [UInt8])] {
    var strings = Strings()
    let sheetParts = sheets.enumerated().map { ("xl/worksheets/sheet\($0 + 1).xml", xml($1, &strings)) }
    var parts = [
      ("[Content_Types].xml", contentTypes), ("_rels/.rels", packageRelationships), ("xl/workbook.xml", workbook),
      ("xl/_rels/workbook.xml.rels", workbookRelationships), ("xl/styles.xml", styles),
    ]
    parts += sheetParts
    let items = sharedItems ?? strings.texts.map { "<si><t xml:space=\"preserve\">\(escaped($0))</t></si>" }.joined()
    parts.append(("xl/sharedStrings.xml", Self.declaration + "<sst xmlns=\"\(Self.main)\">\(items)</sst>"))
    for (name, text) in changed.sorted(by: { $0.key < $1.key }) {
      if let number = parts.firstIndex(where: { $0.0 == name }) { parts.remove(at: number) }
      if let text { parts.append((name, text)) }
    }
    return parts.map { ($0.0, Array($0.1.utf8)) }
  }

  /// The namespaces of sheets and of relationships in documents.
  package static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  private static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

  private struct Strings {
    var texts: [String] = []
    private var numbers: [String: Int] = [:]

    mutating func number(of text: String) -> Int {
      if let known = numbers[text] { return known }
      numbers[text] = texts.count
      texts.append(text)
      return texts.count - 1
    }
  }

  private func xml(_ sheet: Sheet, _ strings: inout Strings) -> String {
    var data = ""
    for (row, cells) in sheet.rows.enumerated() where !cells.isEmpty {
      data += "<row r=\"\(row + 1)\">"
      for (column, cell) in cells.enumerated() {
        let start = "<c r=\"\(Self.letters(column))\(row + 1)\""
        switch cell {
        case .empty: break
        case .text(let text): data += start + " t=\"s\"><v>\(strings.number(of: text))</v></c>"
        case .inline(let text): data += start + " t=\"inlineStr\"><is><t>\(escaped(text))</t></is></c>"
        case .number(let text, let style): data += start + (style == 0 ? "" : " s=\"\(style)\"") + "><v>\(text)</v></c>"
        case .boolean(let value): data += start + " t=\"b\"><v>\(value ? 1 : 0)</v></c>"
        case .error(let text): data += start + " t=\"e\"><v>\(text)</v></c>"
        case .formula(let formula, let value):
          data += start + "><f>\(escaped(formula))</f>" + (value.map { "<v>\($0)</v>" } ?? "") + "</c>"
        case .xml(let rest): data += start + rest
        }
      }
      data += "</row>"
    }
    let areas = sheet.merged.map { "<mergeCell ref=\"\($0)\"/>" }.joined()
    return Self.declaration + "<worksheet xmlns=\"\(Self.main)\"><sheetData>\(sheet.data ?? data)</sheetData>"
      + (areas.isEmpty ? "" : "<mergeCells>\(areas)</mergeCells>") + "</worksheet>"
  }

  private var contentTypes: String {
    let package = "application/vnd.openxmlformats-package."
    let document = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    let overrides = [("workbook", "sheet.main"), ("styles", "styles"), ("sharedStrings", "sharedStrings")]
    return Self.declaration + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
      + "<Default Extension=\"rels\" ContentType=\"\(package)relationships+xml\"/>"
      + "<Default Extension=\"xml\" ContentType=\"\(document)worksheet+xml\"/>"
      + overrides.map { "<Override PartName=\"/xl/\($0).xml\" ContentType=\"\(document)\($1)+xml\"/>" }.joined() + "</Types>"
  }

  private func relationships(_ all: [(id: String, kind: String, target: String)]) -> String {
    Self.declaration + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
      + all.map { "<Relationship Id=\"\($0.id)\" Type=\"\(Self.office)/\($0.kind)\" Target=\"\($0.target)\"/>" }.joined()
      + "</Relationships>"
  }

  private var packageRelationships: String { relationships([("rId1", "officeDocument", "xl/workbook.xml")]) }

  private var workbookRelationships: String {
    relationships(
      sheets.indices.map { ("rId\($0 + 1)", "worksheet", "worksheets/sheet\($0 + 1).xml") }
        + [("rIdA", "styles", "styles.xml"), ("rIdB", "sharedStrings", "/xl/sharedStrings.xml")])
  }

  private var workbook: String {
    let list = sheets.enumerated().map {
      "<sheet name=\"\(escaped($1.name))\" sheetId=\"\($0 + 1)\" state=\"\($1.state)\" r:id=\"rId\($0 + 1)\"/>"
    }
    return Self.declaration + "<workbook xmlns=\"\(Self.main)\" xmlns:r=\"\(Self.office)\"><workbookPr date1904=\"\(isDate1904 ? 1 : 0)\"/>"
      + "<sheets>\(list.joined())</sheets></workbook>"
  }

  private var styles: String {
    var codes = ""
    var cells = "<xf numFmtId=\"0\"/>"
    for (number, format) in formats.enumerated() {
      switch format {
      case .builtIn(let id): cells += "<xf numFmtId=\"\(id)\" applyNumberFormat=\"1\"/>"
      case .code(let code):
        codes += "<numFmt numFmtId=\"\(164 + number)\" formatCode=\"\(escaped(code))\"/>"
        cells += "<xf numFmtId=\"\(164 + number)\" applyNumberFormat=\"1\"/>"
      }
    }
    return Self.declaration + "<styleSheet xmlns=\"\(Self.main)\"><numFmts>\(codes)</numFmts>"
      + "<cellStyleXfs><xf numFmtId=\"14\"/><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>\(cells)</cellXfs></styleSheet>"
  }

  private func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
  }

  private static func letters(_ column: Int) -> String {
    let last = String(UnicodeScalar(UInt8(65 + column % 26)))
    return column < 26 ? last : letters(column / 26 - 1) + last
  }
}
