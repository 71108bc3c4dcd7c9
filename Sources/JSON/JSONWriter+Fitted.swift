import Bytes

// The layout that people edit: what fits on a line stands on one.
extension JSONWriter {
  /// A value on one line, with spaces in it.
  package static func line(_ value: JSONValue) -> String {
    var out = ByteBuffer()
    writeFitted(value, width: .max, used: 0, level: 0, to: &out)
    return out.view.text
  }

  /// How deep containers are laid out; what lies deeper stands on one line whatever its length.
  private static let deepest = 64

  /// Appends a value after `used` characters of its line, in containers `level` deep.
  static func writeFitted(_ value: JSONValue, width: Int, used: Int, level: Int, to out: inout ByteBuffer) {
    let parts = parts(of: value)
    guard let (open, close, members) = parts, !members.isEmpty else { return write(value, to: &out) }
    var line = ByteBuffer()
    if level >= deepest { return write(value, to: &out) }
    writeLine(value, to: &line)
    if line.view.scalarCount <= width - used { return out.append(line.view) }
    out.append(open)
    for (number, member) in members.enumerated() {
      if number > 0 { out.append(UInt8(ascii: ",")) }
      out.append(UInt8(ascii: "\n"))
      for _ in 0...level { out.append("  ") }
      var before = 2 * level + 3
      if let key = member.key {
        let start = out.count
        key.withView { out.append(jsonString: $0) }
        out.append(": ")
        before += out.view(start..<out.count).scalarCount
      }
      writeFitted(member.value, width: width, used: before, level: level + 1, to: &out)
    }
    out.append(UInt8(ascii: "\n"))
    for _ in 0..<level { out.append("  ") }
    out.append(close)
  }

  /// The brackets and the parts of a container; nil for a scalar.
  private static func parts(of value: JSONValue) -> (UInt8, UInt8, [(key: ByteString?, value: JSONValue)])? {
    switch value {
    case .array(let elements): (UInt8(ascii: "["), UInt8(ascii: "]"), elements.map { (nil, $0.value) })
    case .object(let object): (UInt8(ascii: "{"), UInt8(ascii: "}"), object.members.map { ($0.key, $0.value.value) })
    default: nil
    }
  }

  /// Appends a value on one line, with a space after each comma and colon and within braces. Its depth is bounded by the caller's.
  private static func writeLine(_ value: JSONValue, to out: inout ByteBuffer) {
    guard let (open, close, members) = parts(of: value), !members.isEmpty else { return write(value, to: &out) }
    let isObject = value.object != nil
    out.append(open)
    if isObject { out.append(UInt8(ascii: " ")) }
    for (number, member) in members.enumerated() {
      if number > 0 { out.append(", ") }
      if let key = member.key {
        key.withView { out.append(jsonString: $0) }
        out.append(": ")
      }
      writeLine(member.value, to: &out)
    }
    if isObject { out.append(UInt8(ascii: " ")) }
    out.append(close)
  }
}
