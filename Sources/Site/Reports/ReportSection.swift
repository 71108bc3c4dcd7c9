import Mapping
import Problems

/// What a report says of the problems of one kind in one column.
struct ReportSection {
  /// One of the problems.
  struct Row {
    /// Where: `file:line:column`, and in a table the row.
    let place: String
    let row: Int?
    /// The text that is wrong; nil where there is none, or none that may be shown.
    let value: String?
    /// What is wrong, and how to mend it where that differs from problem to problem.
    let message: String
    /// All of it on a line, as contract §2 has it.
    let line: String
  }

  let code: String
  let severity: Severity
  /// What the problems have in common.
  let title: String
  let column: String?
  let count: Int
  /// How many there are, of what gravity.
  let counted: String
  /// How to mend them, where that is the same for all.
  let help: String
  let rows: [Row]
  /// The texts that are wrong most often, where there are more problems than rows.
  let values: [(text: String, count: Int)]
  /// Of how many texts ``values`` are the most frequent, where those are only some of all; else nil.
  let sampled: Int?
  let suggestions: [SuggestionLine]

  /// How many problems are not among the rows.
  var omitted: Int { count - rows.count }

  init(_ group: ProblemGroup, suggestions: [Suggestion], _ words: ReportWords) {
    let wording = Wording.shared
    let language = words.language
    code = group.code.rawValue
    severity = group.severity
    title = wording.kind(of: group, in: language)
    column = group.column
    count = group.count
    counted = words.counted(group.severity.countWord, group.count)
    let helps = Set(group.first.map { wording.help(of: $0, in: language) })
    let help = helps.count == 1 ? helps.first ?? "" : ""
    self.help = help
    rows = group.first.map { problem in
      let own = wording.help(of: problem, in: language)
      return Row(
        place: problem.place.prefix, row: problem.place.row, value: problem.value,
        message: wording.message(of: problem, in: language) + (help.isEmpty && !own.isEmpty ? " " + own : ""),
        line: problem.line(in: language))
    }
    values = group.count > group.first.count ? Array(group.values.frequencies.filter { $0.count > 1 }.prefix(5)) : []
    sampled = group.values.isWhole ? nil : group.values.texts.count
    self.suggestions = suggestions.map { SuggestionLine($0, words) }
  }

  /// The sections of a report, and the suggestions that stand in none of them.
  static func sections(of report: RunReport, _ words: ReportWords) -> (sections: [ReportSection], others: [SuggestionLine]) {
    var used: Set<Int> = []
    let sections = report.groups.map { group in
      let own = report.suggestions.indices.filter { number in
        let suggestion = report.suggestions[number]
        return suggestion.code == group.code && (suggestion.column == group.column || group.column == nil)
      }
      used.formUnion(own)
      return ReportSection(group, suggestions: own.map { report.suggestions[$0] }, words)
    }
    let others = report.suggestions.indices.filter { !used.contains($0) }.map { SuggestionLine(report.suggestions[$0], words) }
    return (sections, others)
  }
}

/// A suggestion in words.
struct SuggestionLine {
  /// What is suggested, in a sentence.
  let text: String
  /// Where to write ``edit``: on which column of the mapping.
  let lead: String
  /// What to write in the mapping; nil for nothing.
  let edit: String?

  init(_ suggestion: Suggestion, _ words: ReportWords) {
    let said = suggestion.words.text(in: words.language)
    text = said.prefix(1).uppercased() + said.dropFirst() + "."
    if case .column = suggestion.edit {
      lead = words["report-add"]
    } else {
      lead = words.text("report-edit", ["column": suggestion.column])
    }
    edit = suggestion.edit?.text
  }

  /// All of it on a line.
  var line: String { edit.map { "\(text) \(lead) \($0)" } ?? text }
}

extension Severity {
  /// The name of the texts that count problems of it.
  var countWord: String {
    switch self {
    case .error: "errors"
    case .warning: "warnings"
    case .secret: "secrets"
    }
  }
}
