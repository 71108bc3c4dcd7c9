import Bytes
import Identifiers
import JSON
import Problems
import RDF

extension MetadataReader {
  /// Reads a property that cells inherit (§5.7); false where `name` is none.
  mutating func readInherited(_ name: String, _ value: JSONNode, _ properties: inout InheritedProperties) throws(Failure) -> Bool {
    switch name {
    case "aboutUrl": properties.aboutURL = template(name, value)
    case "propertyUrl": properties.propertyURL = template(name, value)
    case "valueUrl": properties.valueURL = template(name, value)
    case "datatype": properties.datatype = try datatype(value)
    case "default": properties.default = text(name, value)
    case "lang":
      if let tag = value.string, ByteString(tag).withView(\.isWellFormedLanguageTag) {
        properties.language = ByteString(tag)
      } else {
        warn(name, value, .phrase("must-be-language-tag"))
      }
    case "null":
      if let text = value.string {
        properties.nulls = [ByteString(text)]
      } else if let items = value.array {
        let texts = items.compactMap(\.string)
        if texts.count < items.count { warn(name, value, .phrase("must-hold-strings")) }
        properties.nulls = texts.map { ByteString($0) }
      } else {
        warn(name, value, .phrase("must-be-strings"))
      }
    case "ordered": properties.isOrdered = boolean(name, value)
    case "required": properties.isRequired = boolean(name, value)
    case "separator":
      if case .null = value.value { properties.separator = nil } else { properties.separator = text(name, value) }
    case "textDirection": properties.textDirection = oneOf(["ltr", "rtl", "auto", "inherit"], name, value)
    default: return false
    }
    return true
  }

  /// A URI template with its prefix written out; one that is no string counts as empty (§5.1.3), and so means its base.
  private func template(_ name: String, _ value: JSONNode) -> URITemplate? {
    guard let text = value.string else {
      warn(name, value, .phrase("must-be-string"))
      return try? URITemplate("")
    }
    do {
      return try URITemplate(ByteString(CSVWContext.expandPrefix(ofTemplate: text)))
    } catch {
      problems.report(Problem(.templateInvalid, at: place(value), value: text, ["reason": error.explanation]))
      return nil
    }
  }

  /// Reads a datatype: the name of a built-in one, or a description (§5.11).
  private mutating func datatype(_ value: JSONNode) throws(Failure) -> DatatypeDescription? {
    if let name = value.string {
      if let base = BuiltInDatatype(name: name) ?? BuiltInDatatype.allCases.first(where: { $0.iri == ByteString(name) }) {
        return DatatypeDescription(base: base)
      }
      // An absolute IRI names a datatype of somebody else's, whose values are read as strings.
      if ByteString(name).withView({ $0.isAbsoluteIRI && $0.firstForbiddenInIRI == nil }) {
        return DatatypeDescription(id: ByteString(name))
      }
      warn("datatype", value, .phrase("datatype-unknown", ["name": name]))
      return nil
    }
    guard let object = value.object else {
      warn("datatype", value, .phrase("must-be-name-or-object"))
      return nil
    }
    var datatype = DatatypeDescription()
    for member in object.members {
      try readDatatypeMember(member.key.text, member.value, &datatype)
    }
    if let format = object["format"], format.object != nil, datatype.base.family != .number {
      warn("format", format, .phrase("format-must-be-string", ["datatype": datatype.base.rawValue]))
      datatype.format = nil
    }
    try checkLimits(datatype, value)
    return datatype
  }

  private mutating func readDatatypeMember(_ name: String, _ value: JSONNode, _ datatype: inout DatatypeDescription) throws(Failure) {
    switch name {
    case "@type": break
    case "@id":
      let id = try identifier(value)
      if BuiltInDatatype.allCases.contains(where: { $0.iri == id }) {
        throw invalid(.phrase("datatype-id-taken"), at: value)
      }
      datatype.id = id
    case "base":
      if let base = value.string.flatMap(BuiltInDatatype.init(name:)) {
        datatype.base = base
      } else {
        warn(name, value, .phrase("must-be-datatype"))
      }
    case "format":
      if let object = value.object {
        datatype.format = object["pattern"]?.string
        datatype.decimalCharacter = object["decimalChar"]?.string
        datatype.groupCharacter = object["groupChar"]?.string
      } else {
        datatype.format = text(name, value)?.text
      }
    case "length": datatype.length = count(name, value)
    case "minLength": datatype.minLength = count(name, value)
    case "maxLength": datatype.maxLength = count(name, value)
    case "minimum", "minInclusive": datatype.minInclusive = limit(name, value)
    case "maximum", "maxInclusive": datatype.maxInclusive = limit(name, value)
    case "minExclusive": datatype.minExclusive = limit(name, value)
    case "maxExclusive": datatype.maxExclusive = limit(name, value)
    default:
      if try commonProperty(name, value) == nil { warnUnknown(name, value, of: "Datatype") }
    }
  }

  private func limit(_ name: String, _ value: JSONNode) -> String? {
    switch value.value {
    case .string(let text), .number(let text): return text.text
    default:
      warn(name, value, .phrase("must-be-number-or-string"))
      return nil
    }
  }

  /// Refuses limits that contradict each other or the base (§5.11.2).
  private func checkLimits(_ datatype: DatatypeDescription, _ node: JSONNode) throws(Failure) {
    let hasLength = datatype.length != nil || datatype.minLength != nil || datatype.maxLength != nil
    if hasLength, !datatype.base.allowsLength {
      throw invalid(.phrase("length-forbidden", ["datatype": datatype.base.rawValue]), at: node)
    }
    if let length = datatype.length, length < datatype.minLength ?? 0 || length > datatype.maxLength ?? .max {
      throw invalid(.phrase("length-contradiction"), at: node)
    }
    if datatype.minLength ?? 0 > datatype.maxLength ?? .max { throw invalid(.phrase("length-reversed"), at: node) }
    let limits = [datatype.minInclusive, datatype.maxInclusive, datatype.minExclusive, datatype.maxExclusive]
    if limits.contains(where: { $0 != nil }), !datatype.base.allowsRange {
      throw invalid(.phrase("range-forbidden", ["datatype": datatype.base.rawValue]), at: node)
    }
    if datatype.minInclusive != nil, datatype.minExclusive != nil {
      throw invalid(.phrase("exclude-each-other", ["one": "minInclusive", "other": "minExclusive"]), at: node)
    }
    if datatype.maxInclusive != nil, datatype.maxExclusive != nil {
      throw invalid(.phrase("exclude-each-other", ["one": "maxInclusive", "other": "maxExclusive"]), at: node)
    }
    if let fault = ValueRange.contradiction(in: datatype) { throw invalid(fault, at: node) }
  }
}
