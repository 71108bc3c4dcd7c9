import Bytes
import Mapping
import Problems
import RDF
import RDFSyntax
import Resources
import Store

// What would be published, beside what was published last.
extension Publishing {
  /// Whether the ledgers are the published ones, with lines added at most; tells of those that are not.
  func holds(_ kept: [KeptRegister], _ release: Release, _ last: ReleaseFolder) throws(Failure) -> Bool {
    var isGood = true
    for file in last.release.files where file.kind == Self.ledgerKind {
      let name = String(file.name.split(separator: "/").last?.prefix { $0 != "." } ?? "")
      let published = try last.checked(file)
      let register = kept.first { $0.releaseFile == file.name }
      let line = register.map { register in published.withView { register.firstChangedLine(since: $0) } } ?? 1
      guard let line else { continue }
      problems.report(
        Problem(
          .ledgerRewritten, at: Place(file: register?.path ?? last.path(of: file.name), line: line),
          ["register": .text(name), "name": .text(last.path(of: file.name))]))
      isGood = false
    }
    return isGood
  }

  /// The identifiers that are gone; what each file gained and lost is noted.
  func compare(
    _ last: ReleaseFolder, _ next: ReleaseFolder, _ kept: [KeptRegister], _ outcome: inout Outcome
  ) throws(Failure) -> [VanishedIdentifiers.Vanished] {
    let rules = IdentifierRules(next.release, after: last.release)
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
    return try losses(withoutMoved(vanished.vanished(), last, next), since: last)
  }

  /// Those identifiers that are gone to which the server has no way on, as their register was not moved or lost them in the move.
  private func withoutMoved(
    _ vanished: [VanishedIdentifiers.Vanished], _ last: ReleaseFolder, _ next: ReleaseFolder
  ) throws(Failure) -> [VanishedIdentifiers.Vanished] {
    let moved = MovedRegisters(site, next.release, after: last.release)
    let targets = vanished.map { $0.iri.withView { moved.target(of: $0) } }
    let wanted = Set(targets.compactMap { $0 })
    if wanted.isEmpty { return vanished }
    let found = try subjects(of: next, among: wanted, in: { _ in true })
    return zip(vanished, targets).filter { !($0.1.map(found.contains) ?? false) }.map(\.0)
  }

  /// Which of some identifiers a release describes, in files that it may be asked of.
  private func subjects(
    of next: ReleaseFolder, among wanted: Set<ByteString>, in files: (Release.File) -> Bool,
    describes: (Release.File) -> (ByteView) -> Bool = { _ in { _ in true } }
  ) throws(Failure) -> Set<ByteString> {
    var found: Set<ByteString> = []
    for file in next.release.files where file.isGraph && files(file) {
      let describes = describes(file)
      try next.bytes(of: file.name).withView { text in
        text.forEachSubject { iri in
          let owned = ByteString(iri)
          if wanted.contains(owned), describes(iri) { found.insert(owned) }
        }
      }
    }
    return found
  }

  /// Those identifiers that are gone which are a loss: of a dataset that grows none is that lies before the window now.
  private func losses(
    _ vanished: [VanishedIdentifiers.Vanished], since last: ReleaseFolder
  ) throws(Failure) -> [VanishedIdentifiers.Vanished] {
    var lost = vanished
    for part in build.parts where lost.contains(where: { $0.file == part.releaseFile }) {
      guard let window = build.window(of: part, at: now) else { continue }
      let builder = StoreBuilder()
      let path = last.path(of: part.releaseFile)
      try RDFReader.read(try FileStream(path: path, name: path), format: .nquads, into: builder, problems: problems)
      let kept = try builder.makeSnapshot().within([window])
      lost.removeAll { one in
        guard one.file == part.releaseFile else { return false }
        return one.iri.withView { kept.id(ofIRI: $0) }.map { kept.count(QuadPattern(subject: $0)) == 0 } ?? true
      }
    }
    return lost
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

  /// Tells of identifiers that are gone, and what can be done about them.
  func tell(
    _ vanished: [VanishedIdentifiers.Vanished], _ last: ReleaseFolder, _ release: Release, _ kept: [KeptRegister], _ report: SiteReport,
    isAllowed: Bool
  ) {
    let (rules, before) = (IdentifierRules(release), IdentifierRules(last.release))
    let withholding = Set(
      report.parts.filter { !$0.conversion.rowsWithheld.isEmpty || !$0.conversion.rowsEmbargoed.isEmpty }.map(\.part.releaseFile))
    for one in vanished {
      var arguments: [String: Words] = ["moment": .text(String(last.release.moment.prefix(10)))]
      if let (name, key) = one.iri.withView({ rules.register(of: $0) }), let register = kept.first(where: { $0.name == name }) {
        let (retire, replace) = register.endings(of: key, day: today)
        arguments["retire"] = .text(retire)
        arguments["replace"] = .text(replace)
      } else if let (name, _) = one.iri.withView({ before.register(of: $0) }), let pattern = last.release.patterns[name],
        release.patterns[name].map({ $0 != pattern }) ?? false
      {
        arguments["data"] = .phrase("vanished-pattern", ["register": .text(name), "pattern": .text(pattern)])
      } else {
        arguments["data"] = .phrase("vanished-data")
      }
      if withholding.contains(one.file) { arguments["rule"] = .phrase("vanished-rule") }
      problems.report(
        Problem(
          .identifierVanished, at: Place(file: last.path(of: one.file), line: one.line), value: one.iri.text,
          severity: isAllowed ? .warning : .error, arguments))
    }
  }

  /// What has been given up and has not come back, in order.
  func losses(
    _ vanished: [VanishedIdentifiers.Vanished], _ last: Release, _ next: ReleaseFolder, _ kept: [KeptRegister]
  ) throws(Failure) -> [Release.Loss] {
    var losses = last.lost
    if !losses.isEmpty {
      let rules = IdentifierRules(next.release)
      let back = try subjects(
        of: next, among: Set(losses.map { ByteString($0.identifier) }), in: { last.file(named: $0.name)?.sha256 != $0.sha256 },
        describes: { describing($0, kept, rules) })
      losses.removeAll { back.contains(ByteString($0.identifier)) }
    }
    losses += vanished.map { Release.Loss(identifier: $0.iri.text, file: $0.file, moment: moment) }
    return losses.sorted { ($0.moment, $0.identifier) < ($1.moment, $1.identifier) }
  }
}
