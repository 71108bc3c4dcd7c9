import Bytes
import Problems
import RDF
import TestSupport
import Testing

@testable import Store

/// Replacing one graph gives the same as building anew.
struct ReplacementTests {
  static func isSame(_ left: Snapshot, _ right: Snapshot) -> Bool {
    left.allTerms == right.allTerms && left.graphs == right.graphs && left.facts.quadCounts == right.facts.quadCounts
      && left.tripleCount == right.tripleCount && left.dictionary.bounds == right.dictionary.bounds
      && RowOrder.allCases.allSatisfy {
        left.quads($0) == right.quads($0) && left.permutation($0).repeatCount == right.permutation($0).repeatCount
      }
  }

  private static let objects = TermOrderTests.ordered

  @Test("A replaced graph is as if built from scratch", arguments: 1...6)
  func random(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let old = randomQuads(3000, terms: 60, graphs: 4, &random, objects: Self.objects)
    let name: Term? = seed == 6 ? nil : .iri("http://example.org/g\(seed)")
    let added = randomQuads(Int(seed) * 300, terms: 90, graphs: 0, &random, objects: Self.objects.shuffled(using: &random))
    let builder = StoreBuilder()
    builder.begin(graph: name)
    var batch = QuadBatch()
    for quad in added { batch.append(quad) }
    try builder.append(batch)
    let replaced = try snapshot(old).replacing(graph: name, with: builder)
    let kept = old.filter { $0.graph != name }
    let anew = try snapshot(kept + added.map { Quad($0.subject, $0.predicate, $0.object, graph: name) })
    #expect(Self.isSame(replaced, anew))
    #expect(Self.isSame(try replaced.removing(graph: name), try snapshot(kept)))
  }

  @Test("Several graphs are replaced at once", arguments: 1...4)
  func several(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let old = randomQuads(2000, terms: 60, graphs: 5, &random, objects: Self.objects)
    let names: [Term?] = [
      .iri("http://example.org/g2"), seed % 2 == 0 ? nil : .iri("http://example.org/none"), .iri("http://example.org/g4"),
    ]
    let added = randomQuads(Int(seed) * 200, terms: 90, graphs: 5, &random).filter { names.contains($0.graph) }
    let replaced = try snapshot(old).replacing(graphs: names, with: builder(added, batch: 64))
    #expect(Self.isSame(replaced, try snapshot(old.filter { !names.contains($0.graph) } + added)))
  }

  @Test("Quads that were forgotten never came, nor did their terms and rows", arguments: 1...4)
  func forgotten(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let parts = (0..<3).map { number in
      randomQuads(400, terms: 30 + number * 20, graphs: 2, &random, objects: number == 1 ? Self.objects : [])
    }
    func fed(_ numbers: [Int], forgetting forgotten: [Int]) throws(Failure) -> StoreBuilder {
      let builder = StoreBuilder()
      for number in numbers {
        let mark = builder.mark
        var batch = QuadBatch()
        for quad in parts[number] { batch.append(quad) }
        let rows = [UInt32](repeating: UInt32(number + 1), count: batch.count)
        let file = builder.file(named: "f\(number)")
        let result = rows.withUnsafeBufferPointer { rows in
          Result { () throws(Failure) in try builder.append(batch, rows: rows, file: file) }
        }
        try result.get()
        if forgotten.contains(number) { builder.forget(since: mark) }
      }
      return builder
    }
    for forgotten in [[1], [0, 2], [0, 1, 2]] {
      let kept = [0, 1, 2].filter { !forgotten.contains($0) }
      let expected = try fed(kept, forgetting: []).makeSnapshot()
      let snapshots = [
        try fed([0, 1, 2], forgetting: forgotten).makeSnapshot(),
        try Snapshot().replacing(graphs: [], with: fed([0, 1, 2], forgetting: forgotten)),
      ]
      for snapshot in snapshots {
        #expect(Self.isSame(snapshot, expected))
        for subject in 0..<StoreID(snapshot.termCount) {
          for graph in snapshot.allGraphs {
            let rows = snapshot.provenance(ofSubject: subject, in: graph).map { "\($0.file):\($0.row)" }
            #expect(rows == expected.provenance(ofSubject: subject, in: graph).map { "\($0.file):\($0.row)" })
          }
        }
      }
    }
  }

  @Test("The only graph can be replaced and removed, and quads may come for others")
  func edges() throws {
    let first = try snapshot([quad("a", "p", "\"1\"^^integer"), quad("b", "p", "c")])
    let second = try first.replacing(graph: nil, with: builder([quad("a", "q", "\"2\"", "g"), quad("a", "q", "d")]))
    #expect(Set(second.quads(.posg)) == [quad("a", "q", "\"2\"", "g"), quad("a", "q", "d")])
    #expect(second.termCount == 5)
    #expect(second.graphs.count == 1)
    let third = try second.removing(graph: nil).removing(graph: term("g"))
    #expect(third.termCount == 0 && third.quadCount == 0)
    #expect(Self.isSame(try third.removing(graph: term("none")), Snapshot()))
    #expect(first.tripleCount == 2)
  }

  @Test("Readers keep the snapshot that they took")
  func holder() throws {
    let holder = SnapshotHolder(try snapshot([quad("a", "p", "b")]))
    let taken = holder.current
    holder.replace(with: Snapshot())
    #expect(taken.tripleCount == 1)
    #expect(holder.current.tripleCount == 0)
  }

  @Test("Subjects know the rows that they came from, through replacements of other graphs")
  func provenance() throws {
    let builder = StoreBuilder()
    func add(_ quads: [Quad], rows: [UInt32], _ file: String) throws(Failure) {
      var batch = QuadBatch()
      for quad in quads { batch.append(quad) }
      let number = builder.file(named: file)
      let result = rows.withUnsafeBufferPointer { rows in
        Result { () throws(Failure) in try builder.append(batch, rows: rows, file: number) }
      }
      try result.get()
    }
    builder.begin(graph: term("g"))
    let subjects = (0..<500).map { "s\($0)" }
    try add(subjects.flatMap { [quad($0, "p", "o"), quad($0, "q", "o")] }, rows: (0..<1000).map { $0 / 2 + 2 }, "one.csv")
    try add([quad("s7", "p", "x"), quad("s8", "p", "x"), quad("s7", "p", "y")], rows: [90, 0, 3], "two.csv")
    builder.begin(graph: term("h"))
    try add([quad("s7", "p", "x")], rows: [4], "three.csv")
    let first = try builder.makeSnapshot()
    let other = StoreBuilder()
    other.begin(graph: term("h"))
    var batch = QuadBatch()
    batch.append(quad("a", "p", "b"))
    try other.append(batch)
    for snapshot in [first, try first.replacing(graph: term("h"), with: other)] {
      let graph = try #require(snapshot.id(of: term("g")))
      for (index, name) in subjects.enumerated() {
        let found = snapshot.provenance(ofSubject: try #require(snapshot.id(of: term(name))), in: graph)
        let more = index == 7 ? ["two.csv:3", "two.csv:90"] : []
        #expect(found.map { "\($0.file):\($0.row)" } == ["one.csv:\(index + 2)"] + more)
      }
      let object = try #require(snapshot.id(of: term("o")))
      #expect(snapshot.provenance(ofSubject: object, in: graph).isEmpty)
    }
    let subject = try #require(first.id(of: term("s7")))
    #expect(first.provenance(ofSubject: subject, in: try #require(first.id(of: term("h")))).map(\.row) == [4])
  }
}
