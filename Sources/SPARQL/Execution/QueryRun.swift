import Bytes
import Problems
import RDF
import Store

/// One run of a query over one snapshot, from the algebra to the answer (SPARQL 1.1 §16, §18.6).
struct QueryRun {
  private let query: Query
  private let context: QueryContext
  private let evaluator: RowEvaluator
  private let meter: QueryMeter
  private let rowLimit: Int

  /// A run.
  /// - Parameters:
  ///   - scope: where patterns outside GRAPH are matched where the query names no graphs.
  ///   - clause: the graphs that the request names; they come before those of the query.
  ///   - services: the endpoints that SERVICE may ask.
  ///   - leastDivided: how many expected rows are worth a second thread.
  ///   - turn: the query's time on a thread that others wait for.
  ///   - profile: what measures the operators, where somebody asks.
  init(
    _ query: Query, snapshot: Snapshot, scope: GraphScope, clause: DatasetClause, meter: QueryMeter, rowLimit: Int?,
    leastDivided: Int, turn: QueryThreads.Turn? = nil, profile: QueryProfile? = nil, services: Services? = nil
  ) {
    self.query = query
    self.meter = meter
    self.rowLimit = rowLimit ?? .max
    let terms = QueryTerms(snapshot)
    let named = clause.isEmpty ? query.dataset : clause
    var dataset = QueryDataset(scope: scope)
    if !named.isEmpty {
      dataset.scope = .list(named.defaultGraphs.compactMap { iri in iri.withView { snapshot.id(ofIRI: $0) } })
      dataset.named = named.namedGraphs.compactMap { iri in iri.withView { snapshot.id(ofIRI: $0) } }
    }
    let marks = query.pattern.markDepth
    context = QueryContext(
      query, terms: terms, dataset: dataset, budget: meter, marks: marks * (query.pattern.existsDepth + 1), leastDivided: leastDivided,
      turn: turn, profile: profile,
      services: services)
    let functions = EvaluationContext(now: .current, base: query.base, version: query.version, blankNodePrefix: context.blankNodePrefix)
    evaluator = RowEvaluator(context: context, functions: functions, markDepth: marks)
  }

  /// Runs the query and delivers the answer.
  func deliver(to sink: any AnswerSink, version: ByteString) throws(Failure) {
    try meter.check()
    let planner = PhysicalPlanner(context: context, evaluator: evaluator, needed: query.form.needed)
    let solutions = try planner.plan(query.pattern, over: planner.unit, bound: [], scope: context.dataset.scope)
    switch query.form {
    case .select(let variables):
      try sink.begin(AnswerHead(.solutions(variables.map { query.variables[$0] }), version: version))
      try deliver(solutions, variables, to: sink)
    case .ask:
      let truth = try solutions.next() != nil
      try context.check()
      try sink.begin(AnswerHead(.truth(truth), version: version))
    case .construct(let template):
      try sink.begin(AnswerHead(.quads, version: version))
      try QuadMaking(context: context, rowLimit: rowLimit).construct(template, solutions, to: sink)
    case .describe(let terms):
      try sink.begin(AnswerHead(.quads, version: version))
      try QuadMaking(context: context, rowLimit: rowLimit).describe(terms, solutions, to: sink)
    }
    // What was read last may have turned out to be damaged.
    try context.check()
    try sink.finish()
  }

  private func deliver(_ solutions: any Operator, _ variables: [VariableID], to sink: any AnswerSink) throws(Failure) {
    var total = 0
    var lent = LentColumns()
    let memory = context.memory()
    while let batch = try solutions.next() {
      try context.check()
      total += batch.count
      if total > rowLimit { throw Failure(.queryRows, ["limit": "\(rowLimit)"]) }
      lent.copy(variables.lazy.map { batch.columns[$0] }, count: batch.count)
      try memory.set(lent.byteCount)
      try sink.append(SolutionBatch(count: batch.count, columns: lent.addresses, terms: context.terms))
    }
  }
}

extension QueryForm {
  /// The variables whose values the answer is made of.
  fileprivate var needed: Set<VariableID> {
    switch self {
    case .select(let variables): return Set(variables)
    case .ask: return []
    case .construct(let template):
      var found: Set<VariableID> = []
      for triple in template {
        for case .variable(let variable) in [triple.subject, triple.predicate, triple.object] { found.insert(variable) }
      }
      return found
    case .describe(let terms): return Set(terms.compactMap(\.variable))
    }
  }
}
