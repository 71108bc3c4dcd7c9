package import Bytes
package import Problems
package import RDF

/// What a graph that grows keeps: the things whose moment is not before the window, and all that has no moment.
package struct TimeWindow: Sendable {
  /// Where a window begins. What happened at that very moment is within it.
  package struct Start: Sendable, Equatable {
    /// The moment, for dateTimes and dates with a zone.
    package let instant: Instant
    /// What clocks show at that moment where the data are from, as if in UTC, for dateTimes and dates without a zone.
    package let local: Instant

    /// A beginning.
    package init(_ instant: Instant, local: Instant) {
      self.instant = instant
      self.local = local
    }
  }

  /// The name of the graph.
  package let graph: Term
  /// The IRIs of the properties that tell the moment of a thing; none where nothing is dropped.
  package let moments: [ByteString]
  /// Where the window begins.
  package let start: Start

  /// A window over a graph.
  package init(graph: Term, moments: [ByteString], start: Start) {
    self.graph = graph
    self.moments = moments
    self.start = start
  }
}

extension Snapshot {
  /// Whether a graph holds things whose moment is before its window.
  package func holdsThings(before window: TimeWindow) -> Bool { !OutdatedThings.find(in: self, before: window).isEmpty }

  /// A snapshot without the things that lie before the windows of their graphs; this one where there are none.
  /// - Throws: ``ProblemCode/limitExceeded``, ``ProblemCode/snapshotInvalid``.
  package func within(_ windows: [TimeWindow]) throws(Failure) -> Snapshot {
    try windows.contains(where: holdsThings) ? replacing(graphs: [], within: windows, with: StoreBuilder()) : self
  }
}

/// Things of one graph that go, with all that hangs on them.
struct OutdatedThings: Sendable {
  /// The graph.
  let graph: StoreID
  /// For each term whether it is one of the things.
  let isOne: Column<Bool>

  @inline(__always) func contains(_ id: StoreID) -> Bool { isOne.start[Int(id)] }

  /// The things of a graph that lie before its window; nil where there are none.
  ///
  /// With a thing go the blank nodes that it speaks of and those whose IRI is its own with more after a slash or number sign, where nothing
  /// else in the graph speaks of them and they have no moment of their own.
  init?(_ snapshot: Snapshot, before window: TimeWindow) {
    var waiting = Self.find(in: snapshot, before: window)
    guard !waiting.isEmpty, let graph = snapshot.id(of: window.graph) else { return nil }
    self.graph = graph
    let isOne = Column<Bool>(count: snapshot.termCount)
    isOne.start.update(repeating: false, count: isOne.count)
    for thing in waiting { isOne.start[Int(thing)] = true }
    let rows = GraphRows(snapshot, graph)
    let moments = window.moments.compactMap { snapshot.id(of: .iri($0)) }
    var parts = PartNames(snapshot)
    while let thing = waiting.popLast() {
      rows.forEachObject(of: thing) { object in
        guard !isOne.start[Int(object)], parts.isPart(object, of: thing), !moments.contains(where: { rows.hasObject(object, $0) }),
          rows.allSubjects(of: object, are: isOne)
        else { return }
        isOne.start[Int(object)] = true
        waiting.append(object)
      }
    }
    self.isOne = isOne
  }

  /// The things of a graph of which all moments lie before its window.
  static func find(in snapshot: Snapshot, before window: TimeWindow) -> [StoreID] {
    guard let graph = snapshot.id(of: window.graph) else { return [] }
    let moments = window.moments.compactMap { snapshot.id(of: .iri($0)) }
    let rows = GraphRows(snapshot, graph)
    let latest = max(window.start.instant, window.start.local)
    let dateTimes = snapshot.range(of: .dateTime).lowerBound..<snapshot.dateTimes(at: latest).lowerBound
    let dates = snapshot.range(of: .date).lowerBound..<snapshot.dates(at: latest).lowerBound
    var found: Set<StoreID> = []
    for moment in moments {
      for range in [dateTimes, dates] {
        rows.forEachSubject(moment, range) { subject, object in
          if snapshot.isMoment(object, before: window.start) { found.insert(subject) }
        }
      }
    }
    return found.filter { thing in
      var isOutdated = true
      for moment in moments {
        rows.forEachObject(of: thing, moment) { object in
          if snapshot.instant(of: object) != nil, !snapshot.isMoment(object, before: window.start) { isOutdated = false }
        }
      }
      return isOutdated
    }
  }
}

