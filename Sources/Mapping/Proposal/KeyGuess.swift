import Bytes

/// Finds the columns whose texts tell rows apart.
struct KeyGuess {
  /// A column that may be part of a key.
  struct Candidate {
    let facts: ColumnFacts
    let meanings: [HeaderWords.Meaning]
    let datatype: DatatypeDescription
    let isCode: Bool
  }

  /// How long the texts of a key are on average, at most; how many columns are tried in pairs.
  private static let mostLength = 60
  private static let mostPaired = 16

  /// The keys, the best first: single columns, then pairs where there is no single one.
  static func keys(_ candidates: [Candidate], _ sample: TableSample) -> [[Int]] {
    let usable = candidates.compactMap { candidate in rank(candidate).map { (candidate: candidate, rank: $0) } }
      .filter { $0.candidate.facts.empty == 0 && $0.candidate.facts.filled > 0 }
    func weight(_ entry: (candidate: Candidate, rank: Int)) -> (Int, Int, Int) {
      (entry.rank, length(entry.candidate.facts), entry.candidate.facts.number)
    }
    let ordered = usable.sorted { weight($0) < weight($1) }
    // In a table of one row every column is unique: only titles tell.
    let singles = ordered.filter { $0.candidate.facts.values.count == $0.candidate.facts.filled }
      .filter { sample.sampleCount > 1 || $0.rank <= 1 }
    if !singles.isEmpty { return singles.map { [$0.candidate.facts.number] } }
    var pairs: [[Int]] = []
    let paired = ordered.prefix(Self.mostPaired).map(\.candidate.facts.number)
    for (place, one) in paired.enumerated() {
      for other in paired[(place + 1)...] where sample.sampleCount > 1 && sample.isUnique([one, other]) { pairs.append([one, other]) }
    }
    return pairs
  }

  /// How well a column serves as key, 0 best; nil for what is an amount, a place, a time or running text.
  private static func rank(_ candidate: Candidate) -> Int? {
    let facts = candidate.facts
    if facts.title.isEmpty || length(facts) > mostLength { return nil }
    func means(_ isSo: (HeaderWords.Meaning) -> Bool) -> Bool { candidate.meanings.contains(where: isSo) }
    if means({ $0.role == .key }) { return 0 }
    if means({ $0.role == .name }) { return 5 }
    if means({ $0.role != nil }) { return nil }
    if candidate.isCode { return 3 }
    if means({ $0.isEnding && $0.datatype == "string" }) { return 1 }
    if means({ $0.property != nil }) { return nil }
    switch candidate.datatype.base {
    case .string: return 4
    // A number that tells rows apart stands first; any other is an amount.
    case .integer: return facts.number == 0 ? 3 : nil
    case .anyURI: return 6
    case .date, .gYear, .gYearMonth, .dateTime: return 7
    default: return nil
    }
  }

  /// The average length of the texts.
  private static func length(_ facts: ColumnFacts) -> Int {
    facts.filled == 0 ? 0 : facts.values.reduce(0) { $0 + $1.text.count * $1.count } / facts.filled
  }
}
