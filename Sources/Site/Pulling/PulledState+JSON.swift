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
      guard let file = node.object, let path = file["path"]?.string, let source = file["source"]?.int, let size = file["size"]?.int,
        let moment = file["moment"]?.int, !path.split(separator: "/").contains("..")
      else { return nil }
      self.files.append(
        File(
          path: path, source: source, sheet: file["sheet"]?.string, size: size, moment: Instant(seconds: Int64(moment), attoseconds: 0),
          isStopped: file["stopped"]?.bool ?? false))
    }
  }

  fileprivate var json: JSONValue {
    func text(_ text: String?) -> JSONValue { text.map { .text($0) } ?? .null }
    let files = files.map { file -> JSONValue in
      .object([
        ("path", .text(file.path)), ("source", .count(file.source)), ("sheet", text(file.sheet)), ("size", .count(file.size)),
        ("moment", .count(Int(file.moment.seconds))), ("stopped", file.isStopped ? .bool(true) : .null),
      ])
    }
    let origins = origins.map { origin -> JSONValue in
      .object([("tag", text(origin.tag)), ("date", text(origin.date)), ("change", text(origin.change))])
    }
    return .object([("checked", .count(Int(checked.seconds))), ("files", .list(files)), ("origins", .list(origins))])
  }
}
