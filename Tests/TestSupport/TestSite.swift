/// A small site of a test's own, as its `site.yaml`.
/// - Parameters:
///   - datasets: each as a YAML mapping in one line: `{name: a, mapping: m, source: a.csv}`.
///   - more: lines after them.
package func siteYAML(datasets: [String] = [], more: String = "") -> String {
  let list = datasets.isEmpty ? " []\n" : "\n" + datasets.map { "  - \($0)\n" }.joined()
  return """
    base: https://data.example.se
    title: Prov
    publisher: {name: Prov, type: LocalAuthority}
    datasets:\(list)\(more)

    """
}

extension TemporaryFolder {
  /// Writes a small site, as ``siteYAML(datasets:more:)`` has it, into a folder of this one; into this one without a name.
  package func writeSite(in folder: String = "", datasets: [String] = [], more: String = "") throws {
    try write(folder.isEmpty ? "site.yaml" : folder + "/site.yaml", siteYAML(datasets: datasets, more: more))
  }
}
