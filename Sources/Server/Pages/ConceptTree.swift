import Problems
import RDF

/// A concept of a scheme and the one above it.
struct Concept {
  /// The concept.
  let iri: String
  /// The broader one, or nil.
  let broader: String?
}

extension Pages {
  /// How many concepts of a scheme are shown, and how many levels of them.
  private static let conceptLimit = 1000
  private static let levels = 8

  /// The concepts of a scheme; none for a thing that is no scheme.
  func concepts(of data: ThingData) async throws(Failure) -> [Concept] {
    guard data.types.contains(KnownVocabulary.skos("ConceptScheme")), let scheme = quoted(data.iri) else { return [] }
    let table = try await ask(
      "SELECT ?c ?b { ?c <\(KnownVocabulary.skos("inScheme"))> \(scheme) OPTIONAL { ?c <\(KnownVocabulary.skos("broader"))> ?b } } LIMIT \(Self.conceptLimit)"
    )
    return table.rows.compactMap { row in row[0]?.iri.map { Concept(iri: $0, broader: row[1]?.iri) } }
  }

  /// The concepts of a scheme, the narrower ones inside the broader ones, by name.
  func tree(_ concepts: [Concept], _ names: Names, _ frame: PageFrame) -> [Model] {
    let known = Set(concepts.map(\.iri))
    var children: [String: Set<String>] = [:]
    var roots: Set<String> = []
    for concept in concepts {
      if let broader = concept.broader, known.contains(broader), broader != concept.iri {
        children[broader, default: []].insert(concept.iri)
      } else {
        roots.insert(concept.iri)
      }
    }
    var placed: Set<String> = []
    let order = SwedishOrder()
    func models(_ iris: Set<String>, level: Int) -> [Model] {
      let sorted = iris.map { (name: names.name(of: $0).text, iri: $0) }.sorted {
        order.places($0.name, before: $1.name, else: $0.iri < $1.iri)
      }
      return sorted.compactMap { _, iri in
        guard placed.insert(iri).inserted else { return nil }
        var model = frame.link(iri, names)
        let narrower = level < Self.levels ? models(children[iri] ?? [], level: level + 1) : []
        if !narrower.isEmpty { model["narrower"] = ["concepts": narrower] as Model }
        return model
      }
    }
    // Concepts that are broader than each other in a circle are below no root; they come at the end.
    return models(roots, level: 0) + models(known, level: Self.levels)
  }
}
