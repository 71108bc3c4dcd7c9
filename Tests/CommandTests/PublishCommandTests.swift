import Foundation
import TestSupport
import Testing

/// `kommungraf publish` (contract §1).
struct PublishCommandTests {
  private static let base = "https://data.example.se/id/forskola/"

  @Test func aReleaseIsSortedQuadsLedgersAndAManifest() throws {
    let site = try PublishedSite()
    try site.run("mint", "--register", "forskola", "--key", "1880-1")
    try site.table("1880-1;Björken;48;;", "1880-2;Lärkan;36;;")
    let run = try site.publish()
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.isEmpty)
    #expect(run.errorLines.last?.hasSuffix(" identifiers published in release") ?? false, "\(run.errors)")
    let files = try site.files()
    let manifest = try site.manifest()
    #expect(manifest["version"] as? Int == 1 && manifest["base"] as? String == "https://data.example.se")
    #expect(manifest["moment"] as? String == "2026-08-01T00:00:00+02:00")
    let listed = try #require(manifest["files"] as? [[String: Any]])
    #expect(Set(listed.compactMap { $0["name"] as? String } + ["manifest.json"]) == Set(files.keys))
    for name in ["datasets/hus.nq", "registers/forskola.nq", "registers/kommun.nq", "catalog.nq", "ledgers/forskola.ledger"] {
      #expect(files[name] != nil, "\(name)")
    }
    let dataset = try #require(listed.first { $0["name"] as? String == "datasets/hus.nq" })
    #expect(dataset["graph"] as? String == "https://data.example.se/dataset/hus")
    #expect(dataset["triples"] as? Int == 10 && dataset["identifiers"] as? Int == 4)
    #expect((dataset["sha256"] as? String)?.count == 64)
    for (name, bytes) in files where name.hasSuffix(".nq") {
      let lines = bytes.split(separator: UInt8(ascii: "\n"))
      #expect(zip(lines, lines.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) }, "\(name)")
    }
  }

  @Test func theSameInputGivesTheSameRelease() throws {
    let site = try PublishedSite()
    try site.table("1880-1;Björken;48;;")
    try site.publish()
    let first = try site.files()
    let again = try site.publish(asOf: "2026-09-01")
    #expect(again.status == 0)
    #expect(again.errors.contains("nothing has changed since 2026-08-01T00:00:00+02:00; release is as it was"), "\(again.errors)")
    #expect(try site.files() == first)
    // A graph that changes leaves the moments of all others as they were.
    try site.table("1880-1;Björken;50;;")
    #expect(try site.publish(asOf: "2026-09-01").status == 0)
    let changed = try site.files().filter { first[$0.key] != $0.value }.keys.sorted()
    #expect(changed == ["catalog.nq", "datasets/hus.nq", "manifest.json"])
    let moments = (try site.manifest()["files"] as? [[String: Any]] ?? []).reduce(into: [:]) {
      $0[$1["name"] as? String ?? ""] = $1["moment"] as? String
    }
    #expect(moments["datasets/hus.nq"] == "2026-09-01T00:00:00+02:00" && moments["registers/kommun.nq"] == "2026-08-01T00:00:00+02:00")
  }

  struct Loss: CustomTestStringConvertible {
    let name: String
    /// The rows before and after.
    let before: [String]
    let after: [String]
    /// What is done in between: arguments of `mint`.
    var events: [[String]] = []
    /// The keys that are told of.
    let told: [String]
    var testDescription: String { name }
  }

  private static let day = ["--reason", "x", "--date", "2026-08-01"]
  private static let two = ["1880-1;Björken;48;;", "1880-2;Lärkan;36;;"]

  static let losses = [
    Loss(name: "a row is gone", before: two, after: [two[0]], told: ["1880-2"]),
    Loss(name: "all rows but one are gone", before: two + ["1880-3;Trasten;2;;"], after: [two[0]], told: ["1880-2", "1880-3"]),
    Loss(name: "a row has changed", before: two, after: [two[0], "1880-2;Lärkans;30;;"], told: []),
    Loss(name: "a row has come", before: [two[0]], after: two, told: []),
    Loss(
      name: "retired", before: two, after: [two[0]], events: [["retire", "--key", "1880-2"] + day], told: []),
    Loss(
      name: "replaced", before: two, after: [two[0]], events: [["replace", "--key", "1880-2", "--into", "1880-1"] + day], told: []),
    Loss(
      name: "merged", before: two, after: [two[0]], events: [["merge", "--key", "1880-2", "--into", "1880-1"] + day], told: []),
    Loss(
      name: "split and living on is no ending", before: two, after: [two[0]],
      events: [["split", "--key", "1880-2", "--into", "1880-2", "--into", "1880-1"] + day], told: ["1880-2"]),
    Loss(name: "the data say so", before: two, after: [two[0], "1880-2;;;1880-1;"], told: []),
    Loss(name: "withheld by a rule", before: two, after: [two[0], "1880-2;Lärkan;36;;ja"], told: ["1880-2"]),
  ]

  @Test(arguments: losses) func anIdentifierDoesNotVanish(_ loss: Loss) throws {
    let site = try PublishedSite()
    for key in ["1880-1", "1880-2"] { try site.run("mint", "--register", "forskola", "--key", key) }
    try site.folder.write("hus.csv", "nyckel;namn;platser;ersatt;skyddad\n" + loss.before.joined(separator: "\n") + "\n")
    #expect(try site.publish().status == 0)
    let before = try site.files()
    for event in loss.events {
      #expect(try ProgramRun(["mint"] + event + ["--register", "forskola"], in: site.folder).status == 0)
    }
    try site.folder.write("hus.csv", "nyckel;namn;platser;ersatt;skyddad\n" + loss.after.joined(separator: "\n") + "\n")
    let run = try site.publish()
    #expect(run.status == (loss.told.isEmpty ? 0 : 1), "\(run.errors)")
    let told = run.errorLines.filter { $0.contains("[identifier-vanished]") }
    #expect(told.count == loss.told.count, "\(run.errors)")
    for (line, key) in zip(told, loss.told) {
      #expect(line.hasPrefix("release/datasets/hus.nq:") && line.contains("«\(Self.base)\(key)» was published on 2026-08-01"), "\(line)")
      #expect(line.contains("kommungraf mint retire --register forskola --key \(key) --reason \"…\" --date 2026-08-01»"), "\(line)")
      #expect(line.contains("by a rule") == loss.name.contains("withheld"))
    }
    if loss.told.isEmpty { return }
    #expect(run.errors.contains("kommungraf: nothing was published; release is as it was"))
    #expect(try site.files() == before)
    #expect(try site.folder.names.filter { $0.hasPrefix("release") } == ["release"])
    let allowed = try site.publish("--allow-loss")
    #expect(allowed.status == 0, "\(allowed.errors)")
    #expect(allowed.errors.contains(": warning: «\(Self.base)\(loss.told[0])»"))
    let lost = try site.manifest()["lost"] as? [[String: Any]]
    #expect(lost?.compactMap { $0["identifier"] as? String } == loss.told.map { Self.base + $0 })
    // What was given up is told of no more, and kept in mind until it comes back.
    #expect(try site.publish(asOf: "2026-08-02").status == 0)
    #expect((try site.manifest()["lost"] as? [Any])?.count == loss.told.count)
    try site.folder.write("hus.csv", "nyckel;namn;platser;ersatt;skyddad\n" + loss.before.joined(separator: "\n") + "\n")
    #expect(try site.publish(asOf: "2026-08-03").status == 0)
    #expect((try site.manifest()["lost"] as? [Any])?.isEmpty ?? false)
  }

  /// What is offered can be run, and mends it.
  @Test func theCommandThatIsOfferedMendsIt() throws {
    let site = try PublishedSite()
    // The key was never minted: that is made good first.
    try site.run("mint", "--register", "forskola", "--key", "1880-9")
    try site.table("1880-1;Björken;48;;", "1880-2;Lärkan;36;;")
    try site.publish()
    try site.table("1880-1;Björken;48;;")
    let line = try #require(try site.publish().errorLines.first { $0.contains("[identifier-vanished]") })
    let command = try #require(line.firstMatch(of: /If the thing is no more: «([^»]*)»/)).output.1
    #expect(command.hasPrefix("kommungraf mint --register forskola --key 1880-2 && kommungraf mint retire "))
    for part in String(command).components(separatedBy: " && ") {
      let words = part.replacing("\"…\"", with: "Nedlagd").split(separator: " ").dropFirst().map(String.init)
      #expect(try ProgramRun(words, in: site.folder).status == 0)
    }
    #expect(try site.publish().status == 0)
  }

  @Test func withoutARegisterTheDataHaveToSayIt() throws {
    let site = try PublishedSite(pattern: "id/hus/{nyckel}")
    try site.table("1;A;1;;", "2;B;2;;")
    try site.publish()
    try site.table("1;A;1;;")
    let run = try site.publish()
    #expect(run.status == 1)
    let told = run.errorLines.filter { $0.contains("[identifier-vanished]") }
    #expect(told.count == 1 && told[0].contains("dcterms:isReplacedBy") && !told[0].contains("mint"), "\(run.errors)")
  }

  @Test func aDatasetThatIsTakenOutTakesItsIdentifiersAlong() throws {
    let site = try PublishedSite(pattern: "id/hus/{nyckel}")
    try site.table("1;A;1;;", "2;B;2;;")
    try site.publish()
    try site.folder.writeSite(datasets: [])
    let run = try site.publish()
    #expect(run.status == 1)
    for iri in ["id/hus/1", "id/hus/2", "dataset/hus"] { #expect(run.errors.contains("«https://data.example.se/\(iri)»"), "\(run.errors)") }
  }

  @Test func anotherBaseIsTheLossOfAll() throws {
    let site = try PublishedSite(pattern: "id/hus/{nyckel}")
    try site.table("1;A;1;;")
    try site.publish()
    let file = try site.folder.text(of: "site.yaml")
    try site.folder.write("site.yaml", file.replacing("https://data.example.se", with: "https://oppnadata.example.se"))
    let run = try site.publish()
    #expect(run.status == 1)
    #expect(run.errors.contains("«https://data.example.se/id/hus/1» was published"), "\(run.errors)")
  }

  @Test func aGraphThatCantBeBuiltLetsNothingThrough() throws {
    let site = try PublishedSite()
    try site.table("1880-1;Björken;48;;")
    try site.publish()
    let before = try site.files()
    try site.folder.writeSite(datasets: ["{name: hus, mapping: hus, source: borta.csv}"])
    let run = try site.publish()
    #expect(run.status == 1)
    #expect(run.errors.contains("[dataset-failed]") && run.errors.contains("nothing was published"), "\(run.errors)")
    #expect(try site.files() == before)
  }

  @Test func aCellThatIsWrongIsLeftOutAndTheRestPublished() throws {
    let site = try PublishedSite()
    try site.table("1880-1;Björken;många;;")
    let run = try site.publish()
    #expect(run.status == 1)
    #expect(run.errors.contains("[cell-datatype]") && run.errors.contains("published in release"), "\(run.errors)")
  }

  /// A ledger may only grow.
  @Test(arguments: ["shorter", "other", "gone"]) func aLedgerThatWasRewrittenIsRefused(_ how: String) throws {
    let site = try PublishedSite()
    try site.table("1880-1;Björken;48;;")
    let ledger = site.folder.file("registers/forskola.ledger")
    for key in ["1880-1", "1880-2", "1880-3"] { try site.run("mint", "--register", "forskola", "--key", key) }
    let lines = try String(contentsOfFile: ledger, encoding: .utf8).split(separator: "\n").map { $0 + "\n" }
    try site.publish()
    let before = try site.files()
    try FileManager.default.removeItem(atPath: ledger)
    if how == "shorter" { try lines[0...2].joined().write(toFile: ledger, atomically: true, encoding: .utf8) }
    if how == "other" {
      // A chain that holds, with another history.
      try lines[0...1].joined().write(toFile: ledger, atomically: true, encoding: .utf8)
      try site.run("mint", "--register", "forskola", "--key", "1880-7")
      try site.run("mint", "--register", "forskola", "--key", "1880-8")
    }
    let run = try site.publish("--allow-loss")
    #expect(run.status == 1, "\(run.errors)")
    let place =
      ["shorter": "registers/forskola.ledger:4", "other": "registers/forskola.ledger:3", "gone": "release/ledgers/forskola.ledger:1"][how]
      ?? ""
    #expect(run.errorLines.contains { $0.contains(place + ": error: ") && $0.contains("[ledger-rewritten]") }, "\(run.errors)")
    #expect(try site.files() == before)
  }

  @Test(arguments: ["eget.txt", "datasets/eget.txt", ".git/config"]) func whatIsNotOfTheReleaseIsNotTakenAway(_ name: String) throws {
    let site = try PublishedSite()
    try site.table("1880-1;Björken;48;;")
    try site.publish()
    try site.folder.write("release/" + name, "x")
    try site.table("1880-1;Björken;50;;")
    let run = try site.publish()
    #expect(run.status == 74)
    #expect(
      run.errors.contains("release/\(name.hasPrefix(".git") ? ".git" : name): error: ") && run.errors.contains("[release-foreign]"),
      "\(run.errors)")
    #expect(try site.folder.text(of: "release/" + name) == "x")
  }

  @Test func aFolderOfSomethingElseIsNotReplaced() throws {
    let site = try PublishedSite()
    try site.table("1880-1;Björken;48;;")
    try site.folder.write("release/bild.png", "x")
    #expect(try site.publish().status == 74)
    #expect(try site.folder.text(of: "release/bild.png") == "x")
  }

  @Test func aReleaseThatWasChangedByHandIsTold() throws {
    let site = try PublishedSite()
    try site.table("1880-1;Björken;48;;")
    try site.publish()
    try site.folder.write("release/datasets/hus.nq", "")
    try site.table("1880-2;Lärkan;36;;")
    let run = try site.publish()
    #expect(run.status == 65)
    #expect(run.errors.contains("release/datasets/hus.nq: error: ") && run.errors.contains("[release-invalid]"), "\(run.errors)")
  }

  @Test func whatAKilledRunLeftIsTakenAway() throws {
    let site = try PublishedSite()
    try site.table("1880-1;Björken;48;;")
    try site.folder.write("release.4711.part/datasets/hus.nq", "half")
    #expect(try site.publish().status == 0)
    #expect(try site.folder.names.filter { $0.hasPrefix("release") } == ["release"])
  }

  @Test func theDemoSiteIsPublishedTwice() throws {
    let folder = try TemporaryFolder()
    let target = folder.file("release")
    for expected in [" published in \(target)", "\(target) is as it was"] {
      let run = try ProgramRun(["publish", ProgramRun.repository + "/mappings", "-o", target, "--lang", "en"], in: folder)
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.errorLines.last?.hasSuffix(expected) ?? false, "\(run.errors)")
    }
  }
}
