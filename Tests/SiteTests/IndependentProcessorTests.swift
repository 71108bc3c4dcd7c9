import Foundation
import TestSupport
import Testing

/// An independent CSVW processor, PyPI's `csvw`, as far as the machine has it.
private enum IndependentProcessor {
  /// Reads every file named on its command line and prints what it warns of, and what it fails on.
  private static let program = """
    import sys, warnings, csvw
    for path in sys.argv[1:]:
        with warnings.catch_warnings(record=True) as found:
            warnings.simplefilter("always")
            try:
                csvw.TableGroup.from_file(path)
            except Exception as error:
                print(path, type(error).__name__, error)
        for warning in found:
            print(path, warning.message)
    """

  static let isThere = (try? run(["-c", "import csvw"]))?.status == 0

  /// What it says of some metadata files.
  static func complaints(of paths: [String]) throws -> [String] {
    try run(["-c", program] + paths).text.split(separator: "\n").map(String.init)
  }

  private static func run(_ arguments: [String]) throws -> CommandOutput {
    try CommandOutput("/usr/bin/env", ["python3"] + arguments)
  }
}

/// Our annotations are absolute IRIs, so that mappings and registers are plain CSVW to anybody else (contract §4).
@Suite(.enabled(if: IndependentProcessor.isThere, "no csvw for Python on this machine"))
struct IndependentProcessorTests {
  @Test func everyMappingIsReadWithoutAWarning() throws {
    let root = ProgramRun.repository
    let mappings = try FileManager.default.subpathsOfDirectory(atPath: root + "/mappings")
      .filter { $0.hasSuffix(".json") && !$0.contains("/examples/") }.map { root + "/mappings/" + $0 }
    let registers = try FileManager.default.contentsOfDirectory(atPath: root + "/vocabularies")
      .filter { $0.hasSuffix("-metadata.json") }.map { root + "/vocabularies/" + $0 }
    #expect(mappings.count >= 3 && registers.count >= 3)
    #expect(try IndependentProcessor.complaints(of: mappings + registers) == [])
  }
}
