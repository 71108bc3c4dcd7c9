import Bytes
package import RDF

extension ResultTable {
  private static let namespace = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"

  /// Reads a graph of the result-set vocabulary; nil for a graph that holds none. With `rs:index` the order counts.
  package init?(graph: QuadCollector) {
    self.init()
    var properties: [Term: [Term: [Term]]] = [:]
    for quad in graph.quads { properties[quad.subject, default: [:]][quad.predicate, default: []].append(quad.object) }
    func name(_ local: String) -> Term { .iri(Self.namespace + local) }
    guard let root = properties.first(where: { $0.value[.iri(RDFTerms.type)]?.contains(name("ResultSet")) ?? false })?.value else {
      return nil
    }
    if let boolean = root[name("boolean")]?.first {
      truth = boolean.lexical == "true"
      return
    }
    variables = (root[name("resultVariable")] ?? []).map(\.lexical)
    var indexed: [(index: Int?, row: [String: Term])] = []
    for solution in root[name("solution")] ?? [] {
      var row: [String: Term] = [:]
      for binding in properties[solution]?[name("binding")] ?? [] {
        guard let variable = properties[binding]?[name("variable")]?.first else { continue }
        row[variable.lexical] = properties[binding]?[name("value")]?.first
      }
      indexed.append((properties[solution]?[name("index")]?.first.flatMap { Int($0.lexical) }, row))
    }
    isOrdered = !indexed.isEmpty && indexed.allSatisfy { $0.index != nil }
    if isOrdered { indexed.sort { ($0.index ?? 0) < ($1.index ?? 0) } }
    rows = indexed.map(\.row)
  }
}

extension Term {
  fileprivate var lexical: String {
    switch self {
    case .iri(let text), .blankNode(let text), .literal(let text, _): text.text
    }
  }
}
