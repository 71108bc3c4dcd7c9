import Bytes
import Problems

extension PlanCompiler {
  /// The columns that are unpivoted, bound to the file; nil where the mapping unpivots none.
  /// - Throws: ``ProblemCode/columnMissing`` where the file has none of them.
  func unpivot() throws(Failure) -> UnpivotPlan? {
    guard let unpivot = table.extras.unpivot else { return nil }
    if !table.extras.matchesByTitle { throw misfit("unpivot", .phrase("unpivot-by-title")) }
    let dimension = try column(inFile: unpivot.dimension, of: "unpivot")
    let value = try column(inFile: unpivot.value, of: "unpivot")
    var names = ""
    if case .named(let columns) = unpivot.columns {
      for name in columns { _ = try column(inFile: name, of: "unpivot") }
      names = columns.map(\.text).joined(separator: ", ")
    }
    if binding.pivots.isEmpty {
      throw Failure(.columnMissing, at: headerPlace, ["name": names.isEmpty ? unpivot.source : names])
    }
    return UnpivotPlan(dimension: dimension, value: value, columns: binding.pivots)
  }
}
