package import Problems

/// Where a site is (contract §3): what was named, else `./site.yaml`, else `./mappings/site.yaml`.
package enum SiteLocation {
  /// The path of the site's file.
  /// - Parameter named: a folder or a file, or nil.
  /// - Throws: ``ProblemCode/inputMissing``.
  package static func path(_ named: String?) throws(Failure) -> String {
    let candidates = named.map { [$0 + ($0.hasSuffix("/") ? "" : "/") + "site.yaml", $0] } ?? ["site.yaml", "mappings/site.yaml"]
    guard let path = candidates.first(where: exists) else {
      throw Failure(.inputMissing, ["name": named ?? "site.yaml"])
    }
    return path
  }
}
