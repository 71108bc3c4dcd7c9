/// The IRIs of the vocabularies that pages ask for.
enum PageVocabulary {
  /// The terms of Kommungraf.
  static let kg = "https://w3id.org/kommungraf/ns/"

  static func rdfs(_ name: String) -> String { "http://www.w3.org/2000/01/rdf-schema#" + name }
  static func owl(_ name: String) -> String { "http://www.w3.org/2002/07/owl#" + name }
  static func skos(_ name: String) -> String { "http://www.w3.org/2004/02/skos/core#" + name }
  static func dcterms(_ name: String) -> String { "http://purl.org/dc/terms/" + name }
  static func dcat(_ name: String) -> String { "http://www.w3.org/ns/dcat#" + name }
  static func foaf(_ name: String) -> String { "http://xmlns.com/foaf/0.1/" + name }
  static func qudt(_ name: String) -> String { "http://qudt.org/schema/qudt/" + name }
  static func pay(_ name: String) -> String { "http://reference.data.gov.uk/def/payment#" + name }
}

/// Short for use in queries.
typealias V = PageVocabulary
