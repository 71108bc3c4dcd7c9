extension Register {
  /// By what a text was found to mean a member: the surest first.
  package enum Ground: String, Sendable {
    /// It is a key, or the IRI that is made of one.
    case key
    /// It is a name, the case of letters aside.
    case name
    /// It is a name with a word beside it, or in the genitive: `Göteborgs stad`.
    case form
    /// It is a name but for dots, accents and punctuation: `Goteborg`.
    case letters
    /// It is a name with one slip: `Göteborgg`.
    case slip

    /// How sure that is, in per cent.
    package var score: Int {
      switch self {
      case .key, .name: 100
      case .form: 95
      case .letters: 90
      case .slip: 80
      }
    }
  }

  /// What a code or name means, for whoever asks (contract §5, `/resolve`).
  package struct Resolution: Sendable, Equatable {
    /// What became of the question. All but the first five are no answer.
    package enum Status: String, Sendable {
      /// It means the member.
      case found
      /// It means a member whose key has ended.
      case retired, replaced, merged, split
      /// It may mean several members, or is a misspelling that could be of several names.
      case ambiguous
      /// Members have had that key or name, but none on the day that was asked for.
      case notValid = "not-valid"
      /// No member is called so.
      case unknown
      /// It can't be looked up: it is too long, or hides what it says.
      case refused

      /// Whether it means a member, be it one that has ended.
      package var isFound: Bool {
        switch self {
        case .found, .retired, .replaced, .merged, .split: true
        case .ambiguous, .notValid, .unknown, .refused: false
        }
      }

      init(_ ending: Ending) {
        switch ending {
        case .retired: self = .retired
        case .replaced: self = .replaced
        case .merged: self = .merged
        case .split: self = .split
        }
      }
    }

    /// What became of the question.
    package let status: Status
    /// By what; nil where nothing was found.
    package var ground: Ground?
    /// The member's place in ``Register/members``; nil where nothing was found, or a key of an open register that has no row.
    package var member: Int?
    /// The members that may be meant, where there are several or none on the day.
    package var candidates: [Int] = []
    /// Whether the register is open and the text breaks the rule of its keys.
    var breaksRule = false

    /// How sure it is, in per cent; 0 where nothing was found.
    package var score: Int { ground?.score ?? 0 }
  }
}
