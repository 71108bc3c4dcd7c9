import Bytes
import Identifiers
import RDF

extension RMLMapping {
  /// The terms below a path that the mapping uses, in its order, each once. What they are called, and what they mean, the mapping says of
  /// them by rdfs:label and skos:definition, or of the term map that makes them.
  /// - Parameter isOwn: whether an IRI, relative or not, is one of them.
  package func terms(where isOwn: (String) -> Bool) -> [MappingTerm] {
    var terms: [MappingTerm] = []
    func add(_ iri: String?, isClass: Bool, node: Term?, datatype: String?) {
      guard let iri, isOwn(iri), !terms.contains(where: { $0.iri == iri }) else { return }
      let texts = [node, .iri(ByteString(iri))].compactMap { $0 }.lazy.compactMap { self.texts[$0] }.first
      let name = String(iri.split(whereSeparator: { $0 == "/" || $0 == "#" }).last ?? Substring(iri))
      terms.append(
        MappingTerm(
          iri: iri, isClass: isClass, labels: texts.flatMap { $0.labels.isEmpty ? nil : $0.labels } ?? [(name, "und")],
          definitions: texts?.definitions ?? [], datatype: datatype))
    }
    for map in triplesMaps {
      for type in map.types { add(type.text, isClass: true, node: nil, datatype: nil) }
      for link in map.links {
        for predicate in link.predicates {
          guard let iri = predicate.fixedIRI else { continue }
          if iri == RDFTerms.type.text {
            for case .term(let object) in link.objects { add(object.fixedIRI, isClass: true, node: object.node, datatype: nil) }
          } else {
            add(iri, isClass: false, node: predicate.node, datatype: link.datatype)
          }
        }
      }
    }
    return terms
  }
}

extension PredicateObjectMap {
  /// The datatype of its values; nil where they are things.
  fileprivate var datatype: String? {
    guard case .term(let object)? = objects.first, object.kind == .literal, object.register == nil else { return nil }
    if object.coordinates != nil { return object.part == nil ? CoordinateForm.datatype.text : BuiltInDatatype.decimal.iri.text }
    if case .constant(.iri(let iri))? = object.datatype.first?.expression { return iri.text }
    if case .constant(.literal(_, .datatype(let iri))) = object.expression { return iri.text }
    let isText = !object.language.isEmpty || !object.steps.isEmpty || object.isTemplate
    // What a number of JSON is, the data say.
    return isText ? XSD.string.text : KnownVocabulary.rdfs("Literal")
  }
}

extension TermMap {
  /// Whether it is a template.
  fileprivate var isTemplate: Bool { if case .template = expression { true } else { false } }

  /// The IRI that it always makes, relative where its template is; nil for any other map.
  fileprivate var fixedIRI: String? {
    switch expression {
    case .constant(.iri(let iri)): iri.text
    case .template(let parts) where parts.references.isEmpty && kind != .literal:
      parts.map { if case .literal(let text) = $0 { text.text } else { "" } }.joined()
    default: nil
    }
  }
}
