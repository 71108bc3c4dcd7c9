package import Bytes
package import RDF

/// What one thread keeps while it evaluates the expressions of one query.
package final class EvaluationContext {
  /// Where texts that are worked out live. Whoever runs the query resets it, such as after each batch.
  package let scratch = TextScratch()
  /// The moment of the query, which NOW tells (SPARQL 1.1 §17.4.5.1).
  package let now: DateTimeValue
  /// What IRI resolves against (§17.4.2.8), or nil.
  package let base: BaseIRI?
  /// The version of the language that was announced, else 1.1.
  package let version: QueryVersion
  /// What begins the labels of blank nodes that BNODE makes, so that they are none of the data's.
  package let blankNodePrefix: ByteString
  /// The regular expressions met so far.
  var patterns = PatternCache()
  /// The geometries met so far.
  var geometries = GeometryCache()
  /// A text that is being put together.
  var work = ByteBuffer(capacity: 1024)
  /// A hash of each kind that was asked for.
  var digests: [Digest.Algorithm: Digest] = [:]
  private var blankNodeCount = 0
  private var blankNodes: [ByteString: ByteString] = [:]
  private var sharedBlankNodes: [BlankNodeName: ByteString] = [:]
  /// The number of the solution at hand within its batch, where several expressions are evaluated for the same solutions one after the
  /// other; nil where each has solutions of its own.
  package var solution: Int?

  /// A context for a query that began at `now`.
  package init(now: DateTimeValue, base: BaseIRI? = nil, version: QueryVersion? = nil, blankNodePrefix: ByteString = "q") {
    self.now = now
    self.base = base
    self.version = version ?? .v11
    self.blankNodePrefix = blankNodePrefix
  }

  /// Says that another solution is evaluated: BNODE with an argument begins anew (§17.4.2.9).
  package func beginSolution() {
    if !blankNodes.isEmpty { blankNodes.removeAll(keepingCapacity: true) }
  }

  /// Forgets the blank nodes that solutions with numbers have.
  package func forgetSharedBlankNodes() { sharedBlankNodes.removeAll(keepingCapacity: true) }

  /// A new blank node, or the one that this solution has for `name`.
  func blankNode(_ name: ByteView?) -> Value {
    let shared = name.flatMap { name in solution.map { BlankNodeName(solution: $0, name: ByteString(name)) } }
    let known = shared.map { sharedBlankNodes[$0] } ?? name.map { blankNodes[ByteString($0)] }
    if let label = known ?? nil { return Value(.blank, label.withView { scratch.copy($0) }) }
    blankNodeCount += 1
    let label = ByteString(blankNodePrefix.bytes + Array("\(blankNodeCount)".utf8))
    if let shared { sharedBlankNodes[shared] = label } else if let name { blankNodes[ByteString(name)] = label }
    return Value(.blank, label.withView { scratch.copy($0) })
  }

  /// A plain literal of what `write` puts into an empty buffer.
  func string(_ write: (inout ByteBuffer) -> Void) -> Value { Value(.string, text(write)) }

  /// What `write` puts into an empty buffer, in the scratch memory.
  func text(_ write: (inout ByteBuffer) -> Void) -> ByteView {
    work.truncate()
    write(&work)
    return scratch.copy(work.view)
  }
}

/// A name that BNODE is given, within one solution.
private struct BlankNodeName: Hashable {
  let solution: Int
  let name: ByteString
}

/// The solution that an expression is evaluated for.
package protocol SolutionRow {
  /// The value of a variable, ``Value/none`` where it has none.
  func value(of variable: VariableID, _ context: EvaluationContext) -> Value

  /// A number that the term of a variable has for as long as the context lives, and no other term; nil where it has none.
  func key(of variable: VariableID) -> UInt32?

  /// Whether the pattern, with this solution's values in the place of its variables, has a solution (SPARQL 1.1 §18.6); `isNegated` is
  /// not looked at. Nil where that failed, which is an error of the expression.
  func exists(_ pattern: ExistsPattern, _ context: EvaluationContext) -> Bool?
}
