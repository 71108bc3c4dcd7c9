import Bytes
import Problems
import RDF

/// Finds the identifiers that a release had and that are gone from the next one without a word of what became of them.
///
/// One is gone where a graph spoke of it as a subject and does no more, and no other graph does. That the ledger of its register knows it is no
/// description: a key that was minted and never ended is the very one that something must be said of. It is accounted for where the new
/// release says that it has ended: by its register's ledger, or by `dcterms:isReplacedBy`, `kg:giltigTill`, `prov:invalidatedAtTime`,
/// `prov:wasInvalidatedBy` or `owl:deprecated`. What stands below such an identifier in its path goes with it.
struct VanishedIdentifiers: ~Copyable {
  /// An identifier that is gone.
  struct Vanished {
    let iri: ByteString
    /// The file of the last release that had it, and its line there.
    let file: String
    let line: Int
  }

  /// What became of an identifier that a graph has lost.
  private struct State {
    let file: Int
    let line: Int
    var isDescribed = false
    var isEnded = false
  }

  private let rules: IdentifierRules
  private var lost = ByteTable()
  private var states: [State] = []
  private var files: [String] = []

  private static let endings: [ByteString] = [
    KnownVocabulary.dcterms("isReplacedBy"), KnownVocabulary.kg("giltigTill"), KnownVocabulary.prov("invalidatedAtTime"),
    KnownVocabulary.prov("wasInvalidatedBy"), KnownVocabulary.owl("deprecated"),
  ].map { ByteString("<" + $0 + ">") }

  init(_ rules: IdentifierRules) { self.rules = rules }

  /// Whether no graph has lost anything.
  var isEmpty: Bool { states.isEmpty }

  /// Compares two states of a graph. Of a register with a ledger also those are looked at of which less is said than before.
  /// - Returns: how many identifiers were added, removed and changed.
  mutating func compare(_ old: ByteView, _ new: ByteView, file: Release.File, hasLedger: Bool) -> IdentifierCounts {
    var counts = IdentifierCounts()
    var merge = SubjectMerge(old, new)
    let number = files.count
    files.append(file.name)
    while let subject = merge.next() {
      guard let iri = subject.term.iriOfTerm, rules.isIdentifier(iri, in: file) else { continue }
      counts.note(subject)
      guard subject.wasThere, !subject.isThere || hasLedger && subject.removed > 0 else { continue }
      if lost.insert(iri).isNew { states.append(State(file: number, line: subject.oldLine)) }
    }
    return counts
  }

  /// Looks for what has been lost in a graph of the new release.
  /// - Parameter describes: whether an identifier that is a subject of the graph is described by it, and not only known.
  mutating func look(in graph: ByteView, describes: (ByteView) -> Bool) {
    var number: Int?
    graph.forEachLine { subject, isFirst, line in
      if isFirst {
        let iri = subject.iriOfTerm
        number = iri.flatMap { lost.find($0) }
        if let number, let iri { states[number].isDescribed = states[number].isDescribed || describes(iri) }
      }
      if let number, !states[number].isEnded {
        let predicate = line.predicateOfLine(after: subject)
        if Self.endings.contains(where: { $0.withView { $0 == predicate } }) { states[number].isEnded = true }
      }
    }
  }

  /// Those that are gone, in the order of files and lines, without what stands below another.
  func vanished() -> [Vanished] {
    var found: [Vanished] = []
    for number in states.indices where !states[number].isDescribed && !states[number].isEnded {
      let iri = lost.view(number)
      if isBelowAnother(iri) { continue }
      found.append(Vanished(iri: ByteString(iri), file: files[states[number].file], line: states[number].line))
    }
    return found
  }

  /// Whether an identifier is part of one that has ended or is gone too.
  private func isBelowAnother(_ iri: ByteView) -> Bool {
    var end = iri.count
    while let slash = iri[0..<end].buffer.lastIndex(of: UInt8(ascii: "/")), slash > 0 {
      end = slash
      if let above = lost.find(iri[0..<end]), states[above].isEnded || !states[above].isDescribed { return true }
    }
    return false
  }
}

/// How many identifiers a graph has gained and lost, and of how many it says something else.
package struct IdentifierCounts: Sendable, Equatable {
  /// Those that only the new state has.
  package var added = 0
  /// Those that only the old state has.
  package var removed = 0
  /// Those that both have, not in the same words.
  package var changed = 0

  /// Whether there is nothing to tell.
  package var isEmpty: Bool { added + removed + changed == 0 }

  mutating func note(_ subject: SubjectMerge.Subject) {
    if !subject.wasThere { added += 1 } else if !subject.isThere { removed += 1 } else if subject.isChanged { changed += 1 }
  }
}
