import Bytes
import RDF
import Store

/// The terms of one running query: those of its snapshot, and those that the query has made itself (BIND, SUM, VALUES), whose ids begin at
/// ``StoreID/firstQueryTerm``. The same term has the same id, whoever made it.
final class QueryTerms: TermReader {
  /// What is queried.
  let snapshot: Snapshot
  private var made: [Term] = []
  private var numbers: [Term: StoreID] = [:]
  private var storage = TextScratch()

  /// The terms over a snapshot.
  init(_ snapshot: Snapshot) { self.snapshot = snapshot }

  /// The id of a term, which gets one where it has none.
  func id(of term: Term) -> StoreID {
    if let known = numbers[term] { return known }
    if let stored = snapshot.id(of: term) { return stored }
    let id = StoreID.firstQueryTerm + StoreID(made.count)
    made.append(term)
    numbers[term] = id
    return id
  }

  /// The id of a value; ``Solutions/unbound`` for none.
  func id(of value: Value, _ scratch: TextScratch) -> StoreID {
    guard let view = value.term(scratch) else { return Solutions.unbound }
    return id(of: view.term)
  }

  /// An owned copy of a term.
  func term(of id: StoreID) -> Term {
    id < .firstQueryTerm ? snapshot.term(id) : made[Int(id - .firstQueryTerm)]
  }

  /// The term of an id; its bytes live until `scratch` is next reset.
  package func term(_ id: StoreID, _ scratch: TextScratch) -> TermView {
    let (kind, lexical, qualifier) = term(of: id).parts
    return TermView(kind, lexical.withView { scratch.copy($0) }, qualifier: qualifier.withView { scratch.copy($0) })
  }

  /// The value of an id; none where it is ``Solutions/unbound``.
  func value(_ id: StoreID, _ scratch: TextScratch) -> Value {
    id == Solutions.unbound ? .none : Value(term(id, scratch))
  }
}
