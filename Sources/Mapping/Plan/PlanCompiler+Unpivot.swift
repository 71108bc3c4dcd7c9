import Bytes
import Identifiers
import Problems

extension PlanCompiler {
  /// Adds the columns that are unpivoted, bound to the file, where the mapping unpivots some.
  /// - Throws: ``ProblemCode/columnMissing`` where each of them would be an observation and the file has none.
  func addUnpivot(to plan: inout TablePlan) throws(Failure) {
    guard let unpivot = table.extras.unpivot else { return }
    if !table.extras.matchesByTitle { throw misfit("unpivot", .phrase("unpivot-by-title")) }
    var names = ""
    if case .named(let columns) = unpivot.columns {
      for name in columns { _ = try column(inFile: name, of: "unpivot") }
      names = columns.map(\.text).joined(separator: ", ")
    }
    switch unpivot.form {
    case .observations(let dimensions, let values):
      let taking = try dimensions.map { name throws(Failure) in try column(inFile: name, of: "unpivot") }
      for name in values { _ = try column(inFile: name, of: "unpivot") }
      if binding.pivots.isEmpty {
        throw Failure(.columnMissing, at: headerPlace, ["name": names.isEmpty ? unpivot.source : names])
      }
      plan.unpivot = UnpivotPlan(dimensions: taking, columns: binding.pivots)
    case .answers(let yes, let no):
      let lists = (try column(inFile: yes, of: "unpivot"), try column(inFile: no, of: "unpivot"))
      var register: Register?
      if case .coded(let name) = unpivot.columns { register = try self.register(name) }
      plan.answers = AnswersPlan(yes: lists.0, no: lists.1, columns: binding.pivots, register: register)
      for number in [lists.0, lists.1] {
        plan.columns[number].items = .separator(ByteString([ItemsForm.mark]))
        plan.columns[number].separator = ByteString([ItemsForm.mark])
      }
    }
  }
}
