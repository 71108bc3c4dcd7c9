import Bytes
import Glibc
import Problems
import Resources
import Yams

/// What a server knows us by: the file under a dataset's `headers` (contract §3). Its values go to that server and nowhere else.
struct Secrets: Sendable {
  /// Names and values: header fields, but for names that stand in braces in the address or in what is posted.
  let values: [(name: String, value: String)]

  /// None.
  static let none = Secrets(values: [])

  private init(values: [(name: String, value: String)]) { self.values = values }

  /// Reads a file of names and values that nobody but its owner may read.
  /// - Throws: ``ProblemCode/secretsMode``, ``ProblemCode/secretsInvalid``, which tells no value, or what opening the file throws.
  init(path: String) throws(Failure) {
    let stream = try FileStream(path: path, name: path)
    // The file that was opened is the one that is judged, whatever stands under the name by then.
    var status = stat()
    guard let descriptor = stream.fileDescriptor, fstat(descriptor, &status) == 0 else {
      throw Failure(.secretsInvalid, at: Place(file: path), ["reason": .phrase("secrets-no-file")])
    }
    let mode = status.st_mode & 0o777
    if mode & 0o077 != 0 {
      let digits = String(mode, radix: 8)
      throw Failure(.secretsMode, at: Place(file: path), ["name": path, "mode": String(repeating: "0", count: 4 - digits.count) + digits])
    }
    let text = String(decoding: try stream.readAll(limit: 1 << 16), as: UTF8.self)
    // What a reader of YAML says of a fault may quote what stands there.
    guard let root = try? Yams.compose(yaml: text), let mapping = root.mapping else {
      throw Failure(.secretsInvalid, at: Place(file: path), ["reason": .phrase("secrets-form")])
    }
    var values: [(name: String, value: String)] = []
    for (key, node) in mapping {
      let place = Place(file: path, line: key.mark?.line)
      guard let name = key.scalar?.string, Self.isName(name) else {
        throw Failure(.secretsInvalid, at: place, ["reason": .phrase("secrets-name")])
      }
      guard let value = node.scalar?.string, !value.isEmpty, value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
        throw Failure(.secretsInvalid, at: place, ["reason": .phrase("secrets-value", ["name": name])])
      }
      values.append((name, value))
    }
    self.values = values
  }

  /// Whether a text is the name of a header field (RFC 9110 §5.1) that is ours to choose.
  private static func isName(_ text: String) -> Bool {
    let others = Array("!#$%&'*+-.^_`|~".utf8)
    let own = ["host", "content-length", "transfer-encoding", "connection", "te", "trailer", "upgrade"]
    return !text.isEmpty && !own.contains(text.lowercased())
      && text.utf8.allSatisfy { isDigit($0) || isLetter($0) || others.contains($0) }
  }

  /// The values that are header fields where these names have another place.
  func headers(without used: Set<String>) -> [(name: String, value: String)] { values.filter { !used.contains($0.name) } }

  /// A text with what the names in its braces stand for.
  /// - Parameters:
  ///   - more: what other names stand for.
  ///   - encode: how a value is written there.
  ///   - used: the names that stood there are added to it.
  func filled(_ text: String, _ more: [String: String], used: inout Set<String>, encode: (String) -> String) -> String {
    var out = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      let name = String(rest[rest.index(after: open)..<close])
      out += rest[..<open]
      if let value = more[name] ?? values.first(where: { $0.name == name })?.value {
        out += encode(value)
        used.insert(name)
      } else {
        out += rest[open...close]
      }
      rest = rest[rest.index(after: close)...]
    }
    return out + rest
  }

  /// The problem without any of the values, whatever a server has put into its answer.
  func redacted(_ problem: Problem) -> Problem {
    if values.isEmpty { return problem }
    var place = problem.place
    place.file = place.file.map(redacted)
    return Problem(
      problem.code, at: place, value: problem.value.map(redacted), severity: problem.severity, problem.arguments.mapValues(redacted))
  }

  private func redacted(_ words: Words) -> Words {
    switch words {
    case .text(let text): .text(redacted(text))
    case .phrase(let key, let arguments): .phrase(key, arguments.mapValues(redacted))
    case .written(let texts): .written(Texts(sv: redacted(texts.sv), en: texts.en.map(redacted)))
    }
  }

  /// A text without any of the values, nor the key behind a word such as `Bearer`, however it is escaped there.
  func redacted(_ text: String) -> String {
    if values.isEmpty { return text }
    let secrets = values.flatMap { _, value in [Substring(value)] + value.split(separator: " ").dropFirst() }
    return SecretEcho.redacted(text, of: secrets.map { SecretEcho($0) })
  }
}

/// A text as it stands in the query of an address.
func percentEncoded(_ text: String) -> String {
  var out = ByteBuffer()
  ByteString(text).withView { out.append(percentEncoding: $0) }
  return out.view.text
}
