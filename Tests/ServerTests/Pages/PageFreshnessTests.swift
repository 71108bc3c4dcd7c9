import Problems
import RDF
import RDFSyntax
import Resources
import SPARQL
import Server
import Site
import Store
import Testing

@Suite("Pages and changing data")
struct PageFreshnessTests {
  private func snapshot(_ turtle: String) throws -> Snapshot {
    let builder = StoreBuilder()
    try RDFReader.read(MemoryStream(Array(turtle.utf8)), format: .turtle, into: builder, problems: ProblemList())
    return try builder.makeSnapshot()
  }

  @Test("count anew when the data are others")
  func counts() async throws {
    let holder = SnapshotHolder(try snapshot("<http://e/a> <http://e/p> 1 ."))
    let source = EmbeddedSource(holder, scope: .defaultOnly, threads: QueryThreads(count: 1))
    let publication = Publication(
      queries: source, pages: source, site: nil, prefixes: Prefixes(), budget: QueryBudget(), bodyLimit: 1 << 20)
    let pages = Pages(publication)
    let context = PageContext(
      language: .en, isLanguageChosen: false, folder: "", path: "/", query: FormFields(), addresses: publication.addresses)
    #expect(try await pages.home(context).contains("1 triple."))
    #expect(try await pages.home(context).contains("1 triple."))
    holder.replace(with: try snapshot("<http://e/a> <http://e/p> 1, 2 ."))
    #expect(try await pages.home(context).contains("2 triples."))
  }
}
