package import Bytes

/// Writes JSON values as text (RFC 8259).
package enum JSONWriter {
  /// How the text is laid out.
  package enum Layout: Sendable {
    /// No white space at all.
    case compact
    /// Each member and element on a line of its own, two spaces a level, and a line end after the value.
    case pretty
    /// As ``pretty``, but what fits on a line of this many characters stands on one, with spaces in it: for files that people edit.
    case fitted(width: Int)
  }

  /// A container that is being written, and how many of its parts are done.
  private struct Frame {
    let value: JSONValue
    var done = 0

    var count: Int { value.array?.count ?? value.object?.members.count ?? 0 }
    var brackets: (UInt8, UInt8) {
      value.array == nil ? (UInt8(ascii: "{"), UInt8(ascii: "}")) : (UInt8(ascii: "["), UInt8(ascii: "]"))
    }
  }

  /// Appends `value` as UTF-8.
  package static func write(_ value: JSONValue, to out: inout ByteBuffer, layout: Layout = .compact) {
    if case .fitted(let width) = layout {
      writeFitted(value, width: width, used: 0, level: 0, to: &out)
      return out.append(UInt8(ascii: "\n"))
    }
    var frames: [Frame] = []
    var isPretty = false
    if case .pretty = layout { isPretty = true }
    begin(value, &frames, &out)
    while let frame = frames.last {
      if frame.done == frame.count {
        frames.removeLast()
        if isPretty, frame.count > 0 { breakLine(frames.count, &out) }
        out.append(frame.brackets.1)
        continue
      }
      if frame.done > 0 { out.append(UInt8(ascii: ",")) }
      if isPretty { breakLine(frames.count, &out) }
      frames[frames.count - 1].done += 1
      switch frame.value {
      case .array(let elements): begin(elements[frame.done].value, &frames, &out)
      case .object(let object):
        let member = object.members[frame.done]
        member.key.withView { out.append(jsonString: $0) }
        out.append(UInt8(ascii: ":"))
        if isPretty { out.append(UInt8(ascii: " ")) }
        begin(member.value.value, &frames, &out)
      default: break
      }
    }
    if isPretty { out.append(UInt8(ascii: "\n")) }
  }

  /// Writes a scalar, or opens a container.
  private static func begin(_ value: JSONValue, _ frames: inout [Frame], _ out: inout ByteBuffer) {
    switch value {
    case .null: out.append("null")
    case .bool(let value): value ? out.append("true") : out.append("false")
    case .number(let digits): out.append(bytes: digits)
    case .string(let bytes): bytes.withView { out.append(jsonString: $0) }
    case .array, .object:
      frames.append(Frame(value: value))
      out.append(Frame(value: value).brackets.0)
    }
  }

  private static func breakLine(_ level: Int, _ out: inout ByteBuffer) {
    out.append(UInt8(ascii: "\n"))
    for _ in 0..<level { out.append("  ") }
  }
}
