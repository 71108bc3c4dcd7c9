import ArgumentParser
import Bytes
import Glibc
import Mapping
import Problems
import Resources
import Site

/// Speaks to the person at the terminal: on standard error, in their language.
struct Console {
  let language: Language
  /// Whether problems are JSON lines for another program.
  let isJSON: Bool
  let isQuiet: Bool

  /// Shows the problems of a run, and how many of each code there were beyond the ones that were kept.
  func show(_ problems: ProblemList) {
    if isJSON { return showJSON(problems) }
    for problem in problems.problems { say(problem.line(in: language)) }
    for (code, count) in problems.counts.sorted(by: { $0.key.rawValue < $1.key.rawValue }) where count > problems.kept {
      say(Wording.shared.text("more", in: language, ["count": "\(count - problems.kept)"]) + " [\(code.rawValue)]")
    }
  }

  private func showJSON(_ problems: ProblemList) {
    for problem in problems.problems {
      var out = ByteBuffer()
      problem.append(jsonTo: &out, in: language)
      say(out.view.text)
    }
  }

  /// Shows what a check found: the problems by kind and column with what may mend them, then the answers and how many rows there were.
  /// Where all is well and nothing was kept back, the last line says so.
  func show(_ report: RunReport) {
    if isJSON { return showJSON(report.problems) }
    if isQuiet { return show(report.problems) }
    let text = ReportText(report, in: language)
    let findings = text.findings
    for line in findings { say(line) }
    if report.failure != nil { return }
    let keepsBack =
      !report.conversion.rowsWithheld.isEmpty || !report.conversion.cellsWithheld.isEmpty || !report.conversion.rowsEmbargoed.isEmpty
    if !findings.isEmpty || keepsBack {
      for line in (findings.isEmpty ? [] : [""]) + text.answers + [""] { say(line) }
    }
    let errors = report.problems.errorCount
    let numbers = ["read": "\(report.conversion.rowsRead)", "errors": "\(errors)"]
    say("kommungraf: " + Wording.shared.text(errors > 0 ? "validated-bad" : "validated-good", in: language, numbers))
  }

  /// Shows one problem.
  func show(_ problem: Problem) {
    let list = ProblemList()
    list.report(problem)
    show(list)
  }

  /// A line on standard error.
  func say(_ line: String) {
    let bytes = ByteString(line + "\n")
    // Nothing can be done where even this can't be written.
    try? bytes.withView { view throws(Failure) in try DescriptorOutput(descriptor: STDERR_FILENO).write(view) }
  }

  /// A line on standard error unless `--quiet`, or where standard error is JSON lines for another program.
  func tell(_ line: String) {
    if !isQuiet, !isJSON { say(line) }
  }

  /// Shows a failure, after the problems that came before it, and gives the status to exit with.
  func fail(_ failure: Failure, after problems: ProblemList) -> ExitCode {
    problems.report(failure.problem)
    show(problems)
    return ExitCode(failure.problem.code.exitStatus)
  }
}

extension ProblemCode {
  /// The exit status of a run that this problem ended (contract §1).
  var exitStatus: Int32 {
    switch self {
    case .inputMissing, .inputUnreadable, .mappingUnknown, .registerMissing: 66
    case .networkUnavailable, .networkRefused, .networkFailed: 69
    case .writeFailed, .portUnavailable, .releaseForeign, .ledgerReplaced: 74
    case .formatUnknown, .formatUnsupported, .variantUnknown: 64
    default: 65
    }
  }
}
