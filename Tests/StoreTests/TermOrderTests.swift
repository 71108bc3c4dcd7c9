import Bytes
import RDF
import TestSupport
import Testing

@testable import Store

/// The total order of ids (TermClass).
struct TermOrderTests {
  /// Terms in the order that their ids must have.
  static let ordered = [
    "_:a", "_:b", "<http://example.org/>", "<http://example.org/a>", "<http://example.org/å>", "<urn:x>",
    "\"-INF\"^^double", "\"-99999999999999999999\"^^integer", "\"-5\"^^integer", "\"-0.5\"^^decimal", "\"-0.5\"^^double",
    "\"-0\"^^integer", "\"0\"^^integer", "\"0.0\"^^decimal", "\"-0.0\"^^double", "\"0\"^^double", "\"5E-324\"^^double", "\"0.1\"^^decimal",
    "\"0.1\"^^double", "\"0.1\"^^float", "\"0.30000000000000000000000000001\"^^decimal",
    "\"01\"^^integer", "\"1\"^^integer", "\"1\"^^byte", "\"1.0\"^^decimal", "\"1\"^^float", "\"1e0\"^^double",
    "\"2\"^^integer", "\"10\"^^integer", "\"9007199254740992\"^^double", "\"9007199254740993\"^^integer", "\"9007199254740994\"^^double",
    "\"99999999999999999999999999999999999999\"^^integer", "\"1e40\"^^double", "\"INF\"^^float", "\"INF\"^^double", "\"NaN\"^^float",
    "\"NaN\"^^double",
    "\"2024-01-01T00:00:00+02:00\"^^dateTime", "\"2023-12-31T23:00:00\"^^dateTime", "\"2023-12-31T23:00:00Z\"^^dateTime",
    "\"2023-12-31T23:00:00Z\"^^dateTimeStamp", "\"2023-12-31T23:00:00.25Z\"^^dateTime", "\"2023-12-31T23:00:00.5Z\"^^dateTime",
    "\"2024-01-01+02:00\"^^date", "\"2024-01-01\"^^date", "\"2024-01-01Z\"^^date", "\"2024-01-01-02:00\"^^date",
    "\"0\"^^boolean", "\"false\"^^boolean", "\"1\"^^boolean", "\"true\"^^boolean",
    "\"\"", "\"1\"", "\"a\"", "\"a\u{0}\"", "\"a\u{0}b\"", "\"ab\"", "\"o\u{308}\"", "\"ö\"", "\"日本\"",
    "\"b\"@en", "\"a\"@sv", "\"b\"@sv", "\"a\"@sv-SE",
    "\"x\"^^<http://example.org/type>", "\"maybe\"^^boolean", "\"300\"^^byte", "\"2024-02-30\"^^date",
    "\"2024-02-01T00:00:00\"^^dateTimeStamp", "\"1,5\"^^decimal", "\"999999999999999999999999999999999999999999\"^^integer",
    "\"x\"^^integer", "\"12:00:00\"^^time",
  ].map { term($0) }

  @Test("Ids follow class, value, datatype and bytes, in whatever order terms came", arguments: 1...5)
  func order(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let predicate = Term.iri("http://example.org/")
    let literals = Self.ordered.shuffled(using: &random)
    let snapshot = try snapshot(literals.map { Quad(predicate, predicate, $0) })
    #expect(snapshot.allTerms == Self.ordered)
    for (place, term) in Self.ordered.enumerated() { #expect(snapshot.id(of: term) == StoreID(place)) }
  }

  @Test("Every id has the class, kind and qualifier of its term")
  func classes() throws {
    let snapshot = try snapshot(Self.ordered.map { Quad(Self.ordered[2], Self.ordered[2], $0) })
    var arena = TermArena()
    for (place, term) in Self.ordered.enumerated() {
      let id = StoreID(place)
      #expect(snapshot.range(of: snapshot.termClass(of: id)).contains(id))
      #expect(snapshot.kind(of: id) == arena[arena.add(term)].kind)
      if case .literal(_, .language(let tag)) = term { #expect(snapshot.qualifier(of: id) == tag) }
      if case .literal(_, .datatype(let datatype)) = term { #expect(snapshot.qualifier(of: id) == datatype) }
      #expect(snapshot.groupRange(of: id).contains(id))
    }
  }

  @Test(
    "Terms that no quad speaks of have no id", arguments: ["_:c", "c", "\"c\"", "\"a\"@en", "\"3\"^^integer", "\"1\"^^long", "\"1\"^^time"])
  func absent(text: String) throws {
    let snapshot = try snapshot(Self.ordered.map { Quad(Self.ordered[2], Self.ordered[2], $0) })
    #expect(snapshot.id(of: term(text)) == nil)
  }

  @Test("Strings of any length, with shared beginnings, are sorted and found", arguments: 1...4)
  func strings(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var texts: Set<ByteString> = ["", "\0", "\0\0"]
    let alphabet: [UInt8] = seed % 2 == 0 ? [0, 97] : [97, 98, 0xC3]
    for _ in 0..<3000 {
      let prefix = String(repeating: "http://example.org/", count: Int.random(in: 0...20, using: &random))
      let length = Int.random(in: 0...12, using: &random)
      texts.insert(ByteString(Array(prefix.utf8) + (0..<length).map { _ in alphabet.randomElement(using: &random) ?? 97 }))
    }
    let all = texts.sorted()
    let node = Term.blankNode("s")
    let snapshot = try snapshot(texts.map { Quad(node, .iri(""), .literal($0, .datatype(XSD.string))) })
    let ids = snapshot.range(of: .string)
    #expect(ids.map { snapshot.term($0) } == all.map { .literal($0, .datatype(XSD.string)) })
    for (id, text) in zip(ids, all) {
      #expect(text.withView { snapshot.id(ofString: $0) } == id)
      #expect(text.withView { snapshot.firstString(from: $0) } == id)
    }
  }

  @Test("Language tags that differ in their capitals are one, spelt as the first of them")
  func languageTags() throws {
    let node = Term.iri("http://example.org/")
    let texts = ["\"a\"@sv-SE", "\"a\"@sv-se", "\"b\"@SV-se", "\"a\"@EN", "\"a\"@en-GB", "\"a\"@en-ca"]
    let snapshot = try snapshot(texts.map { Quad(node, node, term($0)) })
    #expect(
      snapshot.allTerms
        == ["<http://example.org/>", "\"a\"@EN", "\"a\"@en-ca", "\"a\"@en-GB", "\"a\"@sv-SE", "\"b\"@sv-SE"].map { term($0) })
    #expect(snapshot.id(of: term("\"a\"@Sv-Se")) == 4)
    #expect(snapshot.id(of: term("\"a\"@EN-gb")) == 3)
    #expect(snapshot.tripleCount == 5)
    // One that comes later is spelt as those that are there.
    let later = try builder([Quad(node, node, term("\"a\"@En")), Quad(node, node, term("\"c\"@en"))])
    let replaced = try snapshot.replacing(graph: .iri("http://example.org/g"), with: later)
    #expect(replaced.allTerms.contains(term("\"c\"@EN")))
    #expect(!replaced.allTerms.contains(term("\"a\"@En")))
  }
}
