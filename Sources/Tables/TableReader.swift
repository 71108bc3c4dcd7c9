import Bytes
package import Problems
package import Resources

/// Finds out what kind of table a stream holds.
package enum TableReader {
  /// A kind of table, by the name that a specification's variants are for (contract §3).
  package enum Kind: String, Sendable, Equatable {
    case csv
    case json
    case xlsx
    case xml

    /// What the ending of a file's name, or of an IRI's path, says.
    package init?(name: String) {
      let path = name.prefix { $0 != "?" && $0 != "#" }.lowercased()
      func ends(_ endings: String...) -> Bool { endings.contains { path.hasSuffix($0) } }
      if ends(".json", ".geojson") {
        self = .json
      } else if ends(".csv", ".tsv", ".tab") {
        self = .csv
      } else if ends(".xlsx", ".xlsm", ".xltx", ".xltm") {
        self = .xlsx
      } else if ends(".xml") {
        self = .xml
      } else {
        return nil
      }
    }
  }

  /// Opens the table in `stream`: a workbook where the bytes begin as an archive or a file of old programs, JSON where the text begins as an
  /// array or object does, CSV otherwise.
  /// - Parameters:
  ///   - kind: what is known about it beforehand. `csv` forbids JSON; `json` and `xlsx` demand what they say.
  ///   - sheet: the sheet of a workbook; nil for the first that is not hidden and not empty. Other tables have none.
  ///   - dialect: how delimited text is written, and where the table begins.
  ///   - rule: what is known of the header beside the dialect.
  /// - Throws: what ``CSVReader``, ``JSONTable`` and ``ExcelReader`` throw.
  package static func open(
    _ stream: any ByteStream, kind: Kind? = nil, sheet: String? = nil, dialect: Dialect = Dialect(), rule: HeaderRule = HeaderRule(),
    problems: any ProblemSink
  ) throws(Failure) -> any RowSource {
    let stream = PeekStream(stream)
    let beginning = try stream.peek(512)
    if beginsWorkbook(beginning) {
      return try ExcelReader(stream, sheet: sheet, dialect: dialect, rule: rule, problems: problems)
    }
    if kind == .xlsx, !beginning.isEmpty {
      throw Failure(.workbookDamaged, at: Place(file: stream.name), ["reason": .phrase("workbook-without-archive")])
    }
    if beginsAsXML(beginning) { throw Failure(.tableNotRecognised, at: Place(file: stream.name), ["reason": .phrase("begins-as-xml")]) }
    if kind == .json { return try json(JSONTable(stream, problems: problems), rule, problems) }
    if kind == .csv || !looksLikeJSON(beginning) {
      return try CSVReader(stream, dialect: dialect, rule: rule, problems: problems)
    }
    let bytes = try stream.readAll()
    do throws(Failure) {
      return try json(JSONTable(ByteString(bytes), name: stream.name, problems: problems), rule, problems)
    } catch {
      if error.problem.code != .jsonSyntax { throw error }
      return try CSVReader(MemoryStream(bytes, name: stream.name), dialect: dialect, rule: rule, problems: problems)
    }
  }

  /// What the beginning of a stream, which stays to be read, says that it is; nil of an empty one or a page.
  /// - Throws: what reading throws.
  package static func kind(of stream: PeekStream) throws(Failure) -> Kind? {
    let beginning = try stream.peek(512)
    if beginsWorkbook(beginning) { return .xlsx }
    let text = String(decoding: beginning, as: UTF8.self).drop { $0.isWhitespace || $0 == "\u{FEFF}" }.lowercased()
    switch text.first {
    case nil: return nil
    case "{", "[": return .json
    case "<": return text.hasPrefix("<html") || text.hasPrefix("<!doctype html") ? nil : .xml
    default: return .csv
    }
  }

  /// The table, of which a rule for headers says nothing: its columns are keys.
  private static func json(_ table: JSONTable, _ rule: HeaderRule, _ problems: any ProblemSink) -> JSONTable {
    if rule.firstRow != nil { problems.report(Problem(.headerOptionUnused, at: table.place, ["name": "--first-row"])) }
    if rule.titles != nil { problems.report(Problem(.headerOptionUnused, at: table.place, ["name": "--header-from"])) }
    return table
  }

  /// Whether the bytes begin an archive, which a workbook is, or a file of old programs, which tells what it is.
  private static func beginsWorkbook(_ bytes: [UInt8]) -> Bool {
    [0x0403, 0x0605, 0x0807].contains { bytes.starts(with: [0x50, 0x4B, UInt8($0 & 0xFF), UInt8($0 >> 8)]) }
      || bytes.starts(with: CompoundFile.signature)
  }

  /// Whether the bytes begin as a document of XML or HTML does, which is no table whatever stands in it.
  private static func beginsAsXML(_ bytes: [UInt8]) -> Bool {
    let text = bytes.dropFirst(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0).drop(while: isWhiteSpace).prefix(9)
    let word = String(decoding: text, as: UTF8.self).lowercased()
    return word.hasPrefix("<?xml") || word == "<!doctype" || word.hasPrefix("<html")
  }

  /// Whether the bytes begin with an array of objects or an object.
  private static func looksLikeJSON(_ bytes: [UInt8]) -> Bool {
    let marks = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let visible = bytes.dropFirst(marks).filter { !isWhiteSpace($0) }
    guard visible.count >= 2 else { return false }
    if visible[0] == UInt8(ascii: "[") { return visible[1] == UInt8(ascii: "{") || visible[1] == UInt8(ascii: "]") }
    return visible[0] == UInt8(ascii: "{") && (visible[1] == UInt8(ascii: "\"") || visible[1] == UInt8(ascii: "}"))
  }
}
