import Bytes
import JSON
import Problems

/// Where in a JSON text the table stands: an array of objects, which is the text itself or one member of it.
struct JSONShape {
  /// The JSON Pointer of the array.
  let pointer: String
  /// Where the array's bracket stands.
  let offset: Int
  /// The keys of the objects, in order of first appearance, without byte order marks.
  let columns: [ByteString]
  /// The keys under which objects or arrays stand, each with the first of them and its pointer.
  let nested: [(column: ByteString, offset: Int, pointer: String)]

  /// An array that may be the table.
  private struct Candidate {
    let pointer: String
    let offset: Int
    var columns: [ByteString] = []
    var known: Set<ByteString> = []
    var isEmpty = true
    var nested: [(column: ByteString, offset: Int, pointer: String)] = []
    /// The first thing in it that no table holds, with its pointer.
    var flaw: (offset: Int, pointer: String)?
  }

  /// Reads the whole text once.
  /// - Throws: ``ProblemCode/tableNotRecognised``, with the pointer of what is no object, and what the scanner throws.
  init(_ text: ByteView, file: String) throws(Failure) {
    var scanner = JSONScanner(text, file: file)
    let first = try scanner.next()
    var candidates: [Candidate] = []
    if first == .beginArray {
      candidates.append(try Self.candidate(&scanner, pointer: ""))
    } else if first == .beginObject {
      while try scanner.next() == .key {
        let key = decodedKey(scanner).text
        let token = try scanner.next()
        if token == .beginArray {
          let found = try Self.candidate(&scanner, pointer: "/" + escaped(key))
          if found.flaw == nil || !found.isEmpty { candidates.append(found) }
        } else {
          try scanner.skipRest(of: token)
        }
      }
    }
    _ = try scanner.next()
    let filled = candidates.filter { !$0.isEmpty }
    let chosen = filled.isEmpty ? candidates : filled
    guard chosen.count == 1, let table = chosen.first else {
      let reason: Words =
        chosen.isEmpty
        ? .phrase("json-without-list")
        : .phrase("json-lists", ["count": "\(chosen.count)", "pointers": chosen.map(\.pointer).joined(separator: ", ")])
      throw Failure(.tableNotRecognised, at: Place(file: file), ["reason": reason])
    }
    if let flaw = table.flaw {
      var failure = scanner.failure(
        .tableNotRecognised, at: flaw.offset, ["reason": Self.reason(text, flaw.offset, flaw.pointer)])
      failure.problem.place.pointer = flaw.pointer
      throw failure
    }
    (pointer, offset, columns, nested) = (table.pointer, table.offset, table.columns, table.nested)
  }

  /// Reads the array whose bracket was just read, to its end. It is empty as a table unless its first element is an object.
  private static func candidate(_ scanner: inout JSONScanner, pointer: String) throws(Failure) -> Candidate {
    var found = Candidate(pointer: pointer, offset: scanner.start)
    var row = 0
    while true {
      let token = try scanner.next()
      if token == .endArray { return found }
      if token == .beginObject {
        if row == 0 { found.isEmpty = false }
        try readKeys(&scanner, row, &found)
      } else {
        found.flaw = found.flaw ?? (scanner.start, "\(pointer)/\(row)")
        try scanner.skipRest(of: token)
      }
      row += 1
    }
  }

  private static func readKeys(_ scanner: inout JSONScanner, _ row: Int, _ found: inout Candidate) throws(Failure) {
    var column = 0
    while try scanner.next() == .key {
      let raw = scanner.text[scanner.content]
      let isExpected = !scanner.isEscaped && column < found.columns.count && found.columns[column].withView { $0 == raw }
      var known = ByteString("")
      if !isExpected {
        known = decodedKey(scanner)
        if found.known.insert(known).inserted { found.columns.append(known) }
      }
      column += 1
      let token = try scanner.next()
      if token == .beginObject || token == .beginArray {
        let name = isExpected ? found.columns[column - 1] : known
        if !found.nested.contains(where: { $0.column == name }) {
          found.nested.append((name, scanner.start, "\(found.pointer)/\(row)/\(escaped(name.text))"))
        }
        try scanner.skipRest(of: token)
      }
    }
  }

  /// What kind of value stands at `offset`, for a message. The value itself may be secret.
  private static func reason(_ text: ByteView, _ offset: Int, _ pointer: String) -> Words {
    switch text[offset] {
    case UInt8(ascii: "["): .phrase("json-list-at", ["pointer": pointer])
    default: .phrase("json-no-object-at", ["pointer": pointer])
    }
  }
}

/// The key that the scanner has just read, decoded, without white space around it and without byte order marks.
func decodedKey(_ scanner: JSONScanner) -> ByteString {
  let raw = scanner.text[scanner.content]
  if !scanner.isEscaped { return withoutMarks(raw) }
  var decoded = ByteBuffer()
  decoded.append(jsonContent: raw)
  return withoutMarks(decoded.view)
}
