import Foundation
import TestSupport

/// A site of one table whose rows are things with identifiers of the site's own or of a register that keeps a ledger.
struct PublishedSite {
  let folder: TemporaryFolder

  /// - Parameter pattern: how identifiers are made of the column «nyckel».
  init(pattern: String = "id/forskola/{nyckel}") throws {
    folder = try TemporaryFolder()
    try folder.writeSite(datasets: ["{name: hus, mapping: hus, source: hus.csv}"])
    try folder.write("mappings/hus/specification.yaml", "title: Hus\nvariants: [{file: csv.json, for: csv}]\n")
    try folder.write(
      "mappings/hus/csv.json",
      """
      {"@context": ["http://www.w3.org/ns/csvw", {"@language": "sv"}], "url": "hus.csv", "https://w3id.org/kommungraf/ns/csvw/columnMatching": "title",
       "https://w3id.org/kommungraf/ns/csvw/withhold": ["skyddad = ja"],
       "tableSchema": {"aboutUrl": "\(pattern)", "columns": [
         {"name": "nyckel", "titles": "nyckel", "required": true, "propertyUrl": "dcterms:identifier"},
         {"name": "namn", "titles": "namn", "propertyUrl": "rdfs:label", "lang": "sv"},
         {"name": "platser", "titles": "platser", "datatype": "integer", "propertyUrl": "ns/platser"},
         {"name": "ersatt", "titles": "ersatt", "propertyUrl": "dcterms:isReplacedBy", "valueUrl": "\(pattern.replacing("{nyckel}", with: "{ersatt}"))"},
         {"name": "skyddad", "titles": "skyddad", "suppressOutput": true},
         {"name": "plats", "virtual": true, "propertyUrl": "http://www.opengis.net/ont/geosparql#hasGeometry", "valueUrl": "\(pattern)/geometri"},
         {"name": "form", "virtual": true, "aboutUrl": "\(pattern)/geometri", "propertyUrl": "rdf:type", "valueUrl": "http://www.opengis.net/ont/geosparql#Geometry"}]}}
      """)
    try folder.write("registers/forskola.csv", "nyckel,namn\n")
    try folder.write(
      "registers/forskola.csv-metadata.json",
      """
      {"@context": "http://www.w3.org/ns/csvw", "url": "forskola.csv",
       "https://w3id.org/kommungraf/ns/csvw/newKey": "sequence; prefix: 1880-",
       "tableSchema": {"aboutUrl": "id/forskola/{nyckel}", "columns": [
         {"name": "nyckel", "propertyUrl": "dcterms:identifier"},
         {"name": "namn", "titles": ["namn", "Förskola"], "propertyUrl": "rdfs:label", "lang": "sv"}]}}
      """)
  }

  /// Writes the table, a row for each text: `nyckel;namn;platser;ersatt;skyddad`.
  func table(_ rows: String...) throws {
    try folder.write("hus.csv", (["nyckel;namn;platser;ersatt;skyddad"] + rows).map { $0 + "\n" }.joined())
  }

  /// Runs a command in the site's folder, in English.
  @discardableResult func run(_ arguments: String...) throws -> ProgramRun { try ProgramRun(arguments + ["--lang", "en"], in: folder) }

  /// Publishes into `release`, as of a day.
  @discardableResult func publish(_ more: String..., asOf day: String = "2026-08-01") throws -> ProgramRun {
    try ProgramRun(["publish", "-o", "release", "--as-of", day, "--lang", "en"] + more, in: folder)
  }

  /// The manifest of the release.
  func manifest() throws -> [String: Any] {
    try JSONSerialization.jsonObject(with: Data(try folder.bytes(of: "release/manifest.json"))) as? [String: Any] ?? [:]
  }

  /// The bytes of all files of the release, by name.
  func files() throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for case let name as String in FileManager.default.enumerator(atPath: folder.file("release")) ?? .init() {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: folder.file("release/" + name), isDirectory: &isFolder), !isFolder.boolValue else {
        continue
      }
      files[name] = try folder.bytes(of: "release/" + name)
    }
    return files
  }
}
