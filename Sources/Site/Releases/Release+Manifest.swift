import Bytes
import JSON
import Problems

extension Release {
  /// The manifest, as JSON: `{"version", "base", "moment", "registers": {NAME: PATTERN}, "files": [{"name", "kind", "graph"?, "triples"?,
  /// "identifiers"?, "bytes", "sha256", "moment"}], "lost": [{"identifier", "file", "moment"}]}`, a file and a loss a line.
  package var manifest: [UInt8] {
    var out = ByteBuffer()
    out.append(text: "{\n  \"version\": \(Self.version),\n  \"base\": ")
    out.append(jsonText: base)
    out.append(",\n  \"moment\": ")
    out.append(jsonText: moment)
    out.append(",\n  \"registers\": {")
    for (number, (name, pattern)) in patterns.sorted(by: { $0.key < $1.key }).enumerated() {
      out.append(number > 0 ? ",\n    " : "\n    ")
      out.append(jsonText: name)
      out.append(": ")
      out.append(jsonText: pattern)
    }
    out.append(patterns.isEmpty ? "},\n  \"files\": [" : "\n  },\n  \"files\": [")
    for (number, file) in files.enumerated() {
      out.append(number > 0 ? ",\n    {" : "\n    {")
      out.append(members: [("name", file.name), ("kind", file.kind), ("graph", file.graph)])
      for (name, count) in [("triples", file.triples), ("identifiers", file.identifiers), ("bytes", file.bytes)] {
        if let count { out.append(text: ", \"\(name)\": \(count)") }
      }
      out.append(", ")
      out.append(members: [("sha256", file.sha256), ("moment", file.moment)])
      out.append("}")
    }
    out.append(files.isEmpty ? "],\n  \"lost\": [" : "\n  ],\n  \"lost\": [")
    for (number, loss) in lost.enumerated() {
      out.append(number > 0 ? ",\n    {" : "\n    {")
      out.append(members: [("identifier", loss.identifier), ("file", loss.file), ("moment", loss.moment)])
      out.append("}")
    }
    out.append(lost.isEmpty ? "]\n}\n" : "\n  ]\n}\n")
    return Array(out.view.buffer)
  }

  /// Reads a manifest. Members that are not known are passed over.
  /// - Throws: ``ProblemCode/jsonSyntax``, ``ProblemCode/releaseInvalid`` where it says not what a manifest says, or is of a later version.
  init(manifest bytes: [UInt8], file: String) throws(Failure) {
    let root = try JSONParser.parse(bytes, file: file)
    guard let object = root.object, let version = object["version"]?.int, let base = object["base"]?.string,
      let moment = object["moment"]?.string, let listed = object["files"]?.array
    else { throw Failure(.releaseInvalid, at: Place(file: file), ["reason": .phrase("manifest-form")]) }
    if version > Self.version {
      throw Failure(
        .releaseInvalid, at: Place(file: file),
        ["reason": .phrase("manifest-version", ["version": "\(version)", "known": "\(Self.version)"])])
    }
    self.init(base: base, moment: moment)
    for member in object["registers"]?.object?.members ?? [] { patterns[member.key.text] = member.value.string }
    for node in listed {
      guard let found = node.object, let name = found["name"]?.string, Self.isWithin(name), let kind = found["kind"]?.string,
        let sha256 = found["sha256"]?.string, let bytes = found["bytes"]?.int
      else {
        throw Failure(
          .releaseInvalid, at: Place(file: file, line: Int(node.line), column: Int(node.column)), ["reason": .phrase("manifest-form")])
      }
      files.append(
        File(
          name: name, kind: kind, graph: found["graph"]?.string, triples: found["triples"]?.int, identifiers: found["identifiers"]?.int,
          bytes: bytes, sha256: sha256, moment: found["moment"]?.string ?? moment))
    }
    for node in object["lost"]?.array ?? [] {
      guard let identifier = node.object?["identifier"]?.string else { continue }
      lost.append(
        Loss(identifier: identifier, file: node.object?["file"]?.string ?? "", moment: node.object?["moment"]?.string ?? moment))
    }
  }

  /// Whether a name leads to a file in the folder, and to none outside.
  private static func isWithin(_ name: String) -> Bool {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    return !parts.contains { $0.isEmpty || $0 == "." || $0 == ".." }
  }
}

extension ByteBuffer {
  /// Appends members with texts, with a comma and a space between them; those that are nil are left out.
  fileprivate mutating func append(members: [(name: String, text: String?)]) {
    var isFirst = true
    for (name, text) in members {
      guard let text else { continue }
      append(text: "\(isFirst ? "" : ", ")\"\(name)\": ")
      append(jsonText: text)
      isFirst = false
    }
  }
}
