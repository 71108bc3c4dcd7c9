import Foundation
import TestSupport

/// A conversion of a published file that is not part of the project, by a mapping; the file is read where it stands beside the repository.
struct SampleRun {
  /// The folder of the samples of a specification.
  static func folder(_ specification: String) -> String { ProgramRun.repository + "/../shared/domain/samples/" + specification + "/" }

  /// Whether the samples are there.
  static func isThere(_ specification: String) -> Bool { FileManager.default.fileExists(atPath: folder(specification)) }

  let status: Int32
  /// The triples, as N-Triples with the prefixes of ``short``.
  let triples: Set<String>
  let errors: String
  let published: Int
  let read: Int
  let count: Int
  let problems: [String: Int]
  let withheld: [String: Int]

  private static let prefixes = [
    ("https://data.example.se/id/", ""), ("https://w3id.org/kommungraf/id/", "id:"), ("https://w3id.org/kommungraf/ns/", "kg:"),
    ("http://purl.org/dc/terms/", "dcterms:"), ("http://www.w3.org/2000/01/rdf-schema#", "rdfs:"), ("http://schema.org/", "schema:"),
    ("http://www.w3.org/2003/01/geo/wgs84_pos#", "wgs:"), ("http://www.w3.org/2001/XMLSchema#", "xsd:"),
    ("http://www.w3.org/2004/02/skos/core#", "skos:"), ("http://www.w3.org/2002/07/owl#", "owl:"), ("http://www.w3.org/ns/locn#", "locn:"),
  ]

  /// Converts the file at `path`.
  init(_ path: String, mapping: String, options: [String] = []) throws {
    let folder = try TemporaryFolder()
    let arguments = ["convert", "--mapping", mapping, "--base", "https://data.example.se/", "--format", "ntriples", "--report", "r.json"]
    let run = try ProgramRun(arguments + options + [path], in: folder)
    status = run.status
    errors = run.errors
    triples = Set(run.lines.map(Self.short))
    let report = try JSONSerialization.jsonObject(with: Data(folder.text(of: "r.json").utf8)) as? [String: Any] ?? [:]
    let rows = report["rows"] as? [String: Any] ?? [:]
    read = rows["read"] as? Int ?? -1
    published = rows["published"] as? Int ?? -1
    withheld = rows["withheld"] as? [String: Int] ?? [:]
    problems = report["problemCounts"] as? [String: Int] ?? [:]
    count = report["triples"] as? Int ?? -1
  }

  /// A triple without the angle brackets and beginnings of IRIs.
  private static func short(_ line: String) -> String {
    var line = line.hasSuffix(" .") ? String(line.dropLast(2)) : line
    for (iri, prefix) in prefixes { line = line.replacingOccurrences(of: "<" + iri, with: "<" + prefix) }
    return line.replacingOccurrences(of: "<", with: "").replacingOccurrences(of: ">", with: "")
  }
}
