import Bytes
import Problems
import RDF

/// Triples of patterns and templates (SPARQL 1.1 §19.8 rules 52, 55, 73–87, 98–107).
extension QueryParser {
  /// Whether a subject begins here.
  var isAtTriples: Bool {
    switch lexer.token {
    case .variable, .iri, .name, .label, .openParenthesis, .openBracket, .string, .integer, .decimal, .double, .plus, .minus: true
    case .word: keyword == .true || keyword == .false
    default: false
    }
  }

  /// The template of CONSTRUCT.
  mutating func constructTemplate() throws(Failure) -> [TemplateTriple] {
    var block = TripleBlock(isTemplate: true)
    try braces(&block)
    return templateTriples(block)
  }

  /// Triples of a template in braces.
  mutating func braces(_ block: inout TripleBlock) throws(Failure) {
    try open()
    try expect(.openBrace, .openBrace)
    while isAtTriples {
      try sameSubject(&block)
      guard try take(.dot) else { break }
    }
    try expect(.closeBrace, .template)
    close()
  }

  /// The triples with the blank nodes of the template numbered.
  func templateTriples(_ block: TripleBlock) -> [TemplateTriple] {
    var numbers: [VariableID: Int] = [:]
    func term(_ term: PatternTerm) -> TemplateTerm {
      switch term {
      case .term(let term): return .term(term)
      case .variable(let variable):
        guard variables.isMade(variable) else { return .variable(variable) }
        let number = numbers[variable] ?? numbers.count
        numbers[variable] = number
        return .blank(number)
      }
    }
    return block.items.compactMap { item in
      guard case .triple(let triple) = item else { return nil }
      return TemplateTriple(subject: term(triple.subject), predicate: term(triple.predicate), object: term(triple.object))
    }
  }

  /// A subject with its predicates and objects (TriplesSameSubjectPath, TriplesSameSubject).
  mutating func sameSubject(_ block: inout TripleBlock) throws(Failure) {
    // A list or a blank node with properties need say no more of itself.
    let place = position
    let before = block.items.count
    let isNode = lexer.token == .openParenthesis || lexer.token == .openBracket
    let subject = try node(&block, .subject)
    // RDF 1.1 has no literals as subjects; the grammar of SPARQL does, and they match nothing.
    if case .term(.literal) = subject, block.isTemplate { throw failure(.literalSubject, at: place) }
    if isNode, block.items.count > before, !isAtVerb { return }
    try properties(of: subject, &block)
  }

  private var isAtVerb: Bool {
    switch lexer.token {
    case .variable, .iri, .name, .caret, .exclamation, .openParenthesis: true
    case .word: lexer.view == "a"
    default: false
    }
  }

  /// Predicates and objects, with semicolons between them; at least one.
  private mutating func properties(of subject: PatternTerm, _ block: inout TripleBlock) throws(Failure) {
    while true {
      let place = position
      guard isAtVerb else { throw unexpected(.verb) }
      let predicate: PatternTerm? = lexer.token == .variable ? .variable(try variable()) : nil
      let path = predicate == nil ? try path() : .link("")
      if block.isTemplate, predicate == nil {
        guard case .link = path else { throw failure(.pathHere, at: place) }
      }
      repeat {
        let object = try node(&block, .object)
        if let predicate {
          block.add(subject, predicate, object)
        } else {
          block.add(subject, path, object, at: place, &variables)
        }
      } while try take(.comma)
      var hasMore = false
      while try take(.semicolon) { hasMore = true }
      if !hasMore || !isAtVerb { return }
    }
  }

  /// A subject or an object, with the triples that it is made of.
  private mutating func node(_ block: inout TripleBlock, _ expectation: Expectation) throws(Failure) -> PatternTerm {
    switch lexer.token {
    case .variable: return .variable(try variable())
    case .iri, .name: return .term(.iri(try iri()))
    case .label: return try labelled(isTemplate: block.isTemplate)
    case .openBracket: return try bracket(&block)
    case .openParenthesis: return try list(&block)
    default:
      guard let literal = try literal() else { throw unexpected(expectation) }
      return .term(literal)
    }
  }

  /// `_:label`: the same variable within one basic graph pattern, and in no other (§4.1.4, §5.1.1).
  private mutating func labelled(isTemplate: Bool) throws(Failure) -> PatternTerm {
    let label = ByteString(lexer.view)
    if isTemplate {
      let variable = templateLabels[label] ?? variables.make("blank")
      templateLabels[label] = variable
      try advance()
      return .variable(variable)
    }
    let known = labels[label] ?? (pattern, variables.make("blank"))
    if known.pattern != pattern { throw failure(.labelShared, at: position, name: label.text) }
    labels[label] = known
    try advance()
    return .variable(known.variable)
  }

  /// `[]` and `[ … ]`.
  private mutating func bracket(_ block: inout TripleBlock) throws(Failure) -> PatternTerm {
    try open()
    try advance()
    let blank = PatternTerm.variable(variables.make("blank"))
    if lexer.token != .closeBracket { try properties(of: blank, &block) }
    try expect(.closeBracket, .closeBracket)
    close()
    return blank
  }

  /// `()` and `( … )`.
  private mutating func list(_ block: inout TripleBlock) throws(Failure) -> PatternTerm {
    try open()
    try advance()
    var cells: [(cell: PatternTerm, item: PatternTerm)] = []
    while lexer.token != .closeParenthesis {
      let cell = PatternTerm.variable(variables.make("blank"))
      cells.append((cell, try node(&block, .listItem)))
    }
    try advance()
    close()
    let end = PatternTerm.term(.iri(RDFTerms.nil))
    for (index, entry) in cells.enumerated() {
      block.add(entry.cell, .term(.iri(RDFTerms.first)), entry.item)
      block.add(entry.cell, .term(.iri(RDFTerms.rest)), index + 1 < cells.count ? cells[index + 1].cell : end)
    }
    return cells.first?.cell ?? end
  }
}
