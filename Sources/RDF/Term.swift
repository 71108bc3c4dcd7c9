package import Bytes

/// An RDF term that owns its bytes, for places where few terms are handled: tests, metadata, look-ups.
///
/// Rows of data never become `Term`s; they stay ids in a ``QuadBatch``.
package enum Term: Hashable, Sendable {
  /// An IRI, without brackets.
  case iri(ByteString)
  /// A blank node's label, without `_:`.
  case blankNode(ByteString)
  /// A literal: its lexical form, and its datatype or language.
  case literal(ByteString, Qualifier)

  /// What stands after a literal's quotes.
  package enum Qualifier: Hashable, Sendable {
    /// The IRI of the datatype.
    case datatype(ByteString)
    /// A language tag (BCP 47) as it was written.
    case language(ByteString)
  }

  /// A plain string literal.
  package static func string(_ text: String) -> Term { .literal(ByteString(text), .datatype(XSD.string)) }

  /// An IRI from text.
  package static func iri(_ text: String) -> Term { .iri(ByteString(text)) }
}

/// A quad that owns its terms. `graph` is nil in the default graph.
package struct Quad: Hashable, Sendable {
  /// The subject: an IRI or a blank node.
  package var subject: Term
  /// The predicate: an IRI.
  package var predicate: Term
  /// The object.
  package var object: Term
  /// The graph's name, or nil for the default graph.
  package var graph: Term?

  /// A quad of these terms.
  package init(_ subject: Term, _ predicate: Term, _ object: Term, graph: Term? = nil) {
    self.subject = subject
    self.predicate = predicate
    self.object = object
    self.graph = graph
  }
}
