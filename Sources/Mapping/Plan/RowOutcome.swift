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
enum Doubt {
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
  /// Its cells fit the columns beside their own.
  case shifted
}
