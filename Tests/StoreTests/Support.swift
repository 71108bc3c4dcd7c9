import Bytes
import Problems
import RDF
import TestSupport

@testable import Store

/// A builder that holds these quads, fed in batches of a few.
func builder(_ quads: [Quad], batch size: Int = 1000) throws(Failure) -> StoreBuilder {
  let builder = StoreBuilder()
  var batch = QuadBatch()
  for (index, quad) in quads.enumerated() {
    batch.append(quad)
    if index % size == size - 1 {
      try builder.append(batch)
      batch.reset()
    }
  }
  try builder.append(batch)
  return builder
}

/// A snapshot of these quads.
func snapshot(_ quads: [Quad]) throws(Failure) -> Snapshot { try builder(quads).makeSnapshot() }

extension Snapshot {
  /// All terms by id.
  var allTerms: [Term] { (0..<StoreID(termCount)).map { term($0) } }

  /// All quads, read from one order.
  func quads(_ order: RowOrder) -> [Quad] {
    let permutation = permutation(order)
    var found: [Quad] = []
    permutation.forEachRow(without: nil) { first, row in
      let graph = permutation.graphs?[row] ?? permutation.onlyGraph
      let ids = [first, permutation.second[row], permutation.third[row]]
      func id(_ position: Position) -> StoreID { ids[(0..<3).first { order.position($0) == position } ?? 0] }
      found.append(
        Quad(term(id(.subject)), term(id(.predicate)), term(id(.object)), graph: graph == .defaultGraph ? nil : term(graph)))
    }
    return found
  }

  /// Rows of a scan: subject, predicate, object and, where the scan gives it, the graph.
  func rows(_ pattern: QuadPattern, sortedBy: Position? = nil, from start: StoreID? = nil) -> [[StoreID]] {
    var found: [[StoreID]] = []
    var scan = scan(pattern, sortedBy: sortedBy)
    if let start { scan.seek(start) }
    while scan.next() {
      for row in 0..<scan.count {
        var quad = [pattern.subject ?? 0, pattern.predicate ?? 0, pattern.object ?? 0]
        for column in 0..<scan.width { quad[Int(scan.position(column).rawValue)] = scan.column(column)[row] }
        if scan.hasGraphs { quad.append(scan.graphs[row]) }
        found.append(quad)
      }
    }
    return found
  }
}

/// Random quads of few terms, so that triples repeat, over a default graph and some named ones.
func randomQuads(_ count: Int, terms: Int, graphs: Int, _ random: inout SeededGenerator, objects: [Term] = []) -> [Quad] {
  (0..<count).map { _ in
    let subject = Int.random(in: 0..<terms, using: &random)
    let object = Int.random(in: 0..<terms + objects.count, using: &random)
    let graph = Int.random(in: 0...graphs, using: &random)
    return Quad(
      subject % 7 == 0 ? .blankNode(.init("b\(subject)")) : .iri("http://example.org/s\(subject)"),
      .iri("http://example.org/p\(Int.random(in: 0..<5, using: &random))"),
      object < terms ? .iri("http://example.org/s\(object)") : objects[object - terms],
      graph: graph == 0 ? nil : .iri("http://example.org/g\(graph)"))
  }
}
