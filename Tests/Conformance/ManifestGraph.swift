import Bytes
import Problems
import RDF
import RDFSyntax
import Resources

/// A manifest in Turtle, read by the product's own reader, with the manifests that it includes.
struct ManifestGraph {
  /// The entries in the order of the manifests' lists, each once, those of the manifests that one includes before its own.
  private(set) var entries: [SuiteEntry] = []
  /// The manifests that are included but can't be read, with the reason.
  private(set) var unreadable: [(manifest: String, reason: String)] = []

  init(_ iri: String, files: FileSource) throws(Failure) {
    let graph = try PropertyGraph(collect(iri, format: .turtle, base: iri, files: files))
    var reading = Reading(files: files, seen: [iri])
    reading.read(graph)
    var known: Set<SuiteEntry.Identity> = []
    entries = reading.entries.filter { known.insert($0.identity).inserted }
    unreadable = reading.unreadable
  }

  /// The manifests that were met, for one that is included twice or includes itself.
  private struct Reading {
    let files: FileSource
    var seen: Set<String>
    var entries: [SuiteEntry] = []
    var unreadable: [(manifest: String, reason: String)] = []

    mutating func read(_ graph: PropertyGraph) {
      for manifest in graph.lists(TestVocabulary.manifest + "include") where seen.insert(manifest.text).inserted {
        do throws(Failure) {
          read(try PropertyGraph(collect(manifest.text, format: .turtle, base: manifest.text, files: files)))
        } catch {
          unreadable.append((manifest.text, error.text))
        }
      }
      entries += graph.lists(TestVocabulary.manifest + "entries").map { ManifestEntry(graph: graph).entry($0) }
    }
  }
}

/// Entries as the graph of their manifest tells of them.
private struct ManifestEntry {
  let graph: PropertyGraph

  func entry(_ node: Term) -> SuiteEntry {
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
