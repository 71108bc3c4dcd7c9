import Problems
import RDF
import Resources
import Site

extension LiveSite {
  /// The site that a user names, of which nothing has been built yet.
  /// - Parameters:
  ///   - argument: its folder or file; nil to look for it from the working directory.
  ///   - asOf: the day as of which embargoes are judged, and at whose beginning all is said to be built; nil for the day of each build.
  /// - Throws: what finding or reading its file throws.
  static func open(
    _ argument: String?, _ global: GlobalOptions, _ problems: any ProblemSink, asOf: CivilDate? = nil
  ) throws(Failure) -> LiveSite {
    let path = try SiteLocation.path(argument)
    let file = try SiteFile(path: path, resources: global.source, problems: problems)
    let resources = global.source(allowing: file.network.allow)
    let library = Library.standard(site: file.folder)
    try file.checkRegisters(in: library, resources, problems: problems)
    return LiveSite(
      file, library: library, resources: resources, problems: problems, log: global.log, pulls: Pulls(file, global)
    ) {
      asOf ?? SwedishTime.date(at: .now)
    } moment: {
      asOf.map(SwedishTime.text(atBeginningOf:)) ?? SwedishTime.text(at: .now)
    } now: {
      asOf.map(SwedishTime.beginning) ?? .now
    }
  }
}

extension Pulls {
  /// The sources of a site that are fetched as a command's options allow; nil where none is.
  fileprivate convenience init?(_ file: SiteFile, _ global: GlobalOptions) {
    guard file.datasets.contains(where: \.isPulled) else { return nil }
    let allowed = file.network.allow
    self.init(
      file, library: .standard(site: file.folder), resources: global.source(allowing: allowed), fetcher: global.network(allowing: allowed),
      log: global.log)
  }
}

extension Publishing {
  /// The publishing of the site that a user names.
  /// - Parameters:
  ///   - argument: its folder or file; nil to look for it from the working directory.
  ///   - asOf: the day as of which embargoes are judged, and at whose beginning the release is said to be made; nil for now.
  /// - Throws: what finding or reading its file throws.
  static func open(
    _ argument: String?, _ global: GlobalOptions, _ problems: any ProblemSink, asOf: CivilDate?
  ) throws(Failure) -> Publishing {
    let file = try SiteFile(path: try SiteLocation.path(argument), resources: global.source, problems: problems)
    let now = asOf.map(SwedishTime.beginning) ?? .now
    let library = Library.standard(site: file.folder)
    try file.checkRegisters(in: library, global.source, problems: problems)
    return Publishing(
      file, library: library, resources: global.source(allowing: file.network.allow), problems: problems,
      log: global.log, today: asOf ?? SwedishTime.date(at: now), moment: SwedishTime.text(at: now), now: now,
      pulls: Pulls(file, global))
  }
}

extension SiteFile {
  /// The site that the working directory is in or has, of which a command uses the registers; nil where there is none.
  /// - Throws: what reading its file throws.
  static func here(_ global: GlobalOptions) throws(Failure) -> SiteFile? {
    guard let path = try? SiteLocation.path(nil) else { return nil }
    return try SiteFile(path: path, resources: global.source, problems: ProblemList())
  }
}
