import Bytes
import Catalog
import Identifiers
package import Logging
import Mapping
package import Problems
package import RDF
import RDFSyntax
package import Resources

/// Builds a site: from its folder, the mappings and the vocabularies to quads, each in its named graph.
///
/// A part can be built on its own, so that whoever keeps the graphs may replace one, or drop one that failed half-way.
package struct SiteBuild: Sendable {
  /// The site.
  package let site: SiteFile
  /// Its graphs, in the order in which they are built; the catalog is the last.
  package let parts: [SitePart]
  let library: Library
  let resources: any ByteSource
  private let problems: any ProblemSink
  private let log: Logger
  let pulls: Pulls?
  /// The day, in Sweden, as of which embargoes are judged.
  private let today: @Sendable () -> CivilDate
  /// The moment that what is built carries.
  private let moment: @Sendable () -> String

  /// The terms that the site's mappings make up.
  private let ownTerms: (files: [String], terms: [MappingTerm])

  /// The graph of Kommungraf's own terms.
  package static let termsGraph = KnownVocabulary.kg
  /// The name of the part that describes the site's own terms.
  private static let ownTermsName = "ns"

  /// The build of a site.
  /// - Parameters:
  ///   - library: where mappings and vocabularies are looked up.
  ///   - problems: where problems go, those of all parts.
  ///   - log: what is told which mapping each dataset is read by.
  ///   - pulls: the copies of what is fetched from the network; without them it is fetched at each build, and no pages after the first.
  ///   - today: the day, in Sweden, as of which embargoes are judged; it is asked for each dataset that is built.
  ///   - moment: the time that a graph is said to be built at, as xsd:dateTime; it is asked for each graph. With a fixed one two builds of the
  ///     same are the same.
  package init(
    _ site: SiteFile, library: Library, resources: any ByteSource, problems: any ProblemSink, log: Logger = .silent, pulls: Pulls? = nil,
    today: @escaping @Sendable () -> CivilDate = { SwedishTime.date(at: .now) },
    moment: @escaping @Sendable () -> String = { SwedishTime.text(at: .now) }
  ) {
    self.site = site
    self.today = today
    self.moment = moment
    let library = library.holdingRegisters(ofSite: site.folder)
    self.library = library
    self.resources = resources
    self.problems = problems
    self.log = log
    self.pulls = pulls
    ownTerms = OwnTerms(site, library, resources).found()
    var parts: [SitePart] = []
    func add(_ kind: SitePart.Kind, _ name: String, _ graph: String, _ source: String) {
      parts.append(SitePart(kind: kind, name: name, graph: graph, source: source, blankNodePrefix: "p\(parts.count)"))
    }
    if let terms = library.file("vocabularies/kommungraf.ttl") { add(.terms, "kommungraf", Self.termsGraph, terms) }
    if !ownTerms.terms.isEmpty { add(.terms, Self.ownTermsName, site.base + "/ns/", site.path) }
    for (kind, name, source) in SitePart.registers(in: library) {
      add(kind, name, SitePart.graph(ofRegister: name, base: site.base), source)
    }
    for name in Crosswalk.names(in: site.folder) {
      add(.crosswalk, name, site.base + "/register/" + name, Crosswalk.path(name, in: site.folder))
    }
    for dataset in site.datasets { add(.dataset, dataset.name, site.base + "/dataset/" + dataset.name, dataset.mapping) }
    add(.catalog, "catalog", site.base + "/catalog", site.path)
    self.parts = parts
  }

  /// Builds all graphs into one sink, which is told when all have come. A graph that can't be built leaves a problem, and what had come
  /// of it stays; the others go on.
  /// - Throws: what the sink throws when it can't take more.
  package func run(into sink: any QuadSink) throws(Failure) -> SiteReport {
    pulls?.run(.due)
    var report = SiteReport()
    for part in parts {
      let built = build(part, into: sink, after: report)
      report.parts.append(built)
      if let failure = built.failure, failure.code == .writeFailed { throw Failure(failure) }
    }
    try sink.finish()
    return report
  }

  /// Builds one graph into a sink, which is not told to finish. A failure stands in the report.
  /// - Parameters:
  ///   - others: what is known of the other graphs; the catalog tells of rows withheld and leaves out what failed.
  ///   - reading: what is read of a dataset; nil for all that its sources are.
  package func build(_ part: SitePart, into sink: any QuadSink, after others: SiteReport, reading: DatasetReading? = nil) -> PartReport {
    let start = ContinuousClock.now
    let listener = PartProblems(problems, ignoring: part.kind == .register ? .tableWithoutRows : nil)
    var report = PartReport(part)
    if part.kind != .catalog { report.moment = moment() }
    do throws(Failure) {
      switch part.kind {
      case .terms where part.name == Self.ownTermsName:
        report.sources = ownTerms.files
        report.conversion.triples = try OwnTerms.write(ownTerms.terms, graph: part.graph, to: sink)
      case .terms, .codeList: try copy(part, into: sink, &report, listener)
      case .crosswalk: try link(part, into: sink, &report, listener)
      case .register: try convertRegister(part, into: sink, &report, listener)
      case .dataset: try convertDataset(part, reading, into: sink, &report, listener)
      case .catalog: try describe(part, into: sink, &report, others)
      }
    } catch {
      listener.report(error.problem)
      report.failure = error.problem
      if part.kind == .dataset {
        report.hasOlderCopy = pulls?.reject(part.name, error.problem) ?? false
        if !report.hasOlderCopy { listener.report(Problem(.datasetFailed, at: Place(file: site.path), ["name": part.name])) }
      }
    }
    report.problems = listener.list.problems
    report.errors = listener.list.errorCount
    report.milliseconds = start.millisecondsSince
    return report
  }

  private func copy(
    _ part: SitePart, into sink: any QuadSink, _ report: inout PartReport, _ problems: PartProblems
  ) throws(Failure) {
    report.sources = [part.source]
    let target = GraphSink(sink, graph: ByteString(part.graph))
    let options = RDFReader.Options(blankNodePrefix: ByteString(part.blankNodePrefix))
    try RDFReader.read(try resources.open(part.source), format: .turtle, options: options, into: target, problems: problems)
    report.conversion.triples = target.count
  }

  private func link(
    _ part: SitePart, into sink: any QuadSink, _ report: inout PartReport, _ problems: PartProblems
  ) throws(Failure) {
    report.sources = [part.source]
    let crosswalk = Crosswalk(
      prefixes: try Prefixes(of: library), base: site.base + "/", patterns: site.registers, resources: resources, problems: problems)
    report.conversion = try crosswalk.read(part.source, graph: part.graph, into: sink)
  }

  private func convertRegister(
    _ part: SitePart, into sink: any QuadSink, _ report: inout PartReport, _ problems: PartProblems
  ) throws(Failure) {
    report.sources = [part.source]
    var job = job([], mapping: part.source.contains("/") ? part.source : "./" + part.source, part, problems)
    job.mode = .minimal
    let path = library.ledgerFile(besides: part.source)
    guard exists(path) else {
      report.conversion = try job.convert(into: sink)
      return
    }
    // A ledger that does not hold is told before anything is made of the table.
    report.sources.append(path)
    let loader = RegisterLoader(resources: resources, problems: problems)
    let register = try loader.load(part.name, metadata: part.source, pattern: site.registers[part.name], base: site.base)
    let ledger = try Ledger(reading: path, of: register, resources, problems: problems)
    let group = try MetadataLocator(resources: resources, problems: ProblemList()).read(fileIRI(part.source), file: part.source)
    report.conversion = try job.convert(into: sink)
    report.conversion.triples += try LedgerQuads(register, group, graph: part.graph).write(ledger, to: sink)
  }

  private func convertDataset(
    _ part: SitePart, _ reading: DatasetReading?, into sink: any QuadSink, _ report: inout PartReport, _ problems: PartProblems
  ) throws(Failure) {
    guard let dataset = site.datasets.first(where: { $0.name == part.name }) else { return }
    _ = try library.mapping(dataset.mapping)
    let pulls = dataset.isPulled ? pulls : nil
    report.sources = if let reading { reading.files } else { try sources(of: dataset) }
    if let pulls {
      pulls.tellAge(of: dataset, problems)
      pulls.tellStopped(of: dataset, reading: report.sources, problems)
      report.addresses = dataset.sources.compactMap(SourceFiles.publicAddress)
    }
    if dataset.keep != nil, reading?.rowsBefore ?? 0 == 0, moments(of: dataset).isEmpty {
      let place = Place(file: site.path, line: dataset.line)
      problems.report(Problem(.keepWithoutMoment, at: place, ["name": dataset.name, "mapping": dataset.mapping]))
    }
    if report.sources.isEmpty { return }
    var job = job(report.sources, mapping: dataset.mapping, part, problems)
    job.settings = dataset.settings
    job.variant = dataset.variant
    job.rowsBefore = reading?.rowsBefore ?? 0
    job.rowsToSkip = reading?.rowsToSkip ?? [:]
    job.asOf = today()
    job.together = pulls?.files(ofEachAddressOf: dataset, among: report.sources) ?? []
    guard let pulls else {
      report.conversion = try job.convert(into: sink)
      return
    }
    // Of what grows, what is no more in the source is still in the graph.
    if pulls.changes(of: dataset) != nil, dataset.keep == nil {
      let retirement = Retirement(
        PullFolder(dataset.name, site: site), base: site.base, graph: part.graph,
        rules: identifierRules(of: dataset, pulls.fingerprint(of: dataset)))
      report.conversion = try retirement.convert(job, into: sink, at: pulls.moment, problems: problems.list) {
        pulls.hasBuiltNewest(of: dataset)
      }
    } else {
      report.conversion = try job.convert(into: sink)
    }
    pulls.accept(part.name)
  }

  private func job(_ inputs: [String], mapping: String, _ part: SitePart, _ problems: PartProblems) -> ConversionJob {
    var job = ConversionJob(inputs: inputs, mapping: mapping, library: library, resources: resources, problems: problems)
    job.log = log
    job.base = site.base
    job.graph = part.graph
    job.patterns = site.registers
    job.blankNodePrefix = part.blankNodePrefix
    return job
  }

  private func describe(
    _ part: SitePart, into sink: any QuadSink, _ report: inout PartReport, _ others: SiteReport
  ) throws(Failure) {
    report.sources = [part.source]
    let description = try CatalogOfSite(site, library, resources, others).description()
    let counter = QuadCounter(sink)
    try CatalogQuads.write(description, graph: part.graph, to: counter)
    report.conversion.triples = counter.count
  }
}

/// The problems of one part, kept beside those of the site.
private final class PartProblems: ProblemSink {
  let list = ProblemList()
  private let outer: any ProblemSink
  private let ignored: ProblemCode?

  init(_ outer: any ProblemSink, ignoring ignored: ProblemCode?) {
    self.outer = outer
    self.ignored = ignored
  }

  func report(_ problem: Problem) {
    if problem.code == ignored { return }
    list.report(problem)
    outer.report(problem)
  }
}

/// Counts what it hands on.
private final class QuadCounter: QuadSink {
  private let sink: any QuadSink
  private(set) var count = 0

  init(_ sink: any QuadSink) { self.sink = sink }

  func append(_ batch: borrowing QuadBatch) throws(Failure) {
    count += batch.count
    try sink.append(batch)
  }

  func finish() throws(Failure) {}
}
