import Bytes
import Problems
import RDF
import Resources

/// Reads Turtle and TriG (RDF 1.1), a token at a time, with a stack of its own: nesting costs no stack of the thread.
struct TurtleParser: ~Copyable {
  /// What may come next.
  enum State {
    /// A directive, a graph or a subject.
    case statement
    /// A predicate.
    case verb
    /// A predicate, or the end of the list of predicates: after `;`.
    case verbOrEnd
    /// A predicate, or the end of the statement: after `[…]` as the subject.
    case verbOrDot
    /// An object.
    case object
    /// An item of a list, or `)`.
    case item
    /// `,`, `;` or what ends the statement: after an object.
    case tail
  }

  /// Quads, and bytes of terms, after which a batch is handed on.
  private static let batchQuads = 8192
  private static let batchBytes = 1 << 20

  let sink: any QuadSink
  /// What wants to know where objects stand, or nil.
  let placed: (any PlacedSink)?
  private let problems: any ProblemSink
  private let keepGoing: Bool
  private var needsToken = true
  let hasGraphs: Bool
  let depthLimit: Int

  var lexer: TurtleLexer
  var batch = QuadBatch()
  var cache = TermCache()
  let constants: TurtleConstants
  var namespaces = Namespaces()
  var base: BaseIRI?
  var labels: BlankLabels
  var scratch = ByteBuffer()

  var state = State.statement
  /// The node that is read, and the ones around it.
  var frame = TurtleFrame()
  var stack: [TurtleFrame] = []
  var graph = QuadBatch.defaultGraph
  var isInGraph = false

  init(
    _ stream: any ByteStream, hasGraphs: Bool, options: RDFReader.Options, sink: any QuadSink, problems: any ProblemSink
  ) {
    lexer = TurtleLexer(stream, blockSize: options.blockSize)
    self.hasGraphs = hasGraphs
    self.sink = sink
    placed = sink as? any PlacedSink
    self.problems = problems
    keepGoing = options.keepGoing
    depthLimit = options.depthLimit
    base = options.base.map { BaseIRI($0) }
    labels = BlankLabels(prefix: options.blankNodePrefix)
    constants = TurtleConstants(in: &batch.terms, cache: &cache)
  }

  /// Reads the whole stream.
  mutating func readAll() throws(Failure) {
    try lexer.skipByteOrderMark()
    var isDone = false
    while !isDone {
      do throws(Failure) {
        try run()
        isDone = true
      } catch {
        guard keepGoing, error.problem.code.isOfSyntax else { throw error }
        problems.report(error.problem)
        try recover()
      }
    }
    try flush()
  }

  private mutating func run() throws(Failure) {
    if needsToken {
      needsToken = false
      try lexer.advance()
    }
    while true {
      if batch.count >= Self.batchQuads || batch.terms.bytes.count >= Self.batchBytes { try flush() }
      switch state {
      case .statement:
        if lexer.token == .end, !isInGraph { return }
        try statement()
      case .verb: try verb()
      case .verbOrEnd: try verbOrEnd()
      case .verbOrDot: state = lexer.token == .dot || lexer.token == .closeBrace ? .tail : .verb
      case .object: try node()
      case .item: try item()
      case .tail: try tail()
      }
    }
  }

  /// Gives the broken statement up. A graph that is open stays open.
  private mutating func recover() throws(Failure) {
    try lexer.skipBrokenStatement()
    needsToken = true
    state = .statement
    frame = TurtleFrame()
    stack.removeAll(keepingCapacity: true)
  }

  /// The failure for what the token that is looked at should not be.
  func failure(_ kind: FaultKind) -> Failure { lexer.failure(Fault(kind, at: lexer.start)) }

  /// Hands the batch on and begins a new one with the terms that are still needed.
  private mutating func flush() throws(Failure) {
    if batch.count > 0 { try sink.append(batch) }
    stack.append(frame)
    var kept: [(kind: TermKind, text: ByteString)?] = [keep(graph)]
    for frame in stack { kept += [keep(frame.subject), keep(frame.predicate), keep(frame.head), keep(frame.cell)] }
    batch.reset()
    cache.reset()
    graph = restore(kept[0], graph)
    for (index, frame) in stack.enumerated() {
      stack[index].subject = restore(kept[index * 4 + 1], frame.subject)
      stack[index].predicate = restore(kept[index * 4 + 2], frame.predicate)
      stack[index].head = restore(kept[index * 4 + 3], frame.head)
      stack[index].cell = restore(kept[index * 4 + 4], frame.cell)
    }
    frame = stack.removeLast()
  }

  private func keep(_ id: TermID) -> (kind: TermKind, text: ByteString)? {
    id == TurtleFrame.none || Int(id) < batch.terms.constants ? nil : (batch.terms[id].kind, ByteString(batch.terms.view(id)))
  }

  private mutating func restore(_ kept: (kind: TermKind, text: ByteString)?, _ id: TermID) -> TermID {
    guard let kept else { return id }
    return batch.terms.add(kept.kind, kept.text)
  }
}

/// A node that is being read: a statement's subject, a `[…]` or a `(…)`.
struct TurtleFrame {
  /// No term.
  static let none = TermID.max
  /// What the node is.
  enum Kind {
    case statement, properties, list
  }

  /// What the node is.
  var kind = Kind.statement
  /// The subject of the triples, or ``none``.
  var subject = none
  /// The predicate that was read last, or ``none``.
  var predicate = none
  /// The first cell of the list, or ``none``.
  var head = none
  /// The last cell of the list, or ``none``.
  var cell = none
  /// Where the object or item that was begun last stands, where somebody wants to know.
  var line = 0
  var column = 0
}

/// The terms that the grammar itself speaks of, as constants of the batch's arena.
struct TurtleConstants {
  let type, first, rest, `nil`, string, boolean, integer, decimal, double: TermID

  init(in terms: inout TermArena, cache: inout TermCache) {
    type = Self.add(RDFTerms.type, &terms, &cache)
    first = Self.add(RDFTerms.first, &terms, &cache)
    rest = Self.add(RDFTerms.rest, &terms, &cache)
    `nil` = Self.add(RDFTerms.nil, &terms, &cache)
    string = Self.add(XSD.string, &terms, &cache)
    boolean = Self.add(XSD.boolean, &terms, &cache)
    integer = Self.add(XSD.integer, &terms, &cache)
    decimal = Self.add(XSD.decimal, &terms, &cache)
    double = Self.add(XSD.double, &terms, &cache)
    terms.keepAsConstants()
    cache.keepAsConstants()
  }

  private static func add(_ iri: ByteString, _ terms: inout TermArena, _ cache: inout TermCache) -> TermID {
    let start = terms.bytes.count
    terms.bytes.append(bytes: iri)
    return cache.internLast(.iri, start: start, in: &terms)
  }
}

extension ProblemCode {
  /// Whether a reader can go on after the problem.
  fileprivate var isOfSyntax: Bool {
    switch self {
    case .rdfSyntax, .rdfDepth, .rdfPrefixUndeclared, .iriInvalid, .iriRelative, .encodingInvalid: true
    default: false
    }
  }
}
