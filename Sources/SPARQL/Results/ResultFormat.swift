package import Resources

/// The formats of solutions and truth values.
package enum ResultFormat: String, CaseIterable, Sendable {
  /// Columns under each other, for a terminal.
  case table
  /// SPARQL 1.1 Query Results JSON Format.
  case json
  /// SPARQL Query Results XML Format (Second Edition).
  case xml
  /// SPARQL 1.1 Query Results CSV Format.
  case csv
  /// SPARQL 1.1 Query Results TSV Format.
  case tsv

  /// The registered media type.
  package var mediaType: String {
    switch self {
    case .table: "text/plain"
    case .json: "application/sparql-results+json"
    case .xml: "application/sparql-results+xml"
    case .csv: "text/csv"
    case .tsv: "text/tab-separated-values"
    }
  }

  /// A writer to `output`. Nothing is kept in memory but one block, except for the table, whose columns are as wide as the first
  /// 1 000 solutions ask.
  package func writer(to output: any ByteOutput) -> any SolutionSink {
    switch self {
    case .table: TableWriter(output)
    case .json: JSONResultWriter(output)
    case .xml: XMLResultWriter(output)
    case .csv: CSVResultWriter(output)
    case .tsv: TSVResultWriter(output)
    }
  }
}
