package import Bytes
package import RDF

/// The algebra of SPARQL (SPARQL 1.1 §18.2): what a graph pattern and the solution modifiers mean.
///
/// Joins and unions take any number of operands, since both are associative. Trees are at most ``QueryParser/depthLimit`` high for each
/// level of groups, and levels of groups as many, so to walk them recursively is safe on an ordinary stack.
package indirect enum Algebra: Hashable, Sendable {
  /// The empty basic graph pattern, Z: one solution that binds nothing (§18.2.2.1).
  case unit
  /// A basic graph pattern, not empty (§18.3.1).
  case bgp([TriplePattern])
  /// A property path that is more than triple patterns (§18.4).
  case path(PathPattern)
  /// At least two operands, none of them ``unit`` or a join (§18.5, Join).
  case join([Algebra])
  /// OPTIONAL; without condition where it is true (§18.5, LeftJoin).
  case leftJoin(Algebra, Algebra, Expression?)
  /// The solutions for which the expression is true: FILTER and HAVING (§18.5, Filter).
  case filter(Expression, Algebra)
  /// At least two operands (§18.5, Union).
  case union([Algebra])
  /// MINUS (§18.5, Minus).
  case minus(Algebra, Algebra)
  /// GRAPH (§18.6).
  case graph(PatternTerm, Algebra)
  /// BIND, and expressions of SELECT and GROUP BY: an error leaves the variable without value (§18.5, Extend).
  case extend(Algebra, VariableID, Expression)
  /// VALUES (§18.2.2.7).
  case values(InlineTable)
  /// SERVICE (Federated Query §2.4).
  case service(ServicePattern)
  /// Grouping with its aggregates, one solution a group: Group, Aggregation and AggregateJoin in one (§18.5.1).
  case group(Grouping, Algebra)
  /// ORDER BY (§18.5, OrderBy).
  case orderBy([OrderCondition], Algebra)
  /// The variables of SELECT (§18.5, Project).
  case project([VariableID], Algebra)
  /// DISTINCT (§18.5, Distinct).
  case distinct(Algebra)
  /// REDUCED (§18.5, Reduced).
  case reduced(Algebra)
  /// OFFSET and LIMIT (§18.5, Slice).
  case slice(offset: Int, limit: Int?, Algebra)
  /// A subquery as part of a pattern (§18.5, ToMultiSet).
  case toMultiset(Algebra)
}

/// The data of VALUES.
package struct InlineTable: Hashable, Sendable {
  /// The variables.
  package var variables: [VariableID]
  /// The rows, each as wide as there are variables; nil for UNDEF.
  package var rows: [[Term?]]
}

/// A pattern that another endpoint answers.
package struct ServicePattern: Hashable, Sendable {
  /// The endpoint.
  package var endpoint: PatternTerm
  /// Whether failures are ignored.
  package var isSilent: Bool
  /// The pattern.
  package var pattern: Algebra
  /// The pattern as it stands in the query, brackets included.
  package var text: ByteString
  /// The declarations that the pattern needs, as they would stand before a query.
  package var prologue: ByteString
  /// The variables in scope in the pattern.
  package var variables: [VariableID]
  /// Where SERVICE stands in the query.
  package var position: SourcePosition
}

/// How solutions are grouped, and what is computed of each group.
package struct Grouping: Hashable, Sendable {
  /// A key, and the variable that holds its value in the group's solution. A variable is its own key.
  package struct Key: Hashable, Sendable {
    /// What holds the value.
    package let variable: VariableID
    /// What is evaluated.
    package let expression: Expression
  }

  /// An aggregate, and the variable that holds its value.
  package struct Output: Hashable, Sendable {
    /// What holds the value.
    package let variable: VariableID
    /// What is computed.
    package let aggregate: Aggregate
  }

  /// The keys. Without any, all solutions are one group, even where there are none.
  package var keys: [Key]
  /// The aggregates.
  package var outputs: [Output]
}

/// A condition of ORDER BY.
package struct OrderCondition: Hashable, Sendable {
  /// What is compared.
  package let expression: Expression
  /// Whether the greatest comes first.
  package let isDescending: Bool
}
