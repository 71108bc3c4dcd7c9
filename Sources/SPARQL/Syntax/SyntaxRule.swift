import Problems

/// Rules of the language that a query can break.
enum SyntaxRule {
  case character
  case variableName
  case label
  case languageTag
  case iriOpen
  case iriCharacter
  case stringOpen
  case stringBroken
  case stringEscape
  case codepointEscape
  case escapePlace
  case baseDirection
  case tripleTerm
  case percent
  case nameEscape
  case illFormed
  case prefixUndeclared
  case iriRelative
  case functionUnknown
  case argumentCount
  case boundArgument
  case labelShared
  case labelInExpression
  case variableInScope
  case variableTwice
  case variableUngrouped
  case starGrouped
  case aggregateHere
  case aggregateNested
  case valuesVariableTwice
  case rowWidth
  case literalSubject
  case pathHere
  case limitTooLarge

  /// What is wrong, as a person would say it; `name` is the name at hand.
  func sentence(_ name: String) -> Words {
    switch self {
    case .character: .phrase("query-character", ["name": name])
    case .variableName: .phrase("query-variable-name")
    case .label: .phrase("query-label")
    case .languageTag: .phrase("query-language-tag")
    case .iriOpen: .phrase("query-iri-open")
    case .iriCharacter: name == "U+0020" ? .phrase("query-iri-space") : .phrase("query-iri-character", ["name": name])
    case .stringOpen: .phrase("query-string-open")
    case .stringBroken: .phrase("query-string-broken")
    case .stringEscape: .phrase("query-string-escape")
    case .codepointEscape: .phrase("query-codepoint-escape")
    case .escapePlace: .phrase("query-escape-place")
    case .baseDirection: .phrase("query-base-direction")
    case .tripleTerm: .phrase("query-triple-term")
    case .percent: .phrase("query-percent")
    case .nameEscape: .phrase("query-name-escape")
    case .illFormed: .phrase("query-ill-formed")
    case .prefixUndeclared: .phrase("query-prefix-undeclared", ["name": name])
    case .iriRelative: .phrase("query-iri-relative", ["name": name])
    case .functionUnknown: .phrase("query-function-unknown", ["name": name])
    case .argumentCount: .text(name)
    case .boundArgument: .phrase("query-bound-argument")
    case .labelShared: .phrase("query-label-shared", ["name": name])
    case .labelInExpression: .phrase("query-label-in-expression")
    case .variableInScope: .phrase("query-variable-in-scope", ["name": name])
    case .variableTwice: .phrase("query-variable-twice", ["name": name])
    case .variableUngrouped: .phrase("query-variable-ungrouped", ["name": name])
    case .starGrouped: .phrase("query-star-grouped")
    case .aggregateHere: .phrase("query-aggregate-here", ["name": name])
    case .aggregateNested: .phrase("query-aggregate-nested", ["name": name])
    case .valuesVariableTwice: .phrase("query-values-variable-twice", ["name": name])
    case .rowWidth: .phrase("query-row-width")
    case .literalSubject: .phrase("query-literal-subject")
    case .pathHere: .phrase("query-path-here")
    case .limitTooLarge: .phrase("query-limit-too-large", ["name": name])
    }
  }

  /// What may help to mend it; nil where the sentence says it all.
  func hint(_ name: String) -> Words? {
    switch self {
    case .character: QueryHint.of(character: name)
    case .iriCharacter: .phrase("hint-percent-encoding")
    case .aggregateHere: .phrase("hint-aggregate")
    case .variableUngrouped: .phrase("hint-ungrouped", ["name": name])
    case .variableInScope: .phrase("hint-in-scope")
    case .labelShared: .phrase("hint-label")
    case .labelInExpression: .phrase("hint-blank-node")
    case .starGrouped: .phrase("hint-star")
    case .tripleTerm: .phrase("hint-triple-term")
    case .iriRelative: .phrase("hint-relative")
    default: nil
    }
  }
}
