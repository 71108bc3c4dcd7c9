import Glibc
import Testing

/// The suites of RML, a folder a case (contract §6).
@Suite struct RMLTests {
  @Test(arguments: RMLSuite.all.map(\.name)) func suite(_ name: String) throws {
    let suite = try #require(RMLSuite.all.first { $0.name == name })
    let folder = SuiteFolder.current
    let cases = suite.cases(in: folder.path)
    if cases.isEmpty { return say("\(name)/cases: skipped, there is no \(folder.path)/\(name)") }
    var known = KnownFailures(suite: name).reasons
    var passed = 0
    var failures: [(name: String, reason: String, details: String)] = []
    for each in cases {
      switch each.run() {
      case .passed:
        passed += 1
        if folder.isDefault, known.removeValue(forKey: each.name) != nil { Issue.record("\(each.name) passes; take it off the list") }
      case .failed(let reason, let details): failures.append((each.name, reason, details))
      case .outOfScope: break
      }
    }
    say("\(name)/cases: \(passed) passed, \(failures.count) failed of \(cases.count)")
    if getenv("KOMMUNGRAF_SUITES_VERBOSE") != nil {
      for failure in failures { say("\(failure.name): \(failure.reason)\n\(failure.details)") }
    }
    guard folder.isDefault else { return }
    for failure in failures where known.removeValue(forKey: failure.name) == nil {
      Issue.record("\(failure.name) fails and is not listed: \(failure.reason)\n\(failure.details.prefix(1000))")
    }
    #expect(known.isEmpty, "cases that the suite does not have")
  }
}
