import Bytes
import Glibc
import Problems
import RDF

/// Quads as a builder holds them: terms once each, three columns of their numbers, runs of equal graphs.
struct GatheredQuads: ~Copyable {
  /// Quads from `start` on, up to the next run, are of one graph: the number of its name, or ``StoreID/defaultGraph``.
  struct Run {
    var start: Int
    var graph: UInt32
  }

  /// That a subject came from a row.
  struct Note: BitwiseCopyable {
    var graph: UInt32
    var subject: UInt32
    var file: UInt32
    var row: UInt32
  }

  var interner = TermInterner()
  private(set) var qualifiers = QualifierTable()
  private(set) var subjects = Growing<UInt32>(capacity: 1 << 12)
  private(set) var predicates = Growing<UInt32>(capacity: 1 << 12)
  private(set) var objects = Growing<UInt32>(capacity: 1 << 12)
  private(set) var runs: [Run] = []
  private(set) var notes = Growing<Note>(capacity: 16)
  private var graph: Term?
  /// The number of ``graph``'s name once a quad has come into it.
  private var graphNumber: UInt32?

  /// For each term of the batch at hand its number, and as a datatype or tag.
  private var known = Growing<UInt32>(capacity: 1 << 13)
  private var knownQualifiers = Growing<UInt32>(capacity: 1 << 13)
  /// The terms of the batch that are looked up, with their hashes.
  private var pending = Growing<Pending>(capacity: 1 << 13)

  // Not private: the compiler (6.3) then emits no metadata for it that other files may refer to.
  struct Pending: BitwiseCopyable {
    var hash: UInt64
    var id: TermID
    var meta: UInt32
  }

  private static let unknown = UInt32.max
  private static let awaited = UInt32.max - 1

  init() {}

  var count: Int { subjects.count }

  /// About how many bytes there will be at the peak, when a snapshot is made of what has come: the keys of the quads twice, what sorting needs
  /// beside them, and the columns; the terms as they came and as they are kept; where subjects came from.
  var neededBytes: Int { count * 44 + interner.text.count * 2 + interner.count * 40 + notes.count * 40 }

  /// How much has come of everything but terms.
  struct Mark: Equatable {
    var quads: Int
    var runs: Int
    var notes: Int
  }

  var mark: Mark { Mark(quads: count, runs: runs.count, notes: notes.count) }

  /// Whether quads were forgotten whose terms, which stay, may be nobody's now.
  private(set) var hasUnusedTerms = false

  /// Forgets what has come since; terms stay.
  mutating func truncate(to mark: Mark) {
    if mark == self.mark { return }
    hasUnusedTerms = true
    subjects.truncate(to: mark.quads)
    predicates.truncate(to: mark.quads)
    objects.truncate(to: mark.quads)
    notes.truncate(to: mark.notes)
    runs.removeLast(runs.count - mark.runs)
  }

  mutating func begin(_ graph: Term?) {
    self.graph = graph
    graphNumber = graph == nil ? .defaultGraph : nil
  }

  mutating func add(_ batch: borrowing QuadBatch, rows: UnsafeBufferPointer<UInt32>?, file: UInt32) throws(Failure) {
    let added = batch.count
    if added == 0 { return }
    guard count + added < Int(UInt32.max) else { throw Failure(.limitExceeded, ["what": .phrase("quads"), "limit": "\(UInt32.max)"]) }
    try internTerms(of: batch)
    let first = count
    Self.translate(batch.subjects, known, into: &subjects)
    Self.translate(batch.predicates, known, into: &predicates)
    Self.translate(batch.objects, known, into: &objects)
    try addRuns(batch.graphs, from: first)
    if let rows, rows.count == added { note(rows, file, from: first) }
  }

  private static func translate(
    _ ids: UnsafeBufferPointer<TermID>, _ known: borrowing Growing<UInt32>, into column: inout Growing<UInt32>
  ) {
    column.reserve(ids.count)
    let target = column.start + column.count
    let numbers = known.start
    for at in 0..<ids.count { target[at] = numbers[Int(ids[at])] }
    column.commit(ids.count)
  }

