import Bytes
import Problems
import RDF

/// VALUES (SPARQL 1.1 §10.2, §19.8 rules 61–65).
extension QueryParser {
  /// The data after the word VALUES.
  mutating func dataBlock() throws(Failure) -> InlineTable {
    var table = InlineTable(variables: [], rows: [])
    let isSingle = lexer.token == .variable
    if isSingle {
      table.variables = [try variable()]
    } else {
      try expect(.openParenthesis, .dataVariables)
      while lexer.token == .variable {
        let place = position
        let variable = try variable()
        if table.variables.contains(variable) {
          throw failure(.valuesVariableTwice, at: place, name: variables[variable].text)
        }
        table.variables.append(variable)
      }
      try expect(.closeParenthesis, .closeParenthesis)
    }
    try open()
    try expect(.openBrace, .openBrace)
    while lexer.token != .closeBrace {
      if isSingle {
        table.rows.append([try dataValue()])
        continue
      }
      let place = position
      try expect(.openParenthesis, .dataRow)
      var row: [Term?] = []
      while lexer.token != .closeParenthesis { row.append(try dataValue()) }
      try advance()
      if row.count != table.variables.count { throw failure(.rowWidth, at: place) }
      table.rows.append(row)
    }
    try advance()
    close()
    return table
  }

  /// An IRI, a literal, or nil for UNDEF.
  private mutating func dataValue() throws(Failure) -> Term? {
    if try take(.undef) { return nil }
    if isAtIRI { return .iri(try iri()) }
    guard let literal = try literal() else { throw unexpected(.dataValue, words: [.undef, .true, .false]) }
    return literal
  }
}
