package import RDF

/// When a code holds: from a day to a day, both included; without a first or last one it has no beginning or no end.
package struct Validity: Sendable, Equatable {
  /// The first day, or nil.
  package let first: CivilDate?
  /// The last day, or nil.
  package let last: CivilDate?

  /// A period; nil where it has neither beginning nor end, so that it says nothing.
  package init?(first: CivilDate?, last: CivilDate?) {
    if first == nil, last == nil { return nil }
    self.first = first
    self.last = last
  }

  /// Whether a day lies in it.
  package func contains(_ day: CivilDate) -> Bool {
    (first.map { $0 <= day } ?? true) && (last.map { day <= $0 } ?? true)
  }

  /// The period as people read it: `1952-01-01 – 1997-12-31`.
  var text: String { (first.map(\.text) ?? "") + " – " + (last.map(\.text) ?? "") }
}
