import Bytes
import Identifiers
import Testing

/// Whether two patterns can make one IRI of two keys.
struct IdentifierSpaceTests {
  @Test(arguments: [
    ("https://d.example.se/id/sak/{k}", "https://d.example.se/id/sak/{k}", true),
    ("https://d.example.se/id/sak/{k}", "https://d.example.se/id/sak/x-{nr}", true),
    ("https://d.example.se/id/sak/{k}", "http://D.example.SE/id/sak/{k}", true),
    ("https://d.example.se/id/{k}", "https://d.example.se/id/sak{k}", true),
    ("https://d.example.se/id/{k}/a", "https://d.example.se/id/b/{k}", true),
    ("https://d.example.se/id/a{k}", "https://d.example.se/id/{k}b", true),
    ("https://d.example.se/id/ab{k}", "https://d.example.se/id/{k}/c", false),
    ("https://d.example.se/id/kommun/{k}", "https://d.example.se/id/kommunX/{k}", false),
    ("https://d.example.se/id/{k}", "https://d.example.se/id/sak/{k}", false),
    ("https://d.example.se/id/sak/{k}", "https://e.example.se/id/sak/{k}", false),
    ("https://d.example.se/id/sak/{k}", "https://d.example.se/id/Sak/{k}", false),
    ("https://d.example.se/id/a{k}", "https://d.example.se/id/b{k}", false),
    ("https://d.example.se/id/{k}a", "https://d.example.se/id/{k}b", false),
    ("https://d.example.se/id/sak/{k}", "https://d.example.se/id/sak/{k}/", false),
    // What a key never holds unescaped sets apart as a slash does.
    ("https://d.example.se/id/{k}", "https://d.example.se/id/{k}?x", false),
    ("https://d.example.se/id/{k}", "https://d.example.se/id/nr:{k}", false),
    ("https://d.example.se/sak#{k}", "https://d.example.se/sak/{k}", false),
    // A key is never empty.
    ("https://d.example.se/id/{k}/a", "https://d.example.se/id/b/{k}a", false),
    ("https://d.example.se/id/b{k}/a", "https://d.example.se/id/b/{k}", false),
  ])
  func overlap(_ one: String, _ other: String, _ expected: Bool) throws {
    let spaces = try [one, other].map { try #require(IdentifierSpace(try URITemplate(ByteString($0)))) }
    #expect(spaces[0].overlaps(spaces[1]) == expected)
    #expect(spaces[1].overlaps(spaces[0]) == expected)
  }
}
