import Bytes
import Problems
import RDF
import Testing

@Suite struct PatternTests {
  @Test func anchoredMatchesTheWholeTextOnly() throws {
    let whole = try Pattern("[0-9]{4}|[0-9]{2}", anchored: true)
    #expect(withBytes("1880") { whole.matches($0) })
    #expect(withBytes("18") { whole.matches($0) })
    #expect(!withBytes("18801") { whole.matches($0) })
    #expect(!withBytes("1880\n") { whole.matches($0) })
    let part = try Pattern("örebro", anchored: false, caseless: true)
    #expect(withBytes("i ÖREBRO kommun") { part.matches($0) })
  }

  @Test func groupsAreRangesOfBytes() throws {
    let pattern = try Pattern("(å+)-([0-9]+)?(x)?", anchored: false)
    #expect(withBytes("z åå-12") { pattern.groups(in: $0) } == [2..<9, 2..<6, 7..<9, nil])
    #expect(withBytes("zz") { pattern.groups(in: $0) } == nil)
  }

  @Test func anErrorSaysWhere() {
    #expect(throws: PatternError(message: .phrase("pattern-parenthesis-open"), offset: 4)) { try Pattern("a(bc", anchored: true) }
  }

  @Test func runawayExpressionIsGivenUp() throws {
    let pattern = try Pattern("(a|aa)+[xy]", anchored: true)
    let text = String(repeating: "a", count: 60) + "z"
    #expect(withBytes(text) { pattern.outcome(on: $0) } == .limitReached)
    #expect(!withBytes(text) { pattern.matches($0) })
  }

  @Test func illFormedTextMatchesNothing() throws {
    let pattern = try Pattern(".*", anchored: false)
    #expect(!ByteString([0x61, 0xC3]).withView { pattern.matches($0) })
  }

  @Test func manyThreadsShareOnePattern() async throws {
    let pattern = try Pattern("(k)([0-9]+)", anchored: true)
    let misses = await withTaskGroup(of: Int.self) { group in
      for start in 0..<4 {
        group.addTask {
          var misses = 0
          for number in start * 500..<start * 500 + 500 where !withBytes("k\(number)", { pattern.matches($0) }) { misses += 1 }
          return misses
        }
      }
      return await group.reduce(0, +)
    }
    #expect(misses == 0)
  }

  @Test(arguments: [
    ("\\i\\c*", "ärende-1", true), ("\\i\\c*", "1ärende", false), ("[\\i-[:]]", ":", false), ("[\\i-[:]]", "å", true),
    ("[a-z-[aeiou]]+", "brs", true),
    ("[a-z-[aeiou]]+", "bra", false), ("[^a-[b]]", "b", false), ("[^a-[b]]", "c", true), ("[^a-[b]]", "a", false),
    ("[a-z-[m-z-[x]]]+", "abx", true), ("[a-z-[m-z-[x]]]+", "abz", false), ("[a-[b]c]", nil, false), ("[-[a]]", nil, false),
    ("[\\S]+", "å1-", true), ("[\\S]", " ", false), ("[\\W]", "-", true), ("[\\W]", "a", false), ("[\\I]", "1", true),
    ("[\\C]", "a", false),
    ("[^\\S]", "\t", true), ("\\C", "\u{1F600}", false), ("\\C", " ", true), ("[\\D]", "a", true),
    ("\\p{IsGreek}+", "αβγ", true), ("\\p{IsGreek}", "a", false), ("\\P{IsBasicLatin}", "å", true), ("[\\p{IsCyrillic}a]+", "aжa", true),
    ("[\\P{IsBasicLatin}b]+", "båb", true), ("\\p{IsLatin-1Supplement}", "å", true),
    ("^a$", "^a$", true), ("^a$", "a", false),
    ("\\d{5}", "70210", true), ("\\d", "٣", true), (".", "\n", false), ("a|b", "ab", false), ("[^^]", "^", false), ("[a^]", "^", true),
    ("[-a]", "-", true),
    ("[\\c]+", "a.b-c", true), ("\\I", "1", true), ("\\w+", "Örebro", true), ("\\w", "-", false), ("\\p{Lu}\\p{Ll}+", "Åre", true),
    ("a{2,3}", "aaa", true),
    ("\\p{IsKlingon}", nil, false), ("(?:a)", nil, false), ("a*?", nil, false), ("a]", nil, false), ("\\b", nil, false), ("[]", nil, false),
    ("[a", nil, false),
    ("a{,2}", nil, false), ("\\", nil, false), ("[[]", nil, false), ("(*UCP)a", nil, false),
  ])
  func expressionsOfXMLSchema(_ expression: String, _ text: String?, _ matches: Bool) throws {
    guard let text else {
      #expect(throws: PatternError.self) { try Pattern(xsd: expression) }
      return
    }
    let pattern = try Pattern(xsd: expression)
    #expect(withBytes(text) { pattern.matches($0) } == matches)
  }
}
