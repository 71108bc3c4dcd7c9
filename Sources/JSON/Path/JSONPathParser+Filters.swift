import Bytes
import Problems

// Filters and the functions in them (RFC 9535 §2.3.5, §2.4).
extension JSONPathParser {
  /// What may stand in a filter before it is known how it is used.
  private enum Term {
    case operand(JSONPathOperand)
    case query(JSONPathQuery)
    case call(JSONPathCall)
  }

  /// `a || b`
  mutating func logical() throws(JSONPathFault) -> JSONPathFilter {
    var parts = [try conjunction()]
    while takeAfterBlanks("||") {
      skipBlanks()
      parts.append(try conjunction())
    }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func conjunction() throws(JSONPathFault) -> JSONPathFilter {
    var parts = [try basic()]
    while takeAfterBlanks("&&") {
      skipBlanks()
      parts.append(try basic())
    }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  /// Passes over a text and the white space before it, if it comes next.
  private mutating func takeAfterBlanks(_ text: StaticString) -> Bool {
    let start = index
    skipBlanks()
    if take(text) { return true }
    index = start
    return false
  }

  private mutating func basic() throws(JSONPathFault) -> JSONPathFilter {
    if peek == UInt8(ascii: "!"), !begins("!=") {
      index += 1
      skipBlanks()
      if peek == UInt8(ascii: "(") { return .not(try parenthesised()) }
      let start = index
      return .not(try test(try term(), at: start))
    }
    if peek == UInt8(ascii: "(") { return try parenthesised() }
    let start = index
    let left = try term()
    let afterLeft = index
    skipBlanks()
    guard let comparison = takeComparison() else {
      index = afterLeft
      return try test(left, at: start)
    }
    skipBlanks()
    let rightStart = index
    let right = try term()
    return .compares(try operand(left, at: start), comparison, try operand(right, at: rightStart))
  }

  private mutating func parenthesised() throws(JSONPathFault) -> JSONPathFilter {
    let open = index
    index += 1
    try deeper()
    skipBlanks()
    let filter = try logical()
    skipBlanks()
    if !take(")") { throw peek == nil ? fault(.phrase("path-parenthesis-open"), at: open) : fault(.phrase("path-parenthesis-end")) }
    depth -= 1
    return filter
  }

  private mutating func takeComparison() -> JSONPathComparison? {
    if take("==") { return .equal }
    if take("!=") { return .unequal }
    if take("<=") { return .lessOrEqual }
    if take(">=") { return .greaterOrEqual }
    if take("<") { return .less }
    return take(">") ? .greater : nil
  }

  /// A term as a test of its own.
  private func test(_ term: Term, at start: Int) throws(JSONPathFault) -> JSONPathFilter {
    switch term {
    case .query(let query): return .exists(query)
    case .call(let call) where call.isLogical: return .holds(call)
    case .call: throw fault(.phrase("path-function-alone"), at: start)
    case .operand: throw fault(.phrase("path-literal-alone"), at: start)
    }
  }

  /// A term as one side of a comparison, or as a value that a function is given.
  private func operand(_ term: Term, at start: Int) throws(JSONPathFault) -> JSONPathOperand {
    switch term {
    case .operand(let operand): return operand
    case .query(let query) where query.segments.isSingular: return .query(query)
    case .query: throw fault(.phrase("path-not-singular"), at: start)
    case .call(let call) where !call.isLogical: return .call(call)
    case .call: throw fault(.phrase("path-function-compared"), at: start)
    }
  }

  private mutating func term() throws(JSONPathFault) -> Term {
    switch peek {
    case UInt8(ascii: "@"), UInt8(ascii: "$"):
      let isAbsolute = peek == UInt8(ascii: "$")
      index += 1
      return .query(JSONPathQuery(isAbsolute: isAbsolute, segments: try segments()))
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return .operand(.string(try string()))
    case let byte? where byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z"): return try word()
    default:
      if let number = try number() { return .operand(.number(number)) }
      throw fault(.phrase("path-operand"))
    }
  }

  /// `true`, `false`, `null` or a function.
  private mutating func word() throws(JSONPathFault) -> Term {
    let start = index
    while let byte = peek, (byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")) || isDigit(byte) || byte == UInt8(ascii: "_") {
      index += 1
    }
    let name = String(decoding: bytes[start..<index], as: UTF8.self)
    guard peek == UInt8(ascii: "(") else {
      switch name {
      case "true": return .operand(.bool(true))
      case "false": return .operand(.bool(false))
      case "null": return .operand(.null)
      default: throw fault(.phrase("path-word", ["word": name]), at: start)
      }
    }
    let count: Int
    switch name {
    case "length", "count", "value": count = 1
    case "match", "search": count = 2
    default: throw fault(.phrase("path-function", ["name": name, "choices": "length, count, match, search, value"]), at: start)
    }
    index += 1
    try deeper()
    let arguments = try arguments(count, of: name, at: start)
    depth -= 1
    return .call(try call(name, arguments))
  }

  private mutating func arguments(
    _ count: Int, of name: String, at start: Int
  ) throws(JSONPathFault) -> [(term: Term, offset: Int)] {
    var arguments: [(term: Term, offset: Int)] = []
    skipBlanks()
    while peek != UInt8(ascii: ")") {
      let offset = index
      arguments.append((try term(), offset))
      skipBlanks()
      if !take(",") { break }
      skipBlanks()
    }
    if !take(")") { throw fault(.phrase("path-parenthesis-end")) }
    if arguments.count != count { throw fault(.phrase("path-arguments", ["name": name, "count": "\(count)"]), at: start) }
    return arguments
  }

  private func call(_ name: String, _ arguments: [(term: Term, offset: Int)]) throws(JSONPathFault) -> JSONPathCall {
    let (first, offset) = arguments[0]
    switch name {
    case "length": return .length(try operand(first, at: offset))
    case "count", "value":
      guard case .query(let query) = first else { throw fault(.phrase("path-wants-query", ["name": name]), at: offset) }
      return name == "count" ? .count(query) : .value(query)
    default:
      let text = try operand(first, at: offset)
      let expression = try operand(arguments[1].term, at: arguments[1].offset)
      let isWhole = name == "match"
      var compiled: CompiledExpression?
      if case .string(let source) = expression { compiled = CompiledExpression(matcher: compiler(source, isWhole)) }
      return .match(text, expression, isWhole: isWhole, compiled: compiled)
    }
  }
}
