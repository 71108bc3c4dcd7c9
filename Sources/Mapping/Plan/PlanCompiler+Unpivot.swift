import Bytes
import Problems

extension PlanCompiler {
  /// Adds the columns that are unpivoted, bound to the file, where the mapping unpivots some.
  /// - Throws: ``ProblemCode/columnMissing`` where each of them would be an observation and the file has none.
  func addUnpivot(to plan: inout TablePlan) throws(Failure) {
    guard let unpivot = table.extras.unpivot else { return }
    if !table.extras.matchesByTitle { throw misfit("unpivot", .phrase("unpivot-by-title")) }
    let first = try column(inFile: unpivot.made.0, of: "unpivot")
    let second = try column(inFile: unpivot.made.1, of: "unpivot")
    var names = ""
    if case .named(let columns) = unpivot.columns {
      for name in columns { _ = try column(inFile: name, of: "unpivot") }
      names = columns.map(\.text).joined(separator: ", ")
    }
    var register: String?
    if case .coded(let name) = unpivot.columns { register = name }
    switch unpivot.form {
    case .observations:
      if binding.pivots.isEmpty {
        throw Failure(.columnMissing, at: Place(file: fileName, line: 1), ["name": names.isEmpty ? unpivot.source : names])
      }
      plan.unpivot = UnpivotPlan(dimension: first, value: second, columns: binding.pivots.map { ($0.cell, $0.text) })
    case .answers:
      let found = try register.map { name throws(Failure) in try self.register(name) }
      plan.answers = AnswersPlan(yes: first, no: second, columns: binding.pivots, register: found)
      for number in [first, second] {
        plan.columns[number].items = .separator(ByteString([ItemsForm.mark]))
        plan.columns[number].separator = ByteString([ItemsForm.mark])
      }
    }
  }
}
