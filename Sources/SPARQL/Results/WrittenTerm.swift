import Bytes

/// A term of a result while it is being read.
struct WrittenTerm: ~Copyable {
  /// What a result can say that a term is.
  enum Form { case iri, blankNode, literal }

  /// What it is.
  var form = Form.literal
  /// The IRI, the label or the lexical form.
  var text = ByteBuffer()
  /// The datatype of a literal; empty where none is given.
  var datatype = ByteBuffer(capacity: 64)
  /// The language of a literal; empty where none is given.
  var language = ByteBuffer(capacity: 16)
  /// The base direction of a literal with a language (SPARQL 1.2); empty where none is given.
  var direction = ByteBuffer(capacity: 8)

  /// Forgets the term.
  mutating func reset() {
    text.truncate()
    datatype.truncate()
    language.truncate()
    direction.truncate()
  }
}
