import Bytes
import JSON
import Problems
import RDF

/// The text around the rows of a conversion to JSON: the group and its tables in standard mode, one array in minimal mode (csv2json §4.2).
struct TableJSON {
  private let group: TableGroupDescription
  /// The IRIs of the files that each table comes from, by its number.
  private let sources: [Int: [ByteString]]
  private let mode: ConversionMode
  /// The table whose rows are being written.
  private var open: Int?
  private var hasBegun = false
  /// The comments that stand in the files of that table.
  private var comments: [ByteString] = []

  init(_ group: TableGroupDescription, sources: [Int: [ByteString]], mode: ConversionMode) {
    self.group = group
    self.sources = sources
    self.mode = mode
  }

  /// Writes what stands before the rows of a table, unless they are being written already.
  mutating func begin(_ number: Int, into objects: RowObjects) {
    if mode == .minimal {
      if !hasBegun { objects.current.text.append("[\n") }
    } else if open != number {
      if open != nil {
        endTable(&objects.current.text)
        objects.current.text.append(",\n{")
      } else {
        beginGroup(&objects.current.text)
        objects.current.text.append(UInt8(ascii: "{"))
      }
      let table = group.tables[number]
      if let id = table.id { objects.current.text.append(member: "@id", .string(id)) }
      objects.current.text.append(member: "url", .string(sources[number]?.first ?? table.url))
      objects.current.text.append(members: table.annotations.filter { $0.predicate != CSVWContext.comment })
      objects.current.text.append("\"row\":[\n")
      objects.current.beginRows()
    }
    open = number
    hasBegun = true
  }

  private func beginGroup(_ out: inout ByteBuffer) {
    out.append("{")
    if let id = group.id { out.append(member: "@id", .string(id)) }
    out.append(members: group.annotations)
    out.append("\"tables\":[")
  }

  /// Keeps the comments of a file, which stand after its table's rows: they are not known before.
  mutating func note(_ comments: [ByteString]) { self.comments += comments }

  private mutating func endTable(_ out: inout ByteBuffer) {
    out.append("\n]")
    let own = open.map { group.tables[$0].annotations.filter { $0.predicate == CSVWContext.comment } } ?? []
    let found = comments.map { CommonValue.term(.literal($0, .datatype(XSD.string))) }
    if let json = CommonProperty.comments(own.flatMap(\.values), found) {
      out.append(",\"rdfs:comment\":")
      JSONWriter.write(json, to: &out)
    }
    out.append(UInt8(ascii: "}"))
    comments = []
  }

  /// Writes what stands after all rows.
  mutating func end(into objects: RowObjects) {
    if mode == .minimal {
      objects.current.text.append(hasBegun ? "\n]\n" : "[]\n")
    } else {
      if open != nil { endTable(&objects.current.text) } else { beginGroup(&objects.current.text) }
      objects.current.text.append("]}\n")
    }
  }
}

extension ByteBuffer {
  /// Appends common properties as members, each with a comma after it.
  fileprivate mutating func append(members properties: [CommonProperty]) {
    for member in CommonProperty.members(properties) { append(member: member.key.text, member.value.value) }
  }

  /// Appends a member of an object and a comma after it.
  fileprivate mutating func append(member name: String, _ value: JSONValue) {
    append(jsonText: name)
    append(UInt8(ascii: ":"))
    JSONWriter.write(value, to: &self)
    append(UInt8(ascii: ","))
  }
}

extension CommonProperty {
  /// Common properties as members of a JSON object (csv2json §4.2, interpreting JSON-LD): names compact, literals as their bare values,
  /// things of which nothing is said as their IRIs. Depth is bounded by the parser of the metadata document.
  static func members(_ properties: [CommonProperty]) -> [JSONObject.Member] {
    properties.compactMap { property in
      let values = property.values.map { JSONNode($0.json) }
      guard let first = values.first else { return nil }
      let isNote = property.predicate == ByteString(CSVWContext.namespace + "note")
      let name = isNote ? "notes" : property.predicate.withView { CSVWContext.compact($0) }
      return JSONObject.Member(name, values.count == 1 && !isNote ? first : JSONNode(.array(values)))
    }
  }
}

extension CommonProperty {
  /// The comments on a table: those of its metadata, and those of its file, which are always an array.
  fileprivate static func comments(_ own: [CommonValue], _ found: [CommonValue]) -> JSONValue? {
    let values = (own + found).map { JSONNode($0.json) }
    if found.isEmpty, values.count < 2 { return values.first?.value }
    return .array(values)
  }
}

extension CommonValue {
  fileprivate var json: JSONValue {
    switch self {
    case .term(.literal(let text, .datatype(let datatype))):
      switch datatype {
      case XSD.boolean where text == "true" || text == "false": return .bool(text == "true")
      case XSD.integer, XSD.double:
        var out = ByteBuffer()
        text.withView { out.append(jsonNumber: $0) }
        return out.view.hasPrefix("\"") ? .string(text) : .number(ByteString(out.view))
      default: return .string(text)
      }
    case .term(.literal(let text, .language)): return .string(text)
    case .term(.iri(let text)), .term(.blankNode(let text)): return .string(text)
    case .node(let id, let types, let properties):
      if let id, types.isEmpty, properties.isEmpty { return .string(id) }
      var members: [JSONObject.Member] = []
      if let id { members.append(JSONObject.Member("@id", JSONNode(.string(id)))) }
      let names = types.map { type in JSONNode(.string(type.withView { CSVWContext.compact($0) })) }
      if let first = names.first { members.append(JSONObject.Member("@type", names.count == 1 ? first : JSONNode(.array(names)))) }
      return .object(JSONObject(members + CommonProperty.members(properties)))
    }
  }
}
