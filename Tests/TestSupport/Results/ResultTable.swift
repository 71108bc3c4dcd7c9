package import RDF

/// A result of a query as its file tells of it: solutions, or a truth value.
package struct ResultTable: Sendable {
  /// The variables, names without `?`, in order.
  package var variables: [String] = []
  /// The solutions: the terms of the variables that have one.
  package var rows: [[String: Term]] = []
  /// The answer of ASK; nil for solutions.
  package var truth: Bool?
  /// Whether the order of solutions counts.
  package var isOrdered = false
  /// Whether the file tells texts only, not what kinds of terms they are (CSV): all terms are then plain strings, blank nodes but for
  /// their labels, and what has no value is the empty string.
  package var isUntyped = false

  /// A result without variables and solutions.
  package init() {}
}

/// Why a file is no result.
package struct ResultError: Error, Sendable {
  /// What is wrong.
  package let message: String

  init(_ message: String) { self.message = message }
}
