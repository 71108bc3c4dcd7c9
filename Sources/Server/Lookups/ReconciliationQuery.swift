import Bytes
import JSON
import Problems

/// A query of a batch, as clients write it (Reconciliation Service API 0.2, §4.1).
struct ReconciliationQuery {
  /// What is sought by name; nil where only properties are given.
  var text: String?
  /// The types that candidates are wanted of; none for any.
  var types: [String] = []
  /// How many candidates are wanted.
  var limit = 5
  /// What else is known of the thing: values by the IRI of their property.
  var properties: [(property: String, values: [String])] = []

  /// The most queries in a batch.
  static let batchSize = 500
  /// The most candidates of a query.
  private static let mostCandidates = 50

  /// Reads the queries of a batch, by their names.
  /// - Throws: ``ProblemCode/lookupParameter``.
  static func batch(_ text: String) throws(Failure) -> [(name: ByteString, query: ReconciliationQuery)] {
    guard let members = try json(text, "queries").object?.members else { throw fault("queries", .phrase("lookup-object")) }
    if members.count > batchSize { throw fault("queries", .phrase("lookup-too-many", ["limit": "\(batchSize)"])) }
    var batch: [(name: ByteString, query: ReconciliationQuery)] = []
    for member in members { batch.append((member.key, try ReconciliationQuery(member.value.value))) }
    return batch
  }

  /// The value of a parameter that is written in JSON.
  /// - Throws: ``ProblemCode/lookupParameter``.
  static func json(_ text: String, _ name: String) throws(Failure) -> JSONValue {
    do throws(Failure) {
      return try JSONParser.parse(Array(text.utf8), file: name, depthLimit: 16).value
    } catch {
      throw fault(name, .phrase("lookup-json"))
    }
  }

  /// What is wrong with a parameter.
  static func fault(_ name: String, _ expected: Words) -> Failure {
    LookupQuestion.fault(name, expected, example: "/reconcile?queries=%7B%22q0%22%3A%7B%22query%22%3A%22%C3%96rebro%22%7D%7D")
  }

  private init(_ value: JSONValue) throws(Failure) {
    guard let object = value.object else { throw Self.fault("queries", .phrase("lookup-object")) }
    text = object["query"]?.value.string
    types = Self.texts(object["type"]?.value)
    if let wanted = object["limit"]?.value.int { limit = min(max(wanted, 1), Self.mostCandidates) }
    for item in object["properties"]?.value.array ?? [] {
      guard let property = item.value.object?["pid"]?.value.string else { throw Self.fault("queries", .phrase("lookup-object")) }
      properties.append((property, Self.texts(item.value.object?["v"]?.value)))
    }
    if text == nil, properties.isEmpty { throw Self.fault("queries", .phrase("lookup-object")) }
  }

  /// The texts of a value: itself, an entity by its identifier, or each element of an array.
  private static func texts(_ value: JSONValue?) -> [String] {
    switch value {
    case .string(let text)?, .number(let text)?: [text.text]
    case .bool(let truth)?: [truth ? "true" : "false"]
    case .object(let object)?: [object["id"]?.value.string ?? object["name"]?.value.string].compactMap { $0 }
    case .array(let elements)?:
      elements.prefix(100).flatMap { element in element.value.array == nil ? texts(element.value) : [] }
    case .null?, nil: []
    }
  }
}
