/// Where something stands in the text of a query: line and column from 1, the column in Unicode scalar values.
package struct SourcePosition: Hashable, Sendable {
  /// The line.
  package let line: Int
  /// The column.
  package let column: Int

  /// A place in a query.
  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}
