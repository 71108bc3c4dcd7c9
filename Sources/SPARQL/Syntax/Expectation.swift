import Problems

/// What should stand where something else does.
enum Expectation {
  case queryForm
  case end
  case prefixName
  case namespace
  case version
  case iri
  case iriOrVariable
  case variable
  case projection
  case projectionEnd
  case describeTarget
  case binding
  case by
  case whereOrBrace
  case openBrace
  case closeBrace
  case openParenthesis
  case closeParenthesis
  case closeBracket
  case groupElement
  case dotOrClose
  case template
  case subject
  case verb
  case object
  case listItem
  case path
  case negatedPath
  case expression
  case expressionEnd
  case argumentEnd
  case constraint
  case groupCondition
  case orderCondition
  case integer
  case dataValue
  case dataVariables
  case dataRow
  case existsPattern
  case notOperand
  case string
  case separator
  case separatorOrEnd
  case equal
  case datatype

  /// What should stand there, as a person would say it.
  var words: Words {
    switch self {
    case .queryForm: .phrase("query-wants-query-form")
    case .end: .phrase("query-wants-end")
    case .prefixName: .phrase("query-wants-prefix-name")
    case .namespace: .phrase("query-wants-namespace")
    case .version: .phrase("query-wants-version")
    case .iri: .phrase("query-wants-iri")
    case .iriOrVariable: .phrase("query-wants-iri-or-variable")
    case .variable: .phrase("query-wants-variable")
    case .projection: .phrase("query-wants-projection")
    case .projectionEnd: .phrase("query-wants-projection-end")
    case .describeTarget: .phrase("query-wants-describe-target")
    case .binding: .phrase("query-wants-binding")
    case .by: "BY"
    case .whereOrBrace: .phrase("query-wants-where-or-brace")
    case .openBrace: "«{»"
    case .closeBrace: "«}»"
    case .openParenthesis: "«(»"
    case .closeParenthesis: "«)»"
    case .closeBracket: "«]»"
    case .groupElement: .phrase("query-wants-group-element")
    case .dotOrClose: .phrase("query-wants-dot-or-close")
    case .template: .phrase("query-wants-template")
    case .subject: .phrase("query-wants-subject")
    case .verb: .phrase("query-wants-verb")
    case .object: .phrase("query-wants-object")
    case .listItem: .phrase("query-wants-list-item")
    case .path: .phrase("query-wants-path")
    case .negatedPath: .phrase("query-wants-negated-path")
    case .expression: .phrase("query-wants-expression")
    case .expressionEnd: .phrase("query-wants-expression-end")
    case .argumentEnd: .phrase("query-wants-argument-end")
    case .constraint: .phrase("query-wants-constraint")
    case .groupCondition: .phrase("query-wants-group-condition")
    case .orderCondition: .phrase("query-wants-order-condition")
    case .integer: .phrase("query-wants-integer")
    case .dataValue: .phrase("query-wants-data-value")
    case .dataVariables: .phrase("query-wants-data-variables")
    case .dataRow: .phrase("query-wants-data-row")
    case .existsPattern: "EXISTS"
    case .notOperand: "IN"
    case .string: .phrase("query-wants-string")
    case .separator: "SEPARATOR"
    case .separatorOrEnd: .phrase("query-wants-separator")
    case .equal: "«=»"
    case .datatype: .phrase("query-wants-datatype")
    }
  }
}
