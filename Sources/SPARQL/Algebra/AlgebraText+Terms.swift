import Bytes
import RDF

/// Terms, paths and expressions.
extension AlgebraText {
  mutating func add(_ triple: TriplePattern) {
    operation("") { text in
      text.add(triple.subject)
      text.space { $0.add(triple.predicate) }
      text.space { $0.add(triple.object) }
    }
  }

  mutating func add(_ term: PatternTerm) {
    switch term {
    case .term(let term): add(term)
    case .variable(let variable):
      out.append("?")
      out.append(bytes: name(variable))
    }
  }

  mutating func add(_ term: Term) {
    switch term {
    case .iri(let iri): iri.withView { out.append(bracketed: $0) }
    case .blankNode(let label):
      out.append("_:")
      out.append(bytes: label)
    case .literal(let lexical, let qualifier):
      lexical.withView { out.append(quoted: $0) }
      switch qualifier {
      case .language(let tag):
        out.append("@")
        out.append(bytes: tag)
      case .datatype(let datatype):
        if datatype == XSD.string { return }
        out.append("^^")
        datatype.withView { out.append(bracketed: $0) }
      }
    }
  }

  mutating func add(_ path: PropertyPath) {
    switch path {
    case .link(let iri): iri.withView { out.append(bracketed: $0) }
    case .inverse(let inner): operation("reverse", [inner])
    case .sequence(let all): operation("seq", all)
    case .alternative(let all): operation("alt", all)
    case .zeroOrMore(let inner): operation("path*", [inner])
    case .oneOrMore(let inner): operation("path+", [inner])
    case .zeroOrOne(let inner): operation("path?", [inner])
    case .negated(let forward, let backward):
      operation("notoneof") { text in
        for iri in forward ?? [] { text.space { $0.add(.link(iri)) } }
        for iri in backward ?? [] { text.space { $0.add(.inverse(.link(iri))) } }
      }
    }
  }

  fileprivate mutating func operation(_ name: String, _ paths: [PropertyPath]) {
    operation(name) { text in
      for path in paths { text.space { $0.add(path) } }
    }
  }

  mutating func add(_ expression: Expression) {
    switch expression {
    case .variable(let variable): add(PatternTerm.variable(variable))
    case .constant(let constant): add(constant.term)
    case .or(let all): operation("||", all)
    case .and(let all): operation("&&", all)
    case .not(let inner): operation("!", [inner])
    case .minus(let inner): operation("-", [inner])
    case .plus(let inner): operation("+", [inner])
    case .compare(let comparison, let left, let right): operation(comparison.rawValue, [left, right])
    case .arithmetic(let arithmetic, let left, let right): operation(arithmetic.rawValue, [left, right])
    case .member(let left, let all, let isNegated): operation(isNegated ? "notin" : "in", [left] + all)
    case .call(let function, let all): operation(function.rawValue.lowercased(), all)
    case .function(let iri, let all):
      operation("") { text in
        iri.withView { text.out.append(bracketed: $0) }
        for argument in all { text.space { $0.add(argument) } }
      }
    case .exists(let exists): operation(exists.isNegated ? "notexists" : "exists", [exists.pattern])
    case .aggregate(let aggregate): add(aggregate)
    }
  }

  fileprivate mutating func operation(_ name: String, _ arguments: [Expression]) {
    operation(name) { text in
      for argument in arguments { text.space { $0.add(argument) } }
    }
  }

  mutating func add(_ aggregate: Aggregate) {
    operation(aggregate.kind.rawValue.lowercased() + (aggregate.isDistinct ? " distinct" : "")) { text in
      if let argument = aggregate.argument { text.space { $0.add(argument) } }
      if aggregate.separator != " " {
        text.space { text in aggregate.separator.withView { text.out.append(quoted: $0) } }
      }
    }
  }
}
