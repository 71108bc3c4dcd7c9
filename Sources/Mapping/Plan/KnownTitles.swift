import Bytes
import Identifiers

/// Which columns of a file hold codes of a register, beyond what titles say alone.
///
/// A column with a register of which the file has no title is found by a title that the words say means the same: codes of that register,
/// as values of that property. Another column of the file that means the same is no second value: it is compared with the first.
struct KnownTitles {
  /// How many of the first cells of a file's column fit a described column, from 0 to 1.
  typealias Fit = (_ description: ColumnDescription, _ cell: Int) -> Double

  private let table: TableDescription
  private let columns: [ColumnDescription]
  private let header: [ByteString]
  private let words: HeaderWords
  private let fits: Fit
  /// The numbers of the columns that each title may be, by what the mapping says.
  private let claims: [[Int]]

  fileprivate init(_ table: TableDescription, _ header: [ByteString], _ words: HeaderWords, _ fits: @escaping Fit) {
    self.table = table
    self.header = header
    self.words = words
    self.fits = fits
    let columns = table.schema.columns ?? []
    self.columns = columns
    claims = header.map { title in
      let title = foldedTitle(title)
      return title.isEmpty ? [] : columns.indices.filter { !columns[$0].isVirtual && columns[$0].answers(to: title, number: $0 + 1) }
    }
  }

  /// The table with what the header adds to it.
  fileprivate var result: TableDescription {
    var result = table
    var added: (cells: [ColumnDescription], codes: [ColumnDescription]) = ([], [])
    var taken: Set<Int> = []
    for (number, column) in columns.enumerated() where !column.isVirtual && column.extras.register != nil {
      let own = ranked(claims.indices.filter { claims[$0] == [number] }, number)
      let known = words(for: number, without: taken)
      if own.isEmpty, known.isEmpty || isInFile(otherThan: number) { continue }
      let first = own.first ?? known[0]
      if own.isEmpty { result.schema.columns?[number].add(title: header[first], number: number + 1) }
      taken.insert(first)
      guard let other = own.dropFirst().first ?? known.first(where: { $0 != first }), mayCompare(number, other) else { continue }
      taken.insert(other)
      if own.contains(other) { result.schema.columns?[number].drop(title: header[other]) }
      let (cell, code) = comparison(with: number, title: header[other])
      result.schema.columns?[number].extras.check = ByteString("{" + code.name(number: 0).text + "}")
      added.cells.append(cell)
      added.codes.append(code)
    }
    let end = columns.firstIndex(where: \.isVirtual) ?? columns.count
    result.schema.columns?.insert(contentsOf: added.cells, at: end)
    result.schema.columns?.append(contentsOf: added.codes)
    return result
  }

  /// The file's columns that nobody claims and that the words say hold what a column describes, the best first.
  private func words(for number: Int, without taken: Set<Int>) -> [Int] {
    guard let register = columns[number].extras.register, let property = columns[number].inherited.propertyURL?.source else { return [] }
    var ranks: [Int: Int] = [:]
    for cell in header.indices where claims[cell].isEmpty && !taken.contains(cell) {
      ranks[cell] = words.rank(of: header[cell], register: register, property: property)
    }
    return ordered(ranks, number)
  }

  /// The file's columns with titles of a described one, the best first.
  private func ranked(_ cells: [Int], _ number: Int) -> [Int] {
    if cells.count < 2 { return cells }
    let titles = columns[number].titles.map { foldedTitle($0.text) }
    let ranks = cells.map { ($0, titles.firstIndex(of: foldedTitle(header[$0])) ?? titles.count) }
    return ordered(Dictionary(uniqueKeysWithValues: ranks), number)
  }

  /// Those whose cells fit best come first, of these the one whose title does.
  private func ordered(_ ranks: [Int: Int], _ number: Int) -> [Int] {
    if ranks.count < 2 { return Array(ranks.keys) }
    let keys = ranks.map { (cell: $0.key, share: fits(columns[number], $0.key), rank: $0.value) }
    return keys.sorted { ($1.share, $0.rank, $0.cell) < ($0.share, $1.rank, $1.cell) }.map(\.cell)
  }

  /// Whether the file has the title of another form of a column: one with the same register and property.
  private func isInFile(otherThan number: Int) -> Bool {
    columns.indices.contains { other in
      other != number && !columns[other].isVirtual && columns[other].extras.register == columns[number].extras.register
        && columns[other].inherited.propertyURL?.source == columns[number].inherited.propertyURL?.source
        && claims.contains { $0.contains(other) }
    }
  }

  /// Whether a column may be compared with another of the file's. What rules look at is never told apart by us; a title that stands twice
  /// names nothing.
  private func mayCompare(_ number: Int, _ cell: Int) -> Bool {
    let title = foldedTitle(header[cell])
    return columns[number].extras.check == nil && !table.judgedColumns.contains(columns[number].name(number: number + 1))
      && header.count { foldedTitle($0) == title } == 1
  }

  /// Two columns that give what another of the file's says a column should be: its text, and the code that it means. A text that means none
  /// says nothing.
  private func comparison(with number: Int, title: ByteString) -> (cell: ColumnDescription, code: ColumnDescription) {
    let name = columns[number].name(number: number + 1).text + "_also"
    var cell = ColumnDescription()
    cell.declaredName = ByteString(name)
    cell.titles = [LocalizedText(text: title, language: "und")]
    cell.suppressesOutput = true
    var code = ColumnDescription()
    code.declaredName = ByteString(name + "_code")
    code.isVirtual = true
    code.suppressesOutput = true
    code.inherited.default = ByteString("{" + name + "}")
    code.extras.register = columns[number].extras.register
    return (cell, code)
  }
}

extension TableDescription {
  /// The table as it reads a file with this header: ``KnownTitles``.
  func reading(header: [ByteString], _ words: HeaderWords, fits: @escaping KnownTitles.Fit = { _, _ in 1 }) -> TableDescription {
    extras.matchesByTitle && schema.columns != nil ? KnownTitles(self, header, words, fits).result : self
  }
}

extension ColumnDescription {
  /// Gives the column one title more.
  fileprivate mutating func add(title: ByteString, number: Int) {
    if titles.isEmpty { titles = [LocalizedText(text: name(number: number), language: "und")] }
    titles.append(LocalizedText(text: title, language: "und"))
  }

  /// Takes a title away.
  fileprivate mutating func drop(title: ByteString) {
    titles.removeAll { foldedTitle($0.text) == foldedTitle(title) }
  }
}
