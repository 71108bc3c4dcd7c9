package import Bytes
package import Problems
package import RDF
package import RDFSyntax
package import Resources
package import SPARQL
package import Site

/// What a server publishes: data that can be asked, and what is known of them.
package struct Publication: Sendable {
  /// Answers the queries of clients.
  package let queries: any GraphSource
  /// Answers the queries of pages, on threads that no client's query can hold up.
  package let pages: any GraphSource
  /// The site; nil where files are served as they are.
  package let site: PublishedSite?
  /// The prefixes that documents are written with and that the query page begins with.
  package let prefixes: Prefixes
  /// What one query of a client may cost.
  package let budget: QueryBudget
  /// What one question of a page may cost.
  let pageBudget: QueryBudget
  /// How many bytes the body of a request may have.
  package let bodyLimit: Int
  /// How many bytes a table may have that is posted to be looked up.
  package let lookupLimit: Int
  /// What well-known terms are called.
  let labels: TermLabels
  /// Where our things have their IRIs and their documents.
  package let addresses: Addresses

  /// The state of the data now; nil where the source can't say.
  package var state: DataState? { pages.version.map { DataState(version: $0, day: SwedishTime.date(at: .now)) } }

  /// The languages of pages, the first one first.
  package var languages: [Language] { site?.file.languages ?? [.sv, .en] }

  /// A publication.
  package init(
    queries: any GraphSource, pages: any GraphSource, site: PublishedSite?, prefixes: Prefixes, budget: QueryBudget,
    pageBudget: QueryBudget = QueryBudget(time: .seconds(10), memory: 256 << 20), bodyLimit: Int, lookupLimit: Int = SiteLimits().resolve
  ) {
    self.queries = queries
    self.pages = pages
    self.site = site
    self.prefixes = prefixes
    self.budget = budget
    self.pageBudget = pageBudget
    self.bodyLimit = bodyLimit
    self.lookupLimit = lookupLimit
    labels = TermLabels(of: site?.library ?? .standard())
    addresses = Addresses(base: site?.file.base, moved: site?.file.registers ?? [:])
  }
}

/// What answers about things are made of, beside the request.
package struct DataState: Sendable, Hashable {
  /// Names the snapshot, in this process.
  package let version: ByteString
  /// The day in Sweden: identifiers end with days.
  package let day: CivilDate

  /// A state.
  package init(version: ByteString, day: CivilDate) {
    self.version = version
    self.day = day
  }
}

/// The site behind a publication.
package struct PublishedSite: Sendable {
  /// Its site.yaml.
  package let file: SiteFile
  /// Where its mappings are, with their example queries.
  package let library: Library
  /// What became of the graphs of the snapshot that is served.
  package let report: @Sendable () -> SiteReport
  /// The copies of what it fetches from the network; nil where it fetches nothing.
  package let pulls: Pulls?
  /// Its registers, to look codes and names up in.
  package let lookups: RegisterLookups
  /// The names of its registers and code lists.
  let registerNames: Set<String>

  /// A site.
  /// - Parameters:
  ///   - resources: where the files of its registers come from.
  ///   - pulls: the copies of what it fetches from the network.
  package init(
    file: SiteFile, library: Library, resources: any ByteSource = FileSource(), pulls: Pulls? = nil,
    report: @escaping @Sendable () -> SiteReport
  ) {
    self.file = file
    self.library = library
    self.pulls = pulls
    self.report = report
    lookups = RegisterLookups(file, library, resources: resources)
    let all = library.holdingRegisters(ofSite: file.folder)
    registerNames = Set(all.registerNames + all.codeListNames)
  }
}
