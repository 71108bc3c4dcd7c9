import Bytes
import RDF

/// The queries by which documents are looked up: SPARQL text over IRIs that have been checked.
enum DocumentQueries {
  /// Whether anything is said of a thing, or it is said of anything.
  static func isKnown(_ iri: String) -> String { "ASK { { <\(iri)> ?p ?o } UNION { ?s ?p <\(iri)> } }" }

  /// What is said of a thing.
  static func description(of iri: String) -> String { "DESCRIBE <\(iri)>" }

  /// A whole graph.
  static func graph(_ iri: String) -> String { "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH <\(iri)> { ?s ?p ?o } }" }

  /// A dataset as the catalog has it, with what it points to there: distributions, publisher, contact.
  static func dataset(_ iri: String, catalog: String) -> String {
    """
    CONSTRUCT { ?s ?p ?o } WHERE { GRAPH <\(catalog)> {
      { BIND(<\(iri)> AS ?s) ?s ?p ?o }
      UNION { <\(iri)> <http://www.w3.org/ns/dcat#distribution>|<http://purl.org/dc/terms/publisher>|<http://www.w3.org/ns/dcat#contactPoint> ?s . ?s ?p ?o }
    } }
    """
  }

  /// The things of a register with their labels, for suggestions.
  static func keys(ofRegister graph: String) -> String {
    "SELECT DISTINCT ?thing WHERE { GRAPH <\(graph)> { ?thing <http://www.w3.org/2000/01/rdf-schema#label> ?label } } LIMIT 20000"
  }

  /// Whether a text can stand between angle brackets in a query (SPARQL 1.1, IRIREF).
  static func isSafe(_ iri: String) -> Bool {
    ByteString(iri).withView { IRICharacters.firstForbidden(in: $0) == nil }
  }
}
