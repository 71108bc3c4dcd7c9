package import Bytes
package import RDF

/// Something that happened to an identifier: one line of a register's ledger.
///
/// A ledger is only ever added to. What an identifier is today is what its events, taken in order, have made of it.
package struct LedgerEvent: Sendable, Equatable {
  /// What can happen to an identifier.
  package enum Kind: UInt8, CaseIterable, Sendable {
    /// It came to be.
    case minted
    /// What it names is no more, and nothing took its place.
    case retired
    /// The same thing is called by another key from now on: the one successor.
    case replaced
    /// What it names was merged with others into the one successor.
    case merged
    /// What it names was split into the successors. Where it is one of them it lives on.
    case split
    /// Something worth knowing, which changes nothing but by which natural key a thing is known again.
    case note

    /// The word that stands in the file.
    package var word: StaticString {
      switch self {
      case .minted: "minted"
      case .retired: "retired"
      case .replaced: "replaced"
      case .merged: "merged"
      case .split: "split"
      case .note: "note"
      }
    }

    /// The kind that a word of the file means, or nil.
    init?(_ word: ByteView) {
      guard let kind = Self.allCases.first(where: { word == $0.word }) else { return nil }
      self = kind
    }
  }

  /// What the event is.
  package var kind: Kind
  /// The key that it happened to.
  package var key: ByteString
  /// When it was written down: seconds since 1970-01-01T00:00:00Z.
  package var time: Int
  /// The keys that go on in its place.
  package var successors: [ByteString] = []
  /// The day from which it holds, where that is another than the day on which it was written down.
  package var day: CivilDate?
  /// The key that the thing has where it comes from, by which minting it again is seen to be the same.
  package var naturalKey: ByteString?
  /// What the thing is called; the text of the language `sv` or of none.
  package var label: ByteString?
  /// Who did it.
  package var actor = ByteString("")
  /// Why.
  package var reason = ByteString("")

  /// An event of a key.
  package init(_ kind: Kind, _ key: ByteString, time: Int) {
    self.kind = kind
    self.key = key
    self.time = time
  }
}
