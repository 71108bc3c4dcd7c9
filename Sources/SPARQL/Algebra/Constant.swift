import Bytes
package import RDF

/// A term that stands in an expression, with its value worked out once.
package final class Constant: Sendable {
  /// The term.
  package let term: Term
  // Written once, before anybody else can see it.
  private nonisolated(unsafe) let memory: UnsafeMutablePointer<UInt8>
  private nonisolated(unsafe) let stored: Value

  /// A term, whose value is worked out now.
  package init(_ term: Term) {
    self.term = term
    let (kind, lexical, qualifier) = term.parts
    memory = .allocate(capacity: lexical.count + qualifier.count + 16)
    memory.initialize(repeating: 0, count: lexical.count + qualifier.count + 16)
    memory.update(from: lexical.bytes, count: lexical.count)
    (memory + lexical.count).update(from: qualifier.bytes, count: qualifier.count)
    stored = Value(
      TermView(
        kind, ByteView(UnsafePointer(memory), count: lexical.count),
        qualifier: ByteView(UnsafePointer(memory + lexical.count), count: qualifier.count)))
  }

  deinit { memory.deallocate() }

  /// The value; its bytes live as long as the constant.
  package var value: Value { stored }
}

extension Constant: Hashable {
  /// Whether the terms are the same.
  package static func == (left: Constant, right: Constant) -> Bool { left === right || left.term == right.term }

  /// Feeds the term to a hasher.
  package func hash(into hasher: inout Hasher) { hasher.combine(term) }
}

extension Term {
  /// The kind, the bytes, and those of the datatype or language tag (none for a plain string).
  var parts: (TermKind, ByteString, ByteString) {
    switch self {
    case .iri(let iri): (.iri, iri, "")
    case .blankNode(let label): (.blankNode, label, "")
    case .literal(let lexical, .language(let tag)): (.tagged, lexical, tag)
    case .literal(let lexical, .datatype(let datatype)):
      datatype == XSD.string ? (.string, lexical, "") : (.typed, lexical, datatype)
    }
  }
}
