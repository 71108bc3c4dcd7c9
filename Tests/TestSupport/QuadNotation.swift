import Bytes
package import RDF

/// A quad in short notation for tests: `a` and `p` are IRIs `http://example.org/a`, `_:b` a blank node, `"x"` a string,
/// `"x"@sv` one with a language, `"1"^^integer` a literal of an XSD type, `<urn:x>` a whole IRI.
package func quad(_ subject: String, _ predicate: String, _ object: String, _ graph: String? = nil) -> Quad {
  Quad(term(subject), term(predicate), term(object), graph: graph.map(term))
}

/// A term in the notation of ``quad(_:_:_:_:)``.
package func term(_ text: String) -> Term {
  if text.hasPrefix("_:") { return .blankNode(.init(String(text.dropFirst(2)))) }
  if text.hasPrefix("<") { return .iri(String(text.dropFirst().dropLast())) }
  guard text.hasPrefix("\""), let end = text.lastIndex(of: "\"") else { return .iri("http://example.org/" + text) }
  let lexical = String(text[text.index(after: text.startIndex)..<end])
  let rest = text[text.index(after: end)...]
  if rest.hasPrefix("@") { return .literal(.init(lexical), .language(.init(String(rest.dropFirst())))) }
  if rest.hasPrefix("^^<") { return .literal(.init(lexical), .datatype(.init(String(rest.dropFirst(3).dropLast())))) }
  if rest.hasPrefix("^^") {
    return .literal(.init(lexical), .datatype(.init("http://www.w3.org/2001/XMLSchema#" + rest.dropFirst(2))))
  }
  return .string(lexical)
}
