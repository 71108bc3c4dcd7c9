import RDF

/// Triples as they are read, between two other elements of a group, or in a template.
struct TripleBlock {
  /// A triple pattern or a property path.
  enum Item {
    case triple(TriplePattern)
    case path(PathPattern)
  }

  /// Whether they are of a template, where no property path may stand.
  var isTemplate = false
  /// What was read.
  var items: [Item] = []

  /// Adds a triple pattern.
  mutating func add(_ subject: PatternTerm, _ predicate: PatternTerm, _ object: PatternTerm) {
    items.append(.triple(TriplePattern(subject, predicate, object)))
  }

  /// Adds a property path; links, inverses and sequences become triple patterns (SPARQL 1.1 §18.2.2.4).
  mutating func add(
    _ subject: PatternTerm, _ path: PropertyPath, _ object: PatternTerm, at position: SourcePosition, _ variables: inout VariableTable
  ) {
    switch path {
    case .link(let iri): add(subject, .term(.iri(iri)), object)
    case .inverse(let inner): add(object, inner, subject, at: position, &variables)
    case .sequence(let steps):
      var from = subject
      for (index, step) in steps.enumerated() {
        let to = index == steps.count - 1 ? object : .variable(variables.make("path"))
        add(from, step, to, at: position, &variables)
        from = to
      }
    default: items.append(.path(PathPattern(subject: subject, path: path, object: object, position: position)))
    }
  }
}
