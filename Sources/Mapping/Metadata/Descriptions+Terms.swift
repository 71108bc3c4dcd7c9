import Bytes
import Identifiers
import RDF

/// A term that a mapping makes up for its site: a property of a column, or the class of its rows.
package struct MappingTerm: Sendable {
  /// Its IRI, relative to the site's base as the mapping has it, such as `ns/antal-platser`.
  package var iri: String
  /// Whether it is a class.
  package let isClass: Bool
  /// What it is called, with language tags; `und` where none is known.
  package let labels: [(text: String, language: String)]
  /// What it means.
  package let definitions: [(text: String, language: String)]
  /// The datatype of its values; nil where they are things, or of a class.
  package let datatype: String?
}

extension TableGroupDescription {
  /// The terms below a path that the mapping uses, in the order of its columns, each once.
  /// - Parameter isOwn: whether an IRI, relative or not, is one of them.
  package func terms(where isOwn: (String) -> Bool) -> [MappingTerm] {
    var terms: [MappingTerm] = []
    func add(_ term: MappingTerm) {
      if !terms.contains(where: { $0.iri == term.iri }) { terms.append(term) }
    }
    for table in tables {
      let outer = table.schema.inherited.inheriting(table.inherited.inheriting(inherited))
      for (number, column) in (table.schema.columns ?? []).enumerated() {
        let properties = column.inherited.inheriting(outer)
        guard let property = properties.propertyURL, property.variableNames.isEmpty else { continue }
        if property.source == RDFTerms.type {
          guard let value = properties.valueURL, value.variableNames.isEmpty, isOwn(value.source.text) else { continue }
          add(
            MappingTerm(
              iri: value.source.text, isClass: true, labels: texts(ofProperty: "title"), definitions: texts(ofProperty: "description"),
              datatype: nil))
        } else if isOwn(property.source.text) {
          let pointsToThing = properties.valueURL != nil || column.extras.register != nil
          let titles = column.titles.map { ($0.text.text, $0.language.text) }
          add(
            MappingTerm(
              iri: property.source.text, isClass: false,
              labels: titles.isEmpty ? [(column.name(number: number + 1).text, "und")] : titles,
              definitions: column.annotations.texts(of: "description"),
              datatype: pointsToThing ? nil : (properties.datatype ?? DatatypeDescription()).iri.text))
        }
      }
    }
    return terms
  }
}

extension [CommonProperty] {
  /// What a Dublin Core property says: texts with their languages.
  func texts(of name: String) -> [(text: String, language: String)] {
    let predicate = ByteString(KnownVocabulary.dcterms(name))
    return filter { $0.predicate == predicate }.flatMap(\.values).compactMap { value in
      guard case .term(.literal(let text, let qualifier)) = value else { return nil }
      if case .language(let tag) = qualifier { return (text.text, tag.text) }
      return (text.text, "")
    }
  }
}
