import Problems

/// Sees what of a site was written, came or went: the sources and mappings of its datasets, and the registers with their ledgers.
package struct SourceWatch: Sendable {
  /// What is not as it was.
  package struct Changes: Equatable, Sendable {
    /// Whether registers, ledgers, code lists or crosswalks are among it, which all datasets may look at.
    package var registers = false
    /// The datasets whose sources or mapping are, in the order of the site's file.
    package var datasets: [String] = []

    /// Changes.
    package init(registers: Bool = false, datasets: [String] = []) {
      self.registers = registers
      self.datasets = datasets
    }
  }

  private let plan: SiteBuild
  private var registers: [FileTrace] = []
  private var datasets: [String: [FileTrace]] = [:]

  /// A watch that knows all as it is now.
  package init(_ site: LiveSite) {
    plan = site.plan
    _ = changes()
  }

  /// What is not as it was at the last call.
  package mutating func changes() -> Changes {
    var changes = Changes()
    let found = plan.registerFiles.compactMap { FileTrace($0) }
    changes.registers = registers != found
    registers = found
    for dataset in plan.site.datasets {
      // Sources that are missing are a state too: the next build says so.
      let sources = (try? SourceFiles.find(dataset.sources, in: plan.site.folder)) ?? []
      let found = (sources + plan.mappingFiles(of: dataset)).compactMap { FileTrace($0) }
      if let before = datasets[dataset.name], before != found { changes.datasets.append(dataset.name) }
      datasets[dataset.name] = found
    }
    return changes
  }
}
