import ArgumentParser
import Problems
import RDFSyntax
import Resources
import SPARQL
import Server
import Site
import Store
import Synchronization

/// `kommungraf serve`: a site, or some files, over HTTP (contract §1, §5).
struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Serve a site: its data, their catalog and pages about them.",
    discussion: """
      Builds the site that a site.yaml describes and answers for it: SPARQL at /sparql, the things of the site at their own paths, the \
      catalog at /catalog, pages for people everywhere. Without SITE the file is ./site.yaml or else ./mappings/site.yaml, the demo site.

      kommungraf serve
      kommungraf serve --data graph.nt --port 8081
      kommungraf serve --snapshot graph.kgs
      """)

  @Argument(help: ArgumentHelp("The site's folder, or its site.yaml.", valueName: "SITE"))
  var site: String?
  @Option(help: ArgumentHelp("A file to serve instead of a site.", valueName: "FILE"))
  var data: [String] = []
  @Option(help: ArgumentHelp("A file that query --save-snapshot wrote, to serve instead of a site.", valueName: "FILE"))
  var snapshot: String?
  @Option(help: ArgumentHelp("The address to listen on.", valueName: "HOST"))
  var host = "127.0.0.1"
  @Option(help: ArgumentHelp("The port to listen on; 0 for one that is free.", valueName: "PORT"))
  var port = 8080
  @Flag(help: "Read a dataset again when its files change.")
  var watch = false
  @OptionGroup var global: GlobalOptions

  mutating func validate() throws {
    if !(0...65535).contains(port) { throw ValidationError(.phrase("usage-port")) }
    if [site != nil, !data.isEmpty, snapshot != nil].count(where: { $0 }) > 1 {
      throw ValidationError(.phrase("usage-served"))
    }
    if watch, !data.isEmpty || snapshot != nil { throw ValidationError(.phrase("usage-watch")) }
  }

  func run() throws {
    let console = global.console
    let problems = ProblemList()
    let publication: Publication
    do throws(Failure) {
      publication = data.isEmpty && snapshot == nil ? try publishSite(problems, console) : try publishFiles(problems)
    } catch {
      throw console.fail(error, after: problems)
    }
    console.show(problems)
    do throws(Failure) {
      try serve(publication, console)
    } catch {
      throw console.fail(error, after: ProblemList())
    }
  }

  private func publishFiles(_ problems: ProblemList) throws(Failure) -> Publication {
    let prefixes = try Prefixes(of: Library.standard())
    let (loaded, scope) =
      if let snapshot { try SnapshotFile.open(snapshot, global.files) } else {
        (try DataLoading(data: data, source: global.source).load(problems), GraphScope.defaultOnly)
      }
    let holder = SnapshotHolder(loaded)
    func source() -> EmbeddedSource { EmbeddedSource(holder, scope: scope, prefixes: prefixes, threads: QueryThreads()) }
    return Publication(
      queries: source(), pages: source(), site: nil, prefixes: prefixes, budget: QueryBudget(time: .seconds(300)),
      bodyLimit: SiteLimits().body)
  }

  private func publishSite(_ problems: ProblemList, _ console: Console) throws(Failure) -> Publication {
    let live = try LiveSite.open(site, global, problems)
    let prefixes = try Prefixes(of: live.library)
    let watcher = SiteWatcher(live, console, global.log, watchesSources: watch)
    // Sources are asked while what there is serves: one that does not answer keeps nothing waiting but its own dataset.
    let report = try live.build(pulling: .nothing)
    global.log.tell(report)
    for line in report.lines(in: console.language) { console.tell(line) }
    for name in live.awaited { console.tell(Wording.shared.text("source-awaited", in: console.language, ["name": name])) }
    watcher.start()
    return Publication(
      queries: live.source(prefixes: prefixes, threads: QueryThreads(), services: global.services(of: live.file)),
      pages: live.source(prefixes: prefixes, threads: QueryThreads()),
      site: PublishedSite(file: live.file, library: live.library, resources: global.files, pulls: live.pulls) { live.report },
      prefixes: prefixes, budget: live.file.limits.budget, bodyLimit: live.file.limits.body, lookupLimit: live.file.limits.resolve)
  }

  /// Serves until the process is told to stop. The server runs on the cooperative pool, and this thread waits for it.
  private func serve(_ publication: Publication, _ console: Console) throws(Failure) {
    let ended = Ended()
    let (host, port, log) = (host, port, global.logLevel == nil ? nil : global.log)
    Task.detached {
      do throws(Failure) {
        try await WebServer(publication, log: log).run(host: host, port: port) { port in
          console.say("kommungraf: serving http://\(host.contains(":") ? "[\(host)]" : host):\(port)/")
        }
        ended.end(nil)
      } catch {
        ended.end(error)
      }
    }
    if let failure = ended.wait() { throw failure }
  }
}
