import Bytes
package import Problems
package import RDF
package import Resources

/// Makes writers.
package struct RDFWriter {
  /// A sink that writes what comes as `format` to `output`.
  ///
  /// Turtle, TriG, N-Triples, N-Quads and RDF/XML are written as quads come, equal ones again and again. `sorted` keeps everything
  /// until the end and then writes each quad once, in an order that does not depend on the input's. Formats without graphs
  /// drop their names.
  /// - Throws: ``ProblemCode/formatUnsupported`` for JSON-LD, which has a module of its own.
  package static func make(
    _ format: Format, to output: any ByteOutput, prefixes: Prefixes, sorted: Bool
  ) throws(Failure) -> any QuadSink {
    switch format {
    case .turtle, .trig:
      if sorted { return SortedWriter(format, output, prefixes) }
      return TurtleWriter(output, prefixes: prefixes, hasGraphs: format == .trig)
    case .ntriples, .nquads:
      if sorted { return SortedWriter(format, output, prefixes) }
      return LineWriter(output, hasGraphs: format == .nquads)
    case .rdfxml:
      if sorted { return SortedWriter(format, output, prefixes) }
      return RDFXMLWriter(output, prefixes: prefixes)
    case .jsonld:
      throw Failure(
        .formatUnsupported,
        ["format": .text(format.name), "action": .phrase("written"), "choices": "turtle, trig, ntriples, nquads, rdfxml"])
    }
  }
}
