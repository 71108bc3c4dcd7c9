import Bytes
import Problems

/// What may help where a query is wrong in a way that people often are: who comes from another language writes its words.
enum QueryHint {
  /// Functions by the names that they have in other languages.
  private static let elsewhere: [String: BuiltIn] = [
    "LENGTH": .strlen, "LEN": .strlen, "CHAR_LENGTH": .strlen, "SUBSTRING": .substr, "MID": .substr, "UPPER": .ucase, "TOUPPER": .ucase,
    "LOWER": .lcase, "TOLOWER": .lcase, "IFNULL": .coalesce, "NVL": .coalesce, "ISNULL": .bound, "CEILING": .ceil, "RANDOM": .rand,
    "TODAY": .now, "GETDATE": .now, "CURRENT_DATE": .now, "CURRENT_TIMESTAMP": .now, "STARTSWITH": .strstarts, "STARTS_WITH": .strstarts,
    "ENDSWITH": .strends, "ENDS_WITH": .strends, "INCLUDES": .contains, "MATCH": .regex, "MATCHES": .regex, "LIKE": .regex,
    "REGEXP": .regex, "REGEXP_REPLACE": .replace, "LANGUAGE": .lang, "TYPEOF": .datatype, "URLENCODE": .encodeForURI,
  ]
  private static let aggregatesElsewhere: [String: Aggregate.Kind] = [
    "AVERAGE": .average, "MEAN": .average, "TOTAL": .sum, "MAXIMUM": .max, "MINIMUM": .min, "FIRST": .sample, "ANY_VALUE": .sample,
    "STRING_AGG": .groupConcat, "STRING_JOIN": .groupConcat, "LISTAGG": .groupConcat, "GROUPCONCAT": .groupConcat,
  ]
  private static let names = BuiltIn.allCases.map(\.rawValue) + Aggregate.Kind.allCases.map(\.rawValue) + ["EXISTS", "FILTER", "NOT"]

  /// The function that is likely meant by a name that none has; or nil.
  static func function(for name: String) -> String? {
    let name = name.uppercased()
    if let known = elsewhere[name]?.rawValue ?? aggregatesElsewhere[name]?.rawValue { return known }
    // One that begins as it does, or that it begins as, is nearer than one of as many letters.
    let alike = names.filter { $0.count > 2 && name.hasPrefix($0) || name.count > 2 && $0.hasPrefix(name) }
    return alike.max { $0.count < $1.count } ?? nearest(to: name, among: names)
  }

  /// What helps where a character can't stand in any token.
  static func of(character: String) -> Words? {
    switch character {
    case "&": .phrase("hint-and")
    case "“", "”", "„", "‘", "’", "´", "`": .phrase("hint-straight-quotes")
    default: nil
    }
  }
}

extension QueryParser {
  /// What helps where a token can't stand; nil where nothing is known to.
  func hint(_ text: String, _ expectation: Expectation) -> Words? {
    switch (lexer.token, expectation) {
    case (.word, .expressionEnd), (.word, .argumentEnd): Self.hint(operator: text.uppercased())
    case (.equal, .expression): lexer.start > 0 && lexer.source.address[lexer.start - 1] == UInt8(ascii: "=") ? .phrase("hint-equal") : nil
    case (.iri, .expressionEnd): text == "<>" ? .phrase("hint-not-equal") : nil
    case (.comma, .projectionEnd): .phrase("hint-projection-comma")
    case (.word, .projection), (.word, .projectionEnd): hint(projected: text)
    case (.word, .groupElement): keyword == .union ? .phrase("hint-union") : nil
    case (.word, .prefixName): .phrase("hint-prefix-colon", ["name": text])
    case (.star, .object), (.plus, .object), (.question, .object), (.slash, .object), (.bar, .object), (.variable, .path),
      (.variable, .negatedPath):
      .phrase("hint-variable-path")
    default: nil
    }
  }

  private static func hint(operator name: String) -> Words? {
    switch name {
    case "AND": .phrase("hint-and")
    case "OR": .phrase("hint-or")
    case "LIKE", "MATCHES": .phrase("hint-like")
    case "IS": .phrase("hint-is")
    default: nil
    }
  }

  private func hint(projected name: String) -> Words? {
    if keyword != nil { return nil }
    let isCall = BuiltIn(lexer.view) != nil || Aggregate.Kind(lexer.view) != nil
    return isCall ? .phrase("hint-projection-expression", ["name": name]) : .phrase("hint-variable-mark", ["name": name])
  }
}
