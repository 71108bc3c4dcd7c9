import Foundation
import Problems
import Resources
import Site
import TestSupport
import Testing

/// The queries that come with the mappings (contract §3), over the demo site.
struct QueryFileTests {
  static let files: [String] = {
    let found = FileManager.default.enumerator(atPath: ProgramRun.repository + "/mappings")?.compactMap { $0 as? String } ?? []
    return found.filter { $0.hasSuffix(".rq") }.sorted()
  }()

  /// The demo site, built once for all queries.
  static let demo: Result<LiveSite, any Error> = Result {
    let problems = ProblemList()
    let file = try SiteFile(path: ProgramRun.repository + "/mappings/site.yaml", resources: FileSource(), problems: problems)
    let site = LiveSite(file, library: Library(roots: [ProgramRun.repository]), resources: FileSource(), problems: problems)
    _ = try site.build()
    return site
  }

  private static func text(of file: String) throws -> String {
    try String(contentsOfFile: ProgramRun.repository + "/mappings/" + file, encoding: .utf8)
  }

  @Test func everyMappingHasQueries() {
    for mapping in Library(roots: [ProgramRun.repository]).mappingNames {
      #expect(Self.files.contains { $0.hasPrefix(mapping + "/queries/") }, "\(mapping)")
    }
  }

  @Test(arguments: files) func givesAsManyRowsAsItSays(_ file: String) throws {
    let text = try Self.text(of: file)
    let head = text.split(separator: "\n").prefix(3).map(String.init)
    try #require(head.count == 3 && head[0].hasPrefix("# sv: ") && head[1].hasPrefix("# en: ") && head[2].hasPrefix("# rows: "))
    let rows = try Self.demo.get().rows(text).count
    let expected = head[2].dropFirst("# rows: ".count)
    if expected.hasPrefix(">= ") {
      #expect(rows >= (try #require(Int(expected.dropFirst(3)))))
    } else {
      #expect(rows == (try #require(Int(expected))))
    }
  }

  /// One query joins the catalog with the data that it describes.
  @Test func theLedgerInVastmanlandIsFoundWithItsPublisherAndLicence() throws {
    let rows = try Self.demo.get().rows(try Self.text(of: "leverantorsreskontra/queries/datamangder-med-betalningar.rq"))
    #expect(
      rows == [
        "https://data.example.se/dataset/leverantorsreskontra-2120009911-2025,\"Leverantörsreskontra, Påhittköping\",Exempelstads kommun,"
          + "http://creativecommons.org/publicdomain/zero/1.0/,Västerås,21"
      ])
  }
}
