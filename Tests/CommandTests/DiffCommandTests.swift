import Foundation
import TestSupport
import Testing

/// `kommungraf diff` (contract §1).
struct DiffCommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("one.ttl", "@prefix : <http://example.org/> .\n:a :p 1, 2 ; :q [ :r \"x\" ] .\n:b :p 1 .\n")
    try folder.write("two.ttl", "@prefix e: <http://example.org/> .\ne:c e:p 1 .\n_:other e:r \"x\" .\ne:a e:q _:other ; e:p 3, 1 .\n")
    try folder.write(
      "one.nt",
      """
      <http://example.org/b> <http://example.org/p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .
      _:z <http://example.org/r> "x" .
      <http://example.org/a> <http://example.org/p> "2"^^<http://www.w3.org/2001/XMLSchema#integer> .
      <http://example.org/a> <http://example.org/q> _:z .
      <http://example.org/a> <http://example.org/p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .

      """)
  }

  private func diff(_ arguments: String...) throws -> ProgramRun { try ProgramRun(["diff", "--lang", "en"] + arguments, in: folder) }

  private static let integer = "^^<http://www.w3.org/2001/XMLSchema#integer> ."
  private static let expected = """
    - <http://example.org/a> <http://example.org/p> "2"\(integer)
    + <http://example.org/a> <http://example.org/p> "3"\(integer)
    - <http://example.org/b> <http://example.org/p> "1"\(integer)
    + <http://example.org/c> <http://example.org/p> "1"\(integer)

    """

  @Test func linesOfTwoFilesInAnyFormat() throws {
    let run = try diff("one.ttl", "two.ttl")
    #expect(run.status == 1)
    #expect(run.text == Self.expected)
    #expect(run.errors == "kommungraf: lines: 2 added, 2 removed; identifiers: 1 new, 1 gone, 1 changed\n")
    #expect(try diff("one.nt", "two.ttl").text == Self.expected)
  }

  @Test func whatSaysTheSameIsTheSame() throws {
    let run = try diff("one.ttl", "one.nt")
    #expect(run.status == 0)
    #expect(run.output.isEmpty)
    #expect(run.errors == "kommungraf: no difference\n")
  }

  @Test func snapshots() throws {
    for name in ["one", "two"] { _ = try ProgramRun(["query", "--data", name + ".ttl", "--save-snapshot", name + ".kgs"], in: folder) }
    #expect(try diff("one.kgs", "two.kgs").text == Self.expected)
    #expect(try diff("one.kgs", "one.nt").status == 0)
  }

  @Test func json() throws {
    let run = try diff("one.ttl", "two.ttl", "--report-format", "json")
    #expect(run.status == 1)
    let root = try #require(try JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any])
    #expect(root["same"] as? Bool == false && root["added"] as? Int == 2 && root["removed"] as? Int == 2)
    let part = try #require((root["parts"] as? [[String: Any]])?.first)
    #expect(part["lines"] as? [String] == Self.expected.split(separator: "\n").map(String.init))
    let identifiers = try #require(part["identifiers"] as? [String: [String: Any]])
    #expect(identifiers["added"]?["first"] as? [String] == ["http://example.org/c"])
    #expect(identifiers["removed"]?["count"] as? Int == 1 && identifiers["changed"]?["count"] as? Int == 1)
    let same = try diff("one.ttl", "one.nt", "--report-format", "json")
    #expect(same.status == 0)
    #expect((try JSONSerialization.jsonObject(with: Data(same.output)) as? [String: Any])?["same"] as? Bool == true)
  }

  @Test(arguments: [("sv", "tillagd"), ("en", "added")]) func aPageToMail(_ language: String, _ word: String) throws {
    try folder.write("evil.nt", "<http://example.org/a> <http://example.org/p> \"<script>alert(1)</script>\" .\n")
    let run = try ProgramRun(["diff", "--lang", language, "-o", "d.html", "one.ttl", "evil.nt"], in: folder)
    #expect(run.status == 1)
    let page = try folder.text(of: "d.html")
    #expect(page.hasPrefix("<!DOCTYPE html>") && page.contains("<html lang=\"\(language)\">") && page.contains(">\(word)<"))
    #expect(!page.contains("<script") && page.contains("&lt;script&gt;"))
  }

  @Test(arguments: [
    (["none.ttl", "two.ttl"], 66), (["one.ttl", "bad.ttl"], 65), (["empty", "empty"], 65), (["one.ttl"], 64),
    (["-o", "none/x", "one.ttl", "two.ttl"], 74),
  ])
  func failures(_ arguments: [String], _ status: Int) throws {
    try folder.write("bad.ttl", "<http://example.org/a> <http://example.org/p> .\n")
    try FileManager.default.createDirectory(atPath: folder.file("empty"), withIntermediateDirectories: true)
    let run = try ProgramRun(["diff"] + arguments, in: folder)
    #expect(Int(run.status) == status, "\(run.errors)")
    #expect(run.output.isEmpty)
  }

  @Test func releasesAreComparedFileByFile() throws {
    let site = try PublishedSite()
    try site.table("1880-1;Björken;48;;", "1880-2;Lärkan;36;;")
    try site.run("mint", "--register", "forskola", "--key", "1880-2")
    try site.publish()
    try FileManager.default.copyItem(atPath: site.folder.file("release"), toPath: site.folder.file("before"))
    try site.run("mint", "retire", "--register", "forskola", "--key", "1880-2", "--reason", "Nedlagd", "--date", "2026-08-01")
    try site.table("1880-1;Björken;50;;", "1880-3;Myran;36;;")
    // As of the same day: the moments don't differ.
    try site.publish()
    let run = try site.run("diff", "before", "release")
    #expect(run.status == 1)
    let headings = run.lines.filter { $0.hasPrefix("#") }
    let dataset = "https://data.example.se/id/forskola/1880-"
    for line in [
      "# datasets/hus.nq <https://data.example.se/dataset/hus>", "#   added <\(dataset)3>", "#   removed <\(dataset)2>",
      "#   changed <\(dataset)1>",
      "# registers/forskola.nq <https://data.example.se/register/forskola>", "# ledgers/forskola.ledger", "# lines: 1 added, 0 removed",
    ] {
      #expect(headings.contains(line), "\(line) in \(run.text)")
    }
    #expect(run.lines.contains { $0.hasPrefix("+ ") && $0.contains("\tretired\t1880-2\t") })
    #expect(!run.text.contains("manifest"))
    #expect(try site.run("diff", "release", "release").status == 0)
    // A release is a dataset too.
    #expect(
      try site.run("diff", "before/datasets/hus.nq", "release/datasets/hus.nq").lines.count
        == run.lines.count { $0.contains("/dataset/hus> .") && !$0.hasPrefix("#") })
    try site.folder.write("release/datasets/hus.nq", "")
    #expect(try site.run("diff", "before", "release").status == 65)
  }
}
