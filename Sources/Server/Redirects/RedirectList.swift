import Bytes
package import Identifiers
import Mapping
package import Problems
package import RDF
package import Resources
import SPARQL
package import Site
import Store

/// How the identifiers of a register are answered by a server that knows nothing of it: the ends that the register tells, and the way to
/// where it has moved (DIGG's rules UM-10 to UM-12).
package struct RedirectList: Sendable {
  /// What is answered.
  package enum Answer: Sendable, Equatable {
    /// 410.
    case gone
    /// 308 to an IRI.
    case moved(String)
    /// 300: what was merged or split goes on in these.
    case divided([String])
  }

  /// One identifier.
  package struct Rule: Sendable, Equatable {
    /// The path of its IRI with all escapes decoded, as servers match paths.
    package let path: String
    /// What is answered for it.
    package let answer: Answer
  }

  /// All identifiers of an open register, whose keys nobody can list: what stands before and after the key, as the IRI has it.
  package struct Move: Sendable, Equatable {
    /// In paths that are asked for.
    package let from: (prefix: String, suffix: String)
    /// In IRIs that are in force.
    package let to: (prefix: String, suffix: String)

    package static func == (left: Move, right: Move) -> Bool { left.from == right.from && left.to == right.to }
  }

  /// The register's name.
  package let register: String
  /// The host that is asked.
  package let host: String
  /// The identifiers, by path.
  package private(set) var rules: [Rule] = []
  /// How all others of an open register have moved; nil where they have not.
  package private(set) var move: Move?

  /// The list of a register.
  /// - Parameters:
  ///   - pattern: the IRIs that are asked for; nil for the site's own where the register has moved, else those in force. Where they are in
  ///     force they are answered by how they ended, else by where the IRI in force is.
  ///   - today: the day in Sweden.
  /// - Throws: ``ProblemCode/patternInvalid``, and what the register's files throw.
  package init(
    _ register: Register, of site: SiteFile, from pattern: String?, library: Library, resources: any ByteSource, problems: any ProblemSink,
    today: CivilDate
  ) throws(Failure) {
    self.register = register.name
    let force = try Ends(register.declaration.pattern, register.name)
    let declared = register.declaration
    let isMoved = !(declared.pattern == declared.declaredPattern)
    let asked: Ends
    if let pattern {
      asked = try Ends(parsing: pattern, register.name)
    } else if isMoved, !force.prefix.hasPrefix(site.base + "/") {
      asked = try Ends(parsing: "\(site.base)/id/\(register.name)/{key}", register.name)
    } else {
      asked = force
    }
    host = asked.host
    let graph = "\(site.base)/register/\(register.name)"
    let source = try Self.source(of: graph, site, library, resources, problems)
    if asked == force {
      rules = try Self.endings(force, source, base: site.base, today)
    } else if declared.isOpen {
      move = Move(from: (asked.path, asked.suffix), to: (force.prefix, force.suffix))
    } else {
      let members = "SELECT DISTINCT ?thing { GRAPH <\(graph)> { ?thing ?p ?o } }"
      for iri in try Self.things(members, source) {
        guard let key = force.key(of: iri) else { continue }
        rules.append(Rule(path: percentDecoded(asked.path + key + asked.suffix), answer: .moved(iri)))
      }
    }
    rules.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// The register's graph alone, as the site publishes it.
  private static func source(
    of graph: String, _ site: SiteFile, _ library: Library, _ resources: any ByteSource, _ problems: any ProblemSink
  ) throws(Failure) -> EmbeddedSource {
    let build = SiteBuild(site, library: library, resources: resources, problems: problems)
    let builder = StoreBuilder()
    for part in build.parts where part.graph == graph && part.kind == .register {
      if let problem = build.build(part, into: builder, after: SiteReport()).failure { throw Failure(problem) }
    }
    return EmbeddedSource(SnapshotHolder(try builder.makeSnapshot()), scope: .union, threads: QueryThreads(count: 1))
  }

  private static func endings(
    _ force: Ends, _ source: EmbeddedSource, base: String, _ today: CivilDate
  ) throws(Failure) -> [Rule] {
    var rules: [Rule] = []
    for iri in try things(LifeCycle.query(ofAllBelow: base, limit: nil), source) {
      guard let key = force.key(of: iri) else { continue }
      let rows = try table(LifeCycle.query(of: iri, base: base), source).rows
      guard let life = LifeCycle(iri, rows: rows, on: today) else { continue }
      let answer: Answer =
        switch life.ending {
        case .retired: .gone
        case .replaced: life.successors.first.map { .moved($0) } ?? .gone
        case .divided: .divided(life.successors)
        }
      rules.append(Rule(path: percentDecoded(force.path + key + force.suffix), answer: answer))
    }
    return rules
  }

  private static func things(_ query: String, _ source: EmbeddedSource) throws(Failure) -> [String] {
    try table(query, source).rows.compactMap { $0[0]?.iri }
  }

  private static func table(_ query: String, _ source: EmbeddedSource) throws(Failure) -> ResultTable {
    let table = ResultTable(limit: .max)
    try source.answerNow(QueryRequest(ByteString(query)), to: table, meter: QueryMeter(timeout: nil, memory: nil))
    return table
  }
}

/// What stands before and after the key in the IRIs of a pattern that identifiers may have.
private struct Ends: Equatable {
  private let shape: IdentifierShape

  init(_ pattern: URITemplate, _ register: String) throws(Failure) {
    let reason = IdentifierPolicy.fault(of: pattern)
    guard reason == nil, let shape = IdentifierShape(pattern) else { throw Self.fault(pattern.source.text, reason, register) }
    self.shape = shape
  }

  init(parsing text: String, _ register: String) throws(Failure) {
    guard let pattern = try? URITemplate(ByteString(text)) else { throw Self.fault(text, nil, register) }
    try self.init(pattern, register)
  }

  private static func fault(_ pattern: String, _ reason: Words?, _ register: String) -> Failure {
    let reason = reason ?? .phrase("pattern-variables", ["pattern": pattern])
    return Failure(.patternInvalid, value: pattern, ["register": .text(register), "reason": reason])
  }

  var prefix: String { shape.prefix.text }
  var suffix: String { shape.suffix.text }

  var host: String { String(prefix.split(separator: "/", maxSplits: 3).dropFirst().first ?? "") }

  /// The prefix without scheme and host.
  var path: String { String(prefix.dropFirst(prefix.hasPrefix("https:") ? 8 : 7).drop { $0 != "/" }) }

  /// The key of an IRI, as it stands there; nil for one of another pattern.
  func key(of iri: String) -> String? { ByteString(iri).withView { shape.key(of: $0)?.text } }
}
