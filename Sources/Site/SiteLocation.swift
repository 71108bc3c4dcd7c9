import Glibc
package import Problems

/// Where a site is (contract §3): what a user names, else `./site.yaml`, else `./mappings/site.yaml`.
package enum SiteLocation {
  /// The path of the site's file.
  /// - Parameter argument: a folder with a `site.yaml`, or the file itself; nil to look from the working directory.
  /// - Throws: ``ProblemCode/inputMissing`` with the path that was looked for.
  package static func path(_ argument: String?) throws(Failure) -> String {
    guard let argument else {
      if let found = ["site.yaml", "mappings/site.yaml"].first(where: exists) { return found }
      throw Failure(.inputMissing, at: Place(file: "site.yaml"), ["name": "site.yaml"])
    }
    if !isFolder(argument) {
      if exists(argument) { return argument }
      throw Failure(.inputMissing, at: Place(file: argument), ["name": argument])
    }
    var folder = argument
    while folder.hasSuffix("/"), folder.count > 1 { folder.removeLast() }
    let path = folder == "." ? "site.yaml" : folder == "/" ? "/site.yaml" : folder + "/site.yaml"
    if exists(path) { return path }
    throw Failure(.inputMissing, at: Place(file: path), ["name": path])
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
