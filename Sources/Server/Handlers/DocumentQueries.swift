import Bytes
import RDF

/// The queries by which documents are looked up: SPARQL text over IRIs that have been checked.
enum DocumentQueries {
  /// Whether anything is said of a thing, or it is said of anything, or it is a graph in which something is said.
  static func isKnown(_ iri: String) -> String {
    "ASK { { <\(iri)> ?p ?o } UNION { ?s ?p <\(iri)> } UNION { GRAPH <\(iri)> { ?s ?p ?o } } }"
  }

  /// Whether something is said in a graph.
  static func isGraph(_ iri: String) -> String { "ASK { GRAPH <\(iri)> { ?s ?p ?o } }" }

  /// What is said of a thing.
  static func description(of iri: String) -> String { "DESCRIBE <\(iri)>" }

  /// A whole graph.
  static func graph(_ iri: String) -> String { "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH <\(iri)> { ?s ?p ?o } }" }

  /// A graph that no catalog describes: what is said of it, its name, the title of the scheme in it, and what it speaks of.
  static func listing(of graph: String) -> String {
    let name = graph.split(separator: "/").last ?? ""
    return """
      CONSTRUCT { <\(graph)> ?p ?o } WHERE {
        { <\(graph)> ?p ?o }
        UNION { BIND(<\(KnownVocabulary.rdf("type"))> AS ?p) BIND(<http://rdfs.org/ns/void#Dataset> AS ?o) }
        UNION { BIND(<\(KnownVocabulary.dcterms("identifier"))> AS ?p) BIND("\(name)" AS ?o) }
        UNION {
          GRAPH <\(graph)> { ?scheme a <\(KnownVocabulary.skos("ConceptScheme"))> ; <\(KnownVocabulary.rdfs("label"))> ?o }
          BIND(<\(KnownVocabulary.dcterms("title"))> AS ?p)
        }
        UNION {
          { SELECT DISTINCT ?o { GRAPH <\(graph)> { ?o ?said ?of FILTER(ISIRI(?o)) } } }
          BIND(<\(KnownVocabulary.rdfs("member"))> AS ?p)
        }
      }
      """
  }

  /// A dataset as the catalog has it, with what it points to there: distributions, publisher, contact.
  static func dataset(_ iri: String, catalog: String) -> String {
    let linked = [KnownVocabulary.dcat("distribution"), KnownVocabulary.dcterms("publisher"), KnownVocabulary.dcat("contactPoint")].map {
      "<\($0)>"
    }
    .joined(separator: "|")
    return """
      CONSTRUCT { ?s ?p ?o } WHERE { GRAPH <\(catalog)> {
        { BIND(<\(iri)> AS ?s) ?s ?p ?o }
        UNION { <\(iri)> \(linked) ?s . ?s ?p ?o }
      } }
      """
  }

  /// All datasets that anything speaks of, published or not, with what belongs to their descriptions.
  static let allDatasets: String = {
    let linked = [
      KnownVocabulary.dcat("distribution"), KnownVocabulary.dcat("contactPoint"), KnownVocabulary.dcterms("publisher"),
      KnownVocabulary.dcterms("rights"), KnownVocabulary.dcterms("provenance"), "http://schema.org/offers",
    ].map { "<\($0)>" }.joined(separator: "|")
    let all = "?d a <\(KnownVocabulary.dcat("Dataset"))>"
    return """
      CONSTRUCT { ?s ?p ?o } WHERE {
        { SELECT DISTINCT ?s { { \(all) BIND(?d AS ?s) } UNION { \(all) ; \(linked) ?s } } }
        ?s ?p ?o
      }
      """
  }()

  /// The things of a register with their labels, for suggestions.
  static func keys(ofRegister graph: String) -> String {
    "SELECT DISTINCT ?thing WHERE { GRAPH <\(graph)> { ?thing <\(KnownVocabulary.rdfs("label"))> ?label } } LIMIT 20000"
  }

  /// Whether a text can stand between angle brackets in a query (SPARQL 1.1, IRIREF).
  static func isSafe(_ iri: String) -> Bool {
    ByteString(iri).withView { IRICharacters.firstForbidden(in: $0) == nil }
  }
}
