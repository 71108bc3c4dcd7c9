package import Bytes
import Identifiers
package import Problems
import RDF
package import Resources

/// Reads a mapping of RML in Turtle, in the vocabulary of RML-Core and RML-IO or the older one (R2RML with `rml:` of semweb.mmlab.be).
///
/// What is wrong with one triples map does not hide what is wrong with another: all of it is told, with line and column.
package struct RMLReader {
  let graph: MappingGraph
  let problems: any ProblemSink
  /// The IRI of the file.
  private let base: ByteString
  /// The triples map being read, for messages.
  var current = ""

  private init(_ graph: MappingGraph, base: ByteString, _ problems: any ProblemSink) {
    self.graph = graph
    self.base = base
    self.problems = problems
  }

  /// Reads the mapping in a stream.
  /// - Parameters:
  ///   - file: what messages call it.
  ///   - base: the IRI of the file.
  /// - Throws: ``ProblemCode/triplesMapInvalid`` or what reading Turtle throws; of several faults the last one, the others are reported.
  package static func read(
    _ stream: any ByteStream, file: String, base: ByteString, problems: any ProblemSink
  ) throws(Failure) -> RMLMapping {
    let graph = try MappingGraph(stream, file: file, base: base, problems: problems)
    var reader = RMLReader(graph, base: base, problems)
    return try reader.mapping()
  }

  private mutating func mapping() throws(Failure) -> RMLMapping {
    var mapping = RMLMapping(file: graph.file)
    var failures = unknownProperties()
    for node in graph.subjects where isTriplesMap(node) {
      do throws(Failure) { mapping.triplesMaps.append(try triplesMap(node)) } catch { failures.append(error) }
    }
    shareRules(&mapping)
    let known = Set(mapping.triplesMaps.map(\.node))
    for map in mapping.triplesMaps {
      for case .parent(let reference) in map.links.flatMap(\.objects) where !known.contains(reference.parent) && failures.isEmpty {
        current = map.name
        failures.append(invalid(reference.place, "parentTriplesMap", .phrase("map-no-parent", ["name": name(of: reference.parent)])))
      }
    }
    if mapping.triplesMaps.isEmpty, failures.isEmpty {
      failures.append(Failure(.triplesMapInvalid, at: Place(file: graph.file), ["reason": .phrase("map-none")]))
    }
    mapping.texts = graph.texts
    mapping.statements = graph.facts(of: .iri(base)).compactMap { fact in
      let isOfFile = fact.property.text.hasPrefix(KnownVocabulary.dcterms("")) || fact.property == RDFTerms.type
      if case .blankNode = fact.object { return nil }
      return fact.name == nil && !isOfFile ? (fact.property.text, fact.object) : nil
    }
    guard let last = failures.popLast() else { return mapping }
    for failure in failures { problems.report(failure.problem) }
    throw last
  }

  /// Gives sources of the same items each other's rules and embargoes: what one withholds, no other publishes.
  private func shareRules(_ mapping: inout RMLMapping) {
    let sources = mapping.sources.filter(\.isSecretive)
    for number in mapping.triplesMaps.indices {
      let own = mapping.triplesMaps[number].source
      for other in sources where other != own && other.hasSameItems(as: own) { mapping.triplesMaps[number].source.add(rulesOf: other) }
    }
  }

  private func isTriplesMap(_ node: Term) -> Bool {
    graph.facts(of: node).contains { fact in
      fact.name == "logicalSource" || fact.name == "logicalTable"
        || (fact.property == RDFTerms.type && RMLVocabulary.name(of: fact.object) == "TriplesMap")
    }
  }

  // What the parts share.

  func invalid(_ place: Place, _ property: String, _ reason: Words) -> Failure {
    Failure(.triplesMapInvalid, at: place, ["map": .text(current), "property": .text(property), "reason": reason])
  }

  /// What a person calls a node: the end of its IRI, or where it stands.
  func name(of node: Term) -> String {
    switch node {
    case .iri(let iri): return iri.text.split(whereSeparator: { $0 == "/" || $0 == "#" }).last.map(String.init) ?? iri.text
    default: return "_:\(graph.facts(of: node).compactMap(\.place.line).min() ?? 0)"
    }
  }

  /// The one fact of a property; nil where there is none.
  func one(_ name: String, of node: Term) throws(Failure) -> MappingGraph.Fact? {
    let found = graph.facts(name, of: node)
    if found.count > 1 { throw invalid(found[1].place, name, .phrase("map-several")) }
    return found.first
  }

  /// The text of the one literal of a property; nil where there is none.
  func text(_ name: String, of node: Term) throws(Failure) -> (text: String, place: Place)? {
    guard let fact = try one(name, of: node) else { return nil }
    guard case .literal(let text, _) = fact.object else { throw invalid(fact.place, name, .phrase("map-wants-text")) }
    return (text.text, fact.place)
  }

  // Triples maps.

  private mutating func triplesMap(_ node: Term) throws(Failure) -> TriplesMap {
    current = name(of: node)
    let place = Place(file: graph.file, line: graph.facts(of: node).compactMap(\.place.line).min())
    guard let sourceFact = try one("logicalSource", of: node) else {
      if let table = graph.facts("logicalTable", of: node).first { throw invalid(table.place, "logicalTable", .phrase("map-database")) }
      throw invalid(place, "logicalSource", .phrase("map-missing"))
    }
    let source = try logicalSource(sourceFact)
    let subjects = graph.facts("subjectMap", of: node)
    let shortcuts = graph.facts("subject", of: node)
    if subjects.count + shortcuts.count > 1 {
      throw invalid((subjects + shortcuts)[1].place, "subjectMap", .phrase("map-several"))
    }
    guard let subjectFact = subjects.first ?? shortcuts.first else { throw invalid(place, "subjectMap", .phrase("map-missing")) }
    let subject = subjects.isEmpty ? try constant(shortcuts[0], .subject) : try termMap(subjectFact, .subject)
    var map = TriplesMap(node: node, name: current, source: source, place: place, subject: subject)
    if !subjects.isEmpty {
      map.graphs = try graphs(of: subjectFact.object)
      for fact in graph.facts("class", of: subjectFact.object) {
        guard case .iri(let iri) = fact.object else { throw invalid(fact.place, "class", .phrase("map-wants-iri")) }
        map.types.append(iri)
      }
    }
    if let base = try one("baseIRI", of: node) {
      switch base.object {
      case .iri(let iri), .literal(let iri, _): map.base = iri
      case .blankNode: throw invalid(base.place, "baseIRI", .phrase("map-wants-iri"))
      }
    }
    for fact in graph.facts("predicateObjectMap", of: node) { map.links.append(try link(fact)) }
    if source.formulation == .csv {
      var place: Place?
      map.forEachTerm { if !$0.withhold.isEmpty { place = $0.place } }
      if let place { throw invalid(place, "kgm:withhold", .phrase("map-withhold-table")) }
    }
    return map
  }

  private func graphs(of node: Term) throws(Failure) -> [TermMap] {
    var graphs: [TermMap] = []
    for fact in graph.facts("graph", of: node) { graphs.append(try constant(fact, .graph)) }
    for fact in graph.facts("graphMap", of: node) { graphs.append(try termMap(fact, .graph)) }
    return graphs
  }

  private func link(_ fact: MappingGraph.Fact) throws(Failure) -> PredicateObjectMap {
    var link = PredicateObjectMap()
    for fact in graph.facts("predicate", of: fact.object) { link.predicates.append(try constant(fact, .predicate)) }
    for fact in graph.facts("predicateMap", of: fact.object) { link.predicates.append(try termMap(fact, .predicate)) }
    for fact in graph.facts("object", of: fact.object) { link.objects.append(.term(try constant(fact, .object))) }
    for fact in graph.facts("objectMap", of: fact.object) {
      if let parent = try one("parentTriplesMap", of: fact.object) {
        link.objects.append(.parent(try reference(fact.object, parent)))
      } else {
        link.objects.append(.term(try termMap(fact, .object)))
      }
    }
    if link.predicates.isEmpty { throw invalid(fact.place, "predicateMap", .phrase("map-missing")) }
    if link.objects.isEmpty { throw invalid(fact.place, "objectMap", .phrase("map-missing")) }
    link.graphs = try graphs(of: fact.object)
    return link
  }

  private func reference(_ node: Term, _ parent: MappingGraph.Fact) throws(Failure) -> RefObjectMap {
    var conditions: [(child: TermMap, parent: TermMap)] = []
    for fact in graph.facts("joinCondition", of: node) {
      conditions.append((try side("child", of: fact), try side("parent", of: fact)))
    }
    return RefObjectMap(parent: parent.object, conditions: conditions, place: parent.place)
  }

  /// One side of a join condition: a reference, or a term map of which the text counts.
  private func side(_ name: String, of condition: MappingGraph.Fact) throws(Failure) -> TermMap {
    if let (text, place) = try text(name, of: condition.object) {
      return TermMap(expression: .reference(text), kind: .literal, place: place)
    }
    guard let map = try one(name + "Map", of: condition.object) else { throw invalid(condition.place, name, .phrase("map-missing")) }
    return try termMap(map, .condition)
  }
}
