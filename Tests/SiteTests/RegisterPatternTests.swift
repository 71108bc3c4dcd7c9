import Foundation
import Problems
import Resources
import Site
import TestSupport
import Testing

/// What the patterns of a site's registers may be, judged before anything is published (design, "IRIs"; DIGG's rules BI-1 to BI-7).
struct RegisterPatternTests {
  /// What is told of a site with registers of its own (`name pattern`) and these lines under `registers:`; a failure comes last.
  private func told(own: [String] = [], moved: [String] = []) throws -> [Problem] {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder.path + "/registers", withIntermediateDirectories: true)
    for register in own {
      let parts = register.split(separator: " ")
      try folder.write("registers/\(parts[0]).csv", "k,namn\n")
      try folder.write(
        "registers/\(parts[0]).csv-metadata.json",
        """
        {"@context": "http://www.w3.org/ns/csvw", "url": "\(parts[0]).csv", "tableSchema": {"aboutUrl": "\(parts[1])", "columns": [
          {"name": "k", "titles": "k"}, {"name": "namn", "titles": "namn", "propertyUrl": "rdfs:label"}]}}
        """)
    }
    let lines = moved.map { "\n  \($0)" }.joined()
    try folder.write("site.yaml", SiteFileTests.smallest + (moved.isEmpty ? "" : "\nregisters:" + lines) + "\n")
    let problems = ProblemList()
    let site = try SiteFile(path: folder.file("site.yaml"), resources: FileSource(), problems: problems)
    do throws(Failure) {
      try site.checkRegisters(in: Library(roots: [ProgramRun.repository]), FileSource(), problems: problems)
    } catch {
      return problems.problems + [error.problem]
    }
    return problems.problems
  }

  @Test(arguments: [
    ([], []), (["sak id/sak/{k}", "sak2 id/sak2/{k}"], []), ([], ["kommun: https://kommunkoder.scb.se/{kod}"]),
    (["sak id/sak/{k}"], ["sak: https://ny.example.se/{k}", "lan: https://ny.example.se/lan/{kod}"]),
    // Moved below the site's own base.
    ([], ["kommun: https://data.example.se/id/kommun/{kod}"]),
  ])
  func patternsThatKeepTheRulesAreTaken(own: [String], moved: [String]) throws {
    #expect(try told(own: own, moved: moved).map { $0.line(in: .en) } == [])
  }

  @Test(arguments: [
    (["sak id/sak/{k}", "arende id/sak/{k}"], [], "arende", nil), (["sak id/sak/{k}", "x id/sak/x-{k}"], [], "sak", nil),
    ([], ["kommun: https://koder.example.se/{kod}", "lan: https://koder.example.se/{lankod}"], "kommun", 6),
    (["sak id/sak/{k}"], ["sak: https://w3id.org/kommungraf/id/kommun/{k}"], "kommun", 5),
    // The addresses of the site that lead to where a register has moved are taken too.
    (["sak id/kommun/{k}"], ["kommun: https://kommunkoder.scb.se/{kod}"], "kommun", 5),
  ])
  func patternsThatCollideAreRefused(own: [String], moved: [String], other: String, line: Int?) throws {
    let problem = try #require(try told(own: own, moved: moved).last)
    #expect(problem.code == .registersCollide)
    #expect(problem.arguments["other"] == .text(other))
    #expect(problem.place.line == line)
    #expect(problem.place.file?.hasSuffix(line == nil ? ".csv-metadata.json" : "site.yaml") == true)
  }

  @Test(arguments: [
    ("BI-2", "http://localhost/{kod}", "no domain name"), ("BI-3", "https://agare.example:8080/{kod}", "port"),
    ("BI-3", "https://agare.example:8080/{kod}?x", "port"), ("BI-7", "https://agare.example/sak/{kod}.ttl", "file's name"),
    ("BI-6", "https://agare.example/v2/{kod}", "«v2» is a version"), ("BI-4", "https://data.example.se/id/lan/{kod}?x", "query"),
  ])
  func aMovedPatternThatBreaksARuleIsRefused(rule: String, pattern: String, reason: String) throws {
    let problem = try #require(try told(moved: ["lan: \"\(pattern)\""]).last)
    #expect(problem.code == .patternInvalid, "\(rule)")
    #expect(problem.line(in: .en).contains(reason), "\(problem.line(in: .en))")
    #expect(problem.place.line == 5)
  }

  /// BI-4 and BI-5 say what should be, and the pattern is its owner's.
  @Test(arguments: [("BI-4", "https://agare.example/sak?kod={kod}", "query"), ("BI-5", "https://agare.example/lan#{kod}", "fragment")])
  func whatAnOwnerShouldNotDoIsAWarning(rule: String, pattern: String, reason: String) throws {
    let problems = try told(moved: ["lan: \"\(pattern)\""])
    #expect(problems.map(\.code) == [.patternUnadvised], "\(rule)")
    #expect(problems.first?.severity == .warning)
    #expect(problems.first?.line(in: .en).contains(reason) == true)
  }

  @Test(arguments: ["id/sak/{k}.ttl", "id/sak?k={k}", "ting/sak/{k}", "{k}", "doc/{k}", "id/sak/%2e%2e/{k}"])
  func aPatternOfTheSitesOwnThatBreaksARuleIsRefusedAtItsFile(pattern: String) throws {
    let problem = try #require(try told(own: ["sak \(pattern)"]).last)
    #expect(problem.code == .patternInvalid)
    #expect(problem.place.file?.hasSuffix("registers/sak.csv-metadata.json") == true)
  }
}
