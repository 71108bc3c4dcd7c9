import Bytes
import JSON
import Problems

/// What a confined reader says beside the triples. In its output, which is N-Triples, each stands as a comment of JSON on a line of its own.
enum ConfinedLine {
  /// The document suggests a prefix.
  case prefix(String, String)
  /// A problem after which the reading went on.
  case problem(Problem)
  /// The problem that ended the reading.
  case failure(Problem)
  /// The document was read to its end.
  case end

  /// What may be wrong with a document; a reader that says anything else is not to be believed.
  private static let codes: [ProblemCode] = [.rdfSyntax, .rdfDepth, .iriInvalid, .iriRelative, .readerFailed]

  /// Appends the line.
  func append(to out: inout ByteBuffer) {
    out.append("#{")
    switch self {
    case .prefix(let prefix, let namespace):
      out.append("\"prefix\":")
      out.append(jsonText: prefix)
      out.append(",\"namespace\":")
      out.append(jsonText: namespace)
    case .problem(let problem):
      out.append("\"problem\":")
      out.append(confined: problem)
    case .failure(let problem):
      out.append("\"failure\":")
      out.append(confined: problem)
    case .end: out.append("\"end\":true")
    }
    out.append("}\n")
  }

  /// Reads a line, `#` and all; nil where it is none of these.
  /// - Parameter file: what the user calls the document.
  init?(_ line: ByteView, file: String) {
    guard let root = try? JSONParser.parse(Array(line.dropFirst(1).buffer), file: file, depthLimit: 8).object else { return nil }
    if root["end"]?.bool == true {
      self = .end
    } else if let prefix = root["prefix"]?.string, let namespace = root["namespace"]?.string {
      self = .prefix(prefix, namespace)
    } else if let problem = root["problem"]?.object.flatMap({ Self.problem($0, file) }) {
      self = .problem(problem)
    } else if let problem = root["failure"]?.object.flatMap({ Self.problem($0, file) }) {
      self = .failure(problem)
    } else {
      return nil
    }
  }

  private static func problem(_ object: JSONObject, _ file: String) -> Problem? {
    guard let code = object["code"]?.string.flatMap(ProblemCode.init(rawValue:)), codes.contains(code),
      let severity = object["severity"]?.string.flatMap(Severity.init(rawValue:)), let arguments = object["arguments"]?.object
    else { return nil }
    return Problem(
      code, at: Place(file: file, line: object["line"]?.int, column: object["column"]?.int), value: object["value"]?.string,
      severity: severity, words(arguments))
  }

  private static func words(_ object: JSONObject) -> [String: Words] {
    var found: [String: Words] = [:]
    for member in object.members {
      if let text = member.value.string {
        found[member.key.text] = .text(text)
      } else if let phrase = member.value.object, let key = phrase["phrase"]?.string, let arguments = phrase["arguments"]?.object {
        found[member.key.text] = .phrase(key, words(arguments))
      } else if let texts = member.value.object, let sv = texts["sv"]?.string {
        found[member.key.text] = .written(Texts(sv: sv, en: texts["en"]?.string))
      }
    }
    return found
  }
}

extension ByteBuffer {
  fileprivate mutating func append(confined problem: Problem) {
    append("{\"code\":")
    append(jsonText: problem.code.rawValue)
    append(",\"severity\":")
    append(jsonText: problem.severity.rawValue)
    for (name, number) in [("line", problem.place.line), ("column", problem.place.column)] {
      guard let number else { continue }
      append(text: ",\"\(name)\":\(number)")
    }
    if let value = problem.value {
      append(",\"value\":")
      append(jsonText: value)
    }
    append(",\"arguments\":")
    append(words: problem.arguments)
    append("}")
  }

  private mutating func append(words: [String: Words]) {
    append("{")
    for (index, item) in words.sorted(by: { $0.key < $1.key }).enumerated() {
      if index > 0 { append(",") }
      append(jsonText: item.key)
      append(":")
      switch item.value {
      case .text(let text): append(jsonText: text)
      case .phrase(let key, let arguments):
        append("{\"phrase\":")
        append(jsonText: key)
        append(",\"arguments\":")
        append(words: arguments)
        append("}")
      case .written(let texts):
        append("{\"sv\":")
        append(jsonText: texts.sv)
        if let en = texts.en {
          append(",\"en\":")
          append(jsonText: en)
        }
        append("}")
      }
    }
    append("}")
  }
}
