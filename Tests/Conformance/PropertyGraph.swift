import Bytes
import RDF

/// A graph by subject and predicate, as manifests and results in RDF are read.
struct PropertyGraph {
  private var properties: [Term: [ByteString: [Term]]] = [:]

  init(_ graph: QuadCollector) {
    for quad in graph.quads {
      guard case .iri(let predicate) = quad.predicate else { continue }
      properties[quad.subject, default: [:]][predicate, default: []].append(quad.object)
    }
  }

  /// All that is said of a node.
  func properties(of node: Term) -> [ByteString: [Term]] { properties[node] ?? [:] }

  /// The values of a property.
  func objects(_ node: Term, _ property: String) -> [Term] { properties[node]?[ByteString(property)] ?? [] }

  /// The values of a property, whatever has it.
  func objects(_ property: String) -> [Term] {
    let property = ByteString(property)
    return properties.values.flatMap { $0[property] ?? [] }
  }

  /// The items of the lists that are the values of a property, and those of its values that are no lists.
  func lists(_ property: String) -> [Term] { objects(property).flatMap(list) }

  private func list(_ head: Term) -> [Term] {
    guard head == .iri(RDFTerms.nil) || properties[head]?[RDFTerms.first] != nil else { return [head] }
    var items: [Term] = []
    var node: Term? = head
    while let current = node, let first = properties[current]?[RDFTerms.first]?.first {
      items.append(first)
      node = properties[current]?[RDFTerms.rest]?.first
    }
    return items
  }
}
