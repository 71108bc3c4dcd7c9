import Bytes
import Problems
import RDF
import RDFSyntax
import Resources
import Testing

/// What N-Triples and N-Quads (RDF 1.1) mean.
@Suite struct LineReaderTests {
  static let accepted: [(String, [String])] = [
    ("", []), ("\n\n", []), ("# nothing\n", []), ("# nothing", []), ("  \t \r\n", []),
    ("\u{FEFF}<a:s> <a:p> <a:o> .", ["<a:s> <a:p> <a:o> ."]),
    ("<a:s> <a:p> <a:o> .", ["<a:s> <a:p> <a:o> ."]),
    ("<a:s><a:p><a:o>.", ["<a:s> <a:p> <a:o> ."]),
    ("<a:s><a:p>_:o.\n<a:s><a:p>\"x\".", ["<a:s> <a:p> _:o .", "<a:s> <a:p> \"x\" ."]),
    ("\t<a:s>\t<a:p> \t<a:o>\t.\t# said\r\n_:b <a:p> _:c .\n", ["<a:s> <a:p> <a:o> .", "_:b <a:p> _:c ."]),
    ("<a:s> <a:p> <a:o> .\r<a:s> <a:p> <a:q> .\r", ["<a:s> <a:p> <a:o> .", "<a:s> <a:p> <a:q> ."]),
    (#"<a:s> <a:p> "a\tb\"c\\d\u00E5\U0001F600\n" ."#, ["<a:s> <a:p> \"a\tb\\\"c\\\\då😀\\n\" ."]),
    (#"<a:\u00E5> <a:p> <a:\U0001F600b> ."#, ["<a:å> <a:p> <a:😀b> ."]),
    (#"<a:s> <a:p> "x"^^<http://www.w3.org/2001/XMLSchema#string> ."#, [#"<a:s> <a:p> "x" ."#]),
    (#"<a:s> <a:p> "x"^^<http://www.w3.org/2001/XMLSchema#\u0073tring> ."#, [#"<a:s> <a:p> "x" ."#]),
    (#"<a:s> <a:p> "1"^^<a:d> . "#, [#"<a:s> <a:p> "1"^^<a:d> ."#]),
    (#"<a:s> <a:p> "ja"@sv-SE-x1 ."#, [#"<a:s> <a:p> "ja"@sv-SE-x1 ."#]),
    (#"<a:s> <a:p> "" ."#, [#"<a:s> <a:p> "" ."#]),
    ("_:a.b <a:p> _:1å·c.\n_:a <a:p> _:a.b .", ["_:a.b <a:p> _:1å·c .", "_:a <a:p> _:a.b ."]),
    ("_:a <a:p> <a:o> .\n_:ab <a:p> <a:o> .\n_:ab<a:p><a:o>.", ["_:a <a:p> <a:o> .", "_:ab <a:p> <a:o> .", "_:ab <a:p> <a:o> ."]),
    ("<a:s> <a:p> \"e\u{301}\" .\n<a:s> <a:p> \"\u{E9}\" .", ["<a:s> <a:p> \"e\u{301}\" .", "<a:s> <a:p> \"\u{E9}\" ."]),
  ]

  @Test(arguments: accepted) func readsWithEveryBorder(text: String, lines: [String]) {
    for format in [Format.ntriples, .nquads] {
      let reading = readAtEveryBorder(text, format)
      #expect(reading.fault == nil)
      #expect(reading.lines.map { Array($0.utf8) } == lines.map { Array($0.utf8) })
    }
  }

  static let graphs: [(String, [String])] = [
    ("<a:s> <a:p> <a:o> <a:g> .", ["<a:s> <a:p> <a:o> <a:g> ."]),
    (
      "<a:s> <a:p> \"x\"@en _:g .\n<a:s> <a:p> \"y\" _:g.\n<a:s> <a:p> \"y\" _:g.h .",
      ["<a:s> <a:p> \"x\"@en _:g .", "<a:s> <a:p> \"y\" _:g .", "<a:s> <a:p> \"y\" _:g.h ."]
    ),
    ("<a:s> <a:p> <a:o><a:g>.\n<a:s> <a:p> <a:o>.", ["<a:s> <a:p> <a:o> <a:g> .", "<a:s> <a:p> <a:o> ."]),
  ]

  @Test(arguments: graphs) func readsTheNamesOfGraphs(text: String, lines: [String]) {
    let reading = readAtEveryBorder(text, .nquads)
    #expect(reading.fault == nil)
    #expect(reading.lines == lines)
  }

  @Test func putsAPrefixBeforeEveryLabel() {
    let text = "_:a <a:p> _:b _:c .\n_:a <a:p> _:b _:c ."
    let reading = readAtEveryBorder(text, .nquads, options: RDFReader.Options(blankNodePrefix: "doc1"))
    #expect(reading.lines == ["_:doc1a <a:p> _:doc1b _:doc1c .", "_:doc1a <a:p> _:doc1b _:doc1c ."])
  }

  @Test func aTermThatRepeatsHasOneIdInABatch() throws {
    final class Ids: QuadSink {
      var subjects: [TermID] = []
      var predicates: [TermID] = []
      func append(_ batch: borrowing QuadBatch) throws(Failure) {
        subjects += Array(batch.subjects)
        predicates += Array(batch.predicates)
      }
      func finish() throws(Failure) {}
    }
    let ids = Ids()
    let text = "<a:s> <a:p> <a:o> .\n<a:s> <a:q> <a:o> .\n<a:s> <a:p> <a:o> .\n"
    try RDFReader.read(MemoryStream(Array(text.utf8)), format: .ntriples, into: ids, problems: ProblemList())
    #expect(Set(ids.subjects).count == 1)
    #expect(ids.predicates[0] == ids.predicates[2])
  }

  @Test func batchesStaySmallOnLongInput() {
    let line = "<http://example.org/subject> <http://example.org/predicate> \"an object with åäö\"@sv .\n"
    let reading = read(String(repeating: line, count: 5000), .ntriples, block: 4096)
    #expect(reading.quads.count == 5000)
    #expect(reading.batches > 50)
    #expect(reading.largestBatch < 10_000)
  }

  @Test func aLineMayBeLongerThanABlock() {
    let text = String(repeating: "åäö", count: 10_000)
    let reading = read("<a:s> <a:p> \"\(text)\" .\n<a:s> <a:p> \"\(text)x\" .", .ntriples, block: 100)
    #expect(reading.lines == ["<a:s> <a:p> \"\(text)\" .", "<a:s> <a:p> \"\(text)x\" ."])
  }
}
