import Bytes
package import Problems

/// A whole dataset in memory: each distinct term once, and four ids a quad.
///
/// It backs what needs to see everything before it can say the first thing: sorted output, JSON-LD, canonical form.
package final class QuadCollector: QuadSink {
  /// The terms of the quads.
  package private(set) var table = TermTable()
  /// The quads, in the order in which they came.
  package private(set) var rows: [QuadIDs] = []
  /// Prefixes that were suggested, in order.
  package private(set) var suggestions: [(prefix: String, namespace: String)] = []
  /// Ids in the table of the ids of the batch at hand.
  private var known: [TermID] = []

  /// An empty collector.
  package init() {}

  /// A collector that holds these quads.
  package convenience init(_ quads: [Quad]) throws(Failure) {
    self.init()
    var batch = QuadBatch(capacity: max(quads.count, 1))
    for quad in quads { batch.append(quad) }
    try append(batch)
  }

  /// Takes a batch, equal quads included.
  /// - Throws: ``ProblemCode/limitExceeded`` beyond 4 GiB of terms.
  package func append(_ batch: borrowing QuadBatch) throws(Failure) {
    known = Array(repeating: Self.unknown, count: batch.terms.count)
    for index in 0..<batch.count {
      let subject = try intern(batch.subjects[index], batch.terms)
      let predicate = try intern(batch.predicates[index], batch.terms)
      let object = try intern(batch.objects[index], batch.terms)
      let graph = batch.graphs[index]
      let name = graph == QuadBatch.defaultGraph ? graph : try intern(graph, batch.terms)
      rows.append(QuadIDs(subject: subject, predicate: predicate, object: object, graph: name))
    }
  }

  /// Keeps the suggestion for whoever writes the quads.
  package func suggest(prefix: String, namespace: String) { suggestions.append((prefix, namespace)) }

  /// Does nothing; the quads are there.
  package func finish() throws(Failure) {}

  private static let unknown = TermID.max

  @inline(__always) private func intern(_ id: TermID, _ terms: borrowing TermArena) throws(Failure) -> TermID {
    let found = known[Int(id)]
    return found == Self.unknown ? try internNew(id, terms) : found
  }

  private func internNew(_ id: TermID, _ terms: borrowing TermArena) throws(Failure) -> TermID {
    let record = terms[id]
    var kind = record.kind
    var qualifier: TermID = 0
    if kind == .typed {
      // A producer that has many datatypes may not have told this one apart.
      let isString = XSD.string.withView { $0 == terms.view(record.qualifier) }
      if isString { kind = .string } else { qualifier = try intern(record.qualifier, terms) }
    } else if kind == .tagged {
      qualifier = try intern(record.qualifier, terms)
    }
    let interned = try table.intern(kind, terms.view(id), qualifier: qualifier)
    known[Int(id)] = interned
    return interned
  }
}

/// A quad as ids of a ``TermTable``; the graph is ``QuadBatch/defaultGraph`` where there is none.
@frozen package struct QuadIDs: Hashable, Sendable {
  /// The subject.
  package var subject: TermID
  /// The predicate.
  package var predicate: TermID
  /// The object.
  package var object: TermID
  /// The graph.
  package var graph: TermID

  /// A quad of these ids.
  @inlinable package init(subject: TermID, predicate: TermID, object: TermID, graph: TermID) {
    self.subject = subject
    self.predicate = predicate
    self.object = object
    self.graph = graph
  }
}
