import Bytes
import Mapping
import Problems
import RDF
import Resources
import Site
import TestSupport

/// A table that was checked by a mapping, in process, with the registers of the repository.
struct CheckedTable {
  let report: RunReport
  let folder: TemporaryFolder

  static let library = Library(roots: [ProgramRun.repository])
  static let annotation = "https://w3id.org/kommungraf/ns/csvw/"

  /// Checks `table` by a mapping with these columns, which are found by title.
  /// - Parameters:
  ///   - columns: the columns as JSON, separated by commas.
  ///   - more: other members of the mapping.
  init(columns: String, more: String = "", table: String, name: String = "t.csv") throws {
    let mapping = """
      {"@context": "http://www.w3.org/ns/csvw", "url": "t.csv", "\(Self.annotation)columnMatching": "title", \(more.isEmpty ? "" : more + ",")
       "tableSchema": {"columns": [\(columns)]}}
      """
    let folder = try TemporaryFolder()
    try folder.write(name, table)
    try folder.write("m.json", mapping)
    self.init(mapping: folder.file("m.json"), file: folder.file(name), in: folder)
  }

  /// Checks a file by a mapping that stands in a file or is named.
  init(mapping: String, file: String, in folder: TemporaryFolder) {
    self.folder = folder
    let groups = ProblemGroups(ProblemList())
    let survey = ColumnSurvey()
    var job = ConversionJob(inputs: [file], mapping: mapping, library: Self.library, resources: FileSource(), problems: groups)
    job.isValidation = true
    job.base = ConversionJob.defaultBase
    job.survey = survey
    var failure: Problem?
    var conversion = ConversionReport()
    do throws(Failure) {
      conversion = try job.run(into: NoQuads())
    } catch {
      groups.report(error.problem)
      failure = error.problem
    }
    var report = RunReport(inputs: ["t.csv"], mapping: "m.json", conversion: conversion, problems: groups, milliseconds: 12)
    report.failure = failure
    report.suggest(survey, Self.library, resources: FileSource())
    self.report = report
  }

  /// The suggestions in words.
  func suggestions(in language: Language = .en) -> [String] { report.suggestions.map { $0.words.text(in: language) } }

  /// The report as JSON text.
  func json(in language: Language = .en) -> String {
    var out = ByteBuffer()
    out.append(runReport: report, in: language)
    return out.view.text
  }
}

/// A sink that lets everything go.
private final class NoQuads: QuadSink {
  func append(_ batch: borrowing QuadBatch) throws(Failure) {}
  func finish() throws(Failure) {}
}
