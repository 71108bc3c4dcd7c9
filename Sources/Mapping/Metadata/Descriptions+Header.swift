import Bytes
package import Tables

extension TableGroupDescription {
  /// How to find the header of a table among its first rows; nil where its columns are not found by title.
  /// - Parameter settings: the names of columns whose value is given beside the file.
  package func headerSearch(ofTable number: Int, settings: Set<String>) -> HeaderSearch? {
    guard tables[number].extras.matchesByTitle else { return nil }
    // What the lines before the header may say, it need not.
    let settings = settings.union(tables[number].extras.preamble.flatMap(\.names).map(\.text))
    let titles = HeaderTitles(tables[number].schema.columns ?? [], settings: settings)
    return HeaderSearch { titles.match($0) }
  }

  /// Whether the columns of some table are found by title, so that it matters what words in headers mean.
  package var findsByTitle: Bool { tables.contains { $0.extras.matchesByTitle } }

  /// The sheet of a workbook that the `url` of a table names, `skolor.xlsx!Grundskolor`; nil where it names none.
  package func sheet(ofTable number: Int) -> String? { TableName(tables[number].url.text).sheet }
}

extension HeaderSearch {
  /// A search in which the best of several says how well a row serves; nil of none.
  package init?(anyOf searches: [HeaderSearch]) {
    if searches.isEmpty { return nil }
    self.init { row in
      let matches = searches.map { $0.match(row) }
      return matches.max { !$0.isWhole && $1.isWhole || $0.isWhole == $1.isWhole && $0.found < $1.found } ?? Match(found: 0, isWhole: false)
    }
  }
}

/// The titles that the columns of a table may have, folded.
private struct HeaderTitles: Sendable {
  private var known: Set<String> = []
  /// The titles of each required column, of which one must be there.
  private var required: [Set<String>] = []

  init(_ columns: [ColumnDescription], settings: Set<String>) {
    for (number, column) in columns.enumerated() where !column.isVirtual {
      let name = column.name(number: number + 1)
      let titles = Set(column.titles.isEmpty ? [foldedTitle(name)] : column.titles.map { foldedTitle($0.text) })
      known.formUnion(titles)
      if column.inherited.isRequired == true, !settings.contains(name.text) { required.append(titles) }
    }
  }

  func match(_ row: [ByteString]) -> HeaderSearch.Match {
    let titles = Set(row.map { foldedTitle($0) })
    let found = titles.intersection(known).count
    return HeaderSearch.Match(found: found, isWhole: found > 0 && required.allSatisfy { !$0.isDisjoint(with: titles) })
  }
}
