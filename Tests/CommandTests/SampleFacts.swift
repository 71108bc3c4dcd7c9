import Foundation
import TestSupport
import Testing

/// What must come out of a published table by the mapping that `mapping new` proposes for it, checked by hand against the table.
///
/// A file in `Samples` begins with lines that say which table, how many rows and triples, and which problems at what places. After an empty
/// line each come things with all that is said of them: some rows of the table, the first, the last and difficult ones among them. Of a text
/// longer than sixty characters its beginning and its length are held.
struct SampleFacts: CustomTestStringConvertible {
  /// The table's path in the folder of samples.
  var file = ""
  /// How many rows there are, and how many come out.
  var rows = ""
  var triples = 0
  /// Each as `line:column code`; of JSON with a pointer.
  var problems: [String] = []
  /// What `mapping new` tells a person to look at, in English.
  var doubts: [String] = []
  /// What is said of things, each fact as `property  value`.
  var things: [(subject: String, facts: [String])] = []

  var testDescription: String { file }

  /// The folder of published tables, beside the repository.
  static let folder = ProgramRun.repository + "/../shared/domain/samples"

  /// Whether it is there.
  static let isPresent = FileManager.default.fileExists(atPath: folder)

  /// What is known of all tables.
  static let all: [SampleFacts] = {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Samples"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted().compactMap { name in
      (try? String(contentsOfFile: folder + "/" + name, encoding: .utf8)).map { SampleFacts($0) }
    }
  }()

  init(_ text: String) {
    for line in text.split(separator: "\n", omittingEmptySubsequences: true) {
      if line.hasPrefix("  ") {
        if !things.isEmpty { things[things.count - 1].facts.append(String(line.dropFirst(2))) }
        continue
      }
      let word = line.prefix { $0 != " " }
      let rest = String(line.dropFirst(word.count + 1))
      switch word {
      case "file": file = rest
      case "rows": rows = rest
      case "triples": triples = Int(rest) ?? -1
      case "problem": problems.append(rest)
      case "doubt": doubts.append(rest)
      default: things.append((String(line), []))
      }
    }
  }
}

/// Triples as facts are written down: IRIs with prefixes, long texts cut.
enum FactText {
  private static let prefixes = [
    ("https://data.example.se/", ""), ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf:"),
    ("http://www.w3.org/2000/01/rdf-schema#", "rdfs:"), ("http://purl.org/dc/terms/", "dcterms:"), ("http://schema.org/", "schema:"),
    ("http://www.opengis.net/ont/geosparql#", "geo:"), ("http://www.w3.org/ns/locn#", "locn:"),
    ("http://www.w3.org/2003/01/geo/wgs84_pos#", "wgs84:"), ("http://www.w3.org/2001/XMLSchema#", "xsd:"),
    ("https://w3id.org/kommungraf/", "kg:"), ("http://www.w3.org/ns/adms#", "adms:"),
  ]
  private static let longest = 60
  private static let shown = 30

  /// All facts of a graph in N-Triples, sorted, by subject.
  static func facts(of lines: [String]) -> [String: [String]] {
    var result: [String: [String]] = [:]
    for line in lines {
      let parts = line.dropLast(2).split(separator: " ", maxSplits: 2)
      guard parts.count == 3 else { continue }
      result[short(parts[0]), default: []].append(short(parts[1]) + "  " + value(parts[2]))
    }
    return result.mapValues { $0.sorted() }
  }

  private static func value(_ term: Substring) -> String {
    guard term.hasPrefix("\""), let end = term.lastIndex(of: "\"") else { return short(term) }
    let text = term[term.index(after: term.startIndex)..<end]
    let after = term[term.index(after: end)...]
    let type = after.hasPrefix("^^") ? "^^" + short(after.dropFirst(2)) : String(after)
    let count = text.unicodeScalars.count
    if count <= longest { return "\"\(text)\"" + type }
    return "\"\(String(String.UnicodeScalarView(text.unicodeScalars.prefix(shown))))…\"\(type) (\(count))"
  }

  private static func short(_ term: Substring) -> String {
    guard term.hasPrefix("<") else { return String(term) }
    let iri = term.dropFirst().dropLast()
    let known = prefixes.first { iri.hasPrefix($0.0) }
    return known.map { $0.1 + iri.dropFirst($0.0.count) } ?? String(term)
  }
}
