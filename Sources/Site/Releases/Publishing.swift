import Bytes
import Identifiers
package import Logging
import Mapping
package import Problems
package import RDF
package import Resources
import Store

/// Publishes a site: builds it into a new release, compares that with the last one, and lets it take the last one's place.
///
/// A graph is built, written and forgotten before the next one, so that memory is needed for the largest of them. Nothing is published where a
/// graph can't be built, where a ledger is not the published one with lines added, or where an identifier is gone without a word.
package struct Publishing {
  /// What came of it.
  package struct Outcome: Sendable {
    /// What became of the graphs.
    package var report = SiteReport()
    /// The release that stands in the folder now; nil where there is none.
    package var release: Release?
    /// Whether it was put there by this run.
    package var isNew = false
    /// How the identifiers of each file differ from the last release; files in which none do are not here.
    package var changes: [(file: String, counts: IdentifierCounts)] = []
    /// How many identifiers are gone without a word.
    package var vanished = 0
    /// Whether a ledger is not the published one with lines added.
    package var isRewritten = false
  }

  let site: SiteFile
  private let library: Library
  let build: SiteBuild
  private let pulls: Pulls?
  private let resources: any ByteSource
  let problems: any ProblemSink
  let today: CivilDate
  let moment: String
  let now: Instant

  /// The publishing of a site.
  /// - Parameters:
  ///   - library: where mappings and vocabularies are looked up.
  ///   - problems: where problems go.
  ///   - today: the day, in Sweden, as of which embargoes are judged.
  ///   - moment: the moment of the release, as xsd:dateTime.
  ///   - now: the same moment, from which datasets that grow are kept so long back.
  ///   - pulls: the copies of what is fetched from the network.
  package init(
    _ site: SiteFile, library: Library, resources: any ByteSource, problems: any ProblemSink, log: Logger = .silent, today: CivilDate,
    moment: String, now: Instant = .now, pulls: Pulls? = nil
  ) {
    self.site = site
    self.library = library.holdingRegisters(ofSite: site.folder)
    self.resources = resources
    self.problems = problems
    self.today = today
    self.moment = moment
    self.now = now
    self.pulls = pulls
    build = SiteBuild(
      site, library: library, resources: resources, problems: problems, log: log, pulls: pulls, today: { today }, moment: { moment })
  }

  /// Builds, compares and publishes.
  /// - Parameters:
  ///   - path: the folder of the release.
  ///   - allowsLoss: whether identifiers may be given up, which the manifest then keeps.
  /// - Throws: ``ProblemCode/releaseForeign``, ``ProblemCode/releaseInvalid``, ``ProblemCode/writeFailed``, ``ProblemCode/limitExceeded``; what
  ///   stood in the folder is then as it was. What is wrong with the data is told as problems.
  package func run(to path: String, allowingLoss allowsLoss: Bool) throws(Failure) -> Outcome {
    let last = try ReleaseFolder.open(path)
    if let last, let stranger = last.stranger { throw Failure(.releaseForeign, at: Place(file: last.path(of: stranger)), ["name": path]) }
    let output = try FolderOutput(path: path)
    defer { output.abandon() }
    var outcome = Outcome()
    outcome.release = last?.release
    var release = Release(base: site.base, moment: moment)
    let shelf = RegisterShelf(library, patterns: site.registers, base: site.base, resources: resources)
    for register in shelf.eachOne { release.patterns[register.name] = register.declaration.pattern.source.text }
    let rules = IdentifierRules(release)
    pulls?.run(.due)
    for part in build.parts {
      try make(part, into: output, &release, &outcome.report, last?.release, rules)
    }
    if !outcome.report.failed.isEmpty { return outcome }
    let kept = try keptRegisters()
    for register in kept { try copy(register, into: output, &release, last?.release) }
    guard let last else { return try finish(output, release, outcome, after: nil) }
    outcome.isRewritten = try !holds(kept, release, last)
    let next = ReleaseFolder(path: output.temporary, release: release)
    let vanished = try compare(last, next, kept, &outcome)
    outcome.vanished = vanished.count
    tell(vanished, last, release, kept, outcome.report, isAllowed: allowsLoss)
    if outcome.isRewritten || !vanished.isEmpty && !allowsLoss { return outcome }
    release.lost = try losses(vanished, last.release, next, kept)
    // What is the same but for the moment is the same release.
    var same = release
    same.moment = last.release.moment
    if same == last.release { return outcome }
    return try finish(output, release, outcome, after: last.release)
  }

  private func finish(_ output: FolderOutput, _ release: Release, _ outcome: Outcome, after last: Release?) throws(Failure) -> Outcome {
    let file = try output.file(Release.manifestName)
    try ByteString(release.manifest).withView { view throws(Failure) in try file.write(view) }
    try file.finish()
    try output.finish { () throws(Failure) in
      // What was compared with must be what is replaced.
      if try ReleaseFolder.open(output.path)?.release != last {
        throw Failure(.releaseInvalid, at: Place(file: output.path), ["reason": .phrase("release-meanwhile")])
      }
    }
    var outcome = outcome
    outcome.release = release
    outcome.isNew = true
    return outcome
  }
}

