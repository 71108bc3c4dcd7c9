package import Problems

/// Some thousand quads: columns of subjects, predicates, objects and graphs as ids into an arena of the batch's own terms.
///
/// A batch is filled by one producer, handed to a ``QuadSink`` and filled again. The graph's id is ``defaultGraph``
/// where there is none.
@usableFromInline package struct QuadBatch: ~Copyable {
  /// The graph of quads that have none.
  @usableFromInline package static let defaultGraph = TermID.max

  /// The terms that the columns speak of.
  @usableFromInline package var terms: TermArena
  @usableFromInline var columns: UnsafeMutablePointer<TermID>
  @usableFromInline var capacity: Int
  @usableFromInline var used = 0

  /// An empty batch with room for `capacity` quads; it grows when it must.
  package init(capacity: Int = 8192) {
    terms = TermArena(capacity: capacity)
    self.capacity = capacity
    columns = .allocate(capacity: capacity * 4)
  }

  deinit { columns.deallocate() }

  /// How many quads.
  @inlinable @inline(__always) package var count: Int { used }

  /// The subjects' ids.
  @inlinable @inline(__always) package var subjects: UnsafeBufferPointer<TermID> { column(0) }
  /// The predicates' ids.
  @inlinable @inline(__always) package var predicates: UnsafeBufferPointer<TermID> { column(1) }
  /// The objects' ids.
  @inlinable @inline(__always) package var objects: UnsafeBufferPointer<TermID> { column(2) }
  /// The graphs' ids, ``defaultGraph`` where there is none.
  @inlinable @inline(__always) package var graphs: UnsafeBufferPointer<TermID> { column(3) }

  @inlinable @inline(__always) func column(_ number: Int) -> UnsafeBufferPointer<TermID> {
    UnsafeBufferPointer(start: UnsafePointer(columns + number &* capacity), count: used)
  }

  /// Appends a quad of terms in ``terms``.
  @inlinable @inline(__always)
  package mutating func append(_ subject: TermID, _ predicate: TermID, _ object: TermID, graph: TermID = defaultGraph) {
    if used == capacity { grow() }
    columns[used] = subject
    columns[used &+ capacity] = predicate
    columns[used &+ capacity &* 2] = object
    columns[used &+ capacity &* 3] = graph
    used &+= 1
  }

  /// Appends a quad, adding its terms. For few quads, not for rows of data.
  package mutating func append(_ quad: Quad) {
    let subject = terms.add(quad.subject)
    let predicate = terms.add(quad.predicate)
    let object = terms.add(quad.object)
    let graph = quad.graph.map { terms.add($0) }
    append(subject, predicate, object, graph: graph ?? Self.defaultGraph)
  }

  /// An owned copy of the quad at `index`.
  package func quad(at index: Int) -> Quad {
    let graph = graphs[index]
    return Quad(
      terms.term(subjects[index]), terms.term(predicates[index]), terms.term(objects[index]),
      graph: graph == Self.defaultGraph ? nil : terms.term(graph))
  }

  /// Forgets the quads and all terms but the constants.
  @inlinable package mutating func reset() {
    used = 0
    terms.reset()
  }

  /// Forgets the quads from `length` on, as when a row turns out to be wrong; their terms stay till the next reset.
  @inlinable package mutating func truncate(to length: Int) { used = min(used, length) }

  @inline(never) @usableFromInline mutating func grow() {
    let larger = UnsafeMutablePointer<TermID>.allocate(capacity: capacity * 8)
    for number in 0..<4 {
      (larger + number * capacity * 2).update(from: columns + number * capacity, count: used)
    }
    columns.deallocate()
    columns = larger
    capacity *= 2
  }
}

/// What takes quads: every writer, the store's builder, a collector in a test.
package protocol QuadSink: AnyObject {
  /// Takes a batch. Its terms are gone when the call returns.
  /// - Throws: a failure that ends the work, such as ``ProblemCode/writeFailed``.
  func append(_ batch: borrowing QuadBatch) throws(Failure)

  /// Suggests a prefix for the IRIs of a namespace; a sink that writes no prefixes ignores it.
  func suggest(prefix: String, namespace: String)

  /// Says that all quads have come.
  func finish() throws(Failure)
}

extension QuadSink {
  /// Ignores the suggestion.
  package func suggest(prefix: String, namespace: String) {}
}
