import Bytes
import JSON
import Problems
import RDF
import Site

// The values of properties: for clients that add columns (§7, data extension), and to tell candidates apart.
extension Reconciliation {
  /// The most things that values are asked of at once.
  private static let mostThings = 2000
  /// The most properties that are asked at once.
  private static let mostProperties = 50

  /// What is said of things: property and value by IRI.
  private func facts(_ things: [String], _ properties: [String]) async throws(Failure) -> [(thing: String, property: String, value: Term)] {
    let (subjects, predicates) = (things.compactMap(pages.quoted), properties.compactMap(pages.quoted))
    if subjects.isEmpty || predicates.isEmpty { return [] }
    let table = try await pages.ask(
      """
      SELECT DISTINCT ?x ?p ?o {
        VALUES ?p { \(predicates.joined(separator: " ")) } VALUES ?x { \(subjects.joined(separator: " ")) } ?x ?p ?o
      } ORDER BY ?x ?p ?o
      """, limit: 100_000)
    return table.rows.compactMap { row in
      guard let thing = row[0]?.iri, let property = row[1]?.iri, let value = row[2] else { return nil }
      return (thing, property, value)
    }
  }

  /// The values of things as texts that what clients know is compared with: IRIs, the names of things, and literals, in small letters.
  func comparable(
    _ things: Set<String>, _ properties: Set<String>, _ context: PageContext
  ) async throws(Failure) -> [String: [String: Set<String>]] {
    let facts = try await facts(Array(things.sorted().prefix(Self.mostThings)), Array(properties.sorted().prefix(Self.mostProperties)))
    let names = try await pages.names(of: Set(facts.compactMap { $0.value.iri }), context.language)
    var values: [String: [String: Set<String>]] = [:]
    for (thing, property, value) in facts {
      let texts = [value.iri, value.lexical, value.iri.flatMap { names.label(of: $0)?.text }, value.iri.map(Pages.localName)]
      values[thing, default: [:]][property, default: []].formUnion(texts.compactMap { $0?.lowercased() })
    }
    return values
  }

  /// The values of the properties that a client wants of things (§7.2).
  func extended(_ text: String, _ context: PageContext) async throws(Failure) -> JSONValue {
    let query = try ReconciliationQuery.json(text, "extend").object
    guard let things = query?["ids"]?.value.array?.compactMap(\.value.string),
      let properties = query?["properties"]?.value.array?.compactMap({ $0.value.object?["id"]?.value.string })
    else {
      throw ReconciliationQuery.fault("extend", .phrase("lookup-object"))
    }
    if things.count > Self.mostThings || properties.count > Self.mostProperties {
      throw ReconciliationQuery.fault("extend", .phrase("lookup-too-many", ["limit": "\(Self.mostThings)"]))
    }
    let facts = try await facts(things, properties)
    let names = try await pages.names(of: Set(properties + facts.compactMap { $0.value.iri }), context.language)
    var values: [String: [String: [JSONValue]]] = [:]
    for (thing, property, value) in facts {
      if let json = json(of: value, names) { values[thing, default: [:]][property, default: []].append(json) }
    }
    func row(_ thing: String) -> JSONValue { .object(properties.map { ($0, .list(values[thing]?[$0] ?? [])) }) }
    return .object([
      ("meta", .list(properties.map { .object([("id", .text($0)), ("name", .text(names.name(of: $0).text))]) })),
      ("rows", .object(things.map { ($0, row($0)) })),
    ])
  }

  /// A value as answers have it, a day as its beginning in UTC: without a zone clients take it for their own; nil for a thing without a name of its own.
  private func json(of value: Term, _ names: Names) -> JSONValue? {
    switch value {
    case .iri(let iri): return .object([("id", .text(iri.text)), ("name", .text(names.name(of: iri.text).text))])
    case .blankNode: return nil
    case .literal(let text, .language): return .object([("str", .string(text))])
    case .literal(let text, .datatype(let datatype)):
      switch datatype.text.split(separator: "#").last {
      case "integer": if let number = Int(text.text) { return .object([("int", .count(number))]) }
      case "decimal", "double", "float":
        if let number = Double(text.text), number.isFinite { return .object([("float", .number(ByteString("\(number)")))]) }
      case "dateTime": return .object([("date", .string(text))])
      case "date": return .object([("date", .text(String(text.text.prefix(10)) + "T00:00:00Z"))])
      default: break
      }
      return .object([("str", .string(text))])
    }
  }

  /// The properties that the members of registers have, with their names.
  func properties(of types: [ReconciliationType], _ context: PageContext) async throws(Failure) -> [(id: String, name: String)] {
    let graphs = types.map(\.entry.published.graph).compactMap(pages.quoted)
    if graphs.isEmpty { return [] }
    let table = try await pages.recall(
      "SELECT DISTINCT ?p { VALUES ?g { \(graphs.joined(separator: " ")) } GRAPH ?g { ?s ?p ?o } } ORDER BY ?p")
    let found = table.rows.compactMap { $0[0]?.iri }
    let names = try await pages.names(of: Set(found), context.language)
    return found.map { ($0, names.name(of: $0).text) }.sorted { $0.name.lowercased() < $1.name.lowercased() }
  }

  /// The properties that may be wanted of things of a type (§7.4).
  func proposed(_ fields: FormFields, _ types: [ReconciliationType], _ context: PageContext) async throws(Failure) -> JSONValue {
    let asked = fields["type"] ?? ""
    let wanted = types.filter { asked.isEmpty ? $0.entry.published.kind == .register : $0.answers(to: asked) }
    let limit = fields["limit"].flatMap { Int($0) }.map { max(0, $0) } ?? .max
    let found = try await properties(of: wanted, context).prefix(limit)
    var members: [(key: String, value: JSONValue)] = [
      ("properties", .list(found.map { .object([("id", .text($0.id)), ("name", .text($0.name))]) }))
    ]
    if !asked.isEmpty { members.insert(("type", .text(asked)), at: 0) }
    return .object(members)
  }
}
