import ArgumentParser
import Bytes
import Mapping
import Problems
import Resources
import Site

/// One check of tables: is the file right, and may it be published?
struct ValidationRun {
  private let job: ConversionJob
  private let global: GlobalOptions
  private let groups: ProblemGroups
  private let survey = ColumnSurvey()
  private let started = ContinuousClock.now

  /// A check by a job that tells its problems to `groups`.
  init(_ job: ConversionJob, _ groups: ProblemGroups, _ global: GlobalOptions) {
    var job = job
    job.isValidation = true
    // No IRI is written, so that none was given is nothing to tell of.
    job.base = job.base ?? ConversionJob.defaultBase
    job.survey = survey
    self.job = job
    self.groups = groups
    self.global = global
  }

  /// Checks, writes the report, and exits with 1 where there were errors. A file that can't be read has a report too: it says why.
  func run(report path: String?) throws {
    let console = global.console
    var file: ReportFile?
    do throws(Failure) {
      file = try ReportFile(path, global)
      let result = try job.run(into: CountingSink())
      global.log.tell(result, milliseconds: started.millisecondsSince)
      try tell(report(result), file, path, console)
    } catch {
      groups.report(error.problem)
      var report = report(ConversionReport())
      report.failure = error.problem
      // Where the report itself can't be written, that is what is told.
      if error.problem.code != .writeFailed { try? tell(report, file, path, console) } else { console.show(groups.list) }
      throw ExitCode(error.problem.code.exitStatus)
    }
    if groups.list.errorCount > 0 { throw ExitCode(1) }
  }

  private func report(_ result: ConversionReport) -> RunReport {
    var report = RunReport(
      inputs: job.inputs, mapping: job.mapping, conversion: result, problems: groups, milliseconds: started.millisecondsSince)
    report.time = RunReport.now
    report.suggest(survey, job.library, resources: job.resources)
    return report
  }

  /// Writes the report, and says on standard error what a person must know.
  private func tell(_ report: RunReport, _ file: ReportFile?, _ path: String?, _ console: Console) throws(Failure) {
    try file?.write(report)
    if path == nil, global.reportFormat == .html {
      var out = ByteBuffer()
      out.append(report, as: .html, in: console.language)
      try DescriptorOutput().write(out.view)
    }
    console.show(report)
  }
}
