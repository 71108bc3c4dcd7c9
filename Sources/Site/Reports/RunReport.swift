package import Mapping
package import Problems

/// What a run over tables found, for the person who has the files and for programs (contract §2).
package struct RunReport: Sendable {
  /// The files, as they were named.
  package var inputs: [String]
  /// The mapping, as it was named; nil where there was none.
  package var mapping: String?
  /// What was done with the rows.
  package var conversion: ConversionReport
  /// The problems: the first of each kind, and how many there are.
  package var problems: ProblemList
  /// The problems by kind and column.
  package var groups: [ProblemGroup]
  /// What may mend them.
  package var suggestions: [Suggestion] = []
  /// What ended the run before its time, or nil.
  package var failure: Problem?
  /// How long the run took.
  package var milliseconds: Int
  /// When, as people write it; nil to say nothing of it.
  package var time: String?
  /// What became of the graphs of a site, where the run was of one.
  package var site: SiteReport?

  /// A report of a run.
  package init(inputs: [String], mapping: String?, conversion: ConversionReport, problems: ProblemGroups, milliseconds: Int) {
    self.inputs = inputs
    self.mapping = mapping
    self.conversion = conversion
    self.problems = problems.list
    groups = problems.groups
    self.milliseconds = milliseconds
  }

  /// The datasets of the site, where the run was of one.
  var datasets: [PartReport] { site?.parts.filter { $0.part.kind == .dataset } ?? [] }

  /// Of how much rules of secrecy were asked; nil where no table was read. Of a site its datasets count: registers and code lists are public.
  package var judged: JudgedPart? {
    guard site != nil else { return conversion.judged }
    return datasets.reduce(nil) { known, part in known?.with(part.conversion.judged) ?? part.conversion.judged }
  }

  /// The names of the datasets of the site of which something was read that no rule of secrecy was asked about.
  var unjudged: [String] { datasets.filter { $0.conversion.judged.map { $0 != .all } ?? false }.map(\.part.name) }

  /// How many problems there are of a severity.
  package func count(_ severity: Severity) -> Int { groups.reduce(0) { $0 + ($1.severity == severity ? $1.count : 0) } }
}

/// How a report is written.
package enum ReportFormat: String, Sendable, CaseIterable {
  case text, json, html

  /// What the ending of a file's name says, or nil.
  package init?(name: String) {
    let name = name.lowercased()
    if name.hasSuffix(".json") {
      self = .json
    } else if name.hasSuffix(".html") || name.hasSuffix(".htm") {
      self = .html
    } else if name.hasSuffix(".txt") || name.hasSuffix(".text") {
      self = .text
    } else {
      return nil
    }
  }
}
