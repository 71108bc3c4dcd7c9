import Bytes
import Foundation
import Problems
import RDF
import RDFSyntax
import Resources
import SPARQL
import Server
import Site
import Store
import TestSupport

/// Data that pages are made of in tests: the demo site, or some Turtle without a site.
struct ServedData {
  let pages: Pages
  let addresses: Addresses
  let source: EmbeddedSource

  /// The demo site, built once.
  static let demo: Result<ServedData, any Error> = Result { try ServedData(site: ProgramRun.repository + "/mappings/site.yaml") }

  /// The queries that come with the mappings.
  static var queryFiles: [String] {
    let files = FileManager.default.enumerator(atPath: ProgramRun.repository + "/mappings")?.compactMap { $0 as? String } ?? []
    return files.filter { $0.hasSuffix(".rq") }
  }

  /// A site.
  init(site path: String) throws {
    let problems = ProblemList()
    let file = try SiteFile(path: path, resources: FileSource(), problems: problems)
    let library = Library(roots: [ProgramRun.repository])
    let build = SiteBuild(file, library: library, resources: FileSource(), problems: problems)
    let builder = StoreBuilder()
    let report = try build.run(into: builder)
    try self.init(builder, .union, PublishedSite(file: file, library: library) { report })
  }

  /// Some Turtle. With a base it belongs to a site of its own.
  init(turtle: String, base: String? = nil) throws {
    let builder = StoreBuilder()
    let text = base.map { "@base <\($0)/> . " } ?? ""
    try RDFReader.read(MemoryStream(Array((text + turtle).utf8)), format: .turtle, into: builder, problems: ProblemList())
    var site: PublishedSite?
    if let base {
      let folder = try TemporaryFolder()
      try folder.write("site.yaml", "base: \(base)\ntitle: {sv: Prov, en: Test}\npublisher: {name: Provet}\n")
      let file = try SiteFile(path: folder.file("site.yaml"), resources: FileSource(), problems: ProblemList())
      site = PublishedSite(file: file, library: Library(roots: [ProgramRun.repository])) { SiteReport() }
    }
    try self.init(builder, site == nil ? .defaultOnly : .union, site)
  }

  private init(_ builder: StoreBuilder, _ scope: GraphScope, _ site: PublishedSite?) throws {
    let bytes = try FileSource().open(ProgramRun.repository + "/vocabularies/prefixes.ttl").readAll()
    let prefixes = try ByteString(bytes).withView { view throws(Failure) in try Prefixes(parsing: view, file: "prefixes.ttl") }
    source = EmbeddedSource(
      SnapshotHolder(try builder.makeSnapshot()), scope: scope, prefixes: prefixes, threads: QueryThreads(count: 1))
    // Debug builds are slow, and all tests ask at once.
    let publication = Publication(
      queries: source, pages: source, site: site, prefixes: prefixes, budget: QueryBudget(),
      pageBudget: QueryBudget(time: .seconds(600), memory: 256 << 20), bodyLimit: 1 << 20)
    pages = Pages(publication)
    addresses = publication.addresses
  }

  /// What a page at a path is made with.
  func context(_ path: String, _ language: Language = .sv, _ query: [String: String] = [:]) -> PageContext {
    PageContext(
      language: language, isLanguageChosen: false, folder: "", path: path,
      query: FormFields().replacing(query.mapValues { Optional($0) }), addresses: addresses)
  }

  /// The page of a thing by its IRI.
  func thing(_ iri: String, _ language: Language = .sv, _ query: [String: String] = [:]) async throws -> String? {
    try await pages.thing(iri, context(addresses.path(of: iri) ?? "/doc/x", language, query))
  }

  /// Asks a query as the query page does.
  func result(_ text: String, limit: Int = 1000, _ language: Language = .sv) async throws -> String {
    let table = ResultTable(limit: limit)
    try await source.answer(QueryRequest(ByteString(text)), to: table)
    let context = context("/sparql", language)
    try await pages.nameThings(in: table, context)
    return pages.queryResult(text, table, milliseconds: 12, context)
  }
}

extension String {
  /// The text of the first element of a kind, without the tags in it.
  func element(_ name: String) -> String? {
    guard let open = range(of: "<\(name)[ >]", options: .regularExpression) else { return nil }
    guard let end = self[open.upperBound...].range(of: "</\(name)>") else { return nil }
    let whole = self[open.lowerBound..<end.lowerBound]
    return whole.replacingOccurrences(of: "<[^>]*>", with: "", options: .regularExpression)
  }
}
