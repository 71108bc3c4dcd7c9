import Bytes
import Problems
import RDF
import Resources

/// Keeps all quads and writes each once, in an order that does not depend on the order in which they came.
final class SortedWriter: QuadSink {
  private let format: Format
  private let output: any ByteOutput
  private var prefixes: Prefixes
  private let collector = QuadCollector()

  /// A writer of any format but JSON-LD.
  init(_ format: Format, _ output: any ByteOutput, _ prefixes: Prefixes) {
    self.format = format
    self.output = output
    self.prefixes = prefixes
  }

  func append(_ batch: borrowing QuadBatch) throws(Failure) { try collector.append(batch) }

  func suggest(prefix: String, namespace: String) {
    var words = TurtleTerms(prefixes)
    words.suggest(prefix: prefix, namespace: namespace)
    prefixes = words.prefixes
  }

  func finish() throws(Failure) {
    let hasGraphs = format == .trig || format == .nquads
    let dataset = OrderedDataset(collector, hasGraphs: hasGraphs)
    if format == .turtle || format == .trig {
      var text = SortedTurtle(dataset, prefixes)
      try text.write(to: output)
    } else {
      let writer: any QuadSink = format == .rdfxml ? RDFXMLWriter(output, prefixes: prefixes) : LineWriter(output, hasGraphs: hasGraphs)
      try collector.send(dataset.rows, to: writer, labels: dataset.labelsInOrder())
      try writer.finish()
    }
  }
}
