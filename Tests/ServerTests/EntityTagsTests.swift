import Server
import Testing

/// `If-None-Match` (RFC 9110 §13.1.2).
struct EntityTagsTests {
  @Test(arguments: [
    ("\"a\"", true), ("W/\"a\"", true), ("\"b\", \"a\"", true), ("\"b\",W/\"a\" , \"c\"", true), ("*", true), (" * ", true),
    ("\"x,y\", \"a\"", true),
    ("\"b\"", false), ("a", false), ("\"a", false), ("", false), (", ,", false), ("\"A\"", false), ("\"x,\"a\"", false), ("**", false),
  ])
  func tagsAreComparedWeakly(field: String, isKnown: Bool) {
    #expect(EntityTags(field).contains("\"a\"") == isKnown)
  }

  @Test func whatWasNotSentKnowsNothing() { #expect(!EntityTags(nil).contains("\"a\"")) }

  /// What is remembered is found by bytes: Swift's strings take one letter for another that looks the same.
  @Test func requestsAreToldApartByTheirBytes() {
    let keys = ["/id/\u{E5}", "/id/a\u{30A}", "/id/%C3%A5"].map { RequestKey(host: "a", target: $0, fields: [nil, "sv", nil]) }
    #expect(Set(keys).count == 3)
    #expect(RequestKey(host: "a", target: "/", fields: ["sv", nil]) != RequestKey(host: "a", target: "/", fields: [nil, "sv"]))
    #expect(RequestKey(host: "a", target: "/", fields: [nil, ""]) == RequestKey(host: "a", target: "/", fields: ["", nil]))
  }

  @Test func aStarNamesNoTag() {
    #expect(!EntityTags("*").names("\"a\""))
    #expect(EntityTags("\"b\", \"a\"").names("\"a\""))
  }

  @Test func aListWithoutEndIsReadToALimit() {
    let many = String(repeating: "\"b\", ", count: 100_000)
    #expect(!EntityTags(many + "\"a\"").contains("\"a\""))
    #expect(EntityTags("\"a\", " + many).contains("\"a\""))
  }
}
