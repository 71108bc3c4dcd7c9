import Bytes
import RDF
import TestSupport
import Testing

@Suite struct QuadCollectorTests {
  @Test func keepsQuadsInOrderAndEachTermOnce() throws {
    let quads = [
      quad("a", "p", "\"x\""), quad("a", "p", "\"x\"@sv"), quad("a", "p", "\"x\"@en", "g"), quad("a", "p", "\"x\"^^integer"),
      quad("_:a", "p", "a"),
      quad("a", "p", "\"x\""),
    ]
    let collector = try QuadCollector(quads)
    #expect(collector.quads == quads)
    #expect(collector.rows[0] == collector.rows[5])
    #expect(collector.rows.withoutDuplicates().count == 5)
    // a, p, g, _:a, four literals, two tags, one datatype
    #expect(collector.termCount == 11)
  }

  @Test func stringDatatypeSpelledOutIsTheSameTerm() throws {
    var batch = QuadBatch()
    let subject = batch.terms.add(.iri, "http://example.org/a")
    let datatype = batch.terms.add(.iri, XSD.string)
    let typed = batch.terms.add(.typed, "x", qualifier: datatype)
    let plain = batch.terms.add(.string, "x")
    batch.append(subject, subject, typed)
    batch.append(subject, subject, plain)
    let collector = QuadCollector()
    try collector.append(batch)
    #expect(collector.rows[0] == collector.rows[1])
  }

  @Test func termsOfSeveralBatchesMeet() throws {
    let collector = QuadCollector()
    var expected: [Quad] = []
    for round in 0..<3 {
      var batch = QuadBatch()
      for number in 0..<2000 {
        let one = quad("s\(number)", "p", "\"\(number % 7)\"^^integer", round == 1 ? "g" : nil)
        batch.append(one)
        expected.append(one)
      }
      try collector.append(batch)
    }
    #expect(collector.quads == expected)
    #expect(collector.rows.withoutDuplicates().count == 4000)
    #expect(collector.termCount == 2000 + 7 + 3)
  }

  @Test func sendsOnWhatItHolds() throws {
    let quads = (0..<9000).map { quad("s\($0 / 10)", "p\($0 % 3)", "\"\($0)\"@sv", $0 % 2 == 0 ? "g" : nil) }
    let collector = try QuadCollector(quads)
    let second = QuadCollector()
    try collector.send(to: second)
    #expect(second.quads == quads)
  }
}
