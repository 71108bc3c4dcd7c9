package import Bytes
package import Problems
import RDF

extension Snapshot {
  /// Writes all quads as canonical N-Quads, each once, the lines sorted by bytes: equal datasets give equal bytes, and two files of them are
  /// compared by walking through both at once.
  ///
  /// Blank nodes are labelled by what is said of them (``BlankNodeLabels``), so that a change somewhere leaves the labels elsewhere as they are.
  /// Beside the snapshot memory is needed for the lines of one subject at a time, and for the quads of blank nodes.
  /// - Parameter write: takes the next bytes, which are gone when it returns.
  /// - Throws: ``ProblemCode/limitExceeded`` where blank nodes are too entangled to be told apart, ``ProblemCode/snapshotInvalid`` where the snapshot
  ///   lies in a file that is damaged, and what `write` throws.
  package func writeSortedLines(_ write: (ByteView) throws(Failure) -> Void) throws(Failure) {
    try touchAll()
    var lines = SortedLines(self, try BlankNodeLabels(of: self))
    try lines.run(write)
  }
}

/// Puts the quads of a snapshot into words, line by line in the order of bytes.
struct SortedLines: ~Copyable {
  private let snapshot: Snapshot
  private let rows: Permutation
  private var words: LineWords
  private let labels: BlankNodeLabels
  private var out = ByteBuffer(capacity: blockSize + 1 << 16)
  /// The lines of one subject, and where each stands.
  private var group = ByteBuffer()
  private var lines: [Range<Int>] = []

  /// How many bytes are gathered before they go out.
  private static let blockSize = 1 << 19

  init(_ snapshot: Snapshot, _ labels: BlankNodeLabels) {
    self.snapshot = snapshot
    self.labels = labels
    rows = snapshot.permutation(.spog)
    words = LineWords(snapshot)
  }

  mutating func run(_ write: (ByteView) throws(Failure) -> Void) throws(Failure) {
    _ = rows.allRows
    if hasEscapes {
      // What is escaped in a line is not in the order of ids.
      for termClass in [TermClass.blankNode, .iri] {
        for id in snapshot.range(of: termClass) { gather(id) }
      }
      try writeGathered(write)
    } else {
      // An underscore comes after the bracket that an IRI begins with.
      try writeIRIs(write)
      let nodes = snapshot.range(of: .blankNode).filter { !rows.rows($0).isEmpty }
      for node in nodes.sorted(by: { labels[$0] < labels[$1] }) { try writeLines(of: node, write) }
    }
    try write(out.view)
  }

  /// Whether a subject holds what may not stand in an IRI.
  private var hasEscapes: Bool {
    var text = ByteBuffer()
    for id in snapshot.range(of: .iri) where !rows.rows(id).isEmpty {
      text.truncate()
      snapshot.append(id, to: &text)
      if IRICharacters.firstForbidden(in: text.view) != nil { return true }
    }
    return false
  }

  /// The lines of subjects that are IRIs.
  ///
  /// Ids are in the order of the IRIs' bytes. In a line a bracket follows the IRI, so that one which begins another may come after it: it waits
  /// on a stack until those have come that go before the bracket.
  private mutating func writeIRIs(_ write: (ByteView) throws(Failure) -> Void) throws(Failure) {
    var waiting: [(id: StoreID, length: Int)] = []
    var last = ByteBuffer()
    var text = ByteBuffer()
    for id in snapshot.range(of: .iri) where !rows.rows(id).isEmpty {
      text.truncate()
      snapshot.append(id, to: &text)
      let common = commonLength(last.view, text.view)
      while let top = waiting.last, !(top.length <= common && text.view[top.length] < UInt8(ascii: ">")) {
        try writeLines(of: top.id, write)
        waiting.removeLast()
      }
      waiting.append((id, text.count))
      swap(&last, &text)
    }
    while let top = waiting.popLast() { try writeLines(of: top.id, write) }
  }

  /// Gathers the lines of a subject and writes them in order.
  private mutating func writeLines(of subject: StoreID, _ write: (ByteView) throws(Failure) -> Void) throws(Failure) {
    gather(subject)
    try writeGathered(write)
  }

