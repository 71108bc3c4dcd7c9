import Bytes
import RDF

extension ResultTable {
  /// Reads SPARQL Query Results XML Format.
  package init(xml text: String) throws(ResultError) {
    self.init()
    var reader = XMLEvents(text)
    var row: [String: Term] = [:]
    var name = ""
    var attributes: [String: String] = [:]
    var content = ""
    while let event = try reader.next() {
      switch event {
      case .text(let text): content += text
      case .start(let tag, let found):
        content = ""
        switch tag {
        case "variable": variables.append(found["name"] ?? "")
        case "result": row = [:]
        case "binding": name = found["name"] ?? ""
        case "literal": attributes = found
        default: break
        }
      case .end(let tag):
        switch tag {
        case "uri": row[name] = .iri(content)
        case "bnode": row[name] = .blankNode(ByteString(content))
        case "literal":
          if let language = attributes["xml:lang"] {
            row[name] = .literal(ByteString(content), .language(ByteString(language)))
          } else {
            row[name] = .literal(ByteString(content), .datatype(attributes["datatype"].map { ByteString($0) } ?? XSD.string))
          }
        case "result": rows.append(row)
        case "boolean": truth = content.unicodeScalars.filter { $0 > " " }.elementsEqual("true".unicodeScalars)
        default: break
        }
      }
    }
  }
}

/// Start tags, end tags and text of XML, one after the other: as much of XML as results need (no DTD, CDATA or namespaces).
private struct XMLEvents {
  enum Event {
    case start(String, [String: String])
    case end(String)
    case text(String)
  }

  private let bytes: [UInt8]
  private var at = 0
  /// The end of an element that was closed where it began.
  private var pending: String?

  init(_ text: String) { bytes = Array(text.utf8) }

  mutating func next() throws(ResultError) -> Event? {
    if let tag = pending {
      pending = nil
      return .end(tag)
    }
    while at < bytes.count {
      if bytes[at] != UInt8(ascii: "<") {
        let end = bytes[at...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
        defer { at = end }
        return .text(try decoded(bytes[at..<end]))
      }
      let isComment = bytes[at...].starts(with: "<!--".utf8)
      if isComment || bytes[at...].starts(with: "<?".utf8) || bytes[at...].starts(with: "<!".utf8) {
        let close = Array((isComment ? "-->" : ">").utf8)
        while at < bytes.count, !bytes[at...].starts(with: close) { at += 1 }
        at += close.count
        continue
      }
      return try tag()
    }
    return nil
  }

  private mutating func tag() throws(ResultError) -> Event {
    guard let end = bytes[at...].firstIndex(of: UInt8(ascii: ">")) else { throw ResultError("a tag without end") }
    var inside = bytes[(at + 1)..<end]
    at = end + 1
    if inside.first == UInt8(ascii: "/") { return .end(Self.local(inside.dropFirst())) }
    let isEmpty = inside.last == UInt8(ascii: "/")
    if isEmpty { inside = inside.dropLast() }
    let nameEnd = inside.firstIndex { $0 <= 0x20 } ?? inside.endIndex
    let name = Self.local(inside[..<nameEnd])
    var attributes: [String: String] = [:]
    var rest = inside[nameEnd...]
    while let equal = rest.firstIndex(of: UInt8(ascii: "=")) {
      let key = String(decoding: rest[..<equal].filter { $0 > 0x20 }, as: UTF8.self)
      guard let open = rest[equal...].firstIndex(where: { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }),
        let close = rest[(open + 1)...].firstIndex(of: rest[open])
      else { throw ResultError("an attribute without quotes") }
      attributes[key] = try decoded(rest[(open + 1)..<close])
      rest = rest[(close + 1)...]
    }
    if isEmpty { pending = name }
    return .start(name, attributes)
  }

  private static func local(_ name: ArraySlice<UInt8>) -> String {
    let trimmed = name.filter { $0 > 0x20 }
    return String(decoding: trimmed.split(separator: UInt8(ascii: ":")).last ?? [], as: UTF8.self)
  }

  private func decoded(_ text: ArraySlice<UInt8>) throws(ResultError) -> String {
    var result = ""
    var rest = text
    while let mark = rest.firstIndex(of: UInt8(ascii: "&")) {
      result += String(decoding: rest[..<mark], as: UTF8.self)
      guard let end = rest[mark...].firstIndex(of: UInt8(ascii: ";")) else { throw ResultError("a reference without end") }
      let name = String(decoding: rest[(mark + 1)..<end], as: UTF8.self)
      let named = ["lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'"]
      if let text = named[name] {
        result += text
      } else {
        let value = name.hasPrefix("#x") ? UInt32(name.dropFirst(2), radix: 16) : UInt32(name.dropFirst())
        guard let scalar = value.flatMap({ Unicode.Scalar($0) }) else { throw ResultError("the reference \(name)") }
        result.unicodeScalars.append(scalar)
      }
      rest = rest[(end + 1)...]
    }
    return result + String(decoding: rest, as: UTF8.self)
  }
}
