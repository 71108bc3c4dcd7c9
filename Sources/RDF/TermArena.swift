public import Bytes

/// The kinds of RDF terms (RDF 1.1 Concepts §3), literals told apart by what stands after the quotes.
@frozen @usableFromInline package enum TermKind: UInt8, Sendable {
  /// An IRI; the bytes are the IRI without its brackets.
  case iri
  /// A blank node; the bytes are its label without `_:`.
  case blankNode
  /// A literal of datatype xsd:string.
  case string
  /// A literal with another datatype; the qualifier is the id of the datatype's IRI.
  case typed
  /// A literal with a language; the qualifier is the id of an entry of kind ``tag``.
  case tagged
  /// Not a term: the language tag of literals of kind ``tagged``.
  case tag

  /// Whether terms of this kind are literals.
  @inlinable package var isLiteral: Bool { self == .string || self == .typed || self == .tagged }
}

/// The number of a term within one arena. It means nothing outside it.
@usableFromInline package typealias TermID = UInt32

/// One term of an arena: which bytes, and what they are.
@frozen @usableFromInline package struct TermRecord: Sendable {
  /// Where the bytes begin in the arena.
  @usableFromInline package var start: UInt32
  /// How many bytes.
  @usableFromInline package var length: UInt32
  /// The id of the datatype or language tag; 0 where the kind has none.
  @usableFromInline package var qualifier: TermID
  /// What the bytes are.
  @usableFromInline package var kind: TermKind

  @inlinable @inline(__always) init(start: Int, length: Int, qualifier: TermID = 0, kind: TermKind) {
    self.start = UInt32(truncatingIfNeeded: start)
    self.length = UInt32(truncatingIfNeeded: length)
    self.qualifier = qualifier
    self.kind = kind
  }
}

/// Terms side by side in memory, numbered in the order in which they came.
///
/// An arena begins with *constants*, which keep their ids over every ``reset()``; the terms after them belong to one
/// batch. The same term may stand twice: ids that differ do not mean terms that differ. An arena holds at most 4 GiB.
@usableFromInline package struct TermArena: ~Copyable {
  /// The bytes of all terms. A reader may put a whole block of its input here and let terms point into it.
  @usableFromInline package var bytes: ByteBuffer
  @usableFromInline var records: UnsafeMutablePointer<TermRecord>
  @usableFromInline var recordCapacity: Int
  /// How many terms (and language tags) there are.
  @usableFromInline var used = 0
  @usableFromInline var constantCount = 0
  @usableFromInline var constantBytes = 0

  /// An empty arena.
  package init(capacity: Int = 1024) {
    bytes = ByteBuffer(capacity: capacity * 32)
    recordCapacity = capacity
    records = .allocate(capacity: capacity)
  }

  deinit { records.deallocate() }

  /// How many terms (and language tags) there are.
  @inlinable @inline(__always) package var count: Int { used }

  /// How many of them are constants.
  @inlinable package var constants: Int { constantCount }

  /// Makes all terms so far constants.
  package mutating func keepAsConstants() {
    constantCount = used
    constantBytes = bytes.count
  }

  /// Forgets the terms after the constants.
  @inlinable package mutating func reset() {
    used = constantCount
    bytes.truncate(to: constantBytes)
  }

  /// What is known of a term.
  @inlinable @inline(__always) package subscript(id: TermID) -> TermRecord {
    assert(Int(id) < used)
    return records[Int(id)]
  }

  /// Where the bytes of a term stand in ``bytes``.
  @inlinable package func range(_ id: TermID) -> Range<Int> {
    Int(self[id].start)..<Int(self[id].start) + Int(self[id].length)
  }

  /// The bytes of a term. Valid until the arena next grows.
  @inlinable @inline(__always) package func view(_ id: TermID) -> ByteView {
    let record = self[id]
    return ByteView(UnsafePointer(bytes.address + Int(record.start)), count: Int(record.length))
  }

  /// Adds a term whose bytes already stand in ``bytes`` from `start` on.
  @inlinable @inline(__always)
  package mutating func add(_ kind: TermKind, start: Int, length: Int, qualifier: TermID = 0) -> TermID {
    if used == recordCapacity { growRecords() }
    records[used] = TermRecord(start: start, length: length, qualifier: qualifier, kind: kind)
    used &+= 1
    return TermID(truncatingIfNeeded: used &- 1)
  }

  /// Adds a term, copying its bytes.
  @inlinable @inline(__always)
  package mutating func add(_ kind: TermKind, _ view: ByteView, qualifier: TermID = 0) -> TermID {
    let start = bytes.count
    bytes.append(view)
    return add(kind, start: start, length: view.count, qualifier: qualifier)
  }

  /// Adds a term from an owned text.
  package mutating func add(_ kind: TermKind, _ text: ByteString, qualifier: TermID = 0) -> TermID {
    text.withView { add(kind, $0, qualifier: qualifier) }
  }

  /// Adds a term of any kind, and its datatype or language where it has one.
  package mutating func add(_ term: Term) -> TermID {
    switch term {
    case .iri(let iri): return add(.iri, iri)
    case .blankNode(let label): return add(.blankNode, label)
    case .literal(let lexical, .datatype(let datatype)):
      if datatype == XSD.string { return add(.string, lexical) }
      let qualifier = add(.iri, datatype)
      return add(.typed, lexical, qualifier: qualifier)
    case .literal(let lexical, .language(let language)):
      let qualifier = add(.tag, language)
      return add(.tagged, lexical, qualifier: qualifier)
    }
  }

  /// An owned copy of a term.
  package func term(_ id: TermID) -> Term {
    let record = self[id]
    let text = ByteString(view(id))
    switch record.kind {
    case .iri, .tag: return .iri(text)
    case .blankNode: return .blankNode(text)
    case .string: return .literal(text, .datatype(XSD.string))
    case .typed: return .literal(text, .datatype(ByteString(view(record.qualifier))))
    case .tagged: return .literal(text, .language(ByteString(view(record.qualifier))))
    }
  }

  @inline(never) @usableFromInline mutating func growRecords() {
    let larger = UnsafeMutablePointer<TermRecord>.allocate(capacity: recordCapacity * 2)
    larger.moveInitialize(from: records, count: used)
    records.deallocate()
    records = larger
    recordCapacity *= 2
  }
}
