import Bytes
import Foundation
import Problems
import RDF
import TestSupport
import Testing

@testable import Site

/// The manifest of a release, and the walk through two states of a graph.
struct ReleaseTests {
  private static let whole = """
    {"version": 1, "base": "https://data.example.se", "moment": "2026-08-01T00:00:00+02:00", "registers": {"kommun": "https://x.example/{kod}"},
     "files": [{"name": "datasets/a.nq", "kind": "dataset", "graph": "https://data.example.se/dataset/a", "triples": 2, "identifiers": 1,
                "bytes": 9, "sha256": "00", "moment": "2026-07-01T00:00:00+02:00", "later": true}],
     "lost": [{"identifier": "https://data.example.se/id/a", "file": "datasets/a.nq", "moment": "2026-08-01T00:00:00+02:00"}]}
    """

  private func open(_ manifest: String) throws(Failure) -> Release {
    try Release(manifest: Array(manifest.utf8), file: "release/manifest.json")
  }

  @Test("What is written is read, and what a later version adds is passed over") func thereAndBack() throws {
    let release = try open(Self.whole)
    #expect(release.patterns == ["kommun": "https://x.example/{kod}"])
    #expect(release.file(named: "datasets/a.nq")?.triples == 2 && release.lost.count == 1)
    #expect(try open(String(decoding: release.manifest, as: UTF8.self)) == release)
    let empty = Release(base: "https://data.example.se", moment: "2026-08-01T00:00:00+02:00")
    #expect(try open(String(decoding: empty.manifest, as: UTF8.self)) == empty)
  }

  @Test(
    "What is no manifest is refused where it is wrong",
    arguments: [
      ("{", "{", ProblemCode.jsonSyntax), (whole, "[]", .releaseInvalid), ("\"version\": 1", "\"version\": 2", .releaseInvalid),
      ("\"base\"", "\"bas\"", .releaseInvalid), ("datasets/a.nq\", \"kind\"", "../a.nq\", \"kind\"", .releaseInvalid),
      ("datasets/a.nq\", \"kind\"", "/etc/passwd\", \"kind\"", .releaseInvalid), ("\"sha256\": \"00\", ", "", .releaseInvalid),
    ])
  func refused(old: String, new: String, code: ProblemCode) {
    let manifest = code == .jsonSyntax ? new : Self.whole.replacing(old, with: new)
    do throws(Failure) {
      _ = try open(manifest)
      Issue.record("accepted")
    } catch {
      #expect(error.problem.code == code && error.problem.place.file == "release/manifest.json")
    }
  }

  @Test("Each subject is met once, with its lines on either side", arguments: 1...30) func subjects(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let names = ["<http://e/a>", "<http://e/a/b>", "<http://e/aa>", "_:b1", "<http://e/a-b>", "_:b1n0"]
    func lines() -> [String] {
      let all = (0..<Int.random(in: 0..<40, using: &random)).map { _ in
        "\(names.randomElement(using: &random) ?? "") <http://e/p\(Int.random(in: 0..<3, using: &random))> \"\(Int.random(in: 0..<4, using: &random))\" ."
      }
      return Set(all).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
    let (old, new) = (lines(), lines())
    func subject(_ line: String) -> String { String(line.prefix { $0 != " " }) }
    var met: [String: [Int]] = [:]
    func text(_ lines: [String]) -> ByteString { ByteString(lines.map { $0 + "\n" }.joined()) }
    text(old).withView { before in
      text(new).withView { after in
        var merge = SubjectMerge(before, after)
        while let found = merge.next() {
          #expect(met[found.term.text] == nil)
          met[found.term.text] = [found.kept, found.removed, found.added]
          if found.wasThere { #expect(found.oldLine == (old.firstIndex { subject($0) == found.term.text } ?? -1) + 1) }
        }
      }
    }
    for name in names {
      let (before, after) = (Set(old.filter { subject($0) == name }), Set(new.filter { subject($0) == name }))
      let expected = [before.intersection(after).count, before.subtracting(after).count, after.subtracting(before).count]
      #expect(met[name] ?? [0, 0, 0] == expected, "\(name)")
    }
  }

  @Test(
    "A line that is no N-Quads is a subject of its own", arguments: [("x\n", "y\n"), ("\n", ""), ("<a> <b> <c> .\nx", "<a> <b> <c> .\n")])
  func damaged(old: String, new: String) {
    ByteString(old).withView { old in
      ByteString(new).withView { new in
        var (merge, lines) = (SubjectMerge(old, new), LineMerge(old, new))
        var (counted, expected) = (0, 0)
        while let subject = merge.next() { counted += subject.kept + subject.removed + subject.added }
        while lines.next() != nil { expected += 1 }
        #expect(counted == expected)
      }
    }
  }

  @Test(
    "Which IRIs are identifiers",
    arguments: [
      ("https://data.example.se/id/hus/1", "dataset", true), ("https://data.example.se/dataset/a", "catalog", true),
      ("https://data.example.se/catalog", "catalog", true), ("https://data.example.se/id/bygge/a", "catalog", false),
      ("https://data.example.se/distribution/dataset/a/turtle", "catalog", false), ("https://data.example.se/doc/hus/1", "dataset", false),
      ("https://data.example.se/", "dataset", false), ("https://data.example.sex/id/hus/1", "dataset", false),
      ("https://x.example/1880", "register", true), ("https://x.example/1880/geometri", "register", false),
      ("https://x.example/", "register", false), ("https://annan.example/id/1", "dataset", false),
    ])
  func identifiers(iri: String, kind: String, expected: Bool) throws {
    let rules = IdentifierRules(try open(Self.whole))
    let file = Release.File(name: "x.nq", kind: kind)
    #expect(ByteString(iri).withView { rules.isIdentifier($0, in: file) } == expected)
  }

  @Test("The key of an identifier is what its pattern encodes") func keys() throws {
    let rules = IdentifierRules(try open(Self.whole))
    let found = ByteString("https://x.example/%C3%85-1").withView { rules.register(of: $0) }
    #expect(found?.name == "kommun" && found?.key == "Å-1")
    #expect(ByteString("https://data.example.se/id/hus/1").withView { rules.register(of: $0)?.name } == nil)
  }
}
