import Bytes
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

  private let site: SiteFile
  private let library: Library
  private let build: SiteBuild
  private let resources: any ByteSource
  private let problems: any ProblemSink
  private let today: CivilDate
  private let moment: String

  /// The publishing of a site.
  /// - Parameters:
  ///   - library: where mappings and vocabularies are looked up.
  ///   - problems: where problems go.
  ///   - today: the day, in Sweden, as of which embargoes are judged.
  ///   - moment: the moment of the release, as xsd:dateTime.
  package init(
    _ site: SiteFile, library: Library, resources: any ByteSource, problems: any ProblemSink, log: Logger = .silent, today: CivilDate,
    moment: String
  ) {
    self.site = site
    self.library = library.holdingRegisters(ofSite: site.folder)
    self.resources = resources
    self.problems = problems
    self.today = today
    self.moment = moment
    build = SiteBuild(
      site, library: library, resources: resources, problems: problems, log: log, today: { today }, moment: { moment })
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
    let reader = RegisterReader(site, library, resources)
    for register in build.parts.compactMap(reader.read) { release.patterns[register.name] = register.pattern }
    for part in build.parts {
      try make(part, into: output, &release, &outcome.report, last?.release)
    }
    if !outcome.report.failed.isEmpty { return outcome }
    let kept = try keptRegisters()
    for register in kept { try copy(register, into: output, &release, last?.release) }
    guard let last else { return try finish(output, release, outcome) }
    for register in kept where !(try holds(register, last)) { outcome.isRewritten = true }
    for file in last.release.files where file.kind == Self.ledgerKind && release.file(named: file.name) == nil {
      problems.report(Problem(.ledgerRewritten, at: Place(file: last.path(of: file.name), line: 1), ["register": ledgerName(file)]))
      outcome.isRewritten = true
    }
    let next = ReleaseFolder(path: output.temporary, release: release)
    let vanished = try compare(last, next, kept, &outcome)
    outcome.vanished = vanished.count
    for one in vanished { tell(one, last, release, kept, outcome, isAllowed: allowsLoss) }
    if outcome.isRewritten || !vanished.isEmpty && !allowsLoss { return outcome }
    release.lost = try losses(vanished, last.release, next, kept)
    // What is the same but for the moment is the same release.
    var same = release
    same.moment = last.release.moment
    if same == last.release { return outcome }
    return try finish(output, release, outcome)
  }

  private func finish(_ output: FolderOutput, _ release: Release, _ outcome: Outcome) throws(Failure) -> Outcome {
    let file = try output.file(Release.manifestName)
    try ByteString(release.manifest).withView { view throws(Failure) in try file.write(view) }
    try file.finish()
    try output.finish()
    var outcome = outcome
    outcome.release = release
    outcome.isNew = true
    return outcome
  }
}

// MARK: - Files

extension Publishing {
  /// What the manifest calls the files of ledgers.
  private static let ledgerKind = "ledger"

  private func ledgerName(_ file: Release.File) -> String {
    String(file.name.split(separator: "/").last?.prefix { $0 != "." } ?? "")
  }

