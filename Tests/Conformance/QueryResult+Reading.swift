import Bytes
import JSON
import Problems
import RDF
import RDFSyntax
import Resources

extension QueryResult {
  /// SPARQL 1.1 Query Results JSON Format.
  static func json(_ bytes: [UInt8], _ name: String) throws(Failure) -> QueryResult {
    let root = try JSONParser.parse(bytes, file: name).object ?? JSONObject()
    if let truth = root["boolean"]?.bool { return .truth(truth) }
    var solutions = Solutions()
    solutions.variables = Set((root["head"]?.object?["vars"]?.array ?? []).compactMap(\.string))
    for binding in root["results"]?.object?["bindings"]?.array ?? [] {
      var row: [String: Term] = [:]
      for member in binding.object?.members ?? [] { row[member.key.text] = member.value.object.flatMap(term) }
      solutions.rows.append(row)
    }
    return .solutions(solutions)
  }

  private static func term(_ object: JSONObject) -> Term? {
    guard let value = object["value"]?.bytes else { return nil }
    switch object["type"]?.string {
    case "uri": return .iri(value)
    case "bnode": return .blankNode(value)
    case "literal", "typed-literal":
      return literal(value, object["datatype"]?.string, object["xml:lang"]?.string, object["its:dir"]?.string)
    default: return nil
    }
  }

  /// SPARQL Query Results XML Format.
  static func xml(_ bytes: [UInt8]) -> QueryResult {
    var solutions = Solutions()
    var name = ""
    var attributes: [String: String] = [:]
    var text = ""
    for event in XMLEvents(bytes) {
      switch event {
      case .text(let piece): text += piece
      case .start(let element, let found):
        text = ""
        if element == "variable", let variable = found["name"] { solutions.variables.insert(variable) }
        if element == "result" { solutions.rows.append([:]) }
        if element == "binding" { name = found["name"] ?? "" } else { attributes = found }
      case .end(let element):
        if element == "boolean" { return .truth(text.contains("true")) }
        let value = ByteString(text)
        let term: Term? =
          switch element {
          case "uri": .iri(value)
          case "bnode": .blankNode(value)
          case "literal": literal(value, attributes["datatype"], attributes["xml:lang"], attributes["its:dir"])
          default: nil
          }
        if let term, !solutions.rows.isEmpty { solutions.rows[solutions.rows.count - 1][name] = term }
      }
    }
    return .solutions(solutions)
  }

  private static func literal(_ value: ByteString, _ datatype: String?, _ language: String?, _ direction: String?) -> Term {
    if let language { return .literal(value, .language(ByteString(language + (direction.map { "--" + $0 } ?? "")))) }
    return .literal(value, .datatype(datatype.map { ByteString($0) } ?? XSD.string))
  }

  /// SPARQL 1.1 Query Results CSV Format: texts alone, so that a number is only known by its look.
  static func csv(_ bytes: [UInt8]) -> QueryResult {
    let lines = CSVLines(bytes).lines
    let names = lines.first ?? []
    let rows = lines.dropFirst().map { cells in
      var row: [String: Term] = [:]
      for (name, cell) in zip(names, cells) where !cell.isEmpty {
        row[name] =
          if cell.hasPrefix("_:") { .blankNode(ByteString(cell)) } else {
            .string(Double(cell).map { "\($0)" } ?? cell)
          }
      }
      return row
    }
    return .solutions(Solutions(variables: Set(names), rows: rows))
  }

  /// SPARQL 1.1 Query Results TSV Format: terms as in Turtle.
  static func tsv(_ bytes: [UInt8]) throws(Failure) -> QueryResult {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map { String($0.hasSuffix("\r") ? $0.dropLast() : $0) } }
    let names = (lines.first ?? []).map { String($0.drop { $0 == "?" }) }.filter { !$0.isEmpty }
    var rows: [[String: Term]] = []
    for cells in lines.dropFirst() where cells != [""] || names.count == 1 && rows.count < lines.count - 2 {
      var row: [String: Term] = [:]
      for (name, cell) in zip(names, cells) where !cell.isEmpty {
        let graph = QuadCollector()
        let text = "<urn:s> <urn:p> \(cell) ."
        try RDFReader.read(MemoryStream(Array(text.utf8), name: text), format: .turtle, into: graph, problems: ProblemList())
        row[name] = graph.quads.first?.object
      }
      rows.append(row)
    }
    return .solutions(Solutions(variables: Set(names), rows: rows))
  }

  /// A graph of the result-set vocabulary.
  static func resultSet(_ graph: PropertyGraph) -> QueryResult {
    let namespace = TestVocabulary.resultSet
    if let truth = graph.objects(namespace + "boolean").first { return .truth(truth.text == "true" || truth.text == "1") }
    var indexed: [(index: Int?, row: [String: Term])] = []
    for solution in graph.objects(namespace + "solution") {
      var row: [String: Term] = [:]
      for binding in graph.objects(solution, namespace + "binding") {
        guard let name = graph.objects(binding, namespace + "variable").first else { continue }
        row[name.text] = graph.objects(binding, namespace + "value").first
      }
      indexed.append((graph.objects(solution, namespace + "index").first.flatMap { Int($0.text) }, row))
    }
    let isOrdered = !indexed.isEmpty && indexed.allSatisfy { $0.index != nil }
    if isOrdered { indexed.sort { ($0.index ?? 0) < ($1.index ?? 0) } }
    let variables = Set(graph.objects(namespace + "resultVariable").map(\.text))
    return .solutions(Solutions(variables: variables, rows: indexed.map(\.row), isOrdered: isOrdered))
  }
}

/// The lines of a CSV document (RFC 4180) as texts.
private struct CSVLines {
  private(set) var lines: [[String]] = []

  init(_ bytes: [UInt8]) {
    var line: [String] = []
    var cell: [UInt8] = []
    var isQuoted = false
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\""):
        // The second quote of a pair opens what the first one closed, and stands for itself.
        isQuoted.toggle()
        if isQuoted, wasQuote { cell.append(byte) }
      case UInt8(ascii: ",") where !isQuoted:
        line.append(String(decoding: cell, as: UTF8.self))
        cell = []
      case UInt8(ascii: "\n") where !isQuoted:
        lines.append(line + [String(decoding: cell, as: UTF8.self)])
        (line, cell) = ([], [])
      case UInt8(ascii: "\r") where !isQuoted: break
      default: cell.append(byte)
      }
      wasQuote = byte == UInt8(ascii: "\"")
    }
    if !cell.isEmpty || !line.isEmpty { lines.append(line + [String(decoding: cell, as: UTF8.self)]) }
  }

  private var wasQuote = false
}
