import Foundation
import TestSupport
import Testing

/// `kommungraf publish` that is killed (contract §1): whoever looks finds the release before or the one after it.
struct PublishKillTests {
  private static let tables = [
    ["1880-1;Björken;48;;", "1880-2;Lärkan;36;;"], ["1880-1;Björken;50;;", "1880-2;Lärkan;36;;", "1880-3;Trasten;20;;"],
  ]

  @Test func aKilledRunLeavesAWholeRelease() throws {
    let site = try PublishedSite(pattern: "id/hus/{nyckel}")
    func write(_ number: Int) throws {
      try site.folder.write("hus.csv", (["nyckel;namn;platser;ersatt;skyddad"] + Self.tables[number]).map { $0 + "\n" }.joined())
    }
    let allowing = ["publish", "-o", "release", "--as-of", "2026-08-01", "--allow-loss"]
    var states: [[String: [UInt8]]] = []
    var length = Duration.zero
    for number in [0, 1, 0, 1] {
      try write(number)
      let begun = ContinuousClock.now
      #expect(try ProgramRun(allowing, in: site.folder).status == 0)
      length = ContinuousClock.now - begun
      states.append(try site.files())
    }
    // What each of the two is after the other.
    let whole = [states[2], states[3]]
    #expect(whole[0] != whole[1])
    var random = SystemRandomNumberGenerator()
    for round in 0..<(TestTier.isFull ? 150 : 12) {
      try write(round % 2)
      let process = try ProgramRun.started(allowing, in: site.folder)
      usleep(UInt32.random(in: 0..<UInt32(length / .microseconds(1)), using: &random))
      process.kill()
      _ = process.wait(seconds: 60)
      let found = try site.files()
      #expect(whole.contains(found), "after round \(round): \(found.keys.sorted())")
    }
    // The next run does what the last one did not come to, and takes away what all of them have left.
    try write(0)
    #expect(try ProgramRun(allowing, in: site.folder).status == 0)
    #expect(try site.files() == whole[0])
    #expect(try site.folder.names.filter { $0.hasPrefix("release") } == ["release"])
  }
}
