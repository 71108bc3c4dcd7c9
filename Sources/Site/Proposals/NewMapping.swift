import Bytes
package import Mapping
package import Problems
import RDF
package import Resources
import Tables

/// A first mapping of a file of which nothing is known (contract §1, `mapping new`): proposed from a sample of its rows, and then tried on
/// all of them, so that what is handed out validates at once, but for what is wrong with the file itself.
package struct NewMapping {
  /// The proposal.
  package private(set) var proposal: MappingProposal
  /// How many rows the file has.
  package private(set) var rows = 0

  /// How often a proposal is mended at most.
  private static let trials = 8
  /// What the proposal is called while it is tried.
  private static let trialName = "./mapping-new.json"

  /// What the file is called of which nothing is known but its bytes.
  private static let standardInput = "tabell"

  /// Proposes a mapping of the table `name`.
  /// - Parameter library: where registers, code lists and the words of headers stand.
  /// - Throws: what reading the file throws. A file is read more than once, so that standard input is kept in memory, up to 1 GiB.
  package init(_ name: String, library: Library, resources: any ByteSource) throws(Failure) {
    var resources = resources
    if name == "-" { resources = OverlaidSource(name: name, bytes: try resources.open(name).readAll(), over: resources) }
    let quiet = ProblemList(kept: 0)
    let job = ConversionJob(inputs: [name], mapping: Self.trialName, library: library, resources: resources, problems: quiet)
    var dialect = Dialect.undeclared
    let header = try Self.header(job, &dialect)
    dialect.skipRows = header.skipRows
    dialect.headerRowCount = header.hasHeader ? 1 : 0
    let table = try job.table(name, dialect: dialect, problems: quiet)
    let sample = try TableSample(table)
    let csv = (table as? CSVReader).map { (delimiter: $0.delimiter.text, encoding: $0.encodingName.lowercased()) }
    let proposer = TableProposer(
      registers: RegisterShelf(library, resources: resources).all, words: library.headerWords(resources))
    let isAddress = name.contains("://")
    let called = name == "-" ? Self.standardInput + "." + table.kind.rawValue : name
    let url = isAddress ? name : called.split(separator: "/").last.map(String.init) ?? called
    proposal = proposer.proposal(of: sample, name: called, url: url, header: header, csv: csv)
    for trial in 1...Self.trials {
      let (groups, read) = try Self.try(proposal, job, resources)
      rows = read
      if trial < Self.trials, proposal.mend(groups, rows: read) { continue }
      proposal.doubt(groups)
      return
    }
  }

  /// Finds the header, and of delimited text the delimiter that makes columns of it where the one that was guessed makes none: a line of
  /// text before the header may mislead the guess.
  private static func header(_ job: ConversionJob, _ dialect: inout Dialect) throws(Failure) -> HeaderGuess {
    let quiet = ProblemList(kept: 0)
    let name = job.inputs[0]
    func guess(_ delimiter: ByteString?) throws(Failure) -> (header: HeaderGuess, delimiter: ByteString?) {
      var plain = dialect
      plain.delimiter = delimiter
      plain.headerRowCount = 0
      let table = try job.table(name, dialect: plain, problems: quiet)
      // The columns of JSON are keys, which no row holds.
      return (table is JSONTable ? .inPlace : try HeaderGuess(table), (table as? CSVReader)?.delimiter)
    }
    let first = try guess(nil)
    // From now on it is declared, so that the lines before the header count alike for every reader.
    dialect.delimiter = first.delimiter
    if first.delimiter == nil || first.header.width > 1 { return first.header }
    for delimiter: ByteString in [";", ",", "\t", "|"] {
      let other = try guess(delimiter)
      if other.header.width <= first.header.width { continue }
      dialect.delimiter = delimiter
      return other.header
    }
    return first.header
  }

  /// Checks the whole file by the proposal.
  private static func `try`(
    _ proposal: MappingProposal, _ job: ConversionJob, _ resources: any ByteSource
  ) throws(Failure) -> (groups: [ProblemGroup], rows: Int) {
    let groups = ProblemGroups(ProblemList(kept: 0))
    var trial = job
    trial.resources = OverlaidSource(name: fileIRI(trialName).text, bytes: Array(proposal.text.utf8), over: resources)
    trial.problems = groups
    trial.isValidation = true
    trial.base = ConversionJob.defaultBase
    let report = try trial.run(into: NoSink())
    return (groups.groups, report.rowsRead)
  }
}

/// A source in which one name stands for bytes in memory.
private struct OverlaidSource: ByteSource {
  let name: String
  let bytes: [UInt8]
  let over: any ByteSource

  func open(_ name: String) throws(Failure) -> any ByteStream {
    if name == self.name { return MemoryStream(bytes, name: name) }
    return try over.open(name)
  }
}

/// A sink that lets everything go.
private final class NoSink: QuadSink {
  func append(_ batch: borrowing QuadBatch) throws(Failure) {}
  func finish() throws(Failure) {}
}
