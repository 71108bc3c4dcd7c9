import Problems
import Resources

/// The entries of a suite that are known to fail, each with the rule that is not met yet: `id<TAB>reason` a line.
struct KnownFailures {
  private(set) var reasons: [String: String] = [:]
  /// Lines without a reason.
  private(set) var malformed: [String] = []

  /// The list of a suite; empty where there is no such file.
  init(suite: String) {
    let path = SuiteFolder.packageRoot + "/Tests/Conformance/known/\(suite).txt"
    guard let bytes = try? FileSource().open(path).readAll() else { return }
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let parts = line.split(separator: "\t", maxSplits: 1).map(String.init)
      if parts.count == 2 { reasons[parts[0]] = parts[1] } else { malformed.append(String(line)) }
    }
  }
}
