package import Bytes
import Problems
import RDF
import Tables

/// Which cell of a row each described column is, for one file.
struct ColumnBinding {
  /// The described columns, virtual ones last, each with where its text comes from.
  var columns: [(description: ColumnDescription, name: ByteString, source: ColumnSource)] = []

  /// Binds by position, as CSVW has it: the first column of the schema is the first of the file.
  /// - Parameter header: the titles found in the file, one list a column.
  init(positional schema: SchemaDescription, header: [[ByteString]], width: Int) {
    if let described = schema.columns {
      var next = 0
      for (number, column) in described.enumerated() {
        if column.isVirtual {
          columns.append((column, column.name(number: number + 1), .absent))
        } else {
          columns.append((column, column.name(number: number + 1), next < max(width, header.count) ? .cell(next) : .absent))
          next += 1
        }
      }
      let described = next
      for number in described..<max(described, width) { insert(undescribed: number, titles: []) }
    } else {
      for number in 0..<width { insert(undescribed: number, titles: number < header.count ? header[number] : []) }
    }
  }

  /// A column that only the file speaks of. Where no schema lists columns the header does (embedded metadata), and it is named by its
  /// titles; beside described ones it has none, and its name is its number (metadata vocabulary §5.6).
  private mutating func insert(undescribed number: Int, titles: [ByteString]) {
    var column = ColumnDescription()
    column.titles = titles.map { LocalizedText(text: $0, language: "und") }
    columns.insert((column, column.name(number: number + 1), .cell(number)), at: min(number, columns.count))
  }

  /// Binds by title, in any order (`columnMatching: title`).
  /// - Parameters:
  ///   - judged: the columns that rules look at. A value set by hand never stands in for one that the file has under any title.
  ///   - unpivot: columns that become values. Those that are made of them are none of the file's.
  ///   - isMember: whether a text may stand in a described column that takes the dimension; a column that may not is not unpivoted.
  ///   - codeOf: the code that a title is, or has as its name, in a register; nil for none.
  ///   - fits: how many of the first cells of a file's column fit a described column, from 0 to 1; asked only where several
  ///     described columns claim one.
  init(
    byTitle schema: SchemaDescription, header: [ByteString], settings: [ByteString: ByteString], judged: Set<ByteString>,
    unpivot: Unpivot? = nil, isMember: (_ description: ColumnDescription, _ text: ByteString) -> Bool = { _, _ in true },
    codeOf: (_ title: ByteString, _ register: String) -> ByteString? = { _, _ in nil },
    fits: (_ description: ColumnDescription, _ cell: Int) -> Double
  ) {
    let described = schema.columns ?? []
    var matching = TitleMatching(described, header: header)
    if let unpivot { matching.settle(madeBy: unpivot) }
    matching.settle(setByHand: settings, judged: judged)
    matching.settleSoleClaims(fits)
    matching.settleByFit(fits)
    matching.settle(leftOver: settings, judged: judged)
    for (number, column) in described.enumerated() { columns.append((column, column.name(number: number + 1), matching.sources[number])) }
    unclaimed = matching.unclaimed
    if let unpivot {
      let dimensions = columns.filter { $0.source == .dimension }.map(\.description)
      bindPivots(unpivot.columns, header, isMember: { text in dimensions.allSatisfy { isMember($0, text) } }, codeOf)
      chooseTakers(fits)
    }
    noteAmbiguous(judged, header)
  }

  /// Finds for each column that is unpivoted the one that takes its value.
  private mutating func chooseTakers(_ fits: TitleMatching.Fit) {
    let takers = columns.indices.filter { columns[$0].source == .pivot }
    for (number, pivot) in pivots.enumerated() {
      let shares = takers.map { takers.count > 1 ? fits(columns[$0].description, pivot.cell) : 1 }
      if let best = shares.max(), let place = shares.firstIndex(of: best) { pivots[number].value = takers[place] }
    }
  }

  /// Finds the columns that rules look at and that a title which nothing claims may name too.
  private mutating func noteAmbiguous(_ judged: Set<ByteString>, _ header: [ByteString]) {
    for (number, column) in columns.enumerated() where judged.contains(column.name) {
      let isAmbiguous = unclaimed.contains { column.description.answers(to: foldedTitle(header[$0]), number: number + 1) }
      if isAmbiguous { ambiguous.insert(number) }
    }
  }

  /// Finds the columns that are unpivoted; by their titles among those that no description claims.
  private mutating func bindPivots(
    _ columns: Unpivot.Columns, _ header: [ByteString], isMember: (ByteString) -> Bool,
    _ codeOf: (_ title: ByteString, _ register: String) -> ByteString?
  ) {
    switch columns {
    case .named(let names):
      pivots = names.compactMap { name in
        guard case .cell(let cell)? = self.columns.first(where: { $0.name == name })?.source else { return nil }
        return Pivot(cell: cell, text: name, title: header[cell])
      }
    case .titled(let pattern):
      for cell in unclaimed {
        var text = ByteBuffer()
        let isMatch = header[cell].withView { pattern.append(groupsIn: $0.trimmedOfSpaces, to: &text) }
        if isMatch, isMember(ByteString(text.view)) { pivots.append(Pivot(cell: cell, text: ByteString(text.view), title: header[cell])) }
      }
    case .coded(let register):
      for cell in unclaimed {
        if let code = codeOf(header[cell], register) { pivots.append(Pivot(cell: cell, text: code, title: header[cell])) }
      }
    }
    unclaimed.removeAll { cell in pivots.contains { $0.cell == cell } }
  }

  /// A cell that is unpivoted.
  struct Pivot {
    let cell: Int
    /// What its column is: the dimension, or the code of the answer.
    let text: ByteString
    let title: ByteString
    /// The number of the column that takes its value, of observations.
    var value = 0
  }

  /// The cells that are unpivoted.
  private(set) var pivots: [Pivot] = []

  /// The columns that rules look at and that the file has more than once: one may say what another hides.
  private(set) var ambiguous: Set<Int> = []

  /// The cells that no description claims.
  private(set) var unclaimed: [Int] = []

  /// The cell of a described column that a title may name too, or nil.
  func cell(answeringTo title: String) -> Int? {
    let folded = foldedTitle(ByteString(title))
    for (number, column) in columns.enumerated() {
      if case .cell(let cell) = column.source, column.description.answers(to: folded, number: number + 1) { return cell }
    }
    return nil
  }

  /// The described columns that are required and found nowhere, one of those that share a title being enough.
  var missing: [ColumnDescription] {
    let present = columns.filter { $0.source != .absent }
    return columns.compactMap { column in
      guard !column.description.isVirtual, column.source == .absent, column.description.inherited.isRequired == true else { return nil }
      let isCovered = present.contains { other in
        other.description.titles.contains { title in column.description.titles.contains { foldedTitle($0.text) == foldedTitle(title.text) }
        }
          && other.description.inherited.isRequired == true
      }
      return isCovered ? nil : column.description
    }
  }
}

/// A title as it is compared: without white space, no-break space and byte order mark at the ends, lower case, runs of space as one.
package func foldedTitle(_ title: ByteString) -> String {
  let trimmed = title.withView { $0.trimmedOfSpaces.text }
  return trimmed.lowercased().split(separator: " ").joined(separator: " ")
}

extension ColumnDescription {
  /// Whether a file's column with this title may be the described one: by any of its titles, or by its name where it has none.
  func answers(to title: String, number: Int) -> Bool {
    if titles.isEmpty { return foldedTitle(name(number: number)) == title }
    return titles.contains { foldedTitle($0.text) == title }
  }
}
