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
  /// What other endpoints answer.
  let answers: ServiceAnswers
  /// The subqueries that are worked out once.
  let repeated: RepeatedPatterns
  /// How many expected rows are worth a second thread.
  let leastDivided: Int
  private let turn: QueryThreads.Turn?
  /// What the labels of blank nodes that the query makes begin with, and none of the data's do.
  let blankNodePrefix: ByteString
  private let termMemory: WorkingMemory

  init(
    _ query: Query, terms: QueryTerms, dataset: QueryDataset, budget: QueryMeter, marks: Int, leastDivided: Int,
    turn: QueryThreads.Turn? = nil, profile: QueryProfile? = nil, services: Services? = nil
  ) {
    self.terms = terms
    variables = query.variables
    self.budget = budget
    self.dataset = dataset
    self.profile = profile
    self.turn = turn
    repeated = RepeatedPatterns(in: query.pattern, query.variables)
    self.leastDivided = leastDivided
    answers = ServiceAnswers(services, budget)
    blankNodePrefix = terms.snapshot.unusedLabelPrefix("q")
    slots = query.variables.count + marks
    termMemory = WorkingMemory(budget)
  }

  /// The same for another thread that works on the query at the same time: what is not shared is its own.
  func forked() -> QueryContext { QueryContext(self) }

  private init(_ other: QueryContext) {
    terms = QueryTerms(other.terms.snapshot)
    variables = other.variables
    budget = other.budget
    dataset = other.dataset
    slots = other.slots
    profile = nil
    // A pattern that asks others is not divided.
    answers = ServiceAnswers(nil, budget)
    repeated = RepeatedPatterns(other.repeated)
    blankNodePrefix = other.blankNodePrefix
    leastDivided = other.leastDivided
    turn = other.turn?.forked()
    termMemory = WorkingMemory(budget)
  }

  /// Whether a second thread may work on the query: no other query waits for a core.
  var mayUseTwoThreads: Bool { turn?.isAlone ?? true }

  /// The slot for the marks of an OPTIONAL or EXISTS within so many others.
  func mark(_ depth: Int) -> Int { variables.count + depth }

  /// Ends the query where its time is up, it was cancelled, the terms that it has made are too much, or the file that the snapshot lies in
  /// is damaged.
  func check() throws(Failure) {
    try budget.check()
    turn?.check()
    try terms.snapshot.checkSoundness()
    try termMemory.set(terms.byteCount)
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
