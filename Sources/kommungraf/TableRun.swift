import ArgumentParser
import Bytes
import Glibc
import Mapping
import Problems
import RDF
import RDFSyntax
import Resources
import Site

/// One run over tables, from the options to the report.
struct TableRun {
  let inputs: [String]
  let mapping: MappingOptions
  let graph: String?
  let global: GlobalOptions
  private let problems = ProblemList()
  private let groups: ProblemGroups
  private let started = ContinuousClock.now

  init(inputs: [String], mapping: MappingOptions, graph: String?, global: GlobalOptions) {
    self.inputs = inputs
    self.mapping = mapping
    self.graph = graph
    self.global = global
    groups = ProblemGroups(problems)
  }

  private func job(_ library: Library) -> ConversionJob {
    var job = ConversionJob(
      inputs: inputs, mapping: mapping.mapping, library: library, resources: global.source, problems: groups)
    job.variant = mapping.variant
    job.settings = mapping.settings
    job.mode = mapping.mode?.mode
    job.base = mapping.base
    job.firstRow = mapping.firstRow
    job.headerFile = mapping.headerFrom
    job.graph = graph
    job.asOf = mapping.asOf
    job.log = global.log
    return job
  }

  /// Converts, and exits with 1 where there were errors.
  /// - Parameter review: where what a person should look at goes, for the eyes of its owner only; nil for nowhere.
  func convert(to path: String?, format: ConversionFormat?, report: String?, review: String?) throws {
    let console = global.console
    let library = Library.standard()
    var output: TripleOutput?
    do throws(Failure) {
      let report = try ReportFile(report, global)
      let review = try review.map { path throws(Failure) in try FileOutput(path: path, isPrivate: true) }
      let opened = try TripleOutput(path: path, format: format, library: library, problems: problems)
      output = opened
      var job = job(library)
      job.review = review.map { ReviewList($0, in: console.language) }
      let result = try job.run(into: opened.sink)
      try review?.finish()
      try opened.finish()
      try finish(result, report, console) { result.lines(milliseconds: $0, in: console.language) }
    } catch {
      output?.abandon()
      throw console.fail(error, after: problems)
    }
    if problems.errorCount > 0 { throw ExitCode(1) }
  }

  /// Validates, and exits with 1 where there were errors.
  func validate(report: String?) throws {
    try ValidationRun(job(Library.standard()), groups, global).run(report: report)
  }

  /// Writes the report, shows the problems, and says what was done.
  private func finish(
    _ result: ConversionReport, _ file: ReportFile, _ console: Console, lines: (_ milliseconds: Int) -> [String]
  ) throws(Failure) {
    let milliseconds = started.millisecondsSince
    global.log.tell(result, milliseconds: milliseconds)
    var report = RunReport(inputs: inputs, mapping: mapping.mapping, conversion: result, problems: groups, milliseconds: milliseconds)
    report.time = RunReport.now
    try file.write(report)
    console.show(problems)
    for line in lines(milliseconds) { console.tell("kommungraf: " + line) }
  }
}

/// A sink that only counts.
final class CountingSink: DividedSink {
  /// How many quads have come.
  private(set) var count = 0

  func append(_ batch: borrowing QuadBatch) throws(Failure) { count += batch.count }

  func part() -> any SinkPart { PlainPart(of: self) }

  func finish() throws(Failure) {}
}
