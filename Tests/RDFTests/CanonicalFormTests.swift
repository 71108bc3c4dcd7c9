import Bytes
import Problems
import RDF
import TestSupport
import Testing

@Suite struct CanonicalFormTests {
  private func canonical(_ quads: [Quad]) throws -> String { try CanonicalForm(of: QuadCollector(quads)).text.view.text }

  @Test func linesAreSortedEscapedAndUnique() throws {
    let text = try canonical([
      quad("b", "p", "\"a\tb\u{1}\u{7F}\\\u{FFFF}å\"@sv"), quad("a", "p", "\"1\"^^integer", "g"), quad("b", "p", "\"x\""),
      quad("b", "p", "\"x\""),
    ])
    #expect(
      text == """
        <http://example.org/a> <http://example.org/p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> <http://example.org/g> .
        <http://example.org/b> <http://example.org/p> "a\\tb\\u0001\\u007F\\\\\\uFFFFå"@sv .
        <http://example.org/b> <http://example.org/p> "x" .

        """)
  }

  /// The example of RDFC-1.0 §A: two nodes told apart by their own quads.
  @Test func labelsDoNotDependOnTheInput() throws {
    let one = [quad("p", "q", "_:e0"), quad("p", "r", "_:e1"), quad("_:e0", "s", "u"), quad("_:e1", "t", "u")]
    let other = [quad("_:x", "t", "u"), quad("_:e1", "s", "u"), quad("p", "r", "_:x"), quad("p", "q", "_:e1")]
    #expect(try canonical(one) == canonical(other))
    #expect(try canonical(one).contains("_:c14n1"))
  }

  @Test func ringsOfDifferentLengthDiffer() throws {
    func ring(_ lengths: [Int]) -> [Quad] {
      lengths.enumerated().flatMap { ring, length in
        (0..<length).map { quad("_:n\(ring)x\($0)", "p", "_:n\(ring)x\(($0 + 1) % length)") }
      }
    }
    #expect(try !isomorphic(QuadCollector(ring([6])), QuadCollector(ring([3, 3]))))
    #expect(try isomorphic(QuadCollector(ring([2, 4])), QuadCollector(ring([4, 2]).reversed())))
    #expect(try difference(QuadCollector(ring([2])), QuadCollector(ring([2]))) == "")
  }

  @Test func relabelledGraphsAreIsomorphic() throws {
    var state: UInt64 = 7
    func random(_ limit: Int) -> Int {
      state = mixed(state &+ 0x9E37_79B9_7F4A_7C15)
      return Int(state % UInt64(limit))
    }
    for _ in 0..<50 {
      let edges = (0..<12).map { _ in (random(6), random(3), random(6)) }
      let order = (0..<6).map { ($0 * 5 + 1) % 6 }
      let one = edges.map { quad("_:a\($0.0)", "p\($0.1)", "_:a\($0.2)") }
      let other = edges.reversed().map { quad("_:z\(order[$0.0])", "p\($0.1)", "_:z\(order[$0.2])") }
      #expect(try isomorphic(QuadCollector(one), QuadCollector(other)))
    }
  }

  @Test func theDifferenceNamesLinesOfEitherSide() throws {
    let text = try difference(QuadCollector([quad("a", "p", "b")]), QuadCollector([quad("a", "p", "c")]))
    #expect(
      text
        == "- <http://example.org/a> <http://example.org/p> <http://example.org/b> .\n+ <http://example.org/a> <http://example.org/p> <http://example.org/c> ."
    )
  }

  @Test func graphMadeToTakeForeverIsRefused() throws {
    let nodes = 0..<10
    let clique = nodes.flatMap { left in nodes.filter { $0 != left }.map { quad("_:n\(left)", "p", "_:n\($0)") } }
    let collector = try QuadCollector(clique)
    do throws(Failure) {
      _ = try CanonicalForm(of: collector)
      Issue.record("a clique of ten was canonicalized")
    } catch {
      #expect(error.problem.code == .limitExceeded)
    }
  }

  @Test func listOfEqualItemsHasACanonicalForm() throws {
    let cells = (0..<100).map { quad("_:c\($0)", "rest", $0 == 99 ? "nil" : "_:c\($0 + 1)") }
    #expect(try CanonicalForm(of: QuadCollector(cells)).labels.count == 100)
  }

  @Test func theStrongerHashGivesLongerWork() throws {
    let digest = Digest(.sha384)
    #expect(withBytes("") { digest.hex(of: $0) }.count == 96)
    #expect(
      withBytes("abc") { Digest(.sha256).hex(of: $0) } == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }
}
