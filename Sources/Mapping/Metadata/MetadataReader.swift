package import Bytes
import Identifiers
package import JSON
package import Problems
import RDF
package import Resources

/// Reads a metadata document into descriptions ("Metadata Vocabulary for Tabular Data", §5 and §6).
///
/// What the vocabulary calls an error ends the reading with ``ProblemCode/metadataInvalid``; what it calls a warning is
/// reported, and the property counts as absent or has its default.
package struct MetadataReader {
  /// The document as the user knows it.
  let file: String
  let problems: any ProblemSink
  /// Where documents come from that this one refers to.
  let resources: any ByteSource
  /// The IRI of the document.
  private let iri: ByteString
  /// What links in the document are relative to.
  var base: BaseIRI
  /// The language of texts that name none.
  var language: ByteString = "und"

  /// A reader for the document at `iri`.
  package init(iri: ByteString, file: String, resources: any ByteSource, problems: any ProblemSink) {
    base = BaseIRI(iri)
    self.iri = iri
    self.file = file
    self.resources = resources
    self.problems = problems
  }

  /// Reads a document whose top is a group or a table.
  /// - Throws: ``ProblemCode/metadataInvalid``.
  package mutating func read(_ root: JSONNode) throws(Failure) -> TableGroupDescription {
    guard let object = root.object else { throw invalid(.phrase("document-no-object"), at: root) }
    try readContext(object, root)
    var group: TableGroupDescription
    if object["tables"] != nil || object["@type"]?.string == "TableGroup" {
      group = try tableGroup(object, root)
    } else if object["url"] != nil || object["@type"]?.string == "Table" {
      group = TableGroupDescription()
      if let table = try table(object, root, isTop: true) { group.tables = [table] }
    } else if object["tableSchema"] != nil || object["dialect"] != nil {
      throw invalid(.phrase("table-lacks-url"), at: root)
    } else {
      throw invalid(.phrase("document-without-tables"), at: root)
    }
    group.file = file
    if group.tables.isEmpty { throw invalid(.phrase("tables-empty"), at: root) }
    return group
  }

  /// Reads `@context`, which may set the language and the base (§5.2).
  private mutating func readContext(_ object: JSONObject, _ root: JSONNode) throws(Failure) {
    guard let context = object["@context"] else { throw invalid(.phrase("context-missing", ["iri": CSVWContext.iri]), at: root) }
    if let iri = context.string {
      if iri != CSVWContext.iri { throw invalid(.phrase("context-must-be", ["iri": CSVWContext.iri]), at: context) }
      return
    }
    guard let items = context.array, items.first?.string == CSVWContext.iri, items.count <= 2 else {
      throw invalid(.phrase("context-form", ["iri": CSVWContext.iri]), at: context)
    }
    guard items.count == 2 else { return }
    guard let local = items[1].object else { throw invalid(.phrase("context-no-object"), at: items[1]) }
    for member in local.members {
      switch member.key.text {
      case "@language":
        if let tag = member.value.string, ByteString(tag).withView(\.isWellFormedLanguageTag) {
          language = ByteString(tag)
        } else {
          warn("@language", member.value, .phrase("must-be-language-tag"))
        }
      case "@base":
        if let text = member.value.string {
          base = BaseIRI(base.resolve(ByteString(text).encodedForIRI))
        } else {
          warn("@base", member.value, .phrase("must-be-string"))
        }
      default:
        throw invalid(.phrase("context-key", ["key": member.key.text]), at: member.value)
      }
    }
  }

  private mutating func tableGroup(_ object: JSONObject, _ node: JSONNode) throws(Failure) -> TableGroupDescription {
    var group = TableGroupDescription()
    try checkType(object, is: "TableGroup")
    for member in object.members {
      let value = member.value
      switch member.key.text {
      case "@context", "@type": break
      case "@id": group.id = try identifier(value)
      case "tables":
        guard let items = value.array else { throw invalid(.phrase("tables-no-array"), at: value) }
        for item in items {
          if let inner = item.object {
            if let table = try table(inner, item, isTop: false) { group.tables.append(table) }
          } else {
            warn("tables", item, .phrase("must-hold-objects"))
          }
        }
      case "dialect": group.dialect = try dialect(value)
      case "tableDirection": _ = oneOf(["rtl", "ltr", "auto"], "tableDirection", value)
      case "tableSchema", "transformations", "notes":
        try groupOrTable(member.key.text, value, &group.annotations)
      default:
        if try readInherited(member.key.text, value, &group.inherited) { continue }
        if let property = try commonProperty(member.key.text, value) {
          group.annotations.append(property)
        } else {
          warnUnknown(member.key.text, value, of: "TableGroup")
        }
      }
    }
    if let schemaNode = object["tableSchema"], let schema = try tableSchema(schemaNode) {
      for index in group.tables.indices where group.tables[index].schema.columns == nil { group.tables[index].schema = schema }
    }
    return group
  }

  /// Refuses a link from the document to itself, where another document or a table must stand.
  func checkIsOther(_ target: ByteString, at node: JSONNode) throws(Failure) {
    if target == iri { throw invalid(.phrase("refers-to-itself"), at: node) }
  }

  /// Reads `transformations` (checked, not run) and `notes`, which groups and tables share.
  private mutating func groupOrTable(_ name: String, _ value: JSONNode, _ annotations: inout [CommonProperty]) throws(Failure) {
    switch name {
    case "transformations": try checkTransformations(value)
    case "notes":
      guard value.array != nil else { return warn("notes", value, .phrase("must-be-array")) }
      annotations.append(CommonProperty(predicate: ByteString(CSVWContext.namespace + "note"), values: try commonValues(value)))
    default: break
    }
  }

  private mutating func table(_ object: JSONObject, _ node: JSONNode, isTop: Bool) throws(Failure) -> TableDescription? {
    try checkType(object, is: "Table")
    guard let urlNode = object["url"] else { throw invalid(.phrase("table-lacks-url"), at: node) }
    guard let url = urlNode.string else { throw invalid(.phrase("url-no-string"), at: urlNode) }
    var table = TableDescription(url: base.resolve(ByteString(url).encodedForIRI))
    try checkIsOther(table.url, at: urlNode)
    for member in object.members {
      let value = member.value
      switch member.key.text {
      case "@context", "@type", "url": break
      case "@id": table.id = try identifier(value)
      case "dialect": table.dialect = try dialect(value)
      case "suppressOutput": table.suppressesOutput = boolean("suppressOutput", value) ?? false
      case "tableDirection": _ = oneOf(["rtl", "ltr", "auto"], "tableDirection", value)
      case "tableSchema": if let schema = try tableSchema(value) { table.schema = schema }
      case "transformations", "notes": try groupOrTable(member.key.text, value, &table.annotations)
      default:
        if try readInherited(member.key.text, value, &table.inherited) { continue }
        if let name = Annotation.name(of: member.key.text) {
          try readTableAnnotation(name, value, &table.extras)
        } else if let property = try commonProperty(member.key.text, value) {
          table.annotations.append(property)
        } else {
          warnUnknown(member.key.text, value, of: "Table")
        }
      }
    }
    return table
  }

  /// Checks the transformations of a group or table (§5.10); they are not run.
  private mutating func checkTransformations(_ value: JSONNode) throws(Failure) {
    guard let items = value.array else { return warn("transformations", value, .phrase("must-be-array")) }
    for item in items {
      guard let object = item.object else {
        warn("transformations", item, .phrase("must-hold-objects"))
        continue
      }
      try checkType(object, is: "Template")
      for required in ["url", "targetFormat", "scriptFormat"] where object[required]?.string == nil {
        throw invalid(.phrase("transformation-lacks", ["property": required]), at: item)
      }
      for member in object.members {
        switch member.key.text {
        case "url", "targetFormat", "scriptFormat", "@type", "source", "titles": break
        case "@id": _ = try identifier(member.value)
        default:
          if try commonProperty(member.key.text, member.value) == nil { warnUnknown(member.key.text, member.value, of: "Template") }
        }
      }
    }
  }
}
