package import Store

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

  init(_ query: Query, terms: QueryTerms, dataset: QueryDataset, budget: QueryMeter, marks: Int) {
    self.terms = terms
    variables = query.variables
    self.budget = budget
    self.dataset = dataset
    slots = query.variables.count + marks
  }

  /// The slot for the marks of an OPTIONAL within so many others.
  func mark(_ depth: Int) -> Int { variables.count + depth }
}

/// The graphs that a query is about (SPARQL 1.1 §13).
package struct QueryDataset: Sendable {
  /// Where patterns outside GRAPH are matched.
  package var scope: GraphScope
  /// The graphs that GRAPH may name; nil for all named ones.
  package var named: [StoreID]?

  /// A dataset.
  package init(scope: GraphScope, named: [StoreID]? = nil) {
    self.scope = scope
    self.named = named
  }
}
