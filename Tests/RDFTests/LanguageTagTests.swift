import Bytes
import RDF
import Testing

/// What is a language tag: to Turtle, by its form (BCP 47 §2.1), and with a language that there may be.
struct LanguageTagTests {
  @Test(arguments: [
    ("sv", true, true, true), ("SV-fi", true, true, true), ("de-CH-1996", true, true, true), ("sma", true, true, true),
    ("zh-Hant-TW-x-lang", true, true, true), ("x-klingon", true, true, true), ("i-default", true, true, true), ("I-x", true, true, true),
    ("svenska", true, true, false), ("abcd-SE", true, true, false), ("x", true, false, false), ("a-b", true, false, false),
    ("langsvensk", true, false, false), ("sv-langsvensk", true, false, false), ("", false, false, false), ("sv-", false, false, false),
    ("-sv", false, false, false), ("sv--SE", false, false, false), ("sv_SE", false, false, false), ("s1", false, false, false),
    ("åå", false, false, false), ("sv ", false, false, false),
  ])
  func threeRules(_ text: String, _ isOfTurtle: Bool, _ isWellFormed: Bool, _ isKnown: Bool) {
    let tag = ByteString(text)
    #expect(tag.withView(\.isLanguageTag) == isOfTurtle)
    #expect(tag.withView(\.isWellFormedLanguageTag) == isWellFormed)
    #expect(tag.withView(\.isKnownLanguageForm) == isKnown)
  }
}
