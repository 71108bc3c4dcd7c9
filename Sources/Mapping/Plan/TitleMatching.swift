import Bytes
import Identifiers

/// Settles which column of a file each described column is, by their titles (`columnMatching: title`).
struct TitleMatching {
  /// How many of the first cells of a file's column fit a described column, from 0 to 1.
  typealias Fit = (_ description: ColumnDescription, _ cell: Int) -> Double

  private let described: [ColumnDescription]
  private let header: [ByteString]
  /// Where the text of each described column comes from, as far as that is settled.
  private(set) var sources: [ColumnSource]
  /// Whether each described column may still be one of the file's.
  private var isOpen: [Bool]
  /// The described columns that each of the file's may be.
  private let candidates: [[Int]]
  /// The file's columns that some description claims and that are not settled.
  private var free: Set<Int>

  init(_ described: [ColumnDescription], header: [ByteString]) {
    self.described = described
    self.header = header
    sources = [ColumnSource](repeating: .absent, count: described.count)
    isOpen = described.map { !$0.isVirtual }
    let candidates = header.map { title in
      let title = foldedTitle(title)
      return described.indices.filter { described[$0].answers(to: title, number: $0 + 1) }
    }
    self.candidates = candidates
    free = Set(header.indices.filter { !candidates[$0].isEmpty })
  }

  /// The cells that no description got.
  var unclaimed: [Int] { header.indices.filter { candidates[$0].isEmpty || free.contains($0) } }

  /// Settles what is made of columns that become values: none of it is the file's.
  mutating func settle(madeBy unpivot: Unpivot) {
    for number in described.indices where isOpen[number] {
      let name = name(number)
      guard unpivot.makes(name) else { continue }
      switch unpivot.form {
      case .observations(let dimensions, _): sources[number] = dimensions.contains(name) ? .dimension : .pivot
      case .answers: sources[number] = .answers
      }
      isOpen[number] = false
    }
  }

  /// Settles what was set by hand. That stands in for a column; the file's own column of that very name still counts.
  /// - Parameter judged: the columns that rules look at, which the file may have under any title.
  mutating func settle(setByHand settings: [ByteString: ByteString], judged: Set<ByteString>) {
    for number in described.indices where isOpen[number] {
      let name = name(number)
      guard let value = settings[name] else { continue }
      let own = foldedTitle(described[number].titles.first?.text ?? name)
      let isInFile = header.contains { title in
        let title = foldedTitle(title)
        return title == own || judged.contains(name) && described[number].answers(to: title, number: number + 1)
      }
      if !isInFile { settle(number, .constant(value)) }
    }
  }

  /// Settles what only one description claims, among several such the one that fits best; what that leaves over may then be settled in turn.
  mutating func settleSoleClaims(_ fits: Fit) {
    while let cell = free.filter({ claimants($0).count == 1 }).min(), let winner = claimants(cell).first {
      let rivals = free.filter { $0 != cell && claimants($0) == [winner] }.sorted()
      let best = ([cell] + rivals).max { fits(described[winner], $0) < fits(described[winner], $1) } ?? cell
      settle(winner, at: best)
    }
  }

  /// Settles what several descriptions claim, by which of them its cells fit best.
  mutating func settleByFit(_ fits: Fit) {
    while let (winner, cell) = firstByFit(fits) { settle(winner, at: cell) }
  }

  /// The first of the file's columns that is still free and can be settled, and whose it is.
  private func firstByFit(_ fits: Fit) -> (winner: Int, cell: Int)? {
    for cell in free.sorted() {
      let claims = claimants(cell).map { (number: $0, fit: fits(described[$0], cell)) }
      guard let best = claims.map(\.fit).max(), let winner = claims.first(where: { $0.fit == best })?.number else { continue }
      // What is no value at all is no second column beside one that is; and one of the file's that fits better comes first.
      let forms = described.forms(of: winner)
      if best == 0, forms.same.contains(where: { sources[$0] != .absent }) { continue }
      let isWorse = free.contains { other in
        let others = claimants(other)
        return !others.isEmpty && others.allSatisfy(forms.one.contains) && others.contains { fits(described[$0], other) > best }
      }
      if !isWorse { return (winner, cell) }
    }
    return nil
  }

  /// Settles what was set by hand where the file's column of that name went to another description.
  mutating func settle(leftOver settings: [ByteString: ByteString], judged: Set<ByteString>) {
    for number in described.indices where isOpen[number] {
      let name = name(number)
      if let value = settings[name], !judged.contains(name) { settle(number, .constant(value)) }
    }
  }

  private mutating func settle(_ number: Int, _ source: ColumnSource) {
    sources[number] = source
    isOpen[number] = false
  }

  /// Settles that a description is of one of the file's columns, and with it the other forms of its value.
  private mutating func settle(_ number: Int, at cell: Int) {
    settle(number, .cell(cell))
    free.remove(cell)
    for form in described.forms(of: number).one { isOpen[form] = false }
  }

  private func name(_ number: Int) -> ByteString { described[number].name(number: number + 1) }

  /// The descriptions that may still get a cell.
  private func claimants(_ cell: Int) -> [Int] { candidates[cell].filter { isOpen[$0] } }
}

extension [ColumnDescription] {
  /// The numbers of the columns with the same titles as one, itself among them; and of these the forms that its one value may have, which
  /// say the same of the same thing: a row has one of them.
  fileprivate func forms(of number: Int) -> (same: [Int], one: [Int]) {
    let titles = Set(self[number].titles.map { foldedTitle($0.text) })
    guard !titles.isEmpty else { return ([number], [number]) }
    let same = indices.filter { !self[$0].isVirtual && Set(self[$0].titles.map { foldedTitle($0.text) }) == titles }
    let (property, about) = (self[number].inherited.propertyURL?.source, self[number].inherited.aboutURL?.source)
    let one = same.filter {
      $0 == number || property != nil && self[$0].inherited.propertyURL?.source == property && self[$0].inherited.aboutURL?.source == about
    }
    return (same, one)
  }
}
