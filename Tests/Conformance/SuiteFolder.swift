import Glibc

/// The folder that the suites stand in.
struct SuiteFolder {
  let path: String
  /// Whether it is the folder that the lists of known failures speak of.
  let isDefault: Bool

  /// The folder that `KOMMUNGRAF_SUITES` names, else `../shared/suites` beside the package.
  static let current: SuiteFolder = {
    let standard = folder(of: packageRoot) + "/shared/suites"
    guard let named = getenv("KOMMUNGRAF_SUITES").map({ String(cString: $0) }) else { return SuiteFolder(path: standard, isDefault: true) }
    return SuiteFolder(path: named, isDefault: resolved(named) == resolved(standard))
  }()

  /// The folder of the package: three levels above this file.
  static let packageRoot = folder(of: folder(of: folder(of: #filePath)))

  func has(_ relative: String) -> Bool { Self.isFile(path + "/" + relative) }

  /// Whether something stands at a path.
  static func isFile(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// The path without links and dots, so that two spellings of one folder are the same.
  private static func resolved(_ path: String) -> String {
    guard let found = realpath(path, nil) else { return path }
    defer { free(found) }
    return String(cString: found)
  }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }
}
