import JSON
import Problems
import Yams

extension PullRules {
  /// Reads the key `pull` of a variant.
  /// - Parameter folder: where the file of a request is looked for.
  /// - Throws: ``ProblemCode/mappingInvalid`` with the line.
  init(_ node: Node, _ document: YAMLDocument, folder: String) throws(Failure) {
    guard let own = node.mapping else { throw document.wrong(node, .phrase("pull-form")) }
    document.checkKeys(own, ["next", "request", "changes"], of: "pull")
    for item in own["next"]?.sequence.map(Array.init) ?? own["next"].map({ [$0] }) ?? [] { next.append(try Self.path(item, document)) }
    if let node = own["request"] {
      guard let keys = node.mapping, let file = keys["file"]?.string else { throw document.wrong(node, .phrase("pull-request")) }
      document.checkKeys(keys, ["file", "type"], of: "request")
      request = (folder + "/" + file, keys["type"]?.string ?? "text/xml")
    }
    guard let node = own["changes"] else { return }
    guard let keys = node.mapping, let last = keys["last"], let objects = keys["objects"], let key = keys["key"] else {
      throw document.wrong(node, .phrase("pull-changes"))
    }
    document.checkKeys(keys, ["last", "first", "objects", "key", "deleted", "parameter"], of: "changes")
    let deleted: JSONPath? = if let node = keys["deleted"] { try Self.place(node, document) } else { nil }
    changes = Changes(
      last: try Self.place(last, document), first: keys["first"]?.scalar?.string ?? "0", objects: try Self.place(objects, document),
      key: try Self.place(key, document), deleted: deleted, parameter: keys["parameter"]?.string)
  }

  /// A path of which each step is one name or one place.
  private static func place(_ node: Node, _ document: YAMLDocument) throws(Failure) -> JSONPath {
    let path = try path(node, document)
    if !path.leadsToOne { throw document.wrong(node, .phrase("pull-place", ["text": path.source])) }
    return path
  }

  private static func path(_ node: Node, _ document: YAMLDocument) throws(Failure) -> JSONPath {
    do throws(JSONPathFault) {
      return try JSONPathParser.parse(node.scalar?.string ?? "", compiler: compiler)
    } catch {
      throw document.wrong(node, error.reason)
    }
  }
}

extension JSONPath {
  /// Whether each step is one name or one place, counted from the beginning, so that it finds one thing that can be replaced.
  var leadsToOne: Bool {
    levelsUp == 0 && !givesKeys
      && segments.allSatisfy { segment in
        guard !segment.isDescendant, segment.selectors.count == 1 else { return false }
        switch segment.selectors[0] {
        case .name: return true
        case .index(let index): return index >= 0
        default: return false
        }
      }
  }
}
