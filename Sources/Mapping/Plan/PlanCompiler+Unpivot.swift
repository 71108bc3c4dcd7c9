import Bytes
import Problems

extension PlanCompiler {
  /// The columns that are unpivoted, bound to the file; nil where the mapping unpivots none.
  /// - Throws: ``ProblemCode/columnMissing`` where the file has none of them.
  func unpivot() throws(Failure) -> UnpivotPlan? {
    guard let unpivot = table.extras.unpivot else { return nil }
    if !table.extras.matchesByTitle { throw misfit("unpivot", .phrase("unpivot-by-title")) }
    let dimensions = try unpivot.dimensions.map { name throws(Failure) in try column(inFile: name, of: "unpivot") }
    for name in unpivot.values { _ = try column(inFile: name, of: "unpivot") }
    var names = ""
    if case .named(let columns) = unpivot.columns {
      for name in columns { _ = try column(inFile: name, of: "unpivot") }
      names = columns.map(\.text).joined(separator: ", ")
    }
    if binding.pivots.isEmpty {
      throw Failure(.columnMissing, at: Place(file: fileName, line: 1), ["name": names.isEmpty ? unpivot.source : names])
    }
    return UnpivotPlan(dimensions: dimensions, columns: binding.pivots)
  }
}
