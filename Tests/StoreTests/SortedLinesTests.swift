import Bytes
import Problems
import RDF
import TestSupport
import Testing

@testable import Store

/// A snapshot as sorted lines of canonical N-Quads.
struct SortedLinesTests {
  private func text(_ quads: [Quad]) throws -> String {
    var text = ""
    try snapshot(quads).writeSortedLines { text += $0.text }
    return text
  }

  private func isSorted(_ text: String) -> Bool {
    let lines = text.split(separator: "\n").map { Array($0.utf8) }
    return zip(lines, lines.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) }
  }

  @Test("An IRI that begins another comes where the bracket puts it")
  func prefixes() throws {
    let subjects = ["a", "a/b", "a/b/c", "a-b", "aa", "a/b~", "b", "a?", "a~/x"]
    let quads = subjects.flatMap { [quad($0, "p", "\"x\""), quad($0, "q/r", $0, "g"), quad($0, "q", "\"y\"@sv")] }
    let written = try text(quads.shuffled())
    #expect(written.split(separator: "\n").count == quads.count)
    #expect(isSorted(written))
    let small = try text([quad("a/b", "p", "o"), quad("a", "p", "o", "g")])
    #expect(
      small == """
        <http://example.org/a/b> <http://example.org/p> <http://example.org/o> .
        <http://example.org/a> <http://example.org/p> <http://example.org/o> <http://example.org/g> .

        """)
  }

  @Test("What may not stand in an IRI is escaped, and the lines are sorted all the same")
  func escapes() throws {
    let written = try text([quad("a{", "p", "o"), quad("a b", "p", "o"), quad("aa", "p", "o"), quad("_:x", "p", "\"\n\"")])
    #expect(written.contains("<http://example.org/a\\u0020b>") && written.contains("\"\\n\""))
    #expect(isSorted(written) && written.split(separator: "\n").count == 4)
  }

  @Test(
    "Literals stand as they came",
    arguments: ["\"01\"^^integer", "\"1.50\"^^decimal", "\"2026-01-01\"^^date", "\"x\"^^<urn:d>", "\"å\"@sv"])
  func literals(_ object: String) throws {
    let written = try text([quad("s", "p", object)])
    #expect(written.contains(object.split(separator: "^").first.map(String.init) ?? object))
  }

  @Test("The same data give the same bytes, however blank nodes are called and in whichever order they come", arguments: 1...20)
  func labels(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let quads = (0..<40).map { _ in
      quad(
        Bool.random(using: &random) ? "_:n\(Int.random(in: 0..<12, using: &random))" : "s\(Int.random(in: 0..<4, using: &random))",
        "p\(Int.random(in: 0..<3, using: &random))",
        Bool.random(using: &random) ? "_:n\(Int.random(in: 0..<12, using: &random))" : "\"\(Int.random(in: 0..<5, using: &random))\"",
        Int.random(in: 0..<3, using: &random) == 0 ? "g" : nil)
    }
    let names = (0..<12).shuffled(using: &random)
    func renamed(_ term: Term) -> Term {
      guard case .blankNode(let label) = term, let number = Int(label.text.dropFirst()) else { return term }
      return .blankNode(.init("z\(names[number])"))
    }
    let others = quads.shuffled(using: &random).map { Quad(renamed($0.subject), $0.predicate, renamed($0.object), graph: $0.graph) }
    let written = try text(quads)
    #expect(written == (try text(others)))
    #expect(isSorted(written))
    #expect(written.split(separator: "\n").count == Set(quads.map { "\($0)" }).count)
  }

  @Test("A change of one blank node leaves the labels of the others as they are, and nodes that say the same stay two")
  func stability() throws {
    let old = [quad("a", "p", "_:x"), quad("_:x", "q", "\"1\""), quad("b", "p", "_:y"), quad("_:y", "q", "_:z"), quad("_:z", "q", "\"2\"")]
    let new = old.dropLast() + [quad("_:z", "q", "\"3\""), quad("a", "p", "_:w"), quad("_:w", "q", "\"1\"")]
    let before = Set(try text(old).split(separator: "\n"))
    let after = Set(try text(Array(new)).split(separator: "\n"))
    #expect(before.subtracting(after).count == 3)
    #expect(after.count == 7)
    #expect(after.filter { $0.hasPrefix("<http://example.org/a>") }.count == 2)
  }

  @Test("A graph that a blank node names") func graphs() throws {
    let one = try text([quad("a", "p", "o", "_:g"), quad("_:x", "p", "a", "_:g")])
    let other = try text([quad("_:h", "p", "a", "_:x"), quad("a", "p", "o", "_:x")])
    #expect(one == other && one.split(separator: "\n").count == 2)
  }

  @Test("Of nothing nothing is written") func empty() throws { #expect(try text([]) == "") }
}
