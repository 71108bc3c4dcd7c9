import Mapping
package import Problems

/// A report as lines of text, for a terminal or a file.
package struct ReportText {
  private let report: RunReport
  private let words: ReportWords
  private let sections: [ReportSection]
  private let others: [SuggestionLine]

  /// The text of a report.
  package init(_ report: RunReport, in language: Language) {
    self.report = report
    words = ReportWords(language)
    (sections, others) = ReportSection.sections(of: report, words)
  }

  /// The whole report, the answers first.
  package var lines: [String] {
    var lines = [words.text("report-title", ["inputs": report.inputs.joined(separator: ", ")])]
    if let mapping = report.mapping { lines.append(words["report-mapping"] + ": " + mapping) }
    if let time = report.time { lines.append(words["report-time"] + ": " + time) }
    lines.append("")
    lines += answers
    for part in report.datasets {
      lines.append("")
      lines.append("\(part.part.name): \(words.counted("report-rows", part.conversion.rowsRead))")
    }
    if !findings.isEmpty { lines += [""] + findings }
    return lines
  }

  /// The answers to the two questions, with the numbers behind them.
  package var answers: [String] {
    let answers = ReportAnswers(report, in: words.language)
    var lines: [String] = []
    for answer in [answers.isRight, answers.mayBePublished] {
      if !lines.isEmpty { lines.append("") }
      lines.append("\(answer.question) \(answer.text)")
      let width = answer.facts.map(\.count.count).max() ?? 0
      for fact in answer.facts {
        lines.append("  " + String(repeating: " ", count: width - fact.count.count) + fact.count + "  " + fact.name)
      }
    }
    return lines
  }

  /// The problems by kind and column, and what may mend them.
  package var findings: [String] {
    var lines: [String] = []
    for section in sections {
      if !lines.isEmpty { lines.append("") }
      lines.append(heading(section))
      for row in section.rows { lines.append(row.line) }
      if section.omitted > 0 {
        lines.append("  " + words.text("more", ["count": words.language.number(section.omitted)]) + frequent(section))
      }
      for suggestion in section.suggestions { lines.append("  " + words["report-suggestion"] + ": " + suggestion.line) }
    }
    if !others.isEmpty, !lines.isEmpty { lines.append("") }
    for suggestion in others { lines.append(words["report-suggestion"] + ": " + suggestion.line) }
    return lines
  }

  private func heading(_ section: ReportSection) -> String {
    let place = section.column.map { " " + words.text("report-in-column", ["column": $0]) } ?? ""
    return "\(section.counted)\(place): \(section.title)"
  }

  private func frequent(_ section: ReportSection) -> String {
    if section.values.isEmpty { return "" }
    let texts = section.values.map { "«\($0.text)» (\(words.language.number($0.count)))" }.joined(separator: ", ")
    return "; "
      + (section.sampled.map { words.text("report-frequent-sample", ["count": words.language.number($0)]) } ?? words["report-frequent"])
      + " " + texts
  }
}
