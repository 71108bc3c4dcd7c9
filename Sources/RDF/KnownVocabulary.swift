/// The IRIs of terms in the vocabularies that the program itself speaks, by their names, as text.
package enum KnownVocabulary {
  /// What the IRIs of the shipped registers begin with, and those of Kommungraf's own terms, in every site (design, "IRIs").
  package static let shared = "https://w3id.org/kommungraf"
  /// The namespace of Kommungraf's own terms.
  package static let kg = shared + "/ns/"

  /// A term of Kommungraf.
  package static func kg(_ name: String) -> String { kg + name }
  /// A term of RDF.
  package static func rdf(_ name: String) -> String { "http://www.w3.org/1999/02/22-rdf-syntax-ns#" + name }
  /// A term of RDF Schema.
  package static func rdfs(_ name: String) -> String { "http://www.w3.org/2000/01/rdf-schema#" + name }
  /// A term of OWL.
  package static func owl(_ name: String) -> String { "http://www.w3.org/2002/07/owl#" + name }
  /// A term of SKOS.
  package static func skos(_ name: String) -> String { "http://www.w3.org/2004/02/skos/core#" + name }
  /// A term of Dublin Core.
  package static func dcterms(_ name: String) -> String { "http://purl.org/dc/terms/" + name }
  /// A term of PROV-O.
  package static func prov(_ name: String) -> String { "http://www.w3.org/ns/prov#" + name }
  /// A term of DCAT.
  package static func dcat(_ name: String) -> String { "http://www.w3.org/ns/dcat#" + name }
  /// A term of DCAT-AP.
  package static func dcatap(_ name: String) -> String { "http://data.europa.eu/r5r/" + name }
  /// A term of FOAF.
  package static func foaf(_ name: String) -> String { "http://xmlns.com/foaf/0.1/" + name }
  /// A term of vCard.
  package static func vcard(_ name: String) -> String { "http://www.w3.org/2006/vcard/ns#" + name }
  /// A term of QUDT.
  package static func qudt(_ name: String) -> String { "http://qudt.org/schema/qudt/" + name }
  /// A term of the payments ontology.
  package static func pay(_ name: String) -> String { "http://reference.data.gov.uk/def/payment#" + name }
  /// A term of GeoSPARQL.
  package static func geo(_ name: String) -> String { "http://www.opengis.net/ont/geosparql#" + name }
  /// A term of the vocabulary of WGS 84 positions.
  package static func wgs(_ name: String) -> String { "http://www.w3.org/2003/01/geo/wgs84_pos#" + name }
  /// A term of SPARQL 1.1 Service Description.
  package static func sd(_ name: String) -> String { "http://www.w3.org/ns/sparql-service-description#" + name }
  /// An entry of the EU's authority tables.
  package static func authority(_ name: String) -> String { "http://publications.europa.eu/resource/authority/" + name }

  /// CC0 1.0.
  package static let publicDomain = "http://creativecommons.org/publicdomain/zero/1.0/"
}
