import Bytes
import Problems
import Store

/// What all operators of one running query share.
final class QueryContext {
  /// The query's terms.
  let terms: QueryTerms
  /// The query's variables.
  let variables: VariableTable
  /// What the query may use.
  let budget: QueryMeter
  /// The graphs that a pattern outside GRAPH is matched in, and those that GRAPH may name.
  let dataset: QueryDataset
  /// How many slots solutions have: one a variable, and some for marks.
  let slots: Int
  /// What is measured of each operator; nil where nobody asked.
  let profile: QueryProfile?
  /// The endpoints that SERVICE may ask; nil for none.
  let services: Services?
  /// What the labels of blank nodes that the query makes begin with, and none of the data's do.
  let blankNodePrefix: ByteString
  private let termMemory: WorkingMemory
  private var serviceCount = 0

  init(
    _ query: Query, terms: QueryTerms, dataset: QueryDataset, budget: QueryMeter, marks: Int, profile: QueryProfile? = nil,
    services: Services? = nil
  ) {
    self.terms = terms
    variables = query.variables
    self.budget = budget
    self.dataset = dataset
    self.profile = profile
    self.services = services
    blankNodePrefix = terms.snapshot.unusedLabelPrefix("q")
    slots = query.variables.count + marks
    termMemory = WorkingMemory(budget)
  }

  /// The slot for the marks of an OPTIONAL or EXISTS within so many others.
  func mark(_ depth: Int) -> Int { variables.count + depth }

  /// Ends the query where its time is up, it was cancelled, the terms that it has made are too much, or the file that the snapshot lies in
  /// is damaged.
  func check() throws(Failure) {
    try budget.check()
    try terms.snapshot.checkSoundness()
    try termMemory.set(terms.byteCount)
  }

  /// A number for the next answer of a service, from 1.
  func nextServiceNumber() -> Int {
    serviceCount += 1
    return serviceCount
  }

  /// Counts what an operator keeps.
  func memory() -> WorkingMemory { WorkingMemory(budget) }
}

/// The graphs that a query is about (SPARQL 1.1 §13).
struct QueryDataset: Sendable {
  /// Where patterns outside GRAPH are matched.
  var scope: GraphScope
  /// The graphs that GRAPH may name; nil for all named ones.
  var named: [StoreID]?

  /// A dataset.
  init(scope: GraphScope, named: [StoreID]? = nil) {
    self.scope = scope
    self.named = named
  }
}
