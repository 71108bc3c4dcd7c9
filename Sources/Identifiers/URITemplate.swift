package import Bytes

/// A URI template (RFC 6570, all four levels), taken apart once.
///
/// It is the only way in which IRIs are made of keys and cells.
package struct URITemplate: Sendable, Equatable {
  /// The operator of an expression, which says how values are encoded and joined (RFC 6570 §2.2, appendix A).
  package enum Operator: UInt8, Sendable {
    case simple = 0
    case reserved = 0x2B  // +
    case fragment = 0x23  // #
    case label = 0x2E  // .
    case path = 0x2F  // /
    case parameter = 0x3B  // ;
    case query = 0x3F  // ?
    case continuation = 0x26  // &

    var first: UInt8? {
      switch self {
      case .simple, .reserved: nil
      default: rawValue
      }
    }
    var separator: UInt8 {
      switch self {
      case .simple, .reserved, .fragment: UInt8(ascii: ",")
      case .query: UInt8(ascii: "&")
      default: rawValue
      }
    }
    var isNamed: Bool { self == .parameter || self == .query || self == .continuation }
    var allowsReserved: Bool { self == .reserved || self == .fragment }
  }

  /// A variable of an expression: its name, and its modifier where it has one.
  package struct Variable: Sendable, Equatable {
    /// The name.
    package let name: ByteString
    /// At most so many characters of the value (`{name:4}`).
    package let prefix: Int?
    /// Whether the items of a list are expanded one by one (`{name*}`).
    package let explodes: Bool

    /// A variable with its modifiers.
    package init(name: ByteString, prefix: Int?, explodes: Bool) {
      self.name = name
      self.prefix = prefix
      self.explodes = explodes
    }
  }

  /// A piece of a template.
  package enum Part: Sendable, Equatable {
    /// Text as it stands, but for characters that no IRI has, which are percent-encoded (RFC 6570 §3.1).
    case literal(ByteString)
    /// `{…}`
    case expression(Operator, [Variable])
  }

  /// The pieces in order.
  package let parts: [Part]
  /// The template as it was written.
  package let source: ByteString

  /// Why a text is not a template.
  package enum Fault: Error, Equatable {
    case unclosedBrace
    case emptyExpression
    case badVariable(String)
    case unsupportedOperator(Character)
  }

  /// Takes a template apart.
  package init(_ source: ByteString) throws(Fault) {
    self.source = source
    var parts: [Part] = []
    var rest = source.bytes[...]
    while let open = rest.firstIndex(of: UInt8(ascii: "{")) {
      if open > rest.startIndex { parts.append(.literal(ByteString(Array(rest[..<open])).encodedForIRI)) }
      guard let close = rest[open...].firstIndex(of: UInt8(ascii: "}")) else { throw .unclosedBrace }
      parts.append(try Self.expression(rest[(open + 1)..<close]))
      rest = rest[(close + 1)...]
    }
    if rest.contains(UInt8(ascii: "}")) { throw .unclosedBrace }
    if !rest.isEmpty { parts.append(.literal(ByteString(Array(rest)).encodedForIRI)) }
    self.parts = parts
  }

  private static func expression(_ text: ArraySlice<UInt8>) throws(Fault) -> Part {
    guard let first = text.first else { throw .emptyExpression }
    var names = text
    var kind = Operator.simple
    if let known = first == 0 ? nil : Operator(rawValue: first) {
      kind = known
      names = names.dropFirst()
    } else if "=,!@|".utf8.contains(first) {
      throw .unsupportedOperator(Character(Unicode.Scalar(first)))
    }
    var variables: [Variable] = []
    for piece in names.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      variables.append(try variable(piece))
    }
    return .expression(kind, variables)
  }

  private static func variable(_ text: ArraySlice<UInt8>) throws(Fault) -> Variable {
    var name = text
    var prefix: Int?
    var explodes = false
    if name.last == UInt8(ascii: "*") {
      explodes = true
      name = name.dropLast()
    } else if let colon = name.firstIndex(of: UInt8(ascii: ":")) {
      prefix = Int(String(decoding: name[(colon + 1)...], as: UTF8.self))
      guard let prefix, (1..<10_000).contains(prefix) else { throw .badVariable(String(decoding: text, as: UTF8.self)) }
      name = name[..<colon]
    }
    let isName = name.allSatisfy {
      isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "%") || $0 >= 0x80
    }
    guard isName, !name.isEmpty else { throw .badVariable(String(decoding: text, as: UTF8.self)) }
    return Variable(name: ByteString(Array(name)), prefix: prefix, explodes: explodes)
  }

  /// The names of all variables, in order of first use.
  package var variableNames: [ByteString] {
    var names: [ByteString] = []
    for case .expression(_, let variables) in parts {
      for variable in variables where !names.contains(variable.name) { names.append(variable.name) }
    }
    return names
  }

  /// Whether the template has no variables.
  package var isConstant: Bool { variableNames.isEmpty }
}

extension URITemplate {
  /// The template written out for variables that are given as owned texts: for few IRIs, not for rows of data.
  package func expanded(_ values: [ByteString: ByteString]) -> ByteString {
    var out = ByteBuffer()
    for part in parts {
      switch part {
      case .literal(let text): out.append(bytes: text)
      case .expression(let kind, let variables):
        var isFirst = true
        for variable in variables {
          guard let value = values[variable.name] else { continue }
          value.withView { out.append(expanding: $0, of: variable, kind, isFirst: &isFirst) }
        }
      }
    }
    return ByteString(out.view)
  }
}