  /// Builds a graph and writes it. One that says what the last release says is as old as that.
  private func make(
    _ part: SitePart, into output: FolderOutput, _ release: inout Release, _ report: inout SiteReport, _ last: Release?
  ) throws(Failure) {
    let builder = StoreBuilder()
    var built = build.build(part, into: builder, after: report)
    defer { report.parts.append(built) }
    if let failure = built.failure {
      if failure.code == .writeFailed { throw Failure(failure) }
      return
    }
    let snapshot = try builder.makeSnapshot()
    let rules = IdentifierRules(base: site.base, patterns: release.patterns)
    var entry = Release.File(name: part.releaseFile, kind: part.kind.rawValue, graph: part.graph, triples: snapshot.quadCount)
    try write(&entry, to: output, last) { file throws(Failure) in
      try snapshot.writeSortedLines { view throws(Failure) in try file.write(view) }
    }
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
  private func write(
    _ entry: inout Release.File, to output: FolderOutput, _ last: Release?, _ body: (FileOutput) throws(Failure) -> Void
  ) throws(Failure) {
    let file = try output.file(entry.name)
    try body(file)
    try file.finish()
    let written = try output.bytes(of: entry)
    entry.bytes = written.bytes.count
    entry.sha256 = written.sha256
    let before = last?.file(named: entry.name)
    entry.moment = before.flatMap { $0.sha256 == entry.sha256 ? $0.moment : nil } ?? moment
  }

  private func keptRegisters() throws(Failure) -> [KeptRegister] {
    var kept: [KeptRegister] = []
    for part in build.parts where part.kind == .register && exists(library.ledgerFile(besides: part.source)) {
      kept.append(try KeptRegister(part, site, library, resources))
    }
    return kept
  }
}

// MARK: - The last release

extension Publishing {
  /// Whether a ledger is the one that was published, with lines added at most; tells where it is not.
  private func holds(_ register: KeptRegister, _ last: ReleaseFolder) throws(Failure) -> Bool {
    guard let file = last.release.file(named: register.releaseFile) else { return true }
    let published = try last.checked(file)
    guard let line = published.withView({ register.firstChangedLine(since: $0) }) else { return true }
    problems.report(
      Problem(
        .ledgerRewritten, at: Place(file: register.path, line: line),
        ["register": .text(register.name), "name": .text(last.path(of: file.name))]))
    return false
  }

  /// The identifiers that are gone; what each file gained and lost is noted.
  private func compare(
    _ last: ReleaseFolder, _ next: ReleaseFolder, _ kept: [KeptRegister], _ outcome: inout Outcome
  ) throws(Failure) -> [VanishedIdentifiers.Vanished] {
    let rules = IdentifierRules(base: next.release.base, patterns: next.release.patterns.merging(last.release.patterns) { new, _ in new })
    var vanished = VanishedIdentifiers(rules)
    for file in last.release.files where file.isGraph {
      let now = next.release.file(named: file.name)
      if now?.sha256 == file.sha256 { continue }
      let old = try last.checked(file)
      let new = try now.map { now throws(Failure) in try next.bytes(of: now.name) }
      let hasLedger = register(of: file, kept) != nil
      let counts = old.withView { old in
        guard let new else { return vanished.compare(old, .empty, file: file, hasLedger: hasLedger) }
        return new.withView { vanished.compare(old, $0, file: file, hasLedger: hasLedger) }
      }
      if !counts.isEmpty { outcome.changes.append((file.name, counts)) }
    }
    if vanished.isEmpty { return [] }
    for file in next.release.files where file.isGraph {
      let describes = describing(file, kept, rules)
      try next.bytes(of: file.name).withView { vanished.look(in: $0, describes: describes) }
    }
    return vanished.vanished()
  }

  /// The register with a ledger whose graph a file is, or nil.
  private func register(of file: Release.File, _ kept: [KeptRegister]) -> KeptRegister? {
    kept.first { file.kind == SitePart.Kind.register.rawValue && file.name == "registers/\($0.name).nq" }
  }

  /// Whether a graph in which an identifier is a subject describes it: of a register with a ledger only where its table has a row.
  private func describing(_ file: Release.File, _ kept: [KeptRegister], _ rules: IdentifierRules) -> (ByteView) -> Bool {
    guard let register = register(of: file, kept) else { return { _ in true } }
    return { iri in rules.register(of: iri).map { register.hasRow($0.key) } ?? true }
  }

