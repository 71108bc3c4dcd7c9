import Bytes
import JSON
import RDF

/// The form of a state on the disk.
extension PulledState {
  /// Reads what ``json`` wrote; nil for anything else.
  init?(_ bytes: [UInt8], file: String) {
    guard let root = try? JSONParser.parse(bytes, file: file).object, root["version"]?.int == 1,
      let fingerprint = root["fingerprint"]?.string, let number = root["number"]?.int
    else { return nil }
    self.init(fingerprint: fingerprint, number: number)
    current = root["current"].flatMap(PulledCopy.init)
    older = root["older"].flatMap(PulledCopy.init)
    isAccepted = root["accepted"]?.bool ?? (current != nil && older == nil)
  }

  /// The state as JSON, with a line for each member.
  var json: ByteBuffer {
    var out = ByteBuffer()
    let value = JSONValue.object([
      ("version", .count(1)), ("fingerprint", .text(fingerprint)), ("number", .count(number)), ("current", current?.json ?? .null),
      ("older", older?.json ?? .null), ("accepted", .bool(isAccepted)),
    ])
    JSONWriter.write(value, to: &out, layout: .pretty)
    return out
  }
}

extension PulledCopy {
  fileprivate init?(_ node: JSONNode) {
    guard let object = node.object, let checked = object["checked"]?.int, let files = object["files"]?.array,
      let origins = object["origins"]?.array
    else { return nil }
    self.init(checked: Instant(seconds: Int64(checked), attoseconds: 0))
    self.origins = origins.map { node in
      Origin(tag: node.object?["tag"]?.string, date: node.object?["date"]?.string, change: node.object?["change"]?.string)
    }
    for node in files {
      guard let file = File(node) else { return nil }
      self.files.append(file)
    }
    for node in object["replaced"]?.array ?? [] {
      guard let part = node.object?["part"]?.string.flatMap(Replaced.Part.init), let file = File(node) else { return nil }
      replaced.append(Replaced(part: part, file: file))
    }
  }

  fileprivate var json: JSONValue {
    func text(_ text: String?) -> JSONValue { text.map { .text($0) } ?? .null }
    let files = files.map { JSONValue.object($0.members) }
    let replaced = replaced.map { JSONValue.object([("part", .text($0.part.rawValue))] + $0.file.members) }
    let origins = origins.map { origin -> JSONValue in
      .object([("tag", text(origin.tag)), ("date", text(origin.date)), ("change", text(origin.change))])
    }
    return .object([
      ("checked", .count(Int(checked.seconds))), ("files", .list(files)), ("origins", .list(origins)), ("replaced", .list(replaced)),
    ])
  }
}

extension PulledCopy.File {
  fileprivate init?(_ node: JSONNode) {
    guard let file = node.object, let path = file["path"]?.string, let source = file["source"]?.int, let size = file["size"]?.int,
      let moment = file["moment"]?.int, !path.split(separator: "/").contains("..")
    else { return nil }
    self.init(
      path: path, source: source, sheet: file["sheet"]?.string, size: size, moment: Instant(seconds: Int64(moment), attoseconds: 0),
      isStopped: file["stopped"]?.bool ?? false)
  }

  fileprivate var members: [(key: String, value: JSONValue)] {
    [
      ("path", .text(path)), ("source", .count(source)), ("sheet", sheet.map { .text($0) } ?? .null), ("size", .count(size)),
      ("moment", .count(Int(moment.seconds))), ("stopped", isStopped ? .bool(true) : .null),
    ]
  }
}
