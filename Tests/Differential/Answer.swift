import Foundation

/// An answer to a query, as a text a solution in a form that does not depend on how values are spelt or solutions ordered.
struct Answer: Equatable {
  /// The solutions in order of their texts, or `true` or `false`.
  var lines: [String] = []
  /// Why there is no answer.
  var error: String?

  /// An answer as `peers.py` writes it.
  init(peer line: Substring) throws {
    let read = try JSONDecoder().decode(Line.self, from: Data(line.utf8))
    error = read.error
    if let truth = read.truth { lines = ["\(truth)"] }
    for row in read.rows ?? [] {
      add(row.mapValues { term in term.count == 4 ? AnswerTerm(term[0], term[1], term[2], term[3]).text : "?" })
    }
    lines.sort()
  }

  /// No solutions yet.
  init() {}

  /// Adds a solution of these texts of terms.
  mutating func add(_ row: [String: String]) {
    lines.append(row.sorted { $0.key < $1.key }.map { "?\($0.key)=\($0.value)" }.joined(separator: " "))
  }

  private struct Line: Decodable {
    let truth: Bool?
    let rows: [[String: [String]]]?
    let error: String?
  }
}

/// A term in the form that terms are compared in: numbers by type and value, language tags in small letters, blank nodes all alike.
struct AnswerTerm {
  let text: String

  private static let xsd = "http://www.w3.org/2001/XMLSchema#"
  private static let string = xsd + "string"
  private static let tagged = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"

  /// A term: its kind, its IRI or lexical form, and of a literal the datatype and language.
  init(_ kind: String, _ lexical: String, _ datatype: String, _ language: String) {
    switch kind {
    case "iri": text = "<\(lexical)>"
    case "blank": text = "_:"
    default:
      switch datatype {
      case Self.string: text = "\"\(lexical)\""
      case Self.tagged: text = "\"\(lexical)\"@\(language.lowercased())"
      default:
        let type = datatype.hasPrefix(Self.xsd) ? "xsd:" + datatype.dropFirst(Self.xsd.count) : datatype
        text = "\"\(Self.value(lexical, type))\"^^\(type)"
      }
    }
  }

  /// Digits beyond those that every engine must keep are not compared (XSD 1.1 part 2 §5.4 for decimals).
  private static func value(_ lexical: String, _ type: String) -> String {
    switch type {
    case "xsd:boolean": return lexical == "1" ? "true" : lexical == "0" ? "false" : lexical
    case "xsd:decimal", "xsd:double": return number(lexical).map { String(format: "%.10g", $0 == 0 ? 0 : $0) } ?? lexical
    case "xsd:float": return number(lexical).map { String(format: "%.5g", $0 == 0 ? 0 : $0) } ?? lexical
    default: return lexical
    }
  }

  private static func number(_ lexical: String) -> Double? {
    switch lexical {
    case "INF", "+INF": .infinity
    case "-INF": -.infinity
    case "NaN": .nan
    default: Double(lexical)
    }
  }
}