  /// Tells of an identifier that is gone, and what can be done about it.
  private func tell(
    _ one: VanishedIdentifiers.Vanished, _ last: ReleaseFolder, _ release: Release, _ kept: [KeptRegister], _ outcome: Outcome,
    isAllowed: Bool
  ) {
    let rules = IdentifierRules(base: release.base, patterns: release.patterns)
    var arguments: [String: Words] = ["moment": .text(String(last.release.moment.prefix(10)))]
    if let (name, key) = one.iri.withView({ rules.register(of: $0) }), let register = kept.first(where: { $0.name == name }) {
      let (retire, replace) = register.endings(of: key, day: today)
      arguments["retire"] = .text(retire)
      arguments["replace"] = .text(replace)
    } else {
      arguments["data"] = .phrase("vanished-data")
    }
    let part = outcome.report.parts.first { $0.part.releaseFile == one.file }
    if let part, !part.conversion.rowsWithheld.isEmpty || !part.conversion.rowsEmbargoed.isEmpty {
      arguments["rule"] = .phrase("vanished-rule")
    }
    problems.report(
      Problem(
        .identifierVanished, at: Place(file: last.path(of: one.file), line: one.line), value: one.iri.text,
        severity: isAllowed ? .warning : .error, arguments))
  }

  /// What has been given up and has not come back, in order.
  private func losses(
    _ vanished: [VanishedIdentifiers.Vanished], _ last: Release, _ next: ReleaseFolder, _ kept: [KeptRegister]
  ) throws(Failure) -> [Release.Loss] {
    var losses = last.lost
    if !losses.isEmpty {
      var back: Set<ByteString> = []
      let wanted = Set(losses.map { ByteString($0.identifier) })
      let rules = IdentifierRules(base: next.release.base, patterns: next.release.patterns)
      for file in next.release.files where file.isGraph && last.file(named: file.name)?.sha256 != file.sha256 {
        let describes = describing(file, kept, rules)
        try next.bytes(of: file.name).withView { text in
          text.forEachSubject { iri in
            let owned = ByteString(iri)
            if wanted.contains(owned), describes(iri) { back.insert(owned) }
          }
        }
      }
      losses.removeAll { back.contains(ByteString($0.identifier)) }
    }
    losses += vanished.map { Release.Loss(identifier: $0.iri.text, file: $0.file, moment: moment) }
    return losses.sorted { ($0.moment, $0.identifier) < ($1.moment, $1.identifier) }
  }
}

extension FolderOutput {
  /// The bytes of a file that has been written.
  fileprivate func bytes(of file: Release.File) throws(Failure) -> MappedFile {
    try MappedFile(path: temporary + "/" + file.name, name: path + "/" + file.name)
  }
}

extension ReleaseFolder {
  /// The bytes of a file, which are those that its manifest says.
  /// - Throws: ``ProblemCode/releaseInvalid`` where the file has been changed, ``ProblemCode/inputMissing``.
  func checked(_ file: Release.File) throws(Failure) -> MappedFile {
    let bytes = try bytes(of: file.name)
    if bytes.sha256 == file.sha256 { return bytes }
    throw Failure(.releaseInvalid, at: Place(file: path(of: file.name)), ["reason": .phrase("release-changed")])
  }
}

extension IdentifierRules {
  /// How many identifiers the lines of a graph have as subjects.
  func count(in lines: ByteView, of file: Release.File) -> Int {
    var count = 0
    lines.forEachSubject { if isIdentifier($0, in: file) { count += 1 } }
    return count
  }
}

extension MappedFile {
  /// Lends the bytes for the length of a call, for which the file is held.
  func withView<Result, E: Error>(_ body: (ByteView) throws(E) -> Result) throws(E) -> Result {
    defer { withExtendedLifetime(self) {} }
    return try body(ByteView(UnsafeBufferPointer(bytes.bindMemory(to: UInt8.self))))
  }

  /// The SHA-256 of the bytes, in lower-case hexadecimal.
  var sha256: String { withView { Digest(.sha256).hex(of: $0).text } }
}

extension ByteView {
  /// Calls `body` with each IRI that is the subject of lines of sorted N-Quads.
  func forEachSubject(_ body: (ByteView) -> Void) {
    var cursor = LineCursor(self)
    var subject = ByteView.empty
    while let line = cursor.line {
      let isSame = line.count > subject.count && !subject.isEmpty && line[subject.count] == UInt8(ascii: " ") && line.hasPrefix(subject)
      if !isSame {
        subject = line.subjectOfLine
        if let iri = subject.iriOfTerm { body(iri) }
      }
      cursor.advance()
    }
  }
}
