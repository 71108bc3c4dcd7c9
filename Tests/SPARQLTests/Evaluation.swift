import Bytes
import RDF
import SPARQL
import Testing

/// A solution whose variables have the values that a test gives them, by name.
struct GivenRow: SolutionRow {
  let constants: [VariableID: Constant]
  let patterns: [Int: Bool]

  init(_ values: [String: Term], _ variables: VariableTable, patterns: [Int: Bool] = [:]) {
    var constants: [VariableID: Constant] = [:]
    for (name, term) in values {
      if let variable = variables.find(ByteString(name)) { constants[variable] = Constant(term) }
    }
    self.constants = constants
    self.patterns = patterns
  }

  func value(of variable: VariableID, _ context: EvaluationContext) -> Value { constants[variable]?.value ?? .none }

  func key(of variable: VariableID) -> UInt32? { nil }

  func exists(_ pattern: ExistsPattern, _ context: EvaluationContext) -> Bool? { patterns[pattern.number] }
}

/// A context at 2024-02-29T12:30:15.25+01:00.
func makeContext(base: ByteString? = "http://e/base/") throws -> EvaluationContext {
  let now = try #require(ByteString("2024-02-29T12:30:15.25+01:00").withView { DateTimeValue(lexical: $0) })
  return EvaluationContext(now: now, base: base.map { BaseIRI($0) })
}

/// The value of an expression in short notation: numbers and truth values bare, XSD types by their local name, `error` for none.
func evaluated(_ expression: String, _ values: [String: Term] = [:], patterns: [Int: Bool] = [:]) throws -> String {
  let query = try parsed("SELECT (\(expression) AS ?result) {}")
  guard case .project(_, .extend(_, _, let tree)) = query.pattern else { return "no expression" }
  let context = try makeContext()
  let row = GivenRow(values, query.variables, patterns: patterns)
  // The value speaks of bytes that the row's and the query's constants own.
  return withExtendedLifetime((row, tree)) { tree.value(for: row, context).term(context.scratch)?.term.short ?? "error" }
}

extension Term {
  /// The term in short notation.
  var short: String {
    switch self {
    case .iri(let iri): return "<\(iri.text)>"
    case .blankNode(let label): return "_:\(label.text)"
    case .literal(let text, .language(let tag)): return "\"\(text.text)\"@\(tag.text)"
    case .literal(let text, .datatype(let datatype)):
      if datatype == XSD.string { return "\"\(text.text)\"" }
      if [XSD.integer, XSD.decimal, XSD.boolean].contains(datatype) {
        return datatype == XSD.decimal && !text.bytes.contains(UInt8(ascii: ".")) ? text.text + "." : text.text
      }
      if datatype == XSD.double { return text.text + (text.text.contains("E") || text.text.contains("e") ? "" : "e") }
      return "\"\(text.text)\"^^\(datatype.text.split(separator: "#").last ?? "")"
    }
  }
}
