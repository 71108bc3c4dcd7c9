import Bytes
import RDF
import Store

/// The terms of one running query: those of its snapshot, and those that the query has made itself (BIND, SUM, VALUES), whose ids begin at
/// ``StoreID/firstQueryTerm``. The same term has the same id, whoever made it.
final class QueryTerms: TermReader {
  /// The bits of a hash that are kept beside a term's number.
  private static let tag: UInt64 = 0xFFFF_FFFF_0000_0000

  /// What is queried.
  let snapshot: Snapshot
  private var made: [TermView] = []
  /// Open addressing: for each term that was made its number from 1 and, above that, half of its hash; 0 where there is none.
  private var places = [UInt64](repeating: 0, count: 64)
  /// The bytes of terms that were made, and of datatypes and tags.
  private let storage = TextScratch()
  /// The bytes of the term at hand. Behind an address, as it is used for every term that is read.
  private let decoded: UnsafeMutablePointer<ByteBuffer>
  /// The datatypes and tags of stored literals that were met, by the first of the ids that share them.
  private var qualifiers: [StoreID: ByteView] = [:]
  private var lastGroup: (ids: Range<StoreID>, qualifier: ByteView) = (0..<0, .empty)
  private let numberTypes: [ByteView]

  /// The terms over a snapshot.
  init(_ snapshot: Snapshot) {
    self.snapshot = snapshot
    decoded = .allocate(capacity: 1)
    decoded.initialize(to: ByteBuffer(capacity: 1024))
    let storage = storage
    numberTypes = NumericType.allCases.map { type in type.iri.withView { storage.copy($0) } }
  }

  deinit {
    decoded.deinitialize(count: 1)
    decoded.deallocate()
  }

  /// About how many bytes the terms that were made have.
  var byteCount: Int { storage.count + made.count * (MemoryLayout<TermView>.stride + 16) }

  /// The id of a term, which gets one where it has none.
  func id(of term: Term) -> StoreID {
    let (kind, lexical, qualifier) = term.parts
    return lexical.withView { lexical in
      qualifier.withView { id(of: TermView(kind, lexical, qualifier: $0)) }
    }
  }

  /// The id of a term, which gets one where it has none.
  func id(of view: TermView) -> StoreID {
    let hash = view.hash
    var at = Int(truncatingIfNeeded: hash) & (places.count - 1)
    while places[at] != 0 {
      if places[at] >> 32 == hash >> 32 {
        let number = Int(places[at] & 0xFFFF_FFFF) - 1
        if made[number].isSame(as: view) {
          return StoreID.firstQueryTerm + StoreID(number)
        }
      }
      at = (at + 1) & (places.count - 1)
    }
    if let stored = snapshot.id(of: view.term) { return stored }
    made.append(TermView(view.kind, storage.copy(view.lexical), qualifier: storage.copy(view.qualifier)))
    places[at] = (hash & Self.tag) | UInt64(made.count)
    if made.count * 2 > places.count { grow() }
    return StoreID.firstQueryTerm + StoreID(made.count - 1)
  }

  private func grow() {
    var larger = [UInt64](repeating: 0, count: places.count * 2)
    for (number, view) in made.enumerated() {
      let hash = view.hash
      var at = Int(truncatingIfNeeded: hash) & (larger.count - 1)
      while larger[at] != 0 { at = (at + 1) & (larger.count - 1) }
      larger[at] = (hash & Self.tag) | UInt64(number + 1)
    }
    places = larger
  }

  /// A blank node that is no other's: its label, or that with more letters where a stored one has it.
  func newBlankNode(_ label: String) -> StoreID {
    var label = ByteString(label)
    while snapshot.id(of: .blankNode(label)) != nil { label = ByteString([UInt8(ascii: "s")] + label.bytes) }
    return id(of: Term.blankNode(label))
  }

  /// The id of a value; ``Solutions/unbound`` for none.
  func id(of value: Value, _ scratch: TextScratch) -> StoreID {
    guard let view = value.term(scratch) else { return Solutions.unbound }
    return id(of: view)
  }

  /// An owned copy of a term.
  func term(of id: StoreID) -> Term {
    id < .firstQueryTerm ? snapshot.term(id) : made[Int(id - .firstQueryTerm)].term
  }

  /// The term of an id; its bytes live until `scratch` is next reset.
  package func term(_ id: StoreID, _ scratch: TextScratch) -> TermView {
    if id >= .firstQueryTerm { return made[Int(id - .firstQueryTerm)] }
    decoded.pointee.truncate()
    snapshot.append(id, to: &decoded.pointee)
    return TermView(snapshot.kind(of: id), scratch.copy(decoded.pointee.view), qualifier: qualifier(of: id))
  }

  /// What stands behind a term's lexical form: its kind, and its datatype or tag, whose bytes live as long as the query.
  func tail(of id: StoreID) -> (kind: TermKind, qualifier: ByteView) {
    if id >= .firstQueryTerm {
      let view = made[Int(id - .firstQueryTerm)]
      return (view.kind, view.qualifier)
    }
    return (snapshot.kind(of: id), qualifier(of: id))
  }

  /// Appends the IRI, label or lexical form of a term.
  @inline(__always) func append(_ id: StoreID, to out: inout ByteBuffer) {
    if id >= .firstQueryTerm { out.append(made[Int(id - .firstQueryTerm)].lexical) } else { snapshot.append(id, to: &out) }
  }

  /// The datatype or tag of a stored term; no bytes for a plain string, as views have it.
  private func qualifier(of id: StoreID) -> ByteView {
    let values = snapshot.valueColumns
    if values.numbers.contains(id) { return numberTypes[Int(values.number(id).type.rawValue)] }
    switch snapshot.termClass(of: id) {
    case .blankNode, .iri, .string: return .empty
    case .boolean: return DatatypeIRI.boolean
    case .date: return DatatypeIRI.date
    case .dateTime where !values.moment(id).isStamp: return DatatypeIRI.dateTime
    case .number, .dateTime, .tagged, .other:
      if lastGroup.ids.contains(id) { return lastGroup.qualifier }
      let ids = snapshot.termClass(of: id) >= .tagged ? snapshot.groupRange(of: id) : id..<id + 1
      let view = qualifiers[ids.lowerBound] ?? (snapshot.qualifier(of: id) ?? "").withView { storage.copy($0) }
      qualifiers[ids.lowerBound] = view
      lastGroup = (ids, view)
      return view
    }
  }

  /// The value of an id; none where it is ``Solutions/unbound``.
  func value(_ id: StoreID, _ scratch: TextScratch) -> Value {
    id == Solutions.unbound ? .none : Value(term(id, scratch))
  }
}
