import RDF

/// Where things have their IRIs and where this server answers for them (design, "IRIs: three kinds of bases").
///
/// A thing's IRI is `{base}/id/REST`, a pattern of a register filled with a key, or a document that names itself (`{base}/dataset/NAME`).
/// Each has one path on this server, whatever host it is reached by.
package struct Addresses: Sendable {
  /// A register whose IRIs begin elsewhere than the shipped ones.
  struct Moved: Sendable {
    /// The register's name, the first segment of its documents' paths.
    let name: String
    /// What stands before and after the key in its IRIs.
    let prefix: String
    let suffix: String
  }

  /// The folders below a base whose IRIs are documents: they name themselves, and answer 200.
  private static let documents = ["dataset/", "register/", "spec/", "distribution/", "catalog", "ns/"]

  /// What the site's own IRIs begin with, without a slash at the end; nil where there is no site.
  package let base: String?
  private let moved: [Moved]

  /// The addresses of a site.
  /// - Parameters:
  ///   - base: what its own IRIs begin with.
  ///   - patterns: the patterns of registers that it has moved, by name: an IRI with the key in braces.
  package init(base: String?, moved patterns: [String: String] = [:]) {
    self.base = base
    moved = patterns.sorted { $0.key < $1.key }.compactMap { name, pattern in
      guard let open = pattern.firstIndex(of: "{"), let close = pattern[open...].firstIndex(of: "}") else { return nil }
      return Moved(name: name, prefix: String(pattern[..<open]), suffix: String(pattern[pattern.index(after: close)...]))
    }
  }

  /// The path of the document about a thing or of a document itself; nil for an IRI that is not ours.
  package func path(of iri: String) -> String? {
    if let base, let path = path(of: iri, below: base) { return path }
    for register in moved where iri.hasPrefix(register.prefix) && iri.hasSuffix(register.suffix) {
      let key = iri.dropFirst(register.prefix.count).dropLast(register.suffix.count)
      if !key.isEmpty { return "/doc/\(register.name)/\(key)" }
    }
    return path(of: iri, below: KnownVocabulary.shared)
  }

  /// Where a thing is asked for: its path on this server, or its IRI where that is at home elsewhere.
  package func link(toThing iri: String) -> String {
    let isMoved = moved.contains { iri.hasPrefix($0.prefix) && iri.hasSuffix($0.suffix) } && base.map { !iri.hasPrefix($0 + "/") } ?? true
    guard !isMoved, let path = path(of: iri) else { return iri }
    return path.hasPrefix("/doc/") ? "/id/" + path.dropFirst("/doc/".count) : path
  }

  private func path(of iri: String, below base: String) -> String? {
    guard iri.hasPrefix(base + "/") else { return nil }
    let rest = iri.dropFirst(base.count + 1)
    if rest.hasPrefix("id/"), rest.count > 3 { return "/doc/" + rest.dropFirst(3) }
    return Self.documents.contains(where: rest.hasPrefix) ? "/" + rest : nil
  }

  /// The IRIs that a path of a thing, `/id/REST`, or of the document about it, `/doc/REST`, may mean, the likeliest first.
  package func things(at path: RequestPath) -> [String] {
    var found: [String] = []
    for text in [path.text, path.decoded] {
      guard let folder = ["/id/", "/doc/"].first(where: text.hasPrefix) else { continue }
      let rest = text.dropFirst(folder.count)
      if rest.isEmpty { continue }
      if let base { found.append("\(base)/id/\(rest)") }
      for register in moved where rest.hasPrefix(register.name + "/") {
        found.append(register.prefix + rest.dropFirst(register.name.count + 1) + register.suffix)
      }
      found.append("\(KnownVocabulary.shared)/id/\(rest)")
    }
    return unique(found)
  }

  /// The IRIs that a path of a document that names itself may mean, such as `/dataset/NAME` or `/ns/TERM`.
  package func documents(at path: RequestPath) -> [String] {
    unique([path.text, path.decoded].flatMap { text in [base.map { $0 + text }, KnownVocabulary.shared + text].compactMap { $0 } })
  }

  /// The IRI that `/id/NAME/KEY` of a moved register is at now.
  package func newHome(of path: RequestPath) -> String? {
    // A register that was moved below our own base is at home here.
    for register in moved where path.text.hasPrefix("/id/\(register.name)/") && base.map({ !register.prefix.hasPrefix($0 + "/") }) ?? true {
      return register.prefix + path.text.dropFirst(register.name.count + 5) + register.suffix
    }
    return nil
  }

  /// The thing that a request for another host's path means, where that host is one of a moved register: its IRI.
  package func thing(atHost host: String, _ path: RequestPath) -> String? {
    for scheme in ["https://", "http://"] {
      let iri = scheme + host + path.text
      if moved.contains(where: { iri.hasPrefix($0.prefix) && iri.count > $0.prefix.count }) { return iri }
    }
    return nil
  }

  /// What the paths of the site begin with on its own host: the path of its base; empty for one without.
  package var folder: String {
    let parts = (base ?? "").split(separator: "/", omittingEmptySubsequences: false).dropFirst(3)
    return parts.isEmpty ? "" : "/" + parts.joined(separator: "/")
  }

  private func unique(_ iris: [String]) -> [String] {
    var seen: Set<String> = []
    return iris.filter { seen.insert($0).inserted }
  }
}
