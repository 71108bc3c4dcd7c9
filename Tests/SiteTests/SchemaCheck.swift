import Bytes
import Foundation
import JSON
import RDF
import TestSupport
import Yams

/// The part of JSON Schema that our own schemas speak: type, required, properties, additionalProperties, items, minItems, enum, pattern,
/// anyOf and references within the document.
struct SchemaCheck {
  private let root: JSONNode

  /// The schema in a file of `Sources/Site/Schemas`.
  init(_ name: String) throws {
    let path = ProgramRun.repository + "/Sources/Site/Schemas/" + name
    root = try JSONParser.parse([UInt8](Data(contentsOf: URL(fileURLWithPath: path))), file: name, problems: nil)
  }

  /// A schema of a text.
  init(text: String) throws { root = try JSONParser.parse(Array(text.utf8), file: "schema", problems: nil) }

  /// What is wrong with a YAML document, each with the path to it.
  func faults(of yaml: String) throws -> [String] {
    guard let node = try Yams.compose(yaml: yaml) else { return ["it is empty"] }
    return faults(node, root, "")
  }

  private func faults(_ node: Node, _ schema: JSONNode, _ path: String) -> [String] {
    guard let rules = schema.object else { return [] }
    var found: [String] = []
    for rule in rules.members {
      switch rule.key.text {
      case "$schema", "$defs", "title", "description", "additionalProperties": break
      case "$ref":
        let target = rule.value.string?.split(separator: "/").last.flatMap { root.object?["$defs"]?.object?[String($0)] }
        found += target.map { faults(node, $0, path) } ?? ["\(path): \(rule.value.string ?? "") is no definition"]
      case "type":
        let types = rule.value.array?.compactMap(\.string) ?? [rule.value.string ?? ""]
        if !types.contains(where: { isOfType(node, $0) }) { return ["\(path) is no \(types.joined(separator: " or "))"] }
      case "enum":
        let choices = rule.value.array?.compactMap(\.string) ?? []
        if !choices.contains(node.string ?? "") { found.append("\(path) is none of \(choices)") }
      case "pattern":
        guard let text = node.string, let pattern = try? Pattern(rule.value.string ?? "", anchored: false) else { continue }
        if !(ByteString(text).withView { pattern.matches($0) }) { found.append("\(path) does not match") }
      case "required":
        for key in rule.value.array?.compactMap(\.string) ?? [] where node.mapping?[Node(key)] == nil {
          found.append("\(path)/\(key) is missing")
        }
      case "properties": found += members(node, rules, path)
      case "items": for (index, item) in (node.sequence ?? []).enumerated() { found += faults(item, rule.value, "\(path)/\(index)") }
      case "minItems": if node.sequence?.isEmpty == true { found.append("\(path) is empty") }
      case "anyOf":
        let all = (rule.value.array ?? []).map { faults(node, $0, path) }
        if !all.contains(where: \.isEmpty) { found += all.min { $0.count < $1.count } ?? [] }
      default: found.append("the schema says \(rule.key.text), which is not understood")
      }
    }
    if rules["properties"] == nil, rules["additionalProperties"] != nil { found += members(node, rules, path) }
    return found
  }

  private func members(_ node: Node, _ rules: JSONObject, _ path: String) -> [String] {
    var found: [String] = []
    for (key, value) in node.mapping ?? [:] {
      let name = key.string ?? "?"
      if let schema = rules["properties"]?.object?[name] {
        found += faults(value, schema, "\(path)/\(name)")
      } else if let schema = rules["additionalProperties"] {
        found += schema.bool == false ? ["\(path)/\(name) is unknown"] : faults(value, schema, "\(path)/\(name)")
      }
    }
    return found
  }

  private func isOfType(_ node: Node, _ type: String) -> Bool {
    switch type {
    case "object": node.mapping != nil
    case "array": node.sequence != nil
    case "string": node.scalar != nil && node.tag == Tag(.str)
    case "integer": node.int != nil
    case "number": node.int != nil || node.float != nil
    case "null": node.scalar != nil && node.tag == Tag(.null)
    default: false
    }
  }
}
