package import Bytes
package import Problems
package import RDF
package import Resources

/// Reads RDF as a stream: bytes in, batches of quads out. Memory stays flat on inputs of any size.
package enum RDFReader {
  /// What a reader may be told.
  package struct Options: Sendable {
    /// The IRI that relative references start from, or nil: then they are a problem unless the document sets a base.
    package var base: ByteString?
    /// Put before every blank node's label, so that several documents can feed one sink.
    package var blankNodePrefix: ByteString
    /// How deep `[` and `(`, or elements of XML, may be nested.
    package var depthLimit: Int
    /// Whether to report a problem of syntax and go on after it: at the next line (N-Triples, N-Quads), or after the next
    /// line that ends in `.` (Turtle, TriG; triples of the broken statement that were whole stay), or where Raptor can go on (RDF/XML
    /// that is well-formed XML).
    package var keepGoing: Bool
    /// How many bytes are read at a time.
    package var blockSize: Int
    /// How RDF/XML from the network is read.
    package var confinement: Confinement

    /// The options of a reader.
    package init(
      base: ByteString? = nil, blankNodePrefix: ByteString = "", depthLimit: Int = 1000, keepGoing: Bool = false,
      blockSize: Int = 1 << 18, confinement: Confinement = .ownProgram
    ) {
      self.base = base
      self.blankNodePrefix = blankNodePrefix
      self.depthLimit = depthLimit
      self.keepGoing = keepGoing
      self.blockSize = blockSize
      self.confinement = confinement
    }
  }

  /// Reads a whole document of Turtle, TriG, N-Triples, N-Quads or RDF/XML (RDF 1.1) into `sink`, which is not told to finish.
  ///
  /// Terms of a batch may be equal and have different ids. Generated labels of blank nodes are `g1`, `g2`, … RDF/XML from the network is
  /// taken apart in another process (``Confinement``); what comes of it is the same.
  /// - Throws: ``ProblemCode/rdfSyntax``, ``ProblemCode/rdfDepth``, ``ProblemCode/rdfPrefixUndeclared``,
  ///   ``ProblemCode/iriInvalid``, ``ProblemCode/iriRelative``, ``ProblemCode/encodingInvalid``,
  ///   ``ProblemCode/limitExceeded`` (a token or line beyond 512 MiB), ``ProblemCode/readerFailed`` (memory, time or another process),
  ///   ``ProblemCode/formatUnsupported``, and what the stream and the sink throw.
  package static func read(
    _ stream: any ByteStream, format: Format, options: Options = Options(), into sink: any QuadSink, problems: any ProblemSink
  ) throws(Failure) {
    switch format {
    case .ntriples, .nquads:
      var reader = LineReader(stream, hasGraphs: format == .nquads, options: options, sink: sink, problems: problems)
      try reader.readAll()
    case .turtle, .trig:
      var parser = TurtleParser(stream, hasGraphs: format == .trig, options: options, sink: sink, problems: problems)
      try parser.readAll()
    case .rdfxml where stream.isFromNetwork:
      try ConfinedReading(stream, options: options, sink: sink, problems: problems).readAll()
    case .rdfxml:
      try RDFXMLReader(stream, options: options, sink: sink, problems: problems).readAll()
    case .jsonld:
      throw Failure(
        .formatUnsupported, at: Place(file: stream.name),
        ["format": .text(format.name), "action": .phrase("read"), "choices": "turtle, trig, ntriples, nquads, rdfxml"])
    }
  }

  /// How many bytes one token, or one line of N-Triples, may have.
  static let tokenLimit = 1 << 29
}
