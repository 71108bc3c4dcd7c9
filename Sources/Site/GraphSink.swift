import Bytes
import Problems
import RDF

/// Puts all quads into one graph and hands them on. It copies what comes: for documents of few quads, such as vocabularies.
final class GraphSink: QuadSink {
  private let sink: any QuadSink
  private let graph: ByteString
  /// How many quads have come.
  private(set) var count = 0

  init(_ sink: any QuadSink, graph: ByteString) {
    self.sink = sink
    self.graph = graph
  }

  func append(_ batch: borrowing QuadBatch) throws(Failure) {
    var copy = QuadBatch(capacity: max(batch.count, 1))
    let name = copy.terms.add(.iri, graph)
    var known = [TermID](repeating: .max, count: batch.terms.count)
    func copied(_ id: TermID, _ target: inout QuadBatch, _ source: borrowing QuadBatch) -> TermID {
      if known[Int(id)] != .max { return known[Int(id)] }
      let record = source.terms[id]
      var qualifier: TermID = 0
      if record.kind == .typed || record.kind == .tagged {
        qualifier = target.terms.add(source.terms[record.qualifier].kind, source.terms.view(record.qualifier))
      }
      known[Int(id)] = target.terms.add(record.kind, source.terms.view(id), qualifier: qualifier)
      return known[Int(id)]
    }
    for index in 0..<batch.count {
      let subject = copied(batch.subjects[index], &copy, batch)
      let predicate = copied(batch.predicates[index], &copy, batch)
      let object = copied(batch.objects[index], &copy, batch)
      copy.append(subject, predicate, object, graph: name)
    }
    count += batch.count
    try sink.append(copy)
  }

  func suggest(prefix: String, namespace: String) { sink.suggest(prefix: prefix, namespace: namespace) }

  func finish() throws(Failure) {}
}
