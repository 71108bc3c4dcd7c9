import ArgumentParser
import Bytes
import Glibc
import Problems
import Resources

/// Speaks to the person at the terminal: on standard error, in their language.
struct Console {
  let language: Language
  let format: ReportFormat
  let isQuiet: Bool

  /// Shows the problems of a run, and how many of each code there were beyond the ones that were kept.
  func show(_ problems: ProblemList) {
    switch format {
    case .text:
      for problem in problems.problems { say(problem.line(in: language)) }
      for (code, count) in problems.counts.sorted(by: { $0.key.rawValue < $1.key.rawValue }) where count > problems.kept {
        say(Wording.shared.text("more", in: language, ["count": "\(count - problems.kept)"]) + " [\(code.rawValue)]")
      }
    case .json:
      for problem in problems.problems {
        var out = ByteBuffer()
        problem.append(jsonTo: &out, in: language)
        say(out.view.text)
      }
    }
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
    if !isQuiet, format == .text { say(line) }
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
    case .writeFailed, .portUnavailable: 74
    case .formatUnknown, .formatUnsupported, .variantUnknown: 64
    default: 65
    }
  }
}
