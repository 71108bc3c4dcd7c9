import ArgumentParser
import Bytes
import Glibc
import Mapping
import Problems
import RDF
import RDFSyntax
import Resources
import SPARQL
import Site
import Store

/// `kommungraf query`: SPARQL over files or a site.
struct QueryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query", abstract: "Ask SPARQL queries of RDF files or a site.",
    discussion: """
      Reads the files into memory and answers queries about exactly what they hold. With --site it builds the site, whose default graph \
      is all of its graphs together. --save-snapshot keeps what was read in a file that --snapshot opens at once, however large it is.

      kommungraf query --data ledger.ttl "SELECT * WHERE { ?s ?p ?o } LIMIT 10"
      kommungraf query --data ledger.nt --save-snapshot ledger.kgs
      kommungraf query --snapshot ledger.kgs "ASK { ?s a ?c }"
      """)

  @Option(help: ArgumentHelp("A file of the default graph.", valueName: "FILE"))
  var data: [String] = []
  @Option(name: .customLong("named-graph"), help: ArgumentHelp("A file of a named graph.", valueName: "IRI=FILE"))
  var namedGraph: [String] = []
  @Option(help: ArgumentHelp("The folder of a site, or its site.yaml.", valueName: "DIR"))
  var site: String?
  @Option(help: ArgumentHelp("A file that --save-snapshot wrote.", valueName: "FILE"))
  var snapshot: String?
  @Option(name: .customLong("save-snapshot"), help: ArgumentHelp("Keep what was read in a file for --snapshot.", valueName: "FILE"))
  var saveSnapshot: String?
  @Option(name: .customLong("query-file"), help: ArgumentHelp("A file with a query; several run in order.", valueName: "FILE"))
  var queryFile: [String] = []
  @Option(help: ArgumentHelp("How results are written: table, json, xml, csv, tsv, turtle, ntriples or jsonld.", valueName: "FORMAT"))
  var results: QueryResults = .table
  @Option(help: ArgumentHelp("How long a query may run; 300 without it, or what the site's limits say.", valueName: "SECONDS"))
  var timeout: Int?
  @Option(name: .customLong("repeat"), help: ArgumentHelp("Run each query so many times.", valueName: "N"))
  var times: Int = 1
  @Flag(help: "Print on standard error what operators answered the query, with the rows and milliseconds of each.")
  var explain = false
  @Flag(help: "Print times as JSON lines on standard error.")
  var time = false
  @OptionGroup var global: GlobalOptions
  @Argument(help: ArgumentHelp("The query, unless there is a --query-file.", valueName: "QUERY"))
  var query: String?

  mutating func validate() throws {
    if query != nil, !queryFile.isEmpty { throw ValidationError(.phrase("usage-query-twice")) }
    if query == nil, queryFile.isEmpty, saveSnapshot == nil { throw ValidationError(.phrase("usage-query")) }
    if site != nil, !data.isEmpty || !namedGraph.isEmpty { throw ValidationError(.phrase("usage-site-or-data")) }
    if snapshot != nil, site != nil || !data.isEmpty || !namedGraph.isEmpty {
      throw ValidationError(.phrase("usage-snapshot-or-data"))
    }
    if timeout ?? 1 < 1 || times < 1 { throw ValidationError(.phrase("usage-timeout")) }
    for graph in namedGraph where !graph.contains("=") { throw ValidationError(.phrase("usage-named-graph", ["text": graph])) }
  }

  func run() throws {
    let console = global.console
    let problems = ProblemList()
    var started = ContinuousClock.now
    let source: EmbeddedSource
    var budget = QueryBudget(time: .seconds(timeout ?? 300))
    let prefixes: Prefixes
    var hasFailed = false
    do throws(Failure) {
      let holder: SnapshotHolder
      let scope: GraphScope
      if let site {
        let live = try LiveSite.open(site, global, problems)
        prefixes = try Prefixes(of: live.library)
        started = .now
        global.log.tell(try live.build())
        console.show(problems)
        hasFailed = problems.errorCount > 0
        holder = live.holder
        budget = live.file.limits.budget
        if let timeout { budget.time = .seconds(timeout) }
        source = live.source(prefixes: prefixes, threads: QueryThreads(count: 0), services: global.services(of: live.file))
        scope = .union
      } else {
        prefixes = try Prefixes(of: Library.standard())
        started = .now
        let loaded: Snapshot
        if let snapshot {
          (loaded, scope) = try SnapshotFile.open(snapshot, global.files)
        } else {
          (loaded, scope) = (try load(problems), .defaultOnly)
        }
        holder = SnapshotHolder(loaded)
        source = EmbeddedSource(holder, scope: scope, prefixes: prefixes, threads: QueryThreads(count: 0))
      }
      if time { tellLoad(holder.current, started, console) }
      if let saveSnapshot { try SnapshotFile.save(holder.current, scope: scope, as: saveSnapshot) }
    } catch {
      throw console.fail(error, after: problems)
    }
    let queries = query.map { [(name: String?.none, text: $0)] } ?? []
    for (name, text) in queries { hasFailed = try !answer(text, name, source, budget, prefixes, console) || hasFailed }
    for file in queryFile {
      let text: String
      do throws(Failure) {
        text = String(decoding: try global.source.open(file).readAll(limit: 16 << 20), as: UTF8.self)
      } catch {
        console.show(error.problem)
        hasFailed = true
        continue
      }
      hasFailed = try !answer(text, file, source, budget, prefixes, console) || hasFailed
    }
    if hasFailed { throw ExitCode(1) }
  }

  /// Reads all files into a store.
  private func load(_ problems: ProblemList) throws(Failure) -> Snapshot {
    let named = namedGraph.compactMap { text in
      text.firstIndex(of: "=").map { (graph: String(text[..<$0]), file: String(text[text.index(after: $0)...])) }
    }
    return try DataLoading(data: data, named: named, source: global.source).load(problems)
  }

  private func tellLoad(_ snapshot: Snapshot, _ started: ContinuousClock.Instant, _ console: Console) {
    let load = seconds(started.millisecondsSince)
    console.say(
      "{\"load_s\":\(load),\"triples\":\(snapshot.tripleCount),"
        + "\"peak_mib\":\(ProcessMemory.peak),\"resident_mib\":\(ProcessMemory.resident)}")
  }

  /// Answers one query, as often as was asked for; the result is written the first time. False where it failed.
  /// - Throws: the status to exit with at once, where it is not the query that is at fault.
  private func answer(
    _ text: String, _ name: String?, _ source: EmbeddedSource, _ budget: QueryBudget, _ prefixes: Prefixes, _ console: Console
  ) throws -> Bool {
    var request = QueryRequest(ByteString(text), name: name)
    request.budget = budget
    var durations: [Double] = []
    var rows = 0
    do throws(Failure) {
      for round in 0..<times {
        let started = ContinuousClock.now
        let output: any ByteOutput = round == 0 ? DescriptorOutput() : DiscardingOutput()
        let sink = AnswerWriter(results.formats, to: output, prefixes: prefixes)
        let meter = QueryMeter(timeout: budget.time, memory: budget.memory)
        if explain, round == 0 {
          let plan = try source.explainNow(request, to: sink, meter: meter)
          console.say(global.reportFormat == .json ? plan.json : plan.text(in: global.language))
        } else {
          try source.answerNow(request, to: sink, meter: meter)
        }
        rows = sink.rows
        let elapsed = (ContinuousClock.now - started).components
        durations.append(Double(elapsed.seconds) * 1000 + Double(elapsed.attoseconds) / 1e15)
      }
    } catch {
      if error.problem.code == .snapshotInvalid { throw console.fail(error, after: ProblemList()) }
      console.show(error.problem)
      return false
    }
    if time {
      let median = durations.sorted()[durations.count / 2]
      let label = name.map { $0.split(separator: "/").last.map(String.init) ?? $0 } ?? "query"
      let stem = label.hasSuffix(".rq") ? String(label.dropLast(3)) : label
      console.say("{\"query\":\"\(stem)\",\"rows\":\(rows),\"median_ms\":\(fourDecimals(median))}")
    }
    return true
  }
}

/// A number with four decimals.
private func fourDecimals(_ value: Double) -> String {
  let scaled = Int((value * 10_000).rounded())
  let rest = String(scaled % 10_000)
  return "\(scaled / 10_000)." + String(repeating: "0", count: 4 - rest.count) + rest
}
