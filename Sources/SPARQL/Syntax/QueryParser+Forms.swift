import Bytes
import Problems
import RDF

/// The four forms of queries (SPARQL 1.1 §19.8 rules 1–18).
extension QueryParser {
  /// A whole query.
  mutating func query() throws(Failure) -> Query {
    try advance()
    try prologue()
    let result: Query
    switch keyword {
    case .select: result = try selectQuery()
    case .construct: result = try constructQuery()
    case .describe: result = try describeQuery()
    case .ask: result = try askQuery()
    default:
      if lexer.token == .word, Keyword.updates.contains(lexer.view.inCapitals) {
        throw Failure(.queryUpdate, at: place(of: lexer.start), value: lexer.view.text)
      }
      throw unexpected(.queryForm, words: [.select, .construct, .describe, .ask, .prefix, .base, .version])
    }
    if lexer.token != .end {
      throw unexpected(.end, words: [.group, .having, .order, .limit, .offset, .values])
    }
    return result
  }

  private func finished(_ form: QueryForm, _ dataset: DatasetClause, _ pattern: Algebra) -> Query {
    Query(
      form: form, dataset: dataset, pattern: pattern, variables: variables, base: base, version: version, existsCount: existsCount,
      name: name)
  }

  private mutating func selectQuery() throws(Failure) -> Query {
    sawAggregate = false
    let clause = try selectClause()
    let hasAggregate = sawAggregate
    let dataset = try datasetClause()
    let pattern = try whereClause()
    let modifiers = try solutionModifiers()
    let level = try translate(pattern, clause, modifiers, hasAggregate: hasAggregate)
    return finished(.select(level.projected), dataset, level.algebra)
  }

  private mutating func askQuery() throws(Failure) -> Query {
    try advance()
    let dataset = try datasetClause()
    let pattern = try whereClause()
    let level = try translate(pattern, nil, try solutionModifiers(), hasAggregate: false)
    return finished(.ask, dataset, level.algebra)
  }

  /// CONSTRUCT with a template, or the short form whose pattern is its template (§16.2.4).
  private mutating func constructQuery() throws(Failure) -> Query {
    try advance()
    if lexer.token == .openBrace {
      let template = try constructTemplate()
      let dataset = try datasetClause()
      let pattern = try whereClause()
      let level = try translate(pattern, nil, try solutionModifiers(), hasAggregate: false)
      return finished(.construct(template), dataset, level.algebra)
    }
    let dataset = try datasetClause()
    try expect(.where, .whereOrBrace)
    var block = TripleBlock(isTemplate: true)
    try braces(&block)
    let template = templateTriples(block)
    var group = GroupTranslation()
    for case .triple(let triple) in block.items { group.add(triple, variables) }
    let level = try translate(group.finish(), nil, try solutionModifiers(), hasAggregate: false)
    return finished(.construct(template), dataset, level.algebra)
  }

  private mutating func describeQuery() throws(Failure) -> Query {
    try advance()
    var targets: [PatternTerm] = []
    let isAll = try take(.star)
    if !isAll {
      repeat { targets.append(try describeTarget()) } while lexer.token == .variable || isAtIRI
    }
    let dataset = try datasetClause()
    var empty = GroupTranslation()
    let hasPattern = keyword == .where || lexer.token == .openBrace
    let pattern = hasPattern ? try whereClause() : empty.finish()
    let level = try translate(pattern, nil, try solutionModifiers(), hasAggregate: false)
    if isAll { targets = pattern.scope.order.map { .variable($0) } }
    return finished(.describe(targets), dataset, level.algebra)
  }

  private mutating func describeTarget() throws(Failure) -> PatternTerm {
    guard lexer.token == .variable || isAtIRI else { throw unexpected(.describeTarget) }
    return try iriOrVariable()
  }

  /// FROM and FROM NAMED (§13.2).
  private mutating func datasetClause() throws(Failure) -> DatasetClause {
    var clause = DatasetClause()
    while try take(.from) {
      if try take(.named) {
        clause.namedGraphs.append(try iri())
      } else {
        clause.defaultGraphs.append(try iri())
      }
    }
    return clause
  }

  /// A pattern in braces, after WHERE or not.
  mutating func whereClause() throws(Failure) -> GroupPattern {
    let hasWord = try take(.where)
    guard lexer.token == .openBrace else {
      throw unexpected(hasWord ? .openBrace : .whereOrBrace, words: [.where, .from])
    }
    return try group()
  }
}
