package import Bytes
package import Problems

/// The canonical form of a dataset (RDF Dataset Canonicalization, RDFC-1.0): N-Quads that are the same bytes for
/// isomorphic datasets.
package struct CanonicalForm: ~Copyable {
  /// The lines, sorted by bytes and each once, every one with its line feed.
  package let text: ByteBuffer
  /// The number n of the label `c14n<n>` of each blank node, by its id in the collector.
  package let labels: [TermID: Int]

  /// Canonicalizes a dataset.
  ///
  /// The work grows with the factorial of the number of blank nodes that look alike; `workLimit` bounds it (a unit is about
  /// a microsecond of hashing), and the depth of the recursion is bounded too.
  /// - Throws: ``ProblemCode/limitExceeded`` where the blank nodes need more work than that.
  package init(of dataset: QuadCollector, algorithm: Digest.Algorithm = .sha256, workLimit: Int = 100_000) throws(Failure) {
    var labelling = CanonicalLabelling(dataset, algorithm: algorithm, workLimit: workLimit)
    try labelling.run()
    var labels: [TermID: Int] = [:]
    for (number, node) in labelling.canonical.order.enumerated() { labels[node] = number }
    var unsorted = ByteBuffer(capacity: dataset.count * 128)
    var lines: [Range<Int>] = []
    lines.reserveCapacity(dataset.count)
    for row in dataset.rows {
      let start = unsorted.count
      unsorted.append(row, of: dataset) { node, out in
        out.append("_:c14n")
        out.append(decimal: labels[node] ?? 0)
      }
      lines.append(start..<unsorted.count)
    }
    lines.sort { unsorted.view($0) < unsorted.view($1) }
    var text = ByteBuffer(capacity: unsorted.count)
    var previous = 0..<0
    for line in lines {
      if unsorted.view(line) == unsorted.view(previous) { continue }
      text.append(unsorted.view(line))
      previous = line
    }
    self.text = text
    self.labels = labels
  }
}

extension ByteBuffer {
  /// Appends a quad as a line of canonical N-Quads, its blank nodes as `label` writes them.
  mutating func append(_ row: QuadIDs, of dataset: QuadCollector, label: (TermID, inout ByteBuffer) -> Void) {
    for id in [row.subject, row.predicate, row.object, row.graph] where id != QuadBatch.defaultGraph {
      if dataset.kind(id) == .blankNode {
        label(id, &self)
      } else {
        append(dataset, id)
      }
      append(UInt8(ascii: " "))
    }
    append(".\n")
  }

  /// Appends an IRI or a literal in N-Triples form.
  private mutating func append(_ dataset: QuadCollector, _ id: TermID) {
    let record = dataset.record(id)
    if record.kind == .iri { return append(bracketed: dataset.view(id)) }
    append(quoted: dataset.view(id))
    if record.kind == .typed {
      append("^^")
      append(bracketed: dataset.view(record.qualifier))
    } else if record.kind == .tagged {
      append("@")
      append(dataset.view(record.qualifier))
    }
  }
}
