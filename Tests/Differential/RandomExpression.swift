/// Expressions over given variables: sensible ones, and such as come to an error.
struct RandomExpression {
  let variables: [String]

  /// A value of any kind.
  func any(_ random: inout Randomness, _ depth: Int) -> String {
    if depth == 0 { return leaf(&random) }
    switch random.below(12) {
    case 0..<3: return leaf(&random)
    case 3..<6: return number(&random, depth)
    case 6..<8: return text(&random, depth)
    case 8: return "IF(\(truth(&random, depth - 1)), \(any(&random, depth - 1)), \(any(&random, depth - 1)))"
    case 9: return "COALESCE(\(any(&random, depth - 1)), \(any(&random, depth - 1)))"
    case 10: return time(&random, depth)
    default: return truth(&random, depth)
    }
  }

  /// A condition.
  func truth(_ random: inout Randomness, _ depth: Int) -> String {
    if depth == 0 {
      return random.chance(60)
        ? "\(leaf(&random)) \(comparison(&random)) \(leaf(&random))" : random.pick("BOUND(\(variable(&random)))", "true", "false")
    }
    switch random.below(14) {
    case 0..<5: return "\(any(&random, depth - 1)) \(comparison(&random)) \(any(&random, depth - 1))".bracketed
    case 5: return "(\(truth(&random, depth - 1)) && \(truth(&random, depth - 1)))"
    case 6: return "(\(truth(&random, depth - 1)) || \(truth(&random, depth - 1)))"
    case 7: return "(!\(truth(&random, depth - 1).bracketed))"
    case 8:
      let word = random.pick("IN", "NOT IN")
      return "(\(any(&random, depth - 1)) \(word) (\(leaf(&random)), \(any(&random, depth - 1))))"
    case 9: return random.pick("isIRI", "isLiteral", "isNumeric", "isBlank") + "(\(any(&random, depth - 1)))"
    case 10: return "sameTerm(\(leaf(&random)), \(leaf(&random)))"
    case 11: return "REGEX(\(text(&random, depth - 1)), \"\(random.pick("^a", "B", "[a-b]", "x?", "\\\\d"))\"\(random.pick("", ", \"i\"")))"
    case 12: return random.pick("CONTAINS", "STRSTARTS", "STRENDS") + "(\(text(&random, depth - 1)), \(text(&random, 0)))"
    default: return "BOUND(\(variable(&random)))"
    }
  }

  /// Mostly a number.
  func number(_ random: inout Randomness, _ depth: Int) -> String {
    if depth == 0 { return random.chance(50) ? variable(&random) : RandomGraph.number(&random) }
    let operand = random.chance(80) ? number(&random, depth - 1) : any(&random, depth - 1)
    switch random.below(9) {
    case 0..<4: return "(\(operand) \(random.pick("+", "-", "*")) \(number(&random, depth - 1)))"
    case 4: return "(\(operand) / \(random.pick("2", "4", "0.5", "0", "0.0", "2.0E0", "0.0E0")))"
    case 5: return random.pick("ABS", "CEIL", "FLOOR", "ROUND") + "(\(operand))"
    case 6: return "STRLEN(\(text(&random, depth - 1)))"
    case 7: return "xsd:\(random.pick("integer", "decimal", "double", "float"))(\(any(&random, depth - 1)))"
    default: return random.pick("YEAR", "MONTH", "DAY", "HOURS", "MINUTES", "SECONDS") + "(\(time(&random, 0)))"
    }
  }

  /// Mostly a string.
  func text(_ random: inout Randomness, _ depth: Int) -> String {
    if depth == 0 { return random.chance(40) ? variable(&random) : random.pick(from: RandomGraph.texts) }
    let operand = random.chance(60) ? text(&random, depth - 1) : "STR(\(any(&random, depth - 1)))"
    switch random.below(10) {
    case 0: return "STR(\(any(&random, depth - 1)))"
    case 1: return "CONCAT(\(operand), \(text(&random, depth - 1)))"
    case 2: return random.pick("UCASE", "LCASE", "ENCODE_FOR_URI") + "(\(operand))"
    case 3: return "SUBSTR(\(operand), \(random.pick("1", "2", "0", "-1"))\(random.pick("", ", 1", ", 2")))"
    case 4: return random.pick("STRBEFORE", "STRAFTER") + "(\(operand), \(random.pick("\"a\"", "\"b\"", "\"\"", "\"a\"@en", "\"z\"")))"
    case 5: return "REPLACE(\(operand), \"\(random.pick("a", "[a-b]", "b$"))\", \"\(random.pick("x", "", "[$0]"))\")"
    case 6: return "LANG(\(any(&random, depth - 1)))"
    case 7: return "STR(DATATYPE(\(any(&random, depth - 1))))"
    case 8: return "STRLANG(\(operand), \"en\")"
    default: return "STRDT(\(operand), \(random.pick("xsd:integer", "xsd:string", "xsd:dateTime")))"
    }
  }

  /// Mostly a moment.
  func time(_ random: inout Randomness, _ depth: Int) -> String {
    if random.chance(40) { return variable(&random) }
    return depth > 0 && random.chance(20)
      ? random.pick("TZ", "TIMEZONE", "xsd:dateTime") + "(\(time(&random, depth - 1)))" : random.pick(from: RandomGraph.times)
  }

  private func leaf(_ random: inout Randomness) -> String {
    random.chance(60) ? variable(&random) : RandomGraph.value(&random)
  }

  private func variable(_ random: inout Randomness) -> String { random.pick(from: variables) }

  private func comparison(_ random: inout Randomness) -> String { random.pick("=", "!=", "<", ">", "<=", ">=") }
}

extension String {
  fileprivate var bracketed: String { "(\(self))" }
}
