package import Bytes
package import Identifiers
package import Problems
package import RDF

/// Which triples a conversion writes (csv2rdf §4).
package enum ConversionMode: String, Sendable, CaseIterable {
  /// What the cells say, and the tables and rows that they stand in.
  case standard
  /// What the cells say.
  case minimal
}

/// What a conversion knows beside the mapping and the files.
package struct ConversionContext: Sendable {
  /// Which triples to write.
  package var mode: ConversionMode
  /// What relative templates are resolved against; nil for the IRI of the table, as CSVW has it.
  package var base: BaseIRI?
  /// Values of columns that the files lack, by name (`--set`).
  package var settings: [ByteString: ByteString]
  /// The registers that mappings may name.
  package var registers: Registers
  /// What words in headers mean, where a file has none of the titles of a column.
  package var headerWords = HeaderWords()
  /// The graph that all triples stand in; nil for the default graph.
  package var graph: ByteString?
  /// Put before the labels of blank nodes, so that several conversions can feed one sink.
  package var blankNodePrefix: ByteString = ""
  /// How many rows other conversions have numbered whose blank nodes have the same prefix, so that those of this one get labels of their own.
  package var rowsBefore = 0
  /// How many of the first rows of a file are passed over, by its name: those that were converted before rows were added at its end.
  package var rowsToSkip: [String: Int] = [:]
  /// Whether the tables are only checked: metadata that does not fit a table is then an error (metadata vocabulary §5.5.1).
  package var isValidation = false
  /// Whether large files are converted on two threads, where the sink is a ``DividedSink``; what comes of it is the same.
  package var usesTwoThreads = true
  /// The day, in Sweden, as of which embargoes are judged (`--as-of`).
  package var asOf = SwedishTime.date(at: .now)
  /// What is held back where rules say so.
  package var holdsBack = HeldBack.rowsAndCells
  /// What a person should look at, or nil where nobody asks.
  package var review: ReviewList?
  /// What takes note of the columns of files for suggestions; nil where nobody asks.
  package var survey: ColumnSurvey?
  /// Where problems go.
  package var problems: any ProblemSink

  /// A context.
  package init(
    mode: ConversionMode, base: ByteString? = nil, settings: [String: String] = [:], registers: Registers = Registers([]),
    graph: ByteString? = nil, problems: any ProblemSink
  ) {
    self.mode = mode
    self.base = base.map { BaseIRI($0) }
    self.settings = Dictionary(uniqueKeysWithValues: settings.map { (ByteString($0), ByteString($1)) })
    self.registers = registers
    self.graph = graph
    self.problems = problems
  }
}

/// What a conversion has done, for its report (contract §2).
package struct ConversionReport: Sendable {
  /// A report of nothing.
  package init() {}

  /// Rows read, the header not counted.
  package var rowsRead = 0
  /// Rows of which something was published.
  package var rowsPublished = 0
  /// Rows withheld, by rule.
  package var rowsWithheld: [String: Int] = [:]
  /// Cells withheld in rows that were published, by rule.
  package var cellsWithheld: [String: Int] = [:]
  /// Rows kept back by an embargo, by the day from which on they are public.
  package var rowsEmbargoed: [CivilDate: Int] = [:]
  /// Rows and cells that rules point out to a person and that were published, by rule.
  package var pointedOut: [String: Int] = [:]
  /// Triples written.
  package var triples = 0
  /// The number of the last row, with those numbered before the conversion (``ConversionContext/rowsBefore``).
  package var lastRowNumber = 0
  /// How many rows each file has, by its name, those passed over included.
  package var rowsOfFiles: [String: Int] = [:]
  /// Whether what is said of a row depends on other rows: running numbers within a key, properties of which the first value counts, and joins.
  package var looksBack = false
  /// Of how much rules of secrecy were asked, what is not written aside; nil where no table was read.
  package var judged: JudgedPart?

  /// Adds what another part of the conversion has done.
  package mutating func add(_ other: ConversionReport) {
    rowsRead += other.rowsRead
    rowsPublished += other.rowsPublished
    rowsWithheld.merge(other.rowsWithheld) { $0 + $1 }
    cellsWithheld.merge(other.cellsWithheld) { $0 + $1 }
    rowsEmbargoed.merge(other.rowsEmbargoed) { $0 + $1 }
    pointedOut.merge(other.pointedOut) { $0 + $1 }
    triples += other.triples
    lastRowNumber = max(lastRowNumber, other.lastRowNumber)
    rowsOfFiles.merge(other.rowsOfFiles) { _, last in last }
    looksBack = looksBack || other.looksBack
    judged = judged?.with(other.judged) ?? other.judged
  }

  /// The name under which rows are counted that can't be judged.
  package static let undecided = "undecided"
}
