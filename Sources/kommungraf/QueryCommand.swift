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

/// `kommungraf query`: SPARQL over files.
struct QueryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query", abstract: "Ask SPARQL queries of RDF files.",
    discussion: """
      Reads the files into memory and answers queries about exactly what they hold.

      kommungraf query --data ledger.ttl "SELECT * WHERE { ?s ?p ?o } LIMIT 10"
      """)

  @Option(help: ArgumentHelp("A file of the default graph.", valueName: "FILE"))
  var data: [String] = []
  @Option(name: .customLong("named-graph"), help: ArgumentHelp("A file of a named graph.", valueName: "IRI=FILE"))
  var namedGraph: [String] = []
  @Option(name: .customLong("query-file"), help: ArgumentHelp("A file with a query; several run in order.", valueName: "FILE"))
  var queryFile: [String] = []
  @Option(help: ArgumentHelp("How results are written: table, json, xml, csv, tsv, turtle, ntriples or jsonld.", valueName: "FORMAT"))
  var results: QueryResults = .table
  @Option(help: ArgumentHelp("How long a query may run.", valueName: "SECONDS"))
  var timeout: Int = 300
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
    if (query == nil) == queryFile.isEmpty { throw ValidationError("give either a QUERY or --query-file") }
    if timeout < 1 || times < 1 { throw ValidationError("--timeout and --repeat must be at least 1") }
    for graph in namedGraph where !graph.contains("=") { throw ValidationError("--named-graph needs IRI=FILE, not «\(graph)»") }
  }

  func run() throws {
    let console = global.console
    let problems = ProblemList()
    let source: EmbeddedSource
    let prefixes: Prefixes
    do throws(Failure) {
      prefixes = try Prefixes(of: Library.standard())
      source = try load(problems, prefixes, console)
    } catch {
      throw console.fail(error, after: problems)
    }
    var hasFailed = false
    let queries = query.map { [(name: String?.none, text: $0)] } ?? []
    for (name, text) in queries { hasFailed = !answer(text, name, source, prefixes, console) || hasFailed }
    for file in queryFile {
      do throws(Failure) {
        let text = String(decoding: try global.source.open(file).readAll(limit: 16 << 20), as: UTF8.self)
        hasFailed = !answer(text, file, source, prefixes, console) || hasFailed
      } catch {
        console.show(error.problem)
        hasFailed = true
      }
    }
    if hasFailed { throw ExitCode(1) }
  }

  /// Reads all files into a store.
  private func load(_ problems: ProblemList, _ prefixes: Prefixes, _ console: Console) throws(Failure) -> EmbeddedSource {
    let started = ContinuousClock.now
    let builder = StoreBuilder()
    var number = 0
    let named = namedGraph.compactMap { text in
      text.firstIndex(of: "=").map { (String(text[..<$0]), String(text[text.index(after: $0)...])) }
    }
    for (graph, file) in data.map({ (String?.none, $0) }) + named.map({ (Optional($0.0), $0.1) }) {
      number += 1
      builder.begin(graph: graph.map { .iri($0) })
      var options = RDFReader.Options()
      options.base = file.contains("://") ? ByteString(file) : fileIRI(file)
      if data.count + named.count > 1 { options.blankNodePrefix = ByteString("d\(number)-") }
      try RDFReader.read(
        try global.source.open(file), format: Format(path: file) ?? .turtle, options: options, into: builder, problems: problems)
    }
    let snapshot = try builder.makeSnapshot()
    if time {
      let load = seconds(milliseconds(since: started))
      console.say(
        "{\"load_s\":\(load),\"triples\":\(snapshot.tripleCount),\"peak_mib\":\(Memory.peak),\"resident_mib\":\(Memory.resident)}")
    }
    return EmbeddedSource(
      SnapshotHolder(snapshot), scope: .defaultOnly, prefixes: prefixes, threads: QueryThreads(count: 0))
  }

  /// Answers one query, as often as was asked for; the result is written the first time. False where it failed.
  private func answer(_ text: String, _ name: String?, _ source: EmbeddedSource, _ prefixes: Prefixes, _ console: Console) -> Bool {
    var request = QueryRequest(ByteString(text), name: name)
    request.budget.time = .seconds(timeout)
    var durations: [Double] = []
    var rows = 0
    do throws(Failure) {
      for round in 0..<times {
        let started = ContinuousClock.now
        let output: any ByteOutput = round == 0 ? DescriptorOutput() : DiscardingOutput()
        let sink = QuerySink(results, to: output, prefixes: prefixes)
        let meter = QueryMeter(timeout: request.budget.time)
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

  private func milliseconds(since start: ContinuousClock.Instant) -> Int {
    let elapsed = (ContinuousClock.now - start).components
    return Int(elapsed.seconds) * 1000 + Int(elapsed.attoseconds / 1_000_000_000_000_000)
  }
}

/// A number with four decimals.
private func fourDecimals(_ value: Double) -> String {
  let scaled = Int((value * 10_000).rounded())
  let rest = String(scaled % 10_000)
  return "\(scaled / 10_000)." + String(repeating: "0", count: 4 - rest.count) + rest
}
