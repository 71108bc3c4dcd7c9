import Bytes
import Identifiers
import JSON
import Problems
import RDF
import Resources
import Tables

extension MetadataReader {
  /// Reads a dialect, or the document that a string refers to (§5.9).
  mutating func dialect(_ value: JSONNode) throws(Failure) -> Dialect? {
    if let link = value.string {
      let iri = base.resolve(ByteString(link).encodedForIRI)
      try checkIsOther(iri, at: value)
      let document = try referenced(iri)
      guard let object = document.object else { throw invalid(.phrase("dialect-no-object"), at: document) }
      return try dialect(object)
    }
    guard let object = value.object else {
      warn("dialect", value, .phrase("must-be-object-or-string"))
      return nil
    }
    return try dialect(object)
  }

  private mutating func dialect(_ object: JSONObject) throws(Failure) -> Dialect {
    try checkType(object, is: "Dialect")
    var dialect = Dialect()
    dialect.delimiter = ","
    dialect.commentPrefix = "#"
    for member in object.members { try readDialectMember(member.key.text, member.value, &dialect) }
    return dialect
  }

  private mutating func readDialectMember(_ name: String, _ value: JSONNode, _ dialect: inout Dialect) throws(Failure) {
    switch name {
    case "@context", "@type": break
    case "@id": _ = try identifier(value)
    case "commentPrefix": if let text = text(name, value) { dialect.commentPrefix = text }
    case "delimiter": if let text = text(name, value) { dialect.delimiter = text }
    case "doubleQuote": if let flag = boolean(name, value) { dialect.doubleQuote = flag }
    case "encoding": if let text = text(name, value) { dialect.encoding = text.text }
    case "header": if let flag = boolean(name, value) { dialect.header = flag }
    case "headerRowCount": if let number = count(name, value) { dialect.headerRowCount = number }
    case "lineTerminators":
      let texts = value.string.map { [$0] } ?? value.array?.compactMap(\.string) ?? []
      if texts.isEmpty {
        warn(name, value, .phrase("must-be-strings"))
      } else {
        dialect.lineTerminators = texts.map { ByteString($0) }
      }
    case "quoteChar":
      if case .null = value.value { dialect.quoteChar = nil } else if let text = text(name, value) { dialect.quoteChar = text }
    case "skipBlankRows": if let flag = boolean(name, value) { dialect.skipBlankRows = flag }
    case "skipColumns": if let number = count(name, value) { dialect.skipColumns = number }
    case "skipInitialSpace": if let flag = boolean(name, value) { dialect.skipInitialSpace = flag }
    case "skipRows": if let number = count(name, value) { dialect.skipRows = number }
    case "trim":
      if let flag = value.bool {
        dialect.trim = flag ? .both : .neither
      } else {
        switch oneOf(["true", "false", "start", "end"], name, value) {
        case "true": dialect.trim = .both
        case "start": dialect.trim = .start
        case "end": dialect.trim = .end
        default: dialect.trim = .neither
        }
      }
    default:
      if try commonProperty(name, value) == nil { warnUnknown(name, value, of: "Dialect") }
    }
  }
}
