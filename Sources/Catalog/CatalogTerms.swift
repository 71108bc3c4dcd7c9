/// The IRIs of the vocabularies that catalogs speak.
enum CatalogTerms {
  static func rdf(_ name: String) -> String { "http://www.w3.org/1999/02/22-rdf-syntax-ns#" + name }
  static func rdfs(_ name: String) -> String { "http://www.w3.org/2000/01/rdf-schema#" + name }
  static func dcat(_ name: String) -> String { "http://www.w3.org/ns/dcat#" + name }
  static func dcterms(_ name: String) -> String { "http://purl.org/dc/terms/" + name }
  static func dcatap(_ name: String) -> String { "http://data.europa.eu/r5r/" + name }
  static func foaf(_ name: String) -> String { "http://xmlns.com/foaf/0.1/" + name }
  static func vcard(_ name: String) -> String { "http://www.w3.org/2006/vcard/ns#" + name }
  static func kg(_ name: String) -> String { "https://w3id.org/kommungraf/ns/" + name }
  /// The EU's authority tables.
  static func authority(_ name: String) -> String { "http://publications.europa.eu/resource/authority/" + name }

  static let publicDomain = "http://creativecommons.org/publicdomain/zero/1.0/"
  static let sameAs = "http://www.w3.org/2002/07/owl#sameAs"
  static let date = "http://www.w3.org/2001/XMLSchema#date"
  static let integer = "http://www.w3.org/2001/XMLSchema#integer"
}
