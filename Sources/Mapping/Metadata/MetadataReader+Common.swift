import Bytes
import Identifiers
import JSON
import Problems
import RDF

// Common properties and notes (§5.8, §6.2): JSON-LD without contexts, lists and sets.
extension MetadataReader {
  /// A property of another vocabulary, named by a prefixed name or an absolute IRI; nil for any other name.
  mutating func commonProperty(_ name: String, _ value: JSONNode) throws(Failure) -> CommonProperty? {
    let expanded = name.contains(":") ? CSVWContext.expand(name) ?? absolute(name) : nil
    guard let predicate = expanded?.encodedForIRI else { return nil }
    return CommonProperty(predicate: predicate, values: try commonValues(value))
  }

  private func absolute(_ name: String) -> ByteString? {
    let scheme = name.prefix { $0 != ":" }
    return name.contains("/") || scheme == "urn" || scheme == "tag" ? ByteString(name) : nil
  }

  /// The values of a common property. Depth is bounded by the parser of the document.
  func commonValues(_ value: JSONNode) throws(Failure) -> [CommonValue] {
    switch value.value {
    case .null: return []
    case .bool(let flag): return [.term(.literal(ByteString(flag ? "true" : "false"), .datatype(XSD.boolean)))]
    case .number(let text):
      let isInteger = !text.bytes.contains { $0 == UInt8(ascii: ".") || $0 | 0x20 == UInt8(ascii: "e") }
      return [.term(.literal(text, .datatype(isInteger ? XSD.integer : XSD.double)))]
    case .string(let text): return [.term(.literal(text, qualifier(language)))]
    case .array(let items):
      var values: [CommonValue] = []
      for item in items { values += try commonValues(item) }
      return values
    case .object(let object): return [try commonObject(object, value)]
    }
  }

  private func qualifier(_ language: ByteString) -> Term.Qualifier {
    language == "und" ? .datatype(XSD.string) : .language(language)
  }

  private func commonObject(_ object: JSONObject, _ node: JSONNode) throws(Failure) -> CommonValue {
    for member in object.members where member.key.text.hasPrefix("@") {
      switch member.key.text {
      case "@value", "@type", "@language", "@id": break
      default: throw invalid(.phrase("key-not-here", ["key": member.key.text]), at: member.value)
      }
    }
    if let value = object["@value"] { return try literal(value, object, node) }
    if let language = object["@language"] { throw invalid(.phrase("language-without-value"), at: language) }
    var types: [ByteString] = []
    if let typeNode = object["@type"] {
      for item in typeNode.array ?? [typeNode] { types.append(try typeIRI(item)) }
    }
    var properties: [CommonProperty] = []
    for member in object.members where !member.key.text.hasPrefix("@") {
      var reader = self
      if let property = try reader.commonProperty(member.key.text, member.value) { properties.append(property) }
    }
    return .node(id: try object["@id"].flatMap { node throws(Failure) in try identifier(node) }, types: types, properties: properties)
  }

  private func literal(_ value: JSONNode, _ object: JSONObject, _ node: JSONNode) throws(Failure) -> CommonValue {
    for member in object.members where !["@value", "@type", "@language"].contains(member.key.text) {
      throw invalid(.phrase("key-beside-value", ["key": member.key.text]), at: member.value)
    }
    if object["@type"] != nil, object["@language"] != nil {
      throw invalid(.phrase("exclude-each-other", ["one": "@type", "other": "@language"]), at: node)
    }
    let text: ByteString
    var implied = XSD.string
    switch value.value {
    case .string(let string): text = string
    case .number(let number):
      text = number
      implied = number.bytes.contains(UInt8(ascii: ".")) ? XSD.double : XSD.integer
    case .bool(let flag):
      text = ByteString(flag ? "true" : "false")
      implied = XSD.boolean
    default: throw invalid(.phrase("value-kind"), at: value)
    }
    if let type = object["@type"] { return .term(.literal(text, .datatype(try typeIRI(type)))) }
    if let language = object["@language"] {
      guard let tag = language.string, ByteString(tag).withView(\.isWellFormedLanguageTag) else {
        throw invalid(.phrase("language-invalid"), at: language)
      }
      return .term(.literal(text, .language(ByteString(tag))))
    }
    return .term(.literal(text, .datatype(implied)))
  }

  private func typeIRI(_ value: JSONNode) throws(Failure) -> ByteString {
    guard let name = value.string else { throw invalid(.phrase("type-no-string"), at: value) }
    if name.hasPrefix("_:") { throw invalid(.phrase("type-blank"), at: value) }
    if let iri = BuiltInDatatype(name: name)?.iri ?? CSVWContext.expand(name) { return iri }
    guard name.contains(":") else { throw invalid(.phrase("type-no-iri"), at: value) }
    return ByteString(name)
  }
}
