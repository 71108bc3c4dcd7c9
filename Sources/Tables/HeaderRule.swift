package import Bytes
import Problems

/// What is known of a table's header beside its dialect.
package struct HeaderRule: Sendable {
  /// The row of the file that the header is, from 1. Where it has none, the first row with data.
  package var firstRow: Int?
  /// The titles of the columns, and the file that they were taken from, for a table that has none of its own.
  package var titles: (file: String, titles: [ByteString])?
  /// How to find the header among the first rows.
  package var search: HeaderSearch?

  /// Where the titles stand that were taken from another file.
  var titlesPlace: Place? { titles.map { Place(file: $0.file, line: 1) } }

  /// Nothing is known: the header is where the dialect says.
  package init() {}

  /// The dialect of a table for which this rule holds.
  func applied(to dialect: Dialect) -> Dialect {
    var dialect = dialect
    if let firstRow { dialect.skipRows = max(0, firstRow - 1) }
    if titles != nil { dialect.headerRowCount = 0 }
    return dialect
  }

  /// The search, unless it is known where the header stands.
  func search(in dialect: Dialect) -> HeaderSearch? {
    firstRow == nil && titles == nil && dialect.skipRows == 0 && dialect.headerRows == 1 ? search : nil
  }
}

/// Finds the header of a table that begins with other lines: a title, a date, notes.
package struct HeaderSearch: Sendable {
  /// How many rows are looked at.
  package static let rows = 20

  /// How well a row serves as header.
  package struct Match: Sendable, Equatable {
    /// How many of its cells are titles that are known.
    package let found: Int
    /// Whether all titles are there that must be.
    package let isWhole: Bool

    /// A match.
    package init(found: Int, isWhole: Bool) {
      self.found = found
      self.isWhole = isWhole
    }
  }

  private let match: @Sendable ([ByteString]) -> Match

  /// A search in which `match` says how well a row serves.
  package init(_ match: @escaping @Sendable ([ByteString]) -> Match) { self.match = match }

  /// How well a row serves.
  package func match(_ row: [ByteString]) -> Match { match(row) }

  /// The row that is the header, counted from 0: the first where it has all that it must; else the one with the most known titles, the
  /// first of equals.
  func header(among rows: [[ByteString]]) -> Int {
    var best = 0
    var bestMatch = Match(found: 0, isWhole: false)
    for (number, row) in rows.enumerated() {
      let found = match(row)
      if number == 0, found.isWhole { return 0 }
      if number == 0 || found.found > bestMatch.found { (best, bestMatch) = (number, found) }
    }
    return best
  }
}
