import Problems
import RDF

/// A profile of DCAT by which the catalog can be had: by `?profile=`, else by `Accept-Profile` (DIGG's rule UM-5).
enum CatalogProfile: String, CaseIterable {
  /// Sweden's, the default: the national portal takes the format of a distribution as its media type.
  case dcatAPSE = "dcat-ap-se"
  /// The EU's: the format is an entry of the authority table, the media type an IRI of its own.
  case dcatAP = "dcat-ap"

  /// What names it in headers.
  var iri: String {
    switch self {
    case .dcatAPSE: "https://docs.dataportal.se/dcat/"
    case .dcatAP: "http://data.europa.eu/r5r/"
    }
  }

  /// Media types and what the EU's table of file types calls them.
  private static let fileTypes = [
    ("text/turtle", "RDF_TURTLE"), ("application/n-triples", "RDF_N_TRIPLES"), ("application/ld+json", "JSON_LD"),
    ("application/rdf+xml", "RDF_XML"), ("application/sparql-query", "SPARQLQ"), ("text/csv", "CSV"), ("text/html", "HTML"),
  ]

  /// The query for the catalog in this profile.
  func query(of catalog: String) -> String {
    if self == .dcatAPSE { return DocumentQueries.graph(catalog) }
    let types = Self.fileTypes.map { "(\"\($0)\" <\(KnownVocabulary.authority("file-type/" + $1))>)" }.joined(separator: " ")
    let format = "<\(KnownVocabulary.dcterms("format"))>"
    return """
      CONSTRUCT { ?s ?p ?o . ?s \(format) ?type ; <\(KnownVocabulary.dcat("mediaType"))> ?media } WHERE { GRAPH <\(catalog)> {
        { ?s ?p ?o FILTER(?p != \(format) || ISIRI(?o)) }
        UNION {
          ?s \(format) ?text FILTER(ISLITERAL(?text))
          BIND(IRI(CONCAT("https://www.iana.org/assignments/media-types/", STR(?text))) AS ?media)
          OPTIONAL { VALUES (?text ?type) { \(types) } }
        }
      } }
      """
  }
}

extension WebRequest {
  /// The profile of the catalog that the client wants, Sweden's where it does not say.
  /// - Throws: ``ProblemCode/requestUnacceptable`` with the choices, where it wants none of them.
  func catalogProfile() throws(Failure) -> CatalogProfile {
    let all = CatalogProfile.allCases
    if let name = query["profile"], !name.isEmpty {
      if let profile = all.first(where: { $0.rawValue == name.lowercased() || $0.iri == name }) { return profile }
      throw Failure(.requestUnacceptable, value: name, ["choices": .text(all.map(\.rawValue).joined(separator: ", "))])
    }
    guard let header = headers["accept-profile"], !header.isEmpty else { return .dcatAPSE }
    let accepted = AcceptedTypes(header)
    let best = all.map { ($0, max(accepted.weight(ofName: "<\($0.iri)>"), accepted.weight(ofName: $0.iri))) }
      .reduce(nil as (CatalogProfile, Double)?) { best, next in next.1 > (best?.1 ?? 0) ? next : best }
    guard let best else {
      throw Failure(.requestUnacceptable, value: header, ["choices": .text(all.map { "<\($0.iri)>" }.joined(separator: ", "))])
    }
    return best.0
  }
}
