package import Bytes
package import Problems

extension QuadCollector {
  /// How many quads.
  package var count: Int { rows.count }

  /// How many distinct terms and language tags.
  package var termCount: Int { table.count }

  /// The bytes of a term. Valid until the collector next takes a batch.
  package func view(_ id: TermID) -> ByteView { table.arena.view(id) }

  /// What is known of a term.
  package func record(_ id: TermID) -> TermRecord { table.arena[id] }

  /// The kind of a term.
  package func kind(_ id: TermID) -> TermKind { table.arena[id].kind }

  /// The id of an IRI, or nil where no quad speaks of it.
  package func id(ofIRI iri: ByteString) -> TermID? { iri.withView { table.id(of: .iri, $0) } }

  /// An owned copy of a term.
  package func term(_ id: TermID) -> Term { table.arena.term(id) }

  /// Owned copies of the quads, for tests and small graphs.
  package var quads: [Quad] {
    rows.map { row in
      Quad(
        term(row.subject), term(row.predicate), term(row.object),
        graph: row.graph == QuadBatch.defaultGraph ? nil : term(row.graph))
    }
  }

  /// Hands all quads on to `sink`, in order, with their prefixes; does not finish it.
  package func send(to sink: any QuadSink) throws(Failure) {
    for (prefix, namespace) in suggestions { sink.suggest(prefix: prefix, namespace: namespace) }
    try send(rows, to: sink)
  }

  /// Hands quads of this collector's terms on to `sink`, in batches; blank nodes get these labels where they have one.
  package func send(_ rows: [QuadIDs], to sink: any QuadSink, labels: [TermID: ByteString] = [:]) throws(Failure) {
    let size = 8192
    var batch = QuadBatch(capacity: size)
    // Ids within the batch at hand, valid where the mark is that of the batch.
    var local: [TermID] = Array(repeating: 0, count: termCount)
    var marks: [UInt32] = Array(repeating: 0, count: termCount)
    var mark: UInt32 = 0
    for (index, row) in rows.enumerated() {
      if index % size == 0 {
        if index > 0 { try sink.append(batch) }
        batch.reset()
        mark += 1
      }
      func copied(_ id: TermID) -> TermID {
        if marks[Int(id)] == mark { return local[Int(id)] }
        let record = record(id)
        let hasQualifier = record.kind == .typed || record.kind == .tagged
        let qualifier = hasQualifier ? copied(record.qualifier) : 0
        marks[Int(id)] = mark
        if let label = labels[id] {
          local[Int(id)] = batch.terms.add(.blankNode, label)
        } else {
          local[Int(id)] = batch.terms.add(record.kind, view(id), qualifier: qualifier)
        }
        return local[Int(id)]
      }
      let subject = copied(row.subject)
      let predicate = copied(row.predicate)
      let object = copied(row.object)
      batch.append(subject, predicate, object, graph: row.graph == QuadBatch.defaultGraph ? row.graph : copied(row.graph))
    }
    if batch.count > 0 { try sink.append(batch) }
  }
}

extension [QuadIDs] {
  /// The quads, each once, where it first came.
  package func withoutDuplicates() -> [QuadIDs] {
    var mask = 15
    while mask < count * 2 { mask = mask * 2 + 1 }
    var slots = [UInt32](repeating: 0, count: mask + 1)
    var kept: [QuadIDs] = []
    kept.reserveCapacity(count)
    for row in self {
      let left = UInt64(row.subject) << 32 | UInt64(row.object)
      let right = UInt64(row.predicate) << 32 | UInt64(row.graph)
      var slot = Int(truncatingIfNeeded: mixed(left ^ mixed(right ^ 0x9E37_79B9_7F4A_7C15))) & mask
      while slots[slot] != 0, kept[Int(slots[slot]) - 1] != row { slot = (slot + 1) & mask }
      if slots[slot] != 0 { continue }
      kept.append(row)
      slots[slot] = UInt32(truncatingIfNeeded: kept.count)
    }
    return kept
  }
}
