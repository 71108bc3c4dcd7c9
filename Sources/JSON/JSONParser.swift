import Bytes
package import Problems

/// Reads a whole JSON text (RFC 8259) into a tree.
package enum JSONParser {
  /// A container that is being read.
  private struct Frame {
    let isObject: Bool
    let place: TextCursor
    var elements: [JSONNode] = []
    var members: [JSONObject.Member] = []
    var key: ByteString = ""
    var keyPlace = TextCursor()
  }

  /// The value of a text. A byte order mark before it is accepted; ill-formed UTF-8 and lone surrogates are not.
  /// - Parameters:
  ///   - file: what the user calls the text, for messages.
  ///   - problems: hears of keys that stand twice in one object (``ProblemCode/jsonKeyDuplicate``).
  ///   - depthLimit: how many arrays and objects may stand within each other.
  /// - Throws: ``ProblemCode/jsonSyntax`` or ``ProblemCode/jsonDepth``, with line and column.
  package static func parse(
    _ bytes: [UInt8], file: String, problems: (any ProblemSink)? = nil, depthLimit: Int = 512
  ) throws(Failure) -> JSONNode {
    try ByteString(bytes).withView { text throws(Failure) in
      try parse(text, file: file, problems: problems, depthLimit: depthLimit)
    }
  }

  private static func parse(
    _ text: ByteView, file: String, problems: (any ProblemSink)?, depthLimit: Int
  ) throws(Failure) -> JSONNode {
    var scanner = JSONScanner(text, file: file, depthLimit: depthLimit)
    var cursor = TextCursor(offset: text.hasPrefix("\u{FEFF}") ? 3 : 0)
    var frames: [Frame] = []
    var scratch = ByteBuffer()
    while true {
      let token = try scanner.next()
      cursor.advance(to: scanner.start, in: text)
      let value: JSONValue
      var place = cursor
      switch token {
      case .beginObject, .beginArray:
        frames.append(Frame(isObject: token == .beginObject, place: cursor))
        continue
      case .key:
        frames[frames.count - 1].key = decoded(scanner, &scratch)
        frames[frames.count - 1].keyPlace = cursor
        continue
      case .string: value = .string(decoded(scanner, &scratch))
      case .number: value = .number(ByteString(text[scanner.content]))
      case .true, .false: value = .bool(token == .true)
      case .null: value = .null
      case .endObject, .endArray:
        let frame = frames.removeLast()
        place = frame.place
        value = frame.isObject ? .object(object(frame.members, file, problems)) : .array(frame.elements)
      case .end: throw scanner.syntax(at: text.count, expected: .phrase("json-value"))
      }
      let node = JSONNode(value, line: Int32(clamping: place.line), column: Int32(clamping: place.column))
      if frames.isEmpty {
        _ = try scanner.next()
        return node
      }
      let last = frames.count - 1
      if frames[last].isObject {
        let (line, column) = (Int32(clamping: frames[last].keyPlace.line), Int32(clamping: frames[last].keyPlace.column))
        frames[last].members.append(JSONObject.Member(frames[last].key, line: line, column: column, node))
      } else {
        frames[last].elements.append(node)
      }
    }
  }

  private static func decoded(_ scanner: JSONScanner, _ scratch: inout ByteBuffer) -> ByteString {
    let content = scanner.text[scanner.content]
    if !scanner.isEscaped { return ByteString(content) }
    scratch.truncate()
    scratch.append(jsonContent: content)
    return ByteString(scratch.view)
  }

  private static func object(_ members: [JSONObject.Member], _ file: String, _ problems: (any ProblemSink)?) -> JSONObject {
    JSONObject(members) { member in
      let place = Place(file: file, line: Int(member.keyLine), column: Int(member.keyColumn))
      problems?.report(Problem(.jsonKeyDuplicate, at: place, ["key": member.key.text]))
    }
  }
}
