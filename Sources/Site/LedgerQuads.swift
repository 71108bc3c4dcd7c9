import Bytes
import Identifiers
import Mapping
import Problems
import RDF

/// What a register's ledger says of its keys, as triples beside those of its table (modelling of registers: validity, successors, origin).
///
/// An ended key has `kg:giltigTill`, `skos:historyNote` with the reason, and `dcterms:isReplacedBy` for each successor. What came of a merger or
/// a split is `prov:wasDerivedFrom` what it came of; of what goes by another key it is not, because it is the same thing.
struct LedgerQuads {
  private let register: Register
  /// The class of the register's members, or nil.
  private let memberClass: String?
  /// The language of names, as the column of the table has it; nil for none.
  private let language: String?
  private let graph: Term
  /// The keys of rows of the table, which says what they are and are called.
  private let rows: Set<ByteString>

  /// The triples of a register in a graph.
  /// - Parameter group: the register's metadata.
  init(_ register: Register, _ group: TableGroupDescription, graph: String) {
    self.register = register
    memberClass = group.rowClass
    language = group.labelLanguage
    self.graph = .iri(ByteString(graph))
    rows = Set(register.members.map(\.key))
  }

  /// Hands the triples of a ledger to a sink, and says how many there are.
  func write(_ ledger: borrowing Ledger, to sink: any QuadSink) throws(Failure) -> Int {
    var count = 0
    var batch = QuadBatch(capacity: 4096)
    for number in 0..<ledger.count {
      append(number, ledger, to: &batch)
      if batch.count < 4096 { continue }
      count += batch.count
      try sink.append(batch)
      batch = QuadBatch(capacity: 4096)
    }
    try sink.append(batch)
    return count + batch.count
  }

  private func append(_ number: Int, _ ledger: borrowing Ledger, to batch: inout QuadBatch) {
    let entry = ledger.entry(number)
    let key = ledger.key(number)
    if entry.standing == .mentioned { return }
    let thing = iri(key)
    func say(_ predicate: String, _ object: Term) { batch.append(Quad(thing, .iri(ByteString(predicate)), object, graph: graph)) }
    if !rows.contains(key) {
      if let memberClass { say(KnownVocabulary.rdf("type"), .iri(ByteString(memberClass))) }
      say(KnownVocabulary.dcterms("identifier"), .literal(key, .datatype(XSD.string)))
      say(KnownVocabulary.rdfs("label"), entry.label.map(text) ?? .literal(key, .datatype(XSD.string)))
    }
    if let minted = entry.minted {
      let moment = ByteString(SwedishTime.text(at: Instant(seconds: Int64(minted), attoseconds: 0)))
      say(KnownVocabulary.dcterms("created"), .literal(moment, .datatype(XSD.dateTime)))
    }
    if let last = entry.lastDay { say(KnownVocabulary.kg("giltigTill"), .literal(ByteString(last.text), .datatype(XSD.date))) }
    if let reason = entry.reason { say(KnownVocabulary.skos("historyNote"), text(reason)) }
    for successor in entry.successors where successor != number {
      let other = iri(ledger.key(successor))
      if entry.standing.isEnded { say(KnownVocabulary.dcterms("isReplacedBy"), other) }
      if entry.standing != .replaced {
        batch.append(Quad(other, .iri(ByteString(KnownVocabulary.prov("wasDerivedFrom"))), thing, graph: graph))
      }
    }
  }

  private func text(_ text: ByteString) -> Term { .literal(text, language.map { .language(ByteString($0)) } ?? .datatype(XSD.string)) }

  private func iri(_ key: ByteString) -> Term {
    var out = ByteBuffer()
    key.withView { register.append(iriOf: $0, to: &out) }
    return .iri(ByteString(out.view))
  }
}
