import Bytes
import Problems

// The names in an expression that mean something outside it: prefixes, functions and variables.
extension XPathExpression {
  /// The functions of XPath 1.0 (§4).
  private static let functions: Set<String> = [
    "last", "position", "count", "id", "local-name", "namespace-uri", "name", "string", "concat", "starts-with", "contains",
    "substring-before", "substring-after", "substring", "string-length", "normalize-space", "translate", "boolean", "not", "true", "false",
    "lang", "number", "sum", "floor", "ceiling", "round",
  ]
  /// What may stand before a parenthesis beside functions: tests of nodes, and operators.
  private static let others: Set<String> = ["comment", "text", "processing-instruction", "node", "and", "or", "div", "mod"]

  /// The first name that can't be asked: a prefix without a namespace, a function that XPath 1.0 has not, a variable; or `position` and
  /// `last` outside a predicate, where there is no list to be in. Nil where all can.
  /// - Parameter prefixes: those that have namespaces, beside `xml`.
  package func unknownName(prefixes: [String]) -> XPathFault? {
    let text = Array(source.utf8)
    var index = 0
    var depth = 0
    func pass(while condition: (UInt8) -> Bool) -> String {
      let start = index
      while index < text.count, condition(text[index]) { index += 1 }
      return String(decoding: text[start..<index], as: UTF8.self)
    }
    while index < text.count {
      let start = index
      func fault(_ reason: Words) -> XPathFault { XPathFault(reason: reason, offset: start) }
      switch text[index] {
      case UInt8(ascii: "'"), UInt8(ascii: "\""):
        let quote = text[index]
        index += 1
        _ = pass { $0 != quote }
        index += 1
      case UInt8(ascii: "$"):
        index += 1
        let name = pass { isNameByte($0) || $0 == UInt8(ascii: ":") }
        return fault(.phrase("path-variable", ["name": name]))
      case let byte where isDigit(byte): _ = pass { isDigit($0) || $0 == UInt8(ascii: ".") }
      case let byte where isNameStart(byte):
        var name = pass(while: isNameByte)
        var prefix: String?
        if index + 1 < text.count, text[index] == UInt8(ascii: ":"), text[index + 1] == UInt8(ascii: "*") || isNameStart(text[index + 1]) {
          prefix = name
          index += 1
          name += ":" + pass(while: isNameByte)
        }
        let next = text[index...].first { !isWhiteSpace($0) }
        if next == UInt8(ascii: "("), prefix != nil || !Self.others.contains(name) {
          if !Self.functions.contains(name) { return fault(.phrase("path-xpath-function", ["name": name])) }
          if depth == 0, name == "position" || name == "last" { return fault(.phrase("path-position", ["name": name])) }
        } else if let prefix, prefix != "xml", !prefixes.contains(prefix) {
          return fault(.phrase("path-prefix", ["name": prefix]))
        }
      default:
        if text[index] == UInt8(ascii: "[") { depth += 1 } else if text[index] == UInt8(ascii: "]") { depth -= 1 }
        index += 1
      }
    }
    return nil
  }
}
