import Bytes
package import Problems

/// What a query was answered by: its operators, with what each gave and how long it worked (`--explain`).
package struct QueryPlan: Sendable {
  /// An operator.
  package struct Step: Sendable {
    /// What it is: the name that the algebra has for it (SPARQL 1.1 §18), and what it works on.
    package let operation: String
    /// How many solutions it was expected to give, from the counts of the index; nil where nothing was expected.
    package let expectedRows: Double?
    /// How many it gave.
    package let rows: Int
    /// How long it worked, without those that it waited for.
    package let time: Duration
    /// The operators that it is made of, in the order in which solutions pass through them.
    package let parts: [Step]
  }

  /// The operators at the top.
  package let steps: [Step]

  /// The plan as a table for a terminal.
  package func text(in language: Language) -> String {
    let wording = Wording.shared
    var lines = [["plan-rows", "plan-expected", "plan-time", "plan-operator"].map { wording.word($0, in: language) }]
    func add(_ step: Step, _ depth: Int) {
      let expected = step.expectedRows.map { $0 > 0 && $0 < 1 ? "<1" : "\(Int(min($0, 1e15).rounded()))" } ?? "–"
      lines.append(["\(step.rows)", expected, step.time.milliseconds, String(repeating: "  ", count: depth) + step.operation])
      for part in step.parts { add(part, depth + 1) }
    }
    for step in steps { add(step, 0) }
    let widths = (0..<3).map { column in lines.map { $0[column].count }.max() ?? 0 }
    return lines.map { cells in
      (0..<3).map { String(repeating: " ", count: widths[$0] - cells[$0].count) + cells[$0] + "  " }.joined() + cells[3]
    }.joined(separator: "\n")
  }

  /// The plan as one line of JSON: an array of `{operator, rows, expectedRows?, ms, parts?}`.
  package var json: String {
    var out = ByteBuffer()
    Self.append(steps, to: &out)
    return out.view.text
  }

  private static func append(_ steps: [Step], to out: inout ByteBuffer) {
    out.append("[")
    for (number, step) in steps.enumerated() {
      out.append(number == 0 ? "{\"operator\":" : ",{\"operator\":")
      out.append(jsonText: step.operation)
      out.append(text: ",\"rows\":\(step.rows)")
      if let expected = step.expectedRows { out.append(text: ",\"expectedRows\":\(expected)") }
      out.append(text: ",\"ms\":\(step.time.milliseconds)")
      if !step.parts.isEmpty {
        out.append(",\"parts\":")
        append(step.parts, to: &out)
      }
      out.append("}")
    }
    out.append("]")
  }
}

extension Duration {
  /// Milliseconds with three decimals.
  fileprivate var milliseconds: String {
    let (seconds, attoseconds) = components
    let microseconds = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    let rest = "\(microseconds % 1000 + 1000)".dropFirst()
    return "\(microseconds / 1000)." + rest
  }
}