// MARK: - Files

extension Publishing {
  /// What the manifest calls the files of ledgers.
  static let ledgerKind = "ledger"

  /// Builds a graph and writes it. One that says what the last release says is as old as that.
  private func make(
    _ part: SitePart, into output: FolderOutput, _ release: inout Release, _ report: inout SiteReport, _ last: Release?,
    _ rules: IdentifierRules
  ) throws(Failure) {
    var builder = StoreBuilder()
    var built = build.build(part, into: builder, after: report)
    if built.hasOlderCopy {
      builder = StoreBuilder()
      built = build.build(part, into: builder, after: report)
    }
    defer { report.parts.append(built) }
    if let failure = built.failure {
      if failure.code == .writeFailed { throw Failure(failure) }
      return
    }
    let window = build.window(of: part, at: now)
    var entry = Release.File(name: part.releaseFile, kind: part.kind.rawValue, graph: part.graph)
    let (count, used) = try write(&entry, to: output, last) { file throws(Failure) -> (Int, [String]) in
      // It is gone before what was written is looked at.
      let snapshot = try builder.makeSnapshot().within(window.map { [$0] } ?? [])
      try snapshot.writeSortedLines { view throws(Failure) in try file.write(view) }
      return (snapshot.quadCount, snapshot.files(of: part.graphTerm))
    }
    entry.triples = count
    if let window { build.releaseFiles(of: built, used: used, within: window) }
    entry.identifiers = try output.bytes(of: entry).withView { rules.count(in: $0, of: entry) }
    if part.kind != .catalog { built.moment = entry.moment }
    release.files.append(entry)
  }

  private func copy(_ register: KeptRegister, into output: FolderOutput, _ release: inout Release, _ last: Release?) throws(Failure) {
    var entry = Release.File(name: register.releaseFile, kind: Self.ledgerKind)
    try write(&entry, to: output, last) { file throws(Failure) in
      try ByteString(register.bytes).withView { view throws(Failure) in try file.write(view) }
    }
    release.files.append(entry)
  }

  /// Writes a file, and completes what the manifest says of it.
  private func write<Result>(
    _ entry: inout Release.File, to output: FolderOutput, _ last: Release?, _ body: (FileOutput) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let file = try output.file(entry.name)
    let result = try body(file)
    try file.finish()
    let written = try output.bytes(of: entry)
    entry.bytes = written.bytes.count
    entry.sha256 = written.sha256
    let before = last?.file(named: entry.name)
    entry.moment = before.flatMap { $0.sha256 == entry.sha256 ? $0.moment : nil } ?? moment
    return result
  }

  private func keptRegisters() throws(Failure) -> [KeptRegister] {
    var kept: [KeptRegister] = []
    for part in build.parts where part.kind == .register && exists(library.ledgerFile(besides: part.source)) {
      kept.append(try KeptRegister(part, site, library, resources))
    }
    return kept
  }
}

extension FolderOutput {
  /// The bytes of a file that has been written.
  fileprivate func bytes(of file: Release.File) throws(Failure) -> MappedFile {
    try MappedFile(path: temporary + "/" + file.name, name: path + "/" + file.name)
  }
}
