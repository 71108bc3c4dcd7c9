import Bytes
import Foundation
import Problems
import Resources
import Site

/// Where a run's report goes: a file, standard output where it is called `-`, or nowhere.
///
/// The ending of the file's name says how it is written; where it says nothing `--report-format` does, and without that it is JSON.
struct ReportFile {
  private let output: ResultOutput?
  private let format: ReportFormat
  private let language: Language

  /// Begins the file at `path`, if there is to be one.
  init(_ path: String?, _ global: GlobalOptions) throws(Failure) {
    output = try path.map { path throws(Failure) in try ResultOutput(path) }
    format = path.flatMap { ReportFormat(name: $0) } ?? global.reportFormat ?? .json
    language = global.language
  }

  /// Writes the report and puts the file in its place.
  func write(_ report: RunReport) throws(Failure) {
    guard let output else { return }
    var out = ByteBuffer()
    out.append(report, as: format, in: language)
    try output.finish(with: out.view)
  }
}

extension ByteBuffer {
  /// Appends a report in a format.
  mutating func append(_ report: RunReport, as format: ReportFormat, in language: Language) {
    switch format {
    case .json: append(runReport: report, in: language)
    case .html: append(text: ReportPage.text(report, in: language))
    case .text: append(text: ReportText(report, in: language).lines.joined(separator: "\n") + "\n")
    }
  }
}

extension RunReport {
  /// The time of day by the machine's clock, as a report names it.
  static var now: String {
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.dateFormat = "yyyy-MM-dd HH:mm"
    return format.string(from: Date())
  }
}
