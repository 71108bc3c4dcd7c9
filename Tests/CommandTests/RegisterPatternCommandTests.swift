import TestSupport
import Testing

/// What publishes, serves or mints, in a site whose registers could give two things one identifier.
struct RegisterPatternCommandTests {
  @Test(
    "It refuses to begin",
    arguments: [
      ["serve", "--port", "0"], ["publish", "-o", "ut"], ["mint", "--register", "lan", "--key", "99"], ["validate", "--site", "."],
      ["query", "--site", ".", "ASK {}"],
    ])
  func collidingPatterns(arguments: [String]) throws {
    let folder = try TemporaryFolder()
    try folder.writeSite(more: "registers: {lan: \"https://w3id.org/kommungraf/id/kommun/{kod}\"}")
    let run = try ProgramRun(arguments, in: folder)
    #expect(run.status == 65)
    #expect(run.errors.contains("site.yaml:5:13: error: the registers kommun and lan can give two things one identifier"), "\(run.errors)")
    #expect(try folder.names == ["site.yaml"])
  }
}
