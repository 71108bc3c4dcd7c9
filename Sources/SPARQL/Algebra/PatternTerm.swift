package import Bytes
package import RDF

/// What stands in a place of a triple pattern.
package enum PatternTerm: Hashable, Sendable {
  /// A variable, or a blank node, which is a variable that can't be seen (SPARQL 1.1 §4.1.4).
  case variable(VariableID)
  /// An IRI or a literal.
  case term(Term)

  /// The variable, or nil for a term.
  package var variable: VariableID? { if case .variable(let id) = self { id } else { nil } }
}

/// A triple pattern (SPARQL 1.1 §18.1.5).
package struct TriplePattern: Hashable, Sendable {
  /// The subject.
  package var subject: PatternTerm
  /// The predicate.
  package var predicate: PatternTerm
  /// The object.
  package var object: PatternTerm

  /// A pattern of these.
  package init(_ subject: PatternTerm, _ predicate: PatternTerm, _ object: PatternTerm) {
    self.subject = subject
    self.predicate = predicate
    self.object = object
  }
}

/// A property path expression (SPARQL 1.1 §18.2.2.3, the terms of the algebra in brackets).
package indirect enum PropertyPath: Hashable, Sendable {
  /// One predicate (link).
  case link(ByteString)
  /// From object to subject (inv).
  case inverse(PropertyPath)
  /// One after the other, at least two (seq).
  case sequence([PropertyPath])
  /// Any of them, at least two (alt).
  case alternative([PropertyPath])
  /// Any number of times, none included (ZeroOrMorePath).
  case zeroOrMore(PropertyPath)
  /// At least once (OneOrMorePath).
  case oneOrMore(PropertyPath)
  /// Once or not (ZeroOrOnePath).
  case zeroOrOne(PropertyPath)
  /// Any predicate but these, forwards where `forward` is not nil, backwards where `backward` is not nil (NPS).
  case negated(forward: [ByteString]?, backward: [ByteString]?)
}

/// A property path between two ends (SPARQL 1.1 §18.1.7).
package struct PathPattern: Hashable, Sendable {
  /// Where the path begins.
  package var subject: PatternTerm
  /// The path: none that is just a link, an inverse or a sequence at its top, as those become triple patterns and joins.
  package var path: PropertyPath
  /// Where it ends.
  package var object: PatternTerm
  /// Where the path stands in the query.
  package var position: SourcePosition
}
