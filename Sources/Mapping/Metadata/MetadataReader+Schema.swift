import Bytes
import Identifiers
import JSON
import Problems
import RDF
import Resources

extension MetadataReader {
  /// Reads a schema, or the document that a string refers to (§5.5). Nil where the value is neither.
  mutating func tableSchema(_ value: JSONNode) throws(Failure) -> SchemaDescription? {
    if let link = value.string {
      let iri = base.resolve(ByteString(link).encodedForIRI)
      try checkIsOther(iri, at: value)
      let document = try referenced(iri)
      var inner = MetadataReader(iri: iri, file: iri.text, resources: resources, problems: problems)
      inner.language = language
      guard let object = document.object else { throw invalid(.phrase("schema-no-object"), at: document) }
      var schema = try inner.schema(object, document)
      schema.id = schema.id ?? iri
      return schema
    }
    guard let object = value.object else {
      warn("tableSchema", value, .phrase("must-be-object-or-string"))
      return SchemaDescription(columns: [])
    }
    return try schema(object, value)
  }

  /// Parses the JSON document behind an IRI that this one refers to.
  func referenced(_ iri: ByteString) throws(Failure) -> JSONNode {
    let bytes = try resources.open(iri.text).readAll(limit: 16 << 20)
    return try JSONParser.parse(bytes, file: iri.text, problems: problems)
  }

  private mutating func schema(_ object: JSONObject, _ node: JSONNode) throws(Failure) -> SchemaDescription {
    try checkType(object, is: "Schema")
    var schema = SchemaDescription()
    for member in object.members {
      let value = member.value
      switch member.key.text {
      case "@context", "@type", "foreignKeys", "primaryKey", "rowTitles": break
      case "@id": schema.id = try identifier(value)
      case "columns": schema.columns = try columns(value)
      default:
        if try readInherited(member.key.text, value, &schema.inherited) { continue }
        if let property = try commonProperty(member.key.text, value) {
          schema.annotations.append(property)
        } else {
          warnUnknown(member.key.text, value, of: "Schema")
        }
      }
    }
    // A column that is referred to must have a name of its own; one made from its title does not count (§5.1.4).
    let names = (schema.columns ?? []).compactMap(\.declaredName)
    if let value = object["primaryKey"] { schema.primaryKey = try columnReference(value, "primaryKey", names) ?? [] }
    if let value = object["rowTitles"] { schema.rowTitles = try columnReference(value, "rowTitles", names) ?? [] }
    if let value = object["foreignKeys"] {
      guard let items = value.array else {
        warn("foreignKeys", value, .phrase("must-be-array"))
        return schema
      }
      for item in items { if let key = try foreignKey(item, names) { schema.foreignKeys.append(key) } }
    }
    return schema
  }

  /// The names that a column reference holds; nil, with a warning, where it is none.
  private func columnReference(_ value: JSONNode, _ property: String, _ names: [ByteString]) throws(Failure) -> [ByteString]? {
    let texts = value.string.map { [$0] } ?? value.array?.compactMap(\.string) ?? []
    if texts.isEmpty || texts.count != (value.array?.count ?? 1) {
      warn(property, value, .phrase("must-name-columns"))
      return nil
    }
    for text in texts where !names.contains(ByteString(text)) {
      warn(property, value, .phrase("column-absent", ["column": text]))
      return nil
    }
    return texts.map { ByteString($0) }
  }

