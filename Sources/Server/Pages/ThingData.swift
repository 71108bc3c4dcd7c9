import Bytes
import Problems
import RDF

/// What the data say of a thing: its facts, what blank nodes among their values say, and what links to it.
struct ThingData {
  /// The values of one property, or the things that have this one as a value of it.
  struct Property {
    /// The property.
    let iri: String
    /// How many there are in all.
    var count: Int
    /// Those that are shown.
    var values: [Term] = []
  }

  /// How many values of a property are shown at once.
  static let valuesShown = 100
  /// How many things that link here are shown of each property.
  static let linksShown = 25
  /// How deep blank nodes are followed.
  static let depth = 4

  /// The thing.
  let iri: String
  /// Its properties.
  var facts: [Property] = []
  /// The properties that other things link here by.
  var links: [Property] = []
  /// What is said of blank nodes: property and value.
  var nested: [ByteString: [(property: String, value: Term)]] = [:]
  /// The graphs that speak of it as a subject.
  var graphs: [String] = []

  /// The values of a property.
  func values(_ property: String) -> [Term] { facts.first { $0.iri == property }?.values ?? [] }

  /// The first value of a property that is an IRI.
  func iri(_ property: String) -> String? { values(property).lazy.compactMap(\.iri).first }

  /// What the thing is.
  var types: [String] { values(RDFTerms.type.text).compactMap(\.iri) }

  /// How many triples link here.
  var linkCount: Int { links.reduce(0) { $0 + $1.count } }

  /// Whether what links here can be sorted by kind while somebody waits.
  var isQuicklyCounted: Bool { linkCount <= 20_000 }

  /// All IRIs that a page of the thing names.
  var iris: Set<String> {
    var all: Set<String> = [iri]
    all.formUnion(graphs)
    for property in facts + links {
      all.insert(property.iri)
      all.formUnion(property.values.compactMap(\.iri))
    }
    for facts in nested.values {
      for (property, value) in facts {
        all.insert(property)
        if let iri = value.iri { all.insert(iri) }
      }
    }
    return all
  }
}

extension Pages {
  /// Gathers what a page shows of a thing; nil where no quad speaks of it.
  /// - Parameters:
  ///   - property: the only property whose values are shown, or the only one by which others link here; nil for all.
  ///   - page: which part of a long list, from 1.
  func data(
    about iri: String, property: String? = nil, inverse: String? = nil, page: Int = 1
  ) async throws(Failure) -> ThingData? {
    guard let subject = quoted(iri) else { return nil }
    var data = ThingData(iri: iri)
    func counted(_ text: String) async throws(Failure) -> [ThingData.Property] {
      try await ask(text, limit: 1000).rows.compactMap { row in
        guard let property = row[0]?.iri, let count = row[1]?.integer, count > 0 else { return nil }
        return ThingData.Property(iri: property, count: count)
      }
    }
    data.facts = try await counted("SELECT ?p (COUNT(?o) AS ?n) { \(subject) ?p ?o } GROUP BY ?p")
    data.links = try await counted("SELECT ?p (COUNT(?s) AS ?n) { ?s ?p \(subject) } GROUP BY ?p")
    if data.facts.isEmpty, data.links.isEmpty { return nil }
    data.facts.sort { place($0.iri) < place($1.iri) }
    data.links.sort { ($1.count, $0.iri) < ($0.count, $1.iri) }

    try await fill(&data.facts, size: ThingData.valuesShown, only: property, page: page) { "\(subject) \($0) ?v" }
    let size = inverse == nil ? ThingData.linksShown : ThingData.valuesShown
    try await fill(&data.links, size: size, only: inverse, page: page) { "?v \($0) \(subject)" }
    if data.facts.contains(where: { $0.values.contains { $0.blankNode != nil } }) { data.nested = try await nested(subject) }
    data.graphs = try await ask("SELECT DISTINCT ?g { GRAPH ?g { \(subject) ?p ?o } }", limit: 50).rows.compactMap { $0[0]?.iri }
    return data
  }

  /// Where a property stands among others: by the order of well-known ones, then by its name.
  private func place(_ iri: String) -> (Int, String) { (publication.labels.order(of: iri), shortened(iri)) }

  /// Asks for some values of every property at once.
  /// - Parameter only: the property that `page` counts pages of; the others are shown from the beginning.
  private func fill(
    _ properties: inout [ThingData.Property], size: Int, only: String?, page: Int, pattern: (String) -> String
  ) async throws(Failure) {
    let parts = properties.compactMap { property -> String? in
      guard let name = quoted(property.iri) else { return nil }
      let offset = property.iri == only ? (page - 1) * size : 0
      return "{ SELECT (\(name) AS ?p) ?v { \(pattern(name)) } LIMIT \(size) OFFSET \(offset) }"
    }
    if parts.isEmpty { return }
    for row in try await ask("SELECT ?p ?v { \(parts.joined(separator: " UNION ")) }").rows {
      guard let value = row[1], let index = properties.firstIndex(where: { $0.iri == row[0]?.iri }) else { continue }
      properties[index].values.append(value)
    }
  }

  /// What is said of the blank nodes that hang on a thing, level by level.
  private func nested(_ subject: String) async throws(Failure) -> [ByteString: [(property: String, value: Term)]] {
    var all: [ByteString: [(property: String, value: Term)]] = [:]
    var path = "\(subject) ?p1 ?b1 . FILTER(ISBLANK(?b1)) "
    for level in 1...ThingData.depth {
      let table = try await ask("SELECT DISTINCT ?b\(level) ?p ?v { \(path) ?b\(level) ?p ?v }", limit: 5000)
      var new: [ByteString: [(property: String, value: Term)]] = [:]
      for row in table.rows {
        guard let node = row[0]?.blankNode, all[node] == nil, let property = row[1]?.iri, let value = row[2] else { continue }
        new[node, default: []].append((property, value))
      }
      all.merge(new) { known, _ in known }
      let goesOn = new.values.contains { $0.contains { $0.value.blankNode.map { all[$0] == nil } ?? false } }
      if !goesOn { break }
      path += "?b\(level) ?p\(level + 1) ?b\(level + 1) . FILTER(ISBLANK(?b\(level + 1))) "
    }
    return all
  }
}
