package import Problems

/// What may mend a mapping or a file: said beside problems, never acted on.
package struct Suggestion: Sendable {
  /// What is suggested.
  package enum Kind: String, Sendable {
    /// A column that may be one that is missing.
    case header
    /// A format that most of a column's faulty cells follow.
    case format
    /// A text that may mean that there is no value.
    case missing
    /// A register whose codes a column seems to hold.
    case register
  }

  /// What to write in the mapping, as JSON.
  package enum Edit: Sendable, Equatable {
    /// A member of the column's description.
    case member(String)
    /// A new column.
    case column(String)

    /// The JSON.
    package var text: String {
      switch self {
      case .member(let text), .column(let text): text
      }
    }
  }

  /// What is suggested.
  package let kind: Kind
  /// The file, where the suggestion is about one.
  package let file: String?
  /// The column: its name, or its title where no description claims it.
  package let column: String
  /// The kind of problems that it would mend, or nil.
  package let code: ProblemCode?
  /// How many cells it would fit, and of how many that were looked at; nil where no cells count.
  package let cells: (fitting: Int, of: Int)?
  /// What to say: a phrase.
  package let words: Words
  /// What to write in the mapping; nil where nothing is to be written there.
  package let edit: Edit?

  init(
    _ kind: Kind, file: String? = nil, column: String, code: ProblemCode? = nil, cells: (fitting: Int, of: Int)? = nil, _ words: Words,
    edit: Edit? = nil
  ) {
    self.kind = kind
    self.file = file
    self.column = column
    self.code = code
    self.cells = cells
    self.words = words
    self.edit = edit
  }
}
