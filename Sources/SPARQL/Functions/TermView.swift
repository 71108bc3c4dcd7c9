package import Bytes
package import RDF

/// A stored term that is looked at: its kind, its bytes, and those of its datatype or language tag. It owns nothing.
package struct TermView {
  /// What the bytes are; never ``TermKind/tag``.
  package let kind: TermKind
  /// The IRI, the label or the lexical form.
  package let lexical: ByteView
  /// The datatype's IRI or the language tag; no bytes for other kinds.
  package let qualifier: ByteView

  /// A term of these bytes.
  package init(_ kind: TermKind, _ lexical: ByteView, qualifier: ByteView = .empty) {
    self.kind = kind
    self.lexical = lexical
    self.qualifier = qualifier
  }

  /// Whether two terms are the same (RDF 1.1 Concepts §3.1 to §3.3): language tags may be spelt in other capitals.
  func isSame(as other: TermView) -> Bool {
    guard kind == other.kind, lexical == other.lexical else { return false }
    return kind == .tagged ? qualifier.equalsIgnoringCase(other.qualifier) : qualifier == other.qualifier
  }

  /// A hash that is the same for terms that are the same.
  var hash: UInt64 {
    mixed(lexical.hash ^ (kind == .tagged ? qualifier.hashIgnoringCase : qualifier.hash) &+ UInt64(kind.rawValue))
  }

  /// An owned copy.
  package var term: Term {
    switch kind {
    case .iri, .tag: .iri(ByteString(lexical))
    case .blankNode: .blankNode(ByteString(lexical))
    case .string: .literal(ByteString(lexical), .datatype(XSD.string))
    case .typed: .literal(ByteString(lexical), .datatype(ByteString(qualifier)))
    case .tagged: .literal(ByteString(lexical), .language(ByteString(qualifier)))
    }
  }
}

/// Who knows the terms behind ids.
package protocol TermReader: AnyObject {
  /// The term of an id, which must be one. Its bytes live as long as the reader promises; what has to be decoded is put into `scratch`
  /// and lives until that is next reset.
  func term(_ id: TermID, _ scratch: TextScratch) -> TermView
}
