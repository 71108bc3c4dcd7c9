package import RDF

/// Some solutions: for each variable of the result a column of ids. It owns nothing and lives as long as whoever lends it says.
package struct SolutionBatch {
  /// The id where a variable has no value.
  package static let unbound = TermID.max

  /// How many solutions.
  package let count: Int
  /// A column for each variable, in the order of the result, each of at least ``count`` ids, or as many as ``rows`` speaks of.
  package let columns: [UnsafePointer<TermID>]
  /// Which rows of the columns are meant, in order; nil for the first ``count`` ones.
  package let rows: UnsafePointer<UInt32>?
  /// Who knows the terms behind the ids.
  package let terms: any TermReader

  /// Solutions of these columns.
  package init(count: Int, columns: [UnsafePointer<TermID>], rows: UnsafePointer<UInt32>? = nil, terms: any TermReader) {
    self.count = count
    self.columns = columns
    self.rows = rows
    self.terms = terms
  }

  /// The id of a variable in a solution.
  @inline(__always) package func id(_ solution: Int, _ column: Int) -> TermID {
    columns[column][rows.map { Int($0[solution]) } ?? solution]
  }
}
