import Problems
import RDFSyntax
import Resources
import SPARQL
import Server
import Site
import Store
import TestSupport

/// A site as it is served, without the network: requests go to the responder.
struct ServedSite {
  let site: LiveSite
  let responder: Responder

  /// The demo site, built once for all tests.
  static let demo: Result<ServedSite, any Error> = {
    do { return .success(try ServedSite(file: ProgramRun.repository + "/mappings/site.yaml")) } catch { return .failure(error) }
  }()

  /// The site of a file.
  /// - Parameters:
  ///   - roots: where mappings and vocabularies are looked up.
  ///   - fetcher: what asks sources on the network; nil for none.
  init(
    file: String, budget: QueryBudget = QueryBudget(time: .seconds(300), rows: 100_000, memory: 1 << 28), bodyLimit: Int = 1 << 20,
    roots: [String] = [ProgramRun.repository], fetcher: (any ByteFetcher)? = nil
  ) throws {
    let library = Library(roots: roots)
    let problems = ProblemList()
    let read = try SiteFile(path: file, resources: FileSource(), problems: problems)
    let pulls = fetcher.map { Pulls(read, library: library, resources: FileSource(), fetcher: $0) }
    let live = LiveSite(read, library: library, resources: FileSource(), problems: problems, pulls: pulls)
    _ = try live.build()
    site = live
    let prefixes = try Prefixes(of: library)
    // Debug builds are slow, and all tests ask at once.
    func source() -> some GraphSource { live.source(prefixes: prefixes, threads: QueryThreads(limit: 10_000)) }
    responder = Responder(
      Publication(
        queries: source(), pages: source(),
        site: PublishedSite(file: read, library: library, pulls: pulls, report: { live.report }), prefixes: prefixes, budget: budget,
        pageBudget: QueryBudget(time: .seconds(600), memory: 256 << 20), bodyLimit: bodyLimit
      )
    )
  }

  /// The answer to a request.
  func answer(
    _ target: String, method: String = "GET", host: String = "127.0.0.1:8080", _ headers: [String: String] = [:], body: String = ""
  ) async throws -> WebResponse {
    do throws(RequestFault) {
      return await responder.respond(
        to: try WebRequest(method, target, host: host, headers: headers, body: Array(body.utf8)))
    } catch {
      return responder.respond(to: error, target)
    }
  }

  /// The answer to a query by GET.
  func query(_ text: String, _ headers: [String: String] = [:], _ parameters: String = "") async throws -> WebResponse {
    let fields = FormFields().replacing(["query": text])
    return try await answer("/sparql?" + fields.text + parameters, headers)
  }
}

extension WebResponse {
  /// The whole body, as text.
  var text: String {
    get async throws {
      switch body {
      case .none: return ""
      case .bytes(let bytes): return String(decoding: bytes, as: UTF8.self)
      case .stream(let pipe):
        var all: [UInt8] = []
        while let block = try await pipe.next() { all += block }
        return String(decoding: all, as: UTF8.self)
      }
    }
  }
}