  private mutating func gather(_ subject: StoreID) {
    let labels = labels
    for row in rows.rows(subject) {
      let start = group.count
      let quad = StoreQuad(subject, rows.second[row], rows.third[row], rows.graphs?[row] ?? rows.onlyGraph)
      words.append(quad, to: &group) { id, out in
        out.append("_:")
        out.append(bytes: labels[id])
      }
      lines.append(start..<group.count)
    }
  }

  private mutating func writeGathered(_ write: (ByteView) throws(Failure) -> Void) throws(Failure) {
    if lines.count > 1 { lines.sort { group.view($0) < group.view($1) } }
    for line in lines {
      out.append(group.view(line))
      if out.count > Self.blockSize {
        try write(out.view)
        out.truncate()
      }
    }
    lines.removeAll(keepingCapacity: true)
    group.truncate()
  }
}

/// How many bytes two texts begin with alike.
private func commonLength(_ left: ByteView, _ right: ByteView) -> Int {
  let most = min(left.count, right.count)
  var length = 0
  while length < most, left[length] == right[length] { length &+= 1 }
  return length
}

/// A quad of a snapshot; the graph is ``StoreID/defaultGraph`` where it has none.
struct StoreQuad {
  let subject: StoreID
  let predicate: StoreID
  let object: StoreID
  let graph: StoreID

  init(_ subject: StoreID, _ predicate: StoreID, _ object: StoreID, _ graph: StoreID) {
    self.subject = subject
    self.predicate = predicate
    self.object = object
    self.graph = graph
  }
}

/// Terms of a snapshot as they stand in a line of N-Quads.
struct LineWords: ~Copyable {
  private let snapshot: Snapshot
  private let nodes: Range<StoreID>
  private var scratch = ByteBuffer()
  /// Predicates and graphs, of which there are few, as they were written before.
  private var known: [StoreID: Range<Int>] = [:]
  private var knownText = ByteBuffer()
  /// How many of them are kept.
  private static let knownLimit = 4096

  init(_ snapshot: Snapshot) {
    self.snapshot = snapshot
    nodes = snapshot.range(of: .blankNode)
  }

  /// Appends a quad as a line, its blank nodes as `label` writes them.
  mutating func append(_ quad: StoreQuad, to out: inout ByteBuffer, label: (StoreID, inout ByteBuffer) -> Void) {
    put(quad.subject, to: &out, label)
    putKnown(quad.predicate, to: &out, label)
    put(quad.object, to: &out, label)
    if quad.graph != .defaultGraph { putKnown(quad.graph, to: &out, label) }
    out.append(".\n")
  }

  private mutating func putKnown(_ id: StoreID, to out: inout ByteBuffer, _ label: (StoreID, inout ByteBuffer) -> Void) {
    if nodes.contains(id) { return put(id, to: &out, label) }
    if let range = known[id] { return out.append(knownText.view(range)) }
    let start = out.count
    put(id, to: &out, label)
    if known.count == Self.knownLimit { return }
    let from = knownText.count
    knownText.append(out.view(start..<out.count))
    known[id] = from..<knownText.count
  }

  /// Appends a term and a space.
  private mutating func put(_ id: StoreID, to out: inout ByteBuffer, _ label: (StoreID, inout ByteBuffer) -> Void) {
    if nodes.contains(id) {
      label(id, &out)
      return out.append(UInt8(ascii: " "))
    }
    scratch.truncate()
    snapshot.append(id, to: &scratch)
    switch snapshot.kind(of: id) {
    case .blankNode: break
    case .iri, .tag: out.append(bracketed: scratch.view)
    case .string: out.append(quoted: scratch.view)
    case .typed:
      out.append(quoted: scratch.view)
      out.append("^^")
      snapshot.qualifier(of: id)?.withView { out.append(bracketed: $0) }
    case .tagged:
      out.append(quoted: scratch.view)
      out.append(UInt8(ascii: "@"))
      if let tag = snapshot.qualifier(of: id) { out.append(bytes: tag) }
    }
    out.append(UInt8(ascii: " "))
  }
}
