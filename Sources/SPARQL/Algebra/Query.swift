package import Bytes
package import RDF

/// A query, ready to be planned.
package struct Query: Sendable {
  /// What is asked for.
  package let form: QueryForm
  /// The graphs that FROM and FROM NAMED name.
  package let dataset: DatasetClause
  /// The pattern with all solution modifiers.
  package let pattern: Algebra
  /// The names of variables.
  package let variables: VariableTable
  /// What relative IRIs are resolved against, by `IRI()` too; or nil.
  package let base: BaseIRI?
  /// The version of the language that was announced, in the query or beside it; or nil.
  package let version: QueryVersion?
  /// How many EXISTS the query has: their numbers are below this.
  package let existsCount: Int
  /// What the user calls the text of the query, for messages; or nil.
  package let name: String?
}

/// The form of a query (SPARQL 1.1 §16).
package enum QueryForm: Sendable, Equatable {
  /// SELECT: the variables in the order of the result.
  case select([VariableID])
  /// ASK.
  case ask
  /// CONSTRUCT: what each solution gives.
  case construct([TemplateTriple])
  /// DESCRIBE: variables and IRIs.
  case describe([PatternTerm])
}

/// A triple of a template (SPARQL 1.1 §16.2).
package struct TemplateTriple: Hashable, Sendable {
  /// The subject.
  package let subject: TemplateTerm
  /// The predicate.
  package let predicate: TemplateTerm
  /// The object.
  package let object: TemplateTerm
}

/// What stands in a place of a template.
package enum TemplateTerm: Hashable, Sendable {
  /// The value of a variable; the triple is left out where it has none.
  case variable(VariableID)
  /// An IRI or a literal.
  case term(Term)
  /// A blank node that is new for each solution, with its number within the template.
  case blank(Int)
}

/// The graphs that a query says it is about (SPARQL 1.1 §13.2).
package struct DatasetClause: Hashable, Sendable {
  /// FROM: the graphs that are merged into the default graph.
  package var defaultGraphs: [ByteString] = []
  /// FROM NAMED.
  package var namedGraphs: [ByteString] = []

  /// Whether the query says nothing, so that the whole dataset is meant.
  package var isEmpty: Bool { defaultGraphs.isEmpty && namedGraphs.isEmpty }

  /// A clause with these graphs.
  package init(defaultGraphs: [ByteString] = [], namedGraphs: [ByteString] = []) {
    self.defaultGraphs = defaultGraphs
    self.namedGraphs = namedGraphs
  }
}
