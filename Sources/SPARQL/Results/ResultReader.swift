package import Problems
package import Resources

/// Reads the result of a SELECT or ASK, as a stream: what ``ResultFormat/writer(to:)`` writes, and what other endpoints do.
package enum ResultReader {
  /// How much a result may be.
  package struct Limits: Sendable {
    /// How many solutions.
    package var rows: Int
    /// How many bytes, all in all.
    package var bytes: Int
    /// How deep arrays and objects, or elements, may be nested.
    package var depth: Int
    /// How many bytes a single solution may have, which is all that is kept of a document at a time.
    package var solution: Int
    /// How many variables. An endpoint that is asked answers with those of the question; each costs a column, and a look at every name.
    package var variables: Int

    /// Limits.
    package init(rows: Int = .max, bytes: Int = .max, depth: Int = 32, solution: Int = 64 << 20, variables: Int = 4096) {
      self.rows = rows
      self.bytes = bytes
      self.depth = depth
      self.solution = solution
      self.variables = variables
    }
  }

  /// Reads a whole document into `sink`.
  ///
  /// The labels of blank nodes are those of the document. Solutions come in the document's order.
  /// - Parameter format: ``ResultFormat/json`` (SPARQL 1.1 Query Results JSON Format) or ``ResultFormat/xml`` (SPARQL Query Results XML
  ///   Format, Second Edition).
  /// - Throws: ``ProblemCode/resultsInvalid``, ``ProblemCode/jsonSyntax`` and ``ProblemCode/jsonDepth``, each with line and column;
  ///   ``ProblemCode/limitExceeded``; ``ProblemCode/formatUnsupported``; and what the stream and the sink throw. Solutions may have come
  ///   before.
  package static func read(
    _ stream: any ByteStream, format: ResultFormat, limits: Limits = Limits(), into sink: any SolutionSink
  ) throws(Failure) {
    let stream = BoundedStream(stream, limit: limits.bytes)
    switch format {
    case .json:
      var reader = JSONResultReader(stream, limits: limits, sink: sink)
      try reader.readAll()
    case .xml: try XMLResultReader(stream, limits: limits, sink: sink).readAll()
    case .csv, .tsv, .table:
      throw Failure(
        .formatUnsupported, at: Place(file: stream.name),
        ["format": .text(format.rawValue), "action": .phrase("read"), "choices": "json, xml"])
    }
  }
}
