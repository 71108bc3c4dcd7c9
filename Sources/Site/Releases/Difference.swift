package import Bytes
package import Problems
import RDF
package import Resources

/// How two datasets, or two releases file by file, differ: in which lines of sorted N-Quads, and in which identifiers.
package struct Difference {
  /// How two states of one graph, or of one ledger, differ.
  package struct Part {
    /// The file's path in the release; nil where two datasets are compared.
    package let name: String?
    /// The IRI of the graph; nil for a ledger or a whole dataset.
    package let graph: String?
    /// How many lines only the new state has.
    package internal(set) var added = 0
    /// How many lines only the old state has.
    package internal(set) var removed = 0
    /// How many identifiers were added, removed and changed.
    package internal(set) var counts = IdentifierCounts()
    /// The first ``Difference/shown`` identifiers of which only the new state speaks.
    package internal(set) var addedIdentifiers: [String] = []
    /// The first ``Difference/shown`` identifiers of which only the old state speaks.
    package internal(set) var removedIdentifiers: [String] = []
    /// The first ``Difference/shown`` identifiers of which the two states say different things.
    package internal(set) var changedIdentifiers: [String] = []
    fileprivate let old: MappedFile?
    fileprivate let new: MappedFile?
    /// Whether lines stand in the order of time and were only added at the end, as in a ledger.
    let isLedger: Bool
  }

  /// How many identifiers of a kind are named.
  package static let shown = 100

  /// What the user calls the two.
  package let names: (old: String, new: String)
  /// What differs, in the order of the files.
  package private(set) var parts: [Part] = []
  /// Whether the two are releases, which are compared file by file.
  package let isOfReleases: Bool

  /// How many lines only the new one has.
  package var added: Int { parts.reduce(0) { $0 + $1.added } }
  /// How many lines only the old one has.
  package var removed: Int { parts.reduce(0) { $0 + $1.removed } }
  /// How many identifiers all parts together gained, lost and changed.
  package var counts: IdentifierCounts {
    var total = IdentifierCounts()
    for part in parts {
      total.added += part.counts.added
      total.removed += part.counts.removed
      total.changed += part.counts.changed
    }
    return total
  }

  /// The difference of two datasets, each as sorted lines of N-Quads. Every IRI that is a subject counts as an identifier.
  package init(_ old: MappedFile, _ new: MappedFile, names: (old: String, new: String)) {
    self.names = names
    isOfReleases = false
    add(Part(name: nil, graph: nil, old: old, new: new, isLedger: false)) { _ in true }
  }

  /// The difference of two releases.
  /// - Throws: ``ProblemCode/inputMissing`` or ``ProblemCode/releaseInvalid`` where a file is not what its manifest says.
  package init(_ old: ReleaseFolder, _ new: ReleaseFolder) throws(Failure) {
    names = (old.path, new.path)
    isOfReleases = true
    let rules = IdentifierRules(new.release, after: old.release)
    let gone = old.release.files.filter { new.release.file(named: $0.name) == nil }
    for file in new.release.files + gone {
      let (before, after) = (old.release.file(named: file.name), new.release.file(named: file.name))
      if before?.sha256 == after?.sha256 { continue }
      let part = Part(
        name: file.name, graph: file.graph, old: try before.map { file throws(Failure) in try old.checked(file) },
        new: try after.map { file throws(Failure) in try new.checked(file) }, isLedger: !file.isGraph)
      add(part) { rules.isIdentifier($0, in: file) }
    }
  }

  private mutating func add(_ part: Part, _ isIdentifier: (ByteView) -> Bool) {
    var part = part
    if part.isLedger {
      forEachLine(of: part) { isAdded, _ in
        if isAdded { part.added += 1 } else { part.removed += 1 }
      }
    } else {
      part.withViews { old, new in
        var merge = SubjectMerge(old, new)
        while let subject = merge.next() {
          part.added += subject.added
          part.removed += subject.removed
          guard subject.removed + subject.added > 0, let iri = subject.term.iriOfTerm, isIdentifier(iri) else { continue }
          part.counts.note(subject)
          let list = !subject.wasThere ? \Part.addedIdentifiers : !subject.isThere ? \Part.removedIdentifiers : \Part.changedIdentifiers
          if part[keyPath: list].count < Self.shown { part[keyPath: list].append(iri.text) }
        }
      }
    }
    if part.added + part.removed > 0 { parts.append(part) }
  }

  /// Calls `body` with each line that only one state of a part has, without its line feed, in order.
  package func forEachLine<E: Error>(of part: Part, _ body: (_ isAdded: Bool, _ line: ByteView) throws(E) -> Void) throws(E) {
    try part.withViews { old, new throws(E) in
      if part.isLedger { return try Self.walkLedger(old, new, body) }
      var merge = LineMerge(old, new)
      while let (side, line) = merge.next() {
        if side != .both { try body(side == .new, line) }
      }
    }
  }

  /// Lines that two ledgers begin with alike are the same; what comes after them is not.
  private static func walkLedger<E: Error>(
    _ old: ByteView, _ new: ByteView, _ body: (Bool, ByteView) throws(E) -> Void
  ) throws(E) {
    var (before, after) = (LineCursor(old), LineCursor(new))
    while let one = before.line, let other = after.line, one == other {
      before.advance()
      after.advance()
    }
    while let line = before.line {
      try body(false, line)
      before.advance()
    }
    while let line = after.line {
      try body(true, line)
      after.advance()
    }
  }
}

extension Difference.Part {
  /// Lends the bytes of both states; a state that there is not has none.
  fileprivate func withViews<E: Error>(_ body: (ByteView, ByteView) throws(E) -> Void) throws(E) {
    func second(_ old: ByteView) throws(E) {
      guard let new else { return try body(old, .empty) }
      try new.withView { view throws(E) in try body(old, view) }
    }
    guard let old else { return try second(.empty) }
    try old.withView { view throws(E) in try second(view) }
  }
}
