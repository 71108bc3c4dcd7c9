import Server
import Testing

struct AcceptedTypesTests {
  @Test(
    arguments: [
      (nil, "a/x"), ("", "a/x"), ("*/*", "a/x"), ("a/y", "a/y"), ("a/*;q=0.2, b/z", "b/z"), ("a/x;q=0, a/*", "a/y"), ("c/c", nil),
      ("a/x;q=nan, b/z", "b/z"), ("a/x;q=hej, b/z;q=0.1", "b/z"), ("a/x;q=, b/z;q=0.1", "b/z"), ("a/x;q=-1, b/z;q=0.001", "b/z"),
      ("a/x;q=1e-1, b/z;q=0.01", "b/z"), ("a/x;q=0x1, b/z;q=0.1", "b/z"), ("a/x;q=0.5, b/z;q=7", "b/z"), ("*/*;q=0", nil), ("*;q=0", nil),
      ("a/x;q=0, */*;q=0.1", "a/y"), ("*; q=.2, b/z; q=.3", "b/z"), ("*", "a/x"), ("a/*;q=0, */*", "b/z"),
      ("a/y;v=1;q=0.4, a/x;q=0.3", "a/y"),
      ("*/x", nil), ("a/x;q=0.1;q=0.9, b/z;q=0.5", "b/z"), ("A/Y", "a/y"), ("a/y ; q=0.5 , b/z ; q=0.4", "a/y"), (";;,,", "a/x"),
    ] as [(String?, String?)])
  func theNearestRangeDecides(header: String?, best: String?) {
    #expect(AcceptedTypes(header).best(of: ["a/x", "a/y", "b/z"]) == best)
  }

  /// Of a list without end the beginning counts.
  @Test func longListsAreReadToALimit() {
    let many = String(repeating: "b/q;q=0.9, ", count: 50_000)
    #expect(AcceptedTypes("a/y, " + many).best(of: ["a/x", "a/y"]) == "a/y")
    #expect(AcceptedTypes(many + "a/y").best(of: ["a/x", "a/y"]) == nil)
  }

  @Test(
    arguments: [
      ("sv-FI", "sv"), ("en-GB;q=0.1", "en"), ("en-GB, sv;q=0.9", "en"), ("fi", nil), ("*", "sv"), ("*;q=0", nil), ("sv;q=0, *", "en"),
      ("en;q=0.1, *;q=0.9", "sv"), ("SV-se", "sv"), ("svenska", nil), ("en;q=x, sv;q=0.1", "sv"), ("e, s", nil), ("sv-", "sv"),
    ] as [(String, String?)])
  func aLanguageIsFoundByItsRange(header: String, best: String?) {
    #expect(AcceptedTypes(header).best(ofLanguages: ["sv", "en"]) == best)
  }
}
