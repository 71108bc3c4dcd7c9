import Bytes
import RDF
import RDFSyntax
import TestSupport
import Testing

/// Random quads, written plainly, come back as they were from every reader.
@Suite struct ReaderRoundTripTests {
  static let characters: [Unicode.Scalar] = Array(
    "aZ09 .:;,<>\"'\\{}[]()#@^_-~%&\t\n\r\u{0}\u{7F}åÖ\u{301}€😀\u{FFFD}\u{FEFF}".unicodeScalars)

  static func text(_ random: inout SeededGenerator, where isAllowed: (Unicode.Scalar) -> Bool = { _ in true }) -> String {
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...(random.next() % 8 == 0 ? 60 : 12), using: &random) {
      if let scalar = characters.randomElement(using: &random), isAllowed(scalar) { text.append(scalar) }
    }
    return String(text)
  }

  static func iri(_ random: inout SeededGenerator) -> Term {
    .iri("ex:" + text(&random) { !$0.isASCII || !IRICharacters.forbids(UInt8($0.value)) })
  }

  static func node(_ random: inout SeededGenerator) -> Term {
    Bool.random(using: &random)
      ? iri(&random) : .blankNode(ByteString("b" + "\(random.next() % 1000)" + (Bool.random(using: &random) ? ".å" : "")))
  }

  static func object(_ random: inout SeededGenerator) -> Term {
    switch random.next() % 4 {
    case 0: return node(&random)
    case 1: return .string(text(&random))
    case 2: return .literal(ByteString(text(&random)), .language(["sv", "en-GB", "x-1"].randomElement(using: &random) ?? "sv"))
    default:
      guard case .iri(let datatype) = iri(&random) else { return .string("") }
      return .literal(ByteString(text(&random)), .datatype(datatype))
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>) func quadsComeBack(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var quads: [Quad] = []
    for _ in 0..<200 {
      // Terms repeat as they do in data.
      let last = quads.last
      let subject = random.next() % 3 == 0 ? last?.subject ?? Self.node(&random) : Self.node(&random)
      let predicate = random.next() % 3 == 0 ? last?.predicate ?? Self.iri(&random) : Self.iri(&random)
      let graph = random.next() % 3 == 0 ? nil : random.next() % 2 == 0 ? last?.graph : Self.node(&random)
      quads.append(Quad(subject, predicate, Self.object(&random), graph: graph))
    }
    let text = quads.map { $0.line + (random.next() % 9 == 0 ? " # said\r\n" : "\n") }.joined()
    for (block, piece) in [(1 << 18, Int.max), (Int(random.next() % 300) + 1, 17)] {
      let reading = read(text, .nquads, block: block, piece: piece)
      #expect(reading.failure == nil)
      #expect(reading.quads == quads)
    }
    let triples = quads.map { Quad($0.subject, $0.predicate, $0.object) }
    let lines = triples.map { $0.line + "\n" }.joined()
    for format in [Format.ntriples, .turtle, .trig] {
      let reading = read(lines, format, block: Int(random.next() % 300) + 1)
      #expect(reading.failure == nil)
      #expect(reading.quads == triples)
    }
  }

  @Test(arguments: 0..<200 as Range<UInt64>) func brokenInputIsNeverMoreThanAProblem(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let text = """
      @prefix e: <http://example.org/> . @base <http://example.org/b/> .
      <s> a e:C ; e:p 1, 2.5, -3e4, true, "x\\n"@sv, '''y'''^^e:d , [ e:q ( e:a "å" [] ) ] . _:b e:p e:a\\,b%20c .
      <g> { e:s e:p <http://example.org/o> } GRAPH e:g { _:c.d e:p "\\u00e5" . }
      <a:s> <a:p> "z"^^<a:d> <a:g> .

      """
    var bytes = Array(text.utf8)
    for _ in 0...Int(random.next() % 4) {
      let place = Int(random.next() % UInt64(bytes.count))
      switch random.next() % 4 {
      case 0: bytes.remove(at: place)
      case 1: bytes[place] = UInt8(truncatingIfNeeded: random.next())
      case 2: bytes.insert(Array("<>\"'\\{}[]().;,@^_:%#\n\r \u{0}".utf8).randomElement(using: &random) ?? 0, at: place)
      default: bytes.removeSubrange(place..<min(place + Int(random.next() % 20), bytes.count))
      }
    }
    for format in [Format.turtle, .trig, .ntriples, .nquads] {
      for keepGoing in [false, true] {
        let options = RDFReader.Options(keepGoing: keepGoing)
        let whole = read(bytes: bytes, format, options: options)
        let pieces = read(bytes: bytes, format, options: options, block: Int(random.next() % 20) + 1)
        #expect(whole.fault == pieces.fault)
        #expect(whole.problems.map(Reading.fault) == pieces.problems.map(Reading.fault))
        if whole.failure == nil { #expect(whole.quads == pieces.quads) }
      }
    }
  }
}
