import ArgumentParser
import Bytes
import Mapping
import Problems
import RDF
import Resources
import Site

/// One validation of a site: it is built as it would be served, and nothing is written but the report.
struct SiteRun {
  let site: String
  /// The day as of which embargoes are judged; nil for today.
  let asOf: CivilDate?
  let global: GlobalOptions

  /// Validates, and exits with 1 where there were errors.
  func validate(report path: String?) throws {
    let console = global.console
    let problems = ProblemList()
    let started = ContinuousClock.now
    do throws(Failure) {
      let file = try path.map { path throws(Failure) in try FileOutput(path: path) }
      let report = try LiveSite.open(site, global, problems, asOf: asOf).build()
      let milliseconds = started.millisecondsSince
      if let file {
        var out = ByteBuffer()
        out.append(siteReport: report, problems, milliseconds: milliseconds, in: console.language)
        try file.write(out.view)
        try file.finish()
      }
      console.show(problems)
      for line in report.lines(in: console.language) { console.tell(line) }
      let key = problems.errorCount > 0 ? "validated-bad" : "validated-good"
      let numbers = ["read": "\(report.total.rowsRead)", "errors": "\(problems.errorCount)"]
      console.tell("kommungraf: " + Wording.shared.text(key, in: console.language, numbers))
    } catch {
      throw console.fail(error, after: problems)
    }
    if problems.errorCount > 0 { throw ExitCode(1) }
  }
}
