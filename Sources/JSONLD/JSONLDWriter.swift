package import Bytes
package import Problems
package import RDF
package import Resources

/// Writes a whole dataset as compacted JSON-LD 1.1, for people to read: a context with the prefixes and one short name for
/// each property, nodes that are used once within their user, lists as lists, numbers and booleans as JSON's own where
/// they come back as the same literal.
package final class JSONLDWriter: QuadSink {
  private let output: any ByteOutput
  private let isSorted: Bool
  private var prefixes: [(prefix: ByteString, namespace: ByteString)]
  private let collector = QuadCollector()

  /// A writer with these prefixes, in order, of which only those in use are declared. `sorted` puts nodes and properties in
  /// an order that does not depend on the input's; otherwise they stand as they first came.
  package init(_ output: any ByteOutput, prefixes: [(prefix: ByteString, namespace: ByteString)], sorted: Bool) {
    self.output = output
    self.prefixes = prefixes
    isSorted = sorted
  }

  /// Keeps the quads until the end.
  /// - Throws: ``ProblemCode/limitExceeded`` beyond 4 GiB of terms.
  package func append(_ batch: borrowing QuadBatch) throws(Failure) { try collector.append(batch) }

  /// Takes the prefix, in the place of another that has its name or its namespace.
  package func suggest(prefix: String, namespace: String) {
    let entry = (prefix: ByteString(prefix), namespace: ByteString(namespace))
    guard entry.prefix.withView({ $0.isPlainName }) else { return }
    let place = prefixes.firstIndex { $0.prefix == entry.prefix || $0.namespace == entry.namespace } ?? prefixes.count
    prefixes.removeAll { $0.prefix == entry.prefix || $0.namespace == entry.namespace }
    prefixes.insert(entry, at: min(place, prefixes.count))
  }

  /// Writes the document.
  /// - Throws: ``ProblemCode/writeFailed``.
  package func finish() throws(Failure) {
    let dataset = OrderedDataset(collector, hasGraphs: true, order: isSorted ? .byValue : .asMet)
    var document = DocumentText(dataset, prefixes, sorted: isSorted)
    document.render()
    try output.write(document.text.view)
  }
}