  /// Gives every term that a quad of the batch names its number in ``known``.
  private mutating func internTerms(of batch: borrowing QuadBatch) throws(Failure) {
    let terms = batch.terms.count
    known.reserve(terms)
    knownQualifiers.reserve(terms)
    memset(known.start, 0xFF, terms * 4)
    memset(knownQualifiers.start, 0xFF, terms * 4)
    pending.truncate(to: 0)
    pending.reserve(terms)
    collect(batch.subjects)
    collect(batch.predicates)
    collect(batch.objects)
    for graph in batch.graphs where graph != QuadBatch.defaultGraph && known[Int(graph)] == Self.unknown { collect(graph) }
    // First all hashes: the loop that looks terms up then waits for several of them at a time.
    for at in 0..<pending.count {
      let id = pending[at].id
      let record = batch.terms[id]
      var meta = TermInterner.meta(record.kind, 0)
      if record.kind == .typed || record.kind == .tagged { meta = self.meta(record, batch.terms) }
      let hash = TermInterner.hash(batch.terms.view(id), meta)
      pending[at] = Pending(hash: hash, id: id, meta: meta)
    }
    for at in 0..<pending.count {
      let term = pending[at]
      known[Int(term.id)] = try interner.intern(batch.terms.view(term.id), term.meta, term.hash)
    }
  }

  @inline(__always) private mutating func collect(_ ids: UnsafeBufferPointer<TermID>) {
    for at in 0..<ids.count where known[Int(ids[at])] == Self.unknown { collect(ids[at]) }
  }

  @inline(__always) private mutating func collect(_ id: TermID) {
    known[Int(id)] = Self.awaited
    pending[pending.count] = Pending(hash: 0, id: id, meta: 0)
    pending.commit(1)
  }

  /// The meta word of a literal with datatype or language. A producer may not have told xsd:string apart.
  @inline(__always) private mutating func meta(_ record: TermRecord, _ terms: borrowing TermArena) -> UInt32 {
    let found = knownQualifiers[Int(record.qualifier)]
    return found == Self.unknown ? newMeta(record, terms) : found
  }

  @inline(never) private mutating func newMeta(_ record: TermRecord, _ terms: borrowing TermArena) -> UInt32 {
    let view = terms.view(record.qualifier)
    let isString = record.kind == .typed && XSD.string.withView { $0 == view }
    let meta =
      isString
      ? TermInterner.meta(.string, 0)
      : TermInterner.meta(record.kind, qualifiers.number(view, isTag: record.kind == .tagged))
    knownQualifiers[Int(record.qualifier)] = meta
    return meta
  }

  private mutating func addRuns(_ graphs: UnsafeBufferPointer<TermID>, from first: Int) throws(Failure) {
    var last: TermID?
    for at in 0..<graphs.count where graphs[at] != last {
      last = graphs[at]
      let number = graphs[at] == QuadBatch.defaultGraph ? try currentGraph() : known[Int(graphs[at])]
      if runs.last?.graph != number { runs.append(Run(start: first + at, graph: number)) }
    }
  }

  private mutating func currentGraph() throws(Failure) -> UInt32 {
    if let graphNumber { return graphNumber }
    var number = StoreID.defaultGraph
    if let graph {
      var terms = TermArena(capacity: 4)
      let id = terms.add(graph)
      let meta = TermInterner.meta(terms[id].kind, 0)
      number = try interner.intern(terms.view(id), meta, TermInterner.hash(terms.view(id), meta))
    }
    graphNumber = number
    return number
  }

  private mutating func note(_ rows: UnsafeBufferPointer<UInt32>, _ file: UInt32, from first: Int) {
    var run = Search.firstIndex(in: 0..<runs.count) { runs[$0].start > first } - 1
    for at in 0..<rows.count where rows[at] != 0 {
      while run + 1 < runs.count, runs[run + 1].start <= first + at { run += 1 }
      let note = Note(graph: runs[run].graph, subject: subjects[first + at], file: file, row: rows[at])
      if notes.count > 0 {
        let last = notes[notes.count - 1]
        if last.subject == note.subject, last.row == note.row, last.file == note.file, last.graph == note.graph { continue }
      }
      notes.append(note)
    }
  }

  /// The columns of quads. Valid until the next are added.
  var columns: (subjects: UnsafePointer<UInt32>, predicates: UnsafePointer<UInt32>, objects: UnsafePointer<UInt32>) {
    (UnsafePointer(subjects.start), UnsafePointer(predicates.start), UnsafePointer(objects.start))
  }

  /// Which subjects came from which rows. Valid until the next are added.
  var allNotes: (start: UnsafePointer<Note>, count: Int) { (UnsafePointer(notes.start), notes.count) }
}
