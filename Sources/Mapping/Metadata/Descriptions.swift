package import Bytes
import Identifiers
import RDF
import Tables

// The description objects of "Metadata Vocabulary for Tabular Data" (W3C, 2015), §5, as they stand in a document: read,
// checked and with absolute URLs, but with nothing inherited yet.

/// Properties that a group, table, schema or column hands down to the cells below it (§5.7).
struct InheritedProperties: Sendable {
  var aboutURL: URITemplate?
  var datatype: DatatypeDescription?
  var `default`: ByteString?
  var language: ByteString?
  var nulls: [ByteString]?
  var isOrdered: Bool?
  var propertyURL: URITemplate?
  var isRequired: Bool?
  var separator: ByteString?
  var textDirection: String?
  var valueURL: URITemplate?

  /// These properties, and for those that are not set the ones of `outer`.
  func inheriting(_ outer: InheritedProperties) -> InheritedProperties {
    var result = self
    result.aboutURL = aboutURL ?? outer.aboutURL
    result.datatype = datatype ?? outer.datatype
    result.default = `default` ?? outer.default
    result.language = language ?? outer.language
    result.nulls = nulls ?? outer.nulls
    result.isOrdered = isOrdered ?? outer.isOrdered
    result.propertyURL = propertyURL ?? outer.propertyURL
    result.isRequired = isRequired ?? outer.isRequired
    result.separator = separator ?? outer.separator
    result.textDirection = textDirection ?? outer.textDirection
    result.valueURL = valueURL ?? outer.valueURL
    return result
  }
}

/// A group of tables (§5.3).
package struct TableGroupDescription: Sendable {
  /// The group's IRI, where it has one.
  package var id: ByteString?
  /// The tables, at least one.
  package var tables: [TableDescription] = []
  var dialect: Dialect?
  var inherited = InheritedProperties()
  /// Common properties (§5.8) and notes.
  var annotations: [CommonProperty] = []
  /// The document that it was read from, for messages.
  package var file = ""
}

/// A table (§5.4).
package struct TableDescription: Sendable {
  /// The IRI of the tabular data.
  package var url: ByteString
  var id: ByteString?
  var schema = SchemaDescription()
  var dialect: Dialect?
  var suppressesOutput = false
  var inherited = InheritedProperties()
  var annotations: [CommonProperty] = []
  /// What the mapping says beyond CSVW (contract §4).
  var extras = TableAnnotations()
}

/// A schema (§5.5).
struct SchemaDescription: Sendable {
  var id: ByteString?
  /// Nil where the schema says nothing of columns, so that the table's own header counts.
  var columns: [ColumnDescription]?
  var primaryKey: [ByteString] = []
  var foreignKeys: [ForeignKeyDescription] = []
  var rowTitles: [ByteString] = []
  var inherited = InheritedProperties()
  var annotations: [CommonProperty] = []
}

/// A column (§5.6).
struct ColumnDescription: Sendable {
  /// The name as declared, or nil.
  var declaredName: ByteString?
  var titles: [LocalizedText] = []
  var isVirtual = false
  var suppressesOutput = false
  var inherited = InheritedProperties()
  var annotations: [CommonProperty] = []
  /// What the mapping says beyond CSVW (contract §4).
  var extras = ColumnAnnotations()
  /// The document's line, for messages.
  var line = 0

  /// The language of texts that name none, in the document.
  var defaultLanguage: ByteString = "und"

  /// The name, declared or made from the first title in the default language; `_col.N` where there is neither (§5.6).
  func name(number: Int) -> ByteString {
    if let declaredName { return declaredName }
    guard let title = titles.first(where: { $0.language == defaultLanguage }) else { return ByteString("_col.\(number)") }
    return encodedName(title.text)
  }
}

/// A title as the name of a column (§5.6): percent-encoded so that a URI template can use it. Its variables hold neither `-` nor `~`,
/// though IRIs may (RFC 6570 §2.3).
func encodedName(_ title: ByteString) -> ByteString {
  var encoded = ByteBuffer()
  title.withView { encoded.append(percentEncoding: $0) }
  var out = ByteBuffer()
  for byte in encoded.view.buffer {
    switch byte {
    case UInt8(ascii: "-"): out.append("%2D")
    case UInt8(ascii: "~"): out.append("%7E")
    default: out.append(byte)
    }
  }
  return ByteString(out.view)
}

/// A text in a language; `und` where none is known.
struct LocalizedText: Sendable, Equatable {
  var text: ByteString
  var language: ByteString
}

/// A foreign key (§5.5.2.1): columns of this table whose values stand in columns of another.
struct ForeignKeyDescription: Sendable {
  var columns: [ByteString]
  /// The other table's IRI, or nil where it is found by its schema.
  var resource: ByteString?
  var schema: ByteString?
  var referenced: [ByteString]
}

/// A common property with its values, or notes (§5.8), as they become triples.
struct CommonProperty: Sendable {
  var predicate: ByteString
  var values: [CommonValue]
}

/// A value of a common property (§6.2: JSON-LD in its simplest form).
indirect enum CommonValue: Sendable {
  case term(Term)
  case node(id: ByteString?, types: [ByteString], properties: [CommonProperty])
}