  private mutating func foreignKey(_ value: JSONNode, _ names: [ByteString]) throws(Failure) -> ForeignKeyDescription? {
    guard let object = value.object else {
      warn("foreignKeys", value, .phrase("must-hold-objects"))
      return nil
    }
    for member in object.members where !["columnReference", "reference"].contains(member.key.text) {
      throw invalid(.phrase("foreign-key-property", ["property": member.key.text]), at: member.value)
    }
    guard let own = object["columnReference"] else { throw invalid(.phrase("foreign-key-without-columns"), at: value) }
    let columns = own.string.map { [$0] } ?? own.array?.compactMap(\.string) ?? []
    for column in columns where !names.contains(ByteString(column)) {
      throw invalid(.phrase("foreign-key-column", ["column": column]), at: own)
    }
    guard let referenceNode = object["reference"], let reference = referenceNode.object else {
      throw invalid(.phrase("reference-no-object"), at: object["reference"] ?? value)
    }
    for member in reference.members where !["resource", "schemaReference", "columnReference"].contains(member.key.text) {
      throw invalid(.phrase("reference-property", ["property": member.key.text]), at: member.value)
    }
    let others = reference["columnReference"]
    let referenced = others?.string.map { [$0] } ?? others?.array?.compactMap(\.string) ?? []
    let resource = reference["resource"]?.string.map { base.resolve(ByteString($0).encodedForIRI) }
    let schema = reference["schemaReference"]?.string.map { base.resolve(ByteString($0).encodedForIRI) }
    if (resource == nil) == (schema == nil) {
      throw invalid(.phrase("reference-target"), at: referenceNode)
    }
    return ForeignKeyDescription(
      columns: columns.map { ByteString($0) }, resource: resource, schema: schema, referenced: referenced.map { ByteString($0) })
  }

  private mutating func columns(_ value: JSONNode) throws(Failure) -> [ColumnDescription] {
    guard let items = value.array else {
      warn("columns", value, .phrase("must-be-array"))
      return []
    }
    var columns: [ColumnDescription] = []
    for item in items {
      guard let object = item.object else {
        warn("columns", item, .phrase("must-hold-objects"))
        continue
      }
      let column = try column(object, item)
      if !column.isVirtual, columns.last?.isVirtual == true {
        throw invalid(.phrase("virtual-columns-last"), at: item)
      }
      if let name = column.declaredName, columns.contains(where: { $0.declaredName == name }) {
        throw invalid(.phrase("column-name-twice", ["name": name.text]), at: item)
      }
      columns.append(column)
    }
    return columns
  }

  private mutating func column(_ object: JSONObject, _ node: JSONNode) throws(Failure) -> ColumnDescription {
    try checkType(object, is: "Column")
    var column = ColumnDescription()
    column.line = Int(node.line)
    column.defaultLanguage = language
    for member in object.members {
      let value = member.value
      switch member.key.text {
      case "@type": break
      case "@id": _ = try identifier(value)
      case "name":
        if let name = value.string, isVariableName(name) {
          column.declaredName = ByteString(name)
        } else {
          warn("name", value, .phrase("must-be-column-name"))
        }
      case "titles": column.titles = naturalLanguage("titles", value)
      case "virtual": column.isVirtual = boolean("virtual", value) ?? false
      case "suppressOutput": column.suppressesOutput = boolean("suppressOutput", value) ?? false
      default:
        if try readInherited(member.key.text, value, &column.inherited) { continue }
        if let name = Annotation.name(of: member.key.text) {
          try readColumnAnnotation(name, value, &column.extras)
        } else if let property = try commonProperty(member.key.text, value) {
          column.annotations.append(property)
        } else {
          warnUnknown(member.key.text, value, of: "Column")
        }
      }
    }
    return column
  }
}

/// Whether a text may name a column: a variable of URI templates (RFC 6570 §2.3) that does not begin with `_`.
private func isVariableName(_ name: String) -> Bool {
  guard let first = name.utf8.first, first != UInt8(ascii: "_"), first != UInt8(ascii: ".") else { return false }
  var rest = name.utf8[...]
  while let byte = rest.first {
    if byte == UInt8(ascii: "%") {
      guard rest.count >= 3, rest.dropFirst().prefix(2).allSatisfy({ hexValue($0) != nil }) else { return false }
      rest = rest.dropFirst(3)
    } else if isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".") || byte >= 0x80 {
      rest = rest.dropFirst()
    } else {
      return false
    }
  }
  return true
}
