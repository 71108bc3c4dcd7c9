import Bytes
package import Problems
package import Resources

/// Finds out what kind of table a stream holds.
package enum TableReader {
  /// A kind of table.
  package enum Kind: Sendable, Equatable {
    case csv
    case json

    /// What the ending of a file's name, or of an IRI's path, says.
    package init?(name: String) {
      let path = name.prefix { $0 != "?" && $0 != "#" }.lowercased()
      if path.hasSuffix(".json") || path.hasSuffix(".geojson") {
        self = .json
      } else if path.hasSuffix(".csv") || path.hasSuffix(".tsv") || path.hasSuffix(".tab") {
        self = .csv
      } else {
        return nil
      }
    }
  }

  /// Opens the table in `stream`: JSON where the text begins as an array or object does, CSV otherwise.
  /// - Parameters:
  ///   - kind: what is known about it beforehand. `csv` forbids JSON; `json` demands it.
  ///   - dialect: how delimited text is written.
  /// - Throws: ``ProblemCode/tableNotRecognised`` for workbooks, and what ``CSVReader`` and ``JSONTable`` throw.
  package static func open(
    _ stream: any ByteStream, kind: Kind? = nil, dialect: Dialect = Dialect(), problems: any ProblemSink
  ) throws(Failure) -> any RowSource {
    let stream = PeekStream(stream)
    let beginning = try stream.peek(512)
    if let format = workbook(beginning) {
      throw Failure(.tableNotRecognised, at: Place(file: stream.name), ["reason": .phrase("workbook", ["kinds": format])])
    }
    if kind == .json { return try JSONTable(stream, problems: problems) }
    if kind == .csv || !looksLikeJSON(beginning) { return try CSVReader(stream, dialect: dialect, problems: problems) }
    let bytes = try stream.readAll()
    do throws(Failure) {
      return try JSONTable(ByteString(bytes), name: stream.name, problems: problems)
    } catch {
      if error.problem.code != .jsonSyntax { throw error }
      return try CSVReader(MemoryStream(bytes, name: stream.name), dialect: dialect, problems: problems)
    }
  }

  /// The name of the spreadsheet or archive format that the bytes begin, or nil.
  private static func workbook(_ bytes: [UInt8]) -> String? {
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return "xlsx, ods, zip" }
    if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { return "xls" }
    return nil
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
