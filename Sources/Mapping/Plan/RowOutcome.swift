import RDF

/// What became of a row, or of one observation of a row that is unpivoted.
enum RowOutcome {
  /// It was published; something was said of it or not.
  case published(hasSaid: Bool)
  /// The mapping does not ask for such rows, or it was left out and told of.
  case passedOver
  /// A rule of the plan withholds it.
  case withheld(rule: Int)
  /// It is kept back until a day.
  case embargoed(until: CivilDate)
  /// It can't be judged.
  case undecided(Doubt)
}

/// Why a row can't be judged.
enum Doubt: Equatable {
  /// Bytes or characters in it can't be read.
  case damaged
  /// A quote in it is never closed.
  case quote
  /// It has another number of cells than the header.
  case width
  /// The cell of a column that rules look at has not the form that the mapping says.
  case form(column: Int)
  /// The day that decides when it is public can't be read.
  case day
  /// From a cell on its cells fit the columns beside their own.
  case shifted(cell: Int)
}

/// Why rows of a file could not be judged, for the case that none could.
struct Doubts {
  /// How many rows had been read, and how many could not be judged, when the file began.
  var before = (read: 0, undecided: 0)
  /// The reasons, each once.
  private(set) var reasons: [Doubt] = []

  /// How many reasons are told at most.
  private static let most = 5

  /// Takes note of a reason.
  mutating func note(_ doubt: Doubt) {
    if reasons.count < Self.most, !reasons.contains(doubt) { reasons.append(doubt) }
  }

  /// Adds the reasons of other rows of the file.
  mutating func add(_ other: Doubts) {
    for doubt in other.reasons { note(doubt) }
  }
}
