import Glibc
import Problems
import Tables

/// The files that a dataset's `source` names (contract §3): paths, globs and IRIs, of workbooks perhaps with the sheet.
package enum SourceFiles {
  /// The address of a source that is fetched, as the catalog may tell it: without what stands for a user or after the path, where keys and
  /// passwords are; nil for a file.
  package static func publicAddress(of source: String) -> String? {
    guard let scheme = source.firstRange(of: "://") else { return nil }
    let rest = source[scheme.upperBound...].prefix { $0 != "?" && $0 != "#" }
    let authority = rest.prefix { $0 != "/" }
    let host = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
    return "\(source[..<scheme.upperBound])\(host)\(rest.dropFirst(authority.count))"
  }

  /// The names of the files, in order: relative ones start from `folder`, and a glob's are sorted by name.
  /// - Throws: ``ProblemCode/inputMissing`` for a path or glob that finds nothing.
  static func find(_ sources: [String], in folder: String) throws(Failure) -> [String] {
    var found: [String] = []
    for source in sources {
      if source.contains("://") {
        found.append(source)
        continue
      }
      let name = TableName(source)
      let path = name.file.hasPrefix("/") || folder == "." ? name.file : folder + "/" + name.file
      let files = path.contains { "*?[".contains($0) } ? matches(path) : exists(path) ? [path] : []
      if files.isEmpty { throw Failure(.inputMissing, at: Place(file: path), ["name": path]) }
      found += files.map { TableName(file: $0, sheet: name.sheet).text }.filter { !found.contains($0) }
    }
    return found
  }

  private static func matches(_ pattern: String) -> [String] {
    var result = glob_t()
    defer { globfree(&result) }
    guard glob(pattern, 0, nil, &result) == 0 else { return [] }
    return (0..<Int(result.gl_pathc)).compactMap { result.gl_pathv[$0].map { String(cString: $0) } }
  }
}
