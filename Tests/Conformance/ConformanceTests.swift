import Problems
import Testing

/// The suites of the specifications, run from their manifests (contract §6).
@Suite struct ConformanceTests {
  @Test(arguments: SuiteManifest.suites) func suite(_ name: String) throws {
    let folder = SuiteFolder.current
    let known = KnownFailures(suite: name)
    var rest = known.reasons
    for manifest in SuiteManifest.all where manifest.suite == name {
      guard folder.has(manifest.path) else {
        say("\(manifest.name): skipped, there is no \(folder.path)/\(manifest.path)")
        rest = rest.filter { !manifest.owns($0.key) }
        continue
      }
      let run = try SuiteRun(manifest, in: folder)
      run.printLines()
      guard folder.isDefault else { continue }
      #expect(run.unreadable.isEmpty, "manifests that \(manifest.name) includes")
      for failure in run.failed where rest.removeValue(forKey: failure.id) == nil {
        Issue.record("\(failure.id) fails and is not listed: \(failure.reason)\n\(failure.details.prefix(1000))")
      }
      for id in run.passed where rest.removeValue(forKey: id) != nil { Issue.record("\(id) passes; take it off the list") }
    }
    if folder.isDefault {
      #expect(rest.isEmpty, "entries that no manifest has")
      #expect(known.malformed.isEmpty, "lines that are not id, tab, reason")
    }
  }
}
