import Bytes
import Mapping
import Problems
import RDF

/// The answers to the two questions that a person asks of a file: is it right, and may it be published?
struct ReportAnswers {
  /// One answer.
  struct Answer {
    let question: String
    /// A sentence or two that begin with the verdict.
    let text: String
    /// How good the news is.
    let tone: Tone
    /// The numbers behind it, each with what it counts.
    let facts: [(name: String, count: String)]
  }

  /// How good the news is.
  enum Tone: String { case good, mixed, bad }

  let isRight: Answer
  let mayBePublished: Answer

  init(_ report: RunReport, in language: Language) {
    let words = ReportWords(language)
    isRight = Self.right(report, words)
    mayBePublished = Self.publishable(report, words)
  }

  private static func right(_ report: RunReport, _ words: ReportWords) -> Answer {
    let (errors, warnings) = (report.count(.error), report.count(.warning))
    let counts = [errors > 0 ? words.counted("errors", errors) : nil, warnings > 0 ? words.counted("warnings", warnings) : nil].compactMap {
      $0
    }
    let text: String
    if let failure = report.failure {
      text = words[failure.code.isAboutColumns ? "answer:unfit" : "answer:unreadable"]
    } else if errors > 0 {
      text = words.text("answer:wrong", ["counts": words.language.list(counts)])
    } else {
      text = warnings > 0 ? words.text("answer:right-but", ["counts": words.language.list(counts)]) : words["answer:right"]
    }
    let facts: [(String, Int)] = [
      (words["report-rows-read"], report.conversion.rowsRead), (words["report-rows-published"], report.conversion.rowsPublished),
      (words["report-errors"], errors), (words["report-warnings"], warnings),
    ]
    return Answer(
      question: words["answer:is-right"], text: text, tone: errors > 0 ? .bad : warnings > 0 ? .mixed : .good,
      facts: report.failure == nil ? facts.map { ($0, words.language.number($1)) } : [])
  }

  private static func publishable(_ report: RunReport, _ words: ReportWords) -> Answer {
    let conversion = report.conversion
    let undecided = conversion.rowsWithheld[ConversionReport.undecided] ?? 0
    let withheld = conversion.rowsWithheld.values.reduce(0, +) - undecided
    var facts: [(String, Int)] = []
    for (rule, count) in conversion.rowsWithheld.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) })
    where rule != ConversionReport.undecided {
      facts.append((words.text("report-withheld-by", ["rule": rule]), count))
    }
    if undecided > 0 { facts.append((words["report-undecided"], undecided)) }
    for (day, count) in conversion.embargoedRows { facts.append((words.text("report-embargoed-until", ["day": day]), count)) }
    for (rule, count) in conversion.cellsWithheld.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
      facts.append((words.text("report-cells-withheld-by", ["rule": rule]), count))
    }
    for (rule, count) in conversion.pointedOut.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
      facts.append((words.text("report-pointed-out-by", ["rule": rule]), count))
    }
    let embargoed = conversion.embargoedRows.reduce(0) { $0 + $1.count }
    let cells = conversion.cellsWithheld.values.reduce(0, +)
    var sentences: [String] = []
    var tone = Tone.good
    let judged = report.failure != nil && conversion.rowsRead == 0 ? nil : report.judged
    if judged == nil {
      sentences = [words["answer:unknown"]]
      tone = .bad
    } else if judged != .all {
      sentences = [withoutRules(report, words)]
      tone = .mixed
    } else if conversion.rowsPublished == 0 {
      sentences = [words["answer:nothing"]]
      tone = .bad
    } else {
      let exceptions = [
        withheld > 0 ? words.counted("report-withheld", withheld) : nil, embargoed > 0 ? words.counted("report-embargoed", embargoed) : nil,
        undecided > 0 ? words.counted("report-not-judged", undecided) : nil, cells > 0 ? words.counted("report-cells", cells) : nil,
      ].compactMap { $0 }
      sentences = [
        exceptions.isEmpty ? words["answer:all"] : words.text("answer:all-but", ["exceptions": words.language.list(exceptions)])
      ]
      tone = undecided > 0 ? .mixed : .good
    }
    if undecided > 0 { sentences.append(words["answer:undecided"]) }
    return Answer(
      question: words["answer:may-publish"], text: sentences.joined(separator: " "), tone: tone,
      facts: facts.map { ($0, words.language.number($1)) })
  }

  /// What is said where the rules of secrecy were asked about nothing, or not about all.
  private static func withoutRules(_ report: RunReport, _ words: ReportWords) -> String {
    if !report.unjudged.isEmpty { return words.text("answer:no-rules-for", ["datasets": words.language.list(report.unjudged)]) }
    return words[report.judged == .nothing ? "answer:no-rules" : "answer:some-rules"]
  }
}

extension ProblemCode {
  /// Whether a run that this problem ended could read the file, but not by the mapping.
  fileprivate var isAboutColumns: Bool {
    switch self {
    case .columnMissing, .variantNone, .variantTie, .tableUnbound: true
    default: false
    }
  }
}

/// The texts of reports in one language.
struct ReportWords {
  let language: Language
  private let wording = Wording.shared

  init(_ language: Language) { self.language = language }

  subscript(name: String) -> String { wording.word(name, in: language) }

  func text(_ name: String, _ arguments: [String: String]) -> String { wording.text(name, in: language, arguments) }

  func counted(_ name: String, _ count: Int) -> String { wording.counted(name, count, in: language) }
}

extension ConversionReport {
  /// The rows that an embargo keeps back, by the day from which on they are public, the first day first.
  fileprivate var embargoedRows: [(day: String, count: Int)] {
    rowsEmbargoed.sorted { $0.key < $1.key }.map { day, count in
      var text = ByteBuffer()
      day.append(to: &text)
      return (text.view.text, count)
    }
  }
}
