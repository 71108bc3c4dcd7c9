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
    let groups = ProblemGroups(problems)
    let started = ContinuousClock.now
    do throws(Failure) {
      let file = try ReportFile(path, global)
      let live = try LiveSite.open(site, global, groups, asOf: asOf)
      let report = try live.build()
      global.log.tell(report)
      try SiteChecks(live.library, resources: global.files, problems: groups).run(on: live)
      var total = RunReport(
        inputs: [site], mapping: nil, conversion: report.total, problems: groups, milliseconds: started.millisecondsSince)
      total.time = RunReport.now
      total.site = report
      try file.write(total)
      for line in report.lines(in: console.language) { console.tell(line) }
      console.show(total)
    } catch {
      throw console.fail(error, after: problems)
    }
    if problems.errorCount > 0 { throw ExitCode(1) }
  }
}
