import Bytes
import Problems
import RDF
import RDFSyntax
import Resources

/// A manifest in Turtle, read by the product's own reader.
struct ManifestGraph {
  private let graph: PropertyGraph
  private var included: [SuiteEntry] = []

  init(_ iri: String, files: FileSource) throws(Failure) {
    graph = PropertyGraph(try collect(iri, format: .turtle, base: iri, files: files))
    for manifest in graph.lists(TestVocabulary.manifest + "include") where manifest.text != iri {
      included += try ManifestGraph(manifest.text, files: files).entries
    }
  }

  /// The entries in the order of the manifest's list, those of the manifests that it includes first.
  var entries: [SuiteEntry] { included + graph.lists(TestVocabulary.manifest + "entries").map(entry) }

  private func entry(_ node: Term) -> SuiteEntry {
    var entry = SuiteEntry(iri: node.text, action: "")
    for (predicate, objects) in graph.properties(of: node) {
      guard let first = objects.first?.text else { continue }
      switch predicate.text {
      case RDFTerms.type.text: entry.types = Set(objects.map(\.text))
      case TestVocabulary.manifest + "action":
        entry.action = first
        entry.query = objects.first.flatMap(queryAction)
      case TestVocabulary.manifest + "result": entry.result = first
      default: entry.options[predicate.text] = first
      }
    }
    return entry
  }

  /// What a node says of a query and its data; nil for a document, and where there is no query.
  private func queryAction(_ node: Term) -> QueryAction? {
    func objects(_ name: String) -> [Term] { graph.objects(node, TestVocabulary.query + name) }
    guard let query = objects("query").first else { return nil }
    var action = QueryAction(query: query.text, data: objects("data").map(\.text))
    for named in objects("graphData") {
      let document = graph.objects(named, TestVocabulary.query + "graph").first ?? named
      let label = graph.objects(named, "http://www.w3.org/2000/01/rdf-schema#label").first
      action.graphs.append((name: (label ?? document).text, document: document.text))
    }
    for service in objects("serviceData") {
      guard let endpoint = graph.objects(service, TestVocabulary.query + "endpoint").first else { continue }
      action.services[endpoint.text] = graph.objects(service, TestVocabulary.query + "data").map(\.text)
    }
    action.hasEntailment = !graph.objects(node, TestVocabulary.serviceDescription + "entailmentRegime").isEmpty
    return action
  }
}

extension Term {
  /// The IRI, the label or the lexical form.
  var text: String {
    switch self {
    case .iri(let text), .blankNode(let text), .literal(let text, _): text.text
    }
  }
}

/// Reads a document whole.
func collect(_ iri: String, format: Format, base: String?, files: FileSource) throws(Failure) -> QuadCollector {
  let graph = QuadCollector()
  let options = RDFReader.Options(base: base.map { ByteString($0) })
  try RDFReader.read(try files.open(iri), format: format, options: options, into: graph, problems: ProblemList())
  return graph
}
