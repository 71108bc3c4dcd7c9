import Bytes
import Problems
import RDF
import RDFSyntax
import Resources
import SPARQL
import Site

/// What the endpoint can do (SPARQL 1.1 Service Description).
struct ServiceDescription {
  private static let formats = "http://www.w3.org/ns/formats/"

  private let endpoint: String
  private let isUnion: Bool
  private let isFederated: Bool

  /// The description of a publication's endpoint, which is known by its base or, without one, by the address that it was asked at.
  init(_ publication: Publication, address: String) {
    endpoint = publication.addresses.base.map { $0 + "/sparql" } ?? address
    isUnion = publication.site != nil
    isFederated = publication.site.map { !$0.file.network.service.isEmpty } ?? false
  }

  private var quads: [Quad] {
    let service = Term.iri(endpoint)
    func state(_ subject: Term, _ property: String, _ object: Term) -> Quad {
      Quad(subject, .iri(KnownVocabulary.sd(property)), object)
    }
    var quads = [Quad(service, .iri(KnownVocabulary.rdf("type")), .iri(KnownVocabulary.sd("Service")))]
    quads.append(state(service, "endpoint", service))
    quads.append(state(service, "supportedLanguage", .iri(KnownVocabulary.sd("SPARQL11Query"))))
    if isUnion { quads.append(state(service, "feature", .iri(KnownVocabulary.sd("UnionDefaultGraph")))) }
    if isFederated { quads.append(state(service, "feature", .iri(KnownVocabulary.sd("BasicFederatedQuery")))) }
    quads.append(state(service, "extensionFunction", .iri(GeoSPARQL.distance)))
    for name in [
      "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV", "Turtle", "N-Triples", "JSON-LD", "RDF_XML",
    ] {
      quads.append(state(service, "resultFormat", .iri(Self.formats + name)))
    }
    let dataset = Term.blankNode("dataset")
    let graph = Term.blankNode("graph")
    quads.append(state(service, "defaultDataset", dataset))
    quads.append(Quad(dataset, .iri(KnownVocabulary.rdf("type")), .iri(KnownVocabulary.sd("Dataset"))))
    quads.append(state(dataset, "defaultGraph", graph))
    quads.append(Quad(graph, .iri(KnownVocabulary.rdf("type")), .iri(KnownVocabulary.sd("Graph"))))
    return quads
  }

  /// The description as a document.
  func response(_ form: DocumentForm, _ prefixes: Prefixes) throws(Failure) -> WebResponse {
    var batch = QuadBatch(capacity: 64)
    for quad in quads { batch.append(quad) }
    let output = MemoryOutput()
    let writer = AnswerWriter(.init(solutions: nil, graph: form.format ?? .turtle), to: output, prefixes: prefixes)
    try writer.begin(AnswerHead(.quads, version: ""))
    try writer.append(batch)
    try writer.finish()
    return WebResponse(200, form.contentType, output.bytes)
  }
}