extension Snapshot {
  /// Whether a dateTime lies before a window, or the whole day of a date does.
  fileprivate func isMoment(_ id: StoreID, before start: TimeWindow.Start) -> Bool {
    guard let instant = instant(of: id) else { return false }
    let begin = dictionary.moment(id).zoneMinutes == nil ? start.local : start.instant
    return termClass(of: id) == .date ? instant.adding(seconds: 86_400) <= begin : instant < begin
  }
}

/// The rows of one graph, whichever others there are.
private struct GraphRows {
  private let snapshot: Snapshot
  private let graph: StoreID

  init(_ snapshot: Snapshot, _ graph: StoreID) {
    self.snapshot = snapshot
    self.graph = graph
  }

  private func isHere(_ permutation: Permutation, _ row: Int) -> Bool { (permutation.graphs?[row] ?? permutation.onlyGraph) == graph }

  /// Calls `body` with each subject that has an object in a range, and the object.
  func forEachSubject(_ predicate: StoreID, _ objects: Range<StoreID>, _ body: (StoreID, StoreID) -> Void) {
    let posg = snapshot.posg
    let all = posg.rows(predicate)
    let low = Permutation.lowerBound(posg.second, all, objects.lowerBound)
    for row in low..<Permutation.lowerBound(posg.second, low..<all.upperBound, objects.upperBound) where isHere(posg, row) {
      body(posg.third[row], posg.second[row])
    }
  }

  func forEachObject(of subject: StoreID, _ body: (StoreID) -> Void) {
    let spog = snapshot.spog
    for row in spog.rows(subject) where isHere(spog, row) { body(spog.third[row]) }
  }

  func forEachObject(of subject: StoreID, _ predicate: StoreID, _ body: (StoreID) -> Void) {
    let spog = snapshot.spog
    for row in spog.rows(subject, predicate) where isHere(spog, row) { body(spog.third[row]) }
  }

  func hasObject(_ subject: StoreID, _ predicate: StoreID) -> Bool {
    let spog = snapshot.spog
    return spog.rows(subject, predicate).contains { isHere(spog, $0) }
  }

  /// Whether all that speaks of an object is among some things.
  func allSubjects(of object: StoreID, are things: Column<Bool>) -> Bool {
    let ospg = snapshot.ospg
    return ospg.rows(object).allSatisfy { !isHere(ospg, $0) || things.start[Int(ospg.second[$0])] }
  }
}

/// Tells by their names which things are parts of others.
private struct PartNames: ~Copyable {
  private let snapshot: Snapshot
  private var whole = ByteBuffer()
  private var part = ByteBuffer()

  init(_ snapshot: Snapshot) { self.snapshot = snapshot }

  /// Whether `object` is a blank node, or an IRI that goes on after that of `thing`.
  mutating func isPart(_ object: StoreID, of thing: StoreID) -> Bool {
    switch snapshot.termClass(of: object) {
    case .blankNode: return true
    case .iri where snapshot.termClass(of: thing) == .iri: break
    default: return false
    }
    whole.truncate()
    part.truncate()
    snapshot.append(thing, to: &whole)
    snapshot.append(object, to: &part)
    guard part.count > whole.count, part.view.hasPrefix(whole.view) else { return false }
    return part.view[whole.count] == UInt8(ascii: "/") || part.view[whole.count] == UInt8(ascii: "#")
  }
}
