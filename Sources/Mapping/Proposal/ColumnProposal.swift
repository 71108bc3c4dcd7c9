import Bytes
import JSON

/// What a proposed mapping says of one column.
struct ColumnProposal {
  /// Its place in the table, from 0; nil for a virtual column.
  let number: Int?
  var name: String
  var title = ""
  var isRequired = false
  var datatype = DatatypeDescription()
  var language: String?
  /// Texts beside the table's that mean that there is no value.
  var missing: [String] = []
  var property: String?
  var aboutURL: String?
  var valueURL: String?
  var fallback: String?
  var suppressesOutput = false
  /// Whether the mapping says nothing of it: it has no title by which it could be found.
  var isLeftOut = false
  /// Annotations by name.
  var annotations: [(name: Annotation, value: JSONValue)] = []
  /// How many cells are filled.
  var filled = 0
  /// The register whose codes the cells are, and its pattern with the column in place of the key.
  var register: String?
  var pattern: String?

  init(_ number: Int?, name: String) {
    self.number = number
    self.name = name
  }

  /// The column as metadata.
  func json(marks: [String]) -> JSONValue {
    var members: [(key: String, value: JSONValue)] = [("name", .text(name))]
    if number == nil { members.append(("virtual", .bool(true))) }
    if !title.isEmpty { members.append(("titles", .text(title))) }
    if isRequired { members.append(("required", .bool(true))) }
    if datatype.base != .string || datatype.id != nil { members.append(("datatype", datatype.json)) }
    if let language { members.append(("lang", .text(language))) }
    if !missing.isEmpty { members.append(("null", .list(([""] + marks + missing).map { .text($0) }))) }
    if let fallback { members.append(("default", .text(fallback))) }
    if suppressesOutput { members.append(("suppressOutput", .bool(true))) }
    if let aboutURL { members.append(("aboutUrl", .text(aboutURL))) }
    if let property { members.append(("propertyUrl", .text(property))) }
    if let valueURL = valueURL ?? pattern { members.append(("valueUrl", .text(valueURL))) }
    if let register { members.append((Annotation.namespace + Annotation.register.rawValue, .text(register))) }
    for annotation in annotations { members.append((Annotation.namespace + annotation.name.rawValue, annotation.value)) }
    return .object(members)
  }
}
