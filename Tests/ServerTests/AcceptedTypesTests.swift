import Server
import Testing

struct AcceptedTypesTests {
  @Test(
    arguments: [
      (nil, "a/x"), ("", "a/x"), ("*/*", "a/x"), ("a/y", "a/y"), ("a/*;q=0.2, b/z", "b/z"), ("a/x;q=0, a/*", "a/y"), ("c/c", nil),
      ("a/x;q=nan, b/z", "b/z"), ("A/Y", "a/y"), ("a/y ; q=0.5 , b/z ; q=0.4", "a/y"), (";;,,", "a/x"),
    ] as [(String?, String?)])
  func theNearestRangeDecides(header: String?, best: String?) {
    #expect(AcceptedTypes(header).best(of: ["a/x", "a/y", "b/z"]) == best)
  }
}
