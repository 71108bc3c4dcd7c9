import Mapping
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
    return LiveSite(file, library: .standard(site: file.folder), resources: resources, problems: problems, log: global.log) {
      asOf ?? SwedishTime.date(at: .now)
    } moment: {
      asOf.map(SwedishTime.text(atBeginningOf:)) ?? SwedishTime.text(at: .now)
    }
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
