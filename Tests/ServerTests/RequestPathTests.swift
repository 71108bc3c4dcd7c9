import Server
import Testing

@Suite("Paths of requests")
struct RequestPathTests {
  @Test(
    "are read in one form",
    arguments: [
      ("/id/kommun/1880", "/id/kommun/1880"), ("/id/a%7eb", "/id/a~b"), ("/id/%c3%a5", "/id/%C3%A5"), ("/id/å", "/id/%C3%A5"),
      ("/id/a%2fb", "/id/a%2Fb"), ("/id/%C3%96", "/id/%C3%96"), ("/", "/"), ("/ns/", "/ns/"),
    ])
  func form(raw: String, expected: String) throws { #expect(try RequestPath(raw).text == expected) }

  @Test(
    "are refused where they climb or have broken escapes",
    arguments: [
      "/../etc/passwd", "/id/../../x", "/id/%2e%2e/x", "/id/.%2E/x", "/./x", "/id//x", "x", "", "/id/%", "/id/%4", "/id/%zz", "/id/%00",
      "/id/%0a", "/id/%ff", "/id/\\x", "/id/a b",
    ])
  func refused(raw: String) { #expect(throws: RequestFault.self) { try RequestPath(raw) } }

  @Test("keep a form in which other letters stand as they are")
  func decoded() throws { #expect(try RequestPath("/id/%c3%a5%2F").decoded == "/id/å%2F") }
}
