import Bytes
import Problems
import RDF
import RDFSyntax
import Resources

/// A manifest in Turtle, read by the product's own reader.
struct ManifestGraph {
  private var properties: [Term: [ByteString: [Term]]] = [:]

  init(_ iri: String, files: FileSource) throws(Failure) {
    let graph = try collect(iri, format: .turtle, base: iri, files: files)
    for quad in graph.quads {
      guard case .iri(let predicate) = quad.predicate else { continue }
      properties[quad.subject, default: [:]][predicate, default: []].append(quad.object)
    }
  }

  /// The entries in the order of the manifest's list.
  var entries: [SuiteEntry] {
    let entries = ByteString(TestVocabulary.manifest + "entries")
    return properties.values.compactMap { $0[entries]?.first }.flatMap(list).map(entry)
  }

  private func list(_ head: Term) -> [Term] {
    var items: [Term] = []
    var node: Term? = head
    while let current = node, let first = properties[current]?[RDFTerms.first]?.first {
      items.append(first)
      node = properties[current]?[RDFTerms.rest]?.first
    }
    return items
  }

  private func entry(_ node: Term) -> SuiteEntry {
    var entry = SuiteEntry(iri: node.text, action: "")
    for (predicate, objects) in properties[node] ?? [:] {
      guard let first = objects.first?.text else { continue }
      switch predicate.text {
      case RDFTerms.type.text: entry.types = Set(objects.map(\.text))
      case TestVocabulary.manifest + "action": entry.action = first
      case TestVocabulary.manifest + "result": entry.result = first
      default: entry.options[predicate.text] = first
      }
    }
    return entry
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
