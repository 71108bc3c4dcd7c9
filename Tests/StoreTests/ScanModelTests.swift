import Bytes
import RDF
import TestSupport
import Testing

@testable import Store

/// Scans and counts against a plain set of quads.
struct ScanModelTests {
  /// Quads as ids, filtered and projected by hand.
  private struct Model {
    let quads: Set<[StoreID]>

    func rows(_ pattern: QuadPattern) -> Set<[StoreID]> {
      var found: Set<[StoreID]> = []
      for quad in quads {
        if let subject = pattern.subject, quad[0] != subject { continue }
        if let predicate = pattern.predicate, quad[1] != predicate { continue }
        if let object = pattern.object, quad[2] != object { continue }
        if let range = pattern.objectRange, !range.contains(quad[2]) { continue }
        let graph = quad[3]
        switch pattern.graph {
        case .union: break
        case .defaultOnly: if graph != .defaultGraph { continue }
        case .named(let name): if graph != name { continue }
        case .eachNamed: if graph == .defaultGraph { continue }
        case .list(let names), .eachOf(let names): if !names.contains(graph) { continue }
        }
        found.insert(pattern.graph.yieldsGraph ? quad : Array(quad.prefix(3)))
      }
      return found
    }
  }

  private static let literals: [Term] = (0..<20).map { .literal(.init("\($0 - 5)"), .datatype(XSD.integer)) }

  @Test(
    "All pattern shapes in all graph scopes give what a set of quads gives",
    arguments: [(1, 0, false), (2, 1, false), (3, 4, false), (4, 12, true), (5, 1, true)] as [(UInt64, Int, Bool)])
  func patterns(seed: UInt64, graphs: Int, isWide: Bool) throws {
    var random = SeededGenerator(seed: seed)
    var quads = randomQuads(4000, terms: 40, graphs: graphs, &random, objects: Self.literals)
    // One named graph alone, without a default graph.
    if seed == 5 { quads = quads.filter { $0.graph != nil } }
    let snapshot = try isWide ? Self.wide(quads) : StoreTests.snapshot(quads)
    func id(_ term: Term) throws -> StoreID { try #require(snapshot.id(of: term)) }
    let ids = try quads.map { quad in
      [try id(quad.subject), try id(quad.predicate), try id(quad.object), try quad.graph.map { try id($0) } ?? .defaultGraph]
    }
    let model = Model(quads: Set(ids))
    #expect(snapshot.quadCount == model.quads.count)
    #expect(snapshot.tripleCount == Set(ids.map { $0.prefix(3) }).count)
    for order in RowOrder.allCases { #expect(Set(snapshot.quads(order)) == Set(quads)) }

    let some = snapshot.graphs.first ?? 0
    let scopes: [GraphScope] = [
      .union, .defaultOnly, .named(some), .named(StoreID.firstQueryTerm), .eachNamed, .list([.defaultGraph, some]), .list([]),
      .list(snapshot.graphs), .eachOf([some, 3]), .eachOf([.defaultGraph]),
    ]
    for shape in 0..<8 {
      for scope in scopes {
        for trial in 0..<3 {
          let quad = trial == 2 ? [7, 7, 7, 7] : try #require(ids.randomElement(using: &random))
          var pattern = QuadPattern(
            subject: shape & 1 != 0 ? quad[0] : nil, predicate: shape & 2 != 0 ? quad[1] : nil, object: shape & 4 != 0 ? quad[2] : nil,
            graph: scope)
          if shape & 4 == 0, trial == 1 { pattern.objectRange = snapshot.range(of: .number).dropLast(4).suffix(9) }
          check(pattern, snapshot, model)
        }
      }
    }
  }

  private func check(_ pattern: QuadPattern, _ snapshot: Snapshot, _ model: Model) {
    let expected = model.rows(pattern)
    #expect(snapshot.count(pattern) == expected.count, "\(pattern)")
    for position in [nil, Position.subject, .predicate, .object] {
      let rows = snapshot.rows(pattern, sortedBy: position)
      #expect(rows.count == expected.count && Set(rows) == expected, "\(pattern) by \(String(describing: position))")
      let scan = snapshot.scan(pattern, sortedBy: position)
      guard let sorted = scan.sortedBy else { continue }
      let column = rows.map { $0[Int(sorted.rawValue)] }
      #expect(column == column.sorted(), "\(pattern)")
      if column.isEmpty { continue }
      for start in [0, column[column.count / 2], column[column.count / 2] + 1, column[column.count - 1] + 1, StoreID.firstQueryTerm] {
        #expect(snapshot.rows(pattern, sortedBy: position, from: start) == rows.filter { $0[Int(sorted.rawValue)] >= start }, "\(pattern)")
      }
    }
    if pattern.subject == nil, pattern.object == nil, pattern.objectRange == nil, pattern.graph == .union {
      for position in Position.allCases where pattern.predicate == nil || position != .predicate {
        #expect(snapshot.distinctCount(of: position, in: pattern) == Set(expected.map { $0[Int(position.rawValue)] }).count)
      }
    }
  }

  private static func wide(_ quads: [Quad]) throws -> Snapshot {
    let (gathered, files) = try builder(quads).take()
    return try SnapshotAssembly.build(gathered, files: files, isWide: true)
  }

  @Test("A hundred thousand quads in batches of a scan")
  func many() throws {
    var random = SeededGenerator(seed: 9)
    let quads = randomQuads(100_000, terms: 3000, graphs: 3, &random)
    let snapshot = try StoreTests.snapshot(quads)
    let triples = Set(quads.map { Quad($0.subject, $0.predicate, $0.object) })
    #expect(snapshot.tripleCount == triples.count)
    #expect(snapshot.quadCount == Set(quads).count)
    for position in Position.allCases {
      var scan = snapshot.scan(QuadPattern(), sortedBy: position)
      var total = 0
      var last: StoreID = 0
      while scan.next() {
        #expect(scan.count <= Scan.batchSize)
        #expect(scan.column(0)[0] >= last)
        last = scan.column(0)[scan.count - 1]
        total += scan.count
      }
      #expect(total == triples.count)
    }
  }

  @Test("Seeking between batches goes on from there")
  func seekOn() throws {
    var random = SeededGenerator(seed: 11)
    let snapshot = try StoreTests.snapshot(randomQuads(20_000, terms: 2000, graphs: 2, &random))
    let all = snapshot.rows(QuadPattern(), sortedBy: .subject)
    var scan = snapshot.scan(QuadPattern(), sortedBy: .subject)
    let isStarted = scan.next()
    #expect(isStarted)
    let target = all[all.count * 3 / 4][0]
    scan.seek(target)
    var left = 0
    while scan.next() { left += scan.count }
    #expect(left == all.count { $0[0] >= target })
  }

  @Test("An empty store answers with nothing")
  func empty() throws {
    for snapshot in [Snapshot(), try StoreBuilder().makeSnapshot()] {
      #expect(snapshot.tripleCount == 0 && snapshot.termCount == 0 && snapshot.graphs.isEmpty)
      for scope in [GraphScope.union, .defaultOnly, .named(0), .eachNamed, .list([0])] {
        #expect(snapshot.count(QuadPattern(graph: scope)) == 0)
        #expect(snapshot.rows(QuadPattern(predicate: 3, graph: scope)).isEmpty)
        #expect(snapshot.rows(QuadPattern(objectRange: 0..<9, graph: scope)).isEmpty)
      }
      #expect(snapshot.id(of: .iri("http://example.org/")) == nil)
      #expect(!snapshot.contains(0, 0, 0))
    }
  }
}
