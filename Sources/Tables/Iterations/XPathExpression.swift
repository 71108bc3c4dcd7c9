import Bytes
import CLibXML2
import Glibc
package import Problems

/// Why a text is no expression of XPath, and where.
package struct XPathFault: Error, Sendable {
  /// What is wrong.
  package let reason: Words
  /// The byte near which it is wrong.
  package let offset: Int
}

/// An expression of XPath 1.0 that is known to be one. It is compiled again for each document: libxml2 keeps names by the document.
package struct XPathExpression: Sendable, Equatable {
  /// The expression as it was written.
  package let source: String

  /// Checks the form of an expression. Its names are another matter (``unknownName(prefixes:)``).
  /// - Throws: where and why it is none.
  package init(_ source: String) throws(XPathFault) {
    self.source = source
    if source.utf8.count > 4096 { throw XPathFault(reason: .phrase("path-long"), offset: 0) }
    let context = xmlXPathNewContext(nil)
    defer { xmlXPathFreeContext(context) }
    // Without a handler libxml2 writes to standard error.
    context?.pointee.error = { _, _ in }
    let compiled = xmlXPathCtxtCompile(context, source)
    defer { xmlXPathFreeCompExpr(compiled) }
    if compiled != nil {
      // libxml2 takes the end of the text for the end of a call.
      if source.isClosed { return }
      throw XPathFault(reason: .phrase("path-xpath"), offset: source.utf8.count)
    }
    let offset = context.map { Int($0.pointee.lastError.int1) } ?? 0
    throw XPathFault(reason: .phrase("path-xpath"), offset: min(max(offset, 0), source.utf8.count))
  }

  /// A step to children of a name, with predicates that ask for nothing outside the child's parent.
  struct Step: Equatable {
    let name: String
    /// The predicates, with their brackets.
    let predicates: String
    /// Whether they ask of each child alone: neither how manieth it is, nor what stands beside or above it.
    let asksAlone: Bool
  }

  /// The steps on the way, where the expression is nothing but child steps from the root, `/a/p:b[@c]/*`, or from anywhere in the document,
  /// `//p:b/c`.
  var simpleSteps: (isAnywhere: Bool, steps: [Step])? {
    guard source.hasPrefix("/") else { return nil }
    let isAnywhere = source.hasPrefix("//")
    var steps: [Step] = []
    for text in source.dropFirst(isAnywhere ? 2 : 1).parts(at: "/") {
      let name = text.prefix { $0 != "[" }
      let predicates = text[name.endIndex...]
      // Any element anywhere would be the root.
      if isAnywhere, steps.isEmpty, name == "*" { return nil }
      guard name.isSimpleName, predicates.isEmpty || predicates.areConfined else { return nil }
      steps.append(Step(name: String(name), predicates: String(predicates), asksAlone: predicates.isEmpty || predicates.askAlone))
    }
    return (isAnywhere, steps)
  }

  /// How many elements up from the item an expression begins, by its leading `..`; nil where it may go anywhere in the document.
  var levelsUp: Int? {
    var rest = source.withoutWhiteSpace[...]
    var levels = 0
    while rest.hasPrefix("..") {
      levels += 1
      rest = rest.dropFirst(2)
      if rest.hasPrefix("/") { rest = rest.dropFirst() } else { break }
    }
    if rest.hasPrefix("/") || rest.contains("..") || rest.contains("ancestor") || rest.contains("preceding") || rest.contains("following")
      || rest.contains("(/") || rest.contains("[/") || rest.contains("=/") || source.hasSlashAfterSpace || rest.contains("parent::")
      || rest.contains("id(") || rest.contains(",/") || rest.contains("|/")
    {
      return nil
    }
    return levels
  }
}

extension Substring {
  /// The parts between a character, where it stands in no brackets, parentheses or quotes.
  fileprivate func parts(at separator: Character) -> [Substring] {
    var parts: [Substring] = []
    var start = startIndex
    for index in outermost where self[index] == separator {
      parts.append(self[start..<index])
      start = self.index(after: index)
    }
    return parts + [self[start...]]
  }

  /// Whether it is a name, perhaps with a prefix, and nothing that means more in XPath: neither `child::n` nor `..`.
  var isQualifiedName: Bool {
    let parts = utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    return parts.count <= 2 && parts.allSatisfy { $0.first.map(isNameStart) == true && $0.allSatisfy(isNameByte) }
  }

  fileprivate var isSimpleName: Bool { self == "*" || isQualifiedName }

  /// The texts of predicates, without their brackets.
  private var predicates: [Substring] {
    var texts: [Substring] = []
    var rest = self
    while rest.hasPrefix("[") {
      let inner = rest.dropFirst()
      guard let end = inner.outermost.first(where: { inner[$0] == "]" }) else { break }
      texts.append(inner[..<end])
      rest = inner[inner.index(after: end)...]
    }
    return rest.isEmpty ? texts : []
  }

  /// Whether predicates ask for nothing above or beside the elements among which they choose.
  fileprivate var areConfined: Bool {
    let texts = predicates
    return !texts.isEmpty && texts.allSatisfy { text in (try? XPathExpression(String(text)))?.levelsUp == 0 }
  }

  /// Whether predicates that are confined ask of each element alone.
  fileprivate var askAlone: Bool { predicates.allSatisfy(\.isOwnCondition) }

  private var isOwnCondition: Bool {
    let text = withoutWhiteSpace
    if text.contains("position(") || text.contains("last(") { return false }
    for index in outermost {
      let rest = self[index...]
      if "=<>".contains(self[index]) || rest.hasPrefix(" or ") || rest.hasPrefix(" and ") { return true }
    }
    // A number alone would be a place among the siblings.
    let isCall = ["not(", "contains(", "starts-with(", "boolean("].contains { hasPrefix($0) }
    if isCall, hasSuffix(")"), outermost.allSatisfy({ $0 == startIndex || self[index(before: $0)] != ")" }) { return true }
    return !isDigit(utf8.first ?? 0x30) && utf8.allSatisfy { isNameByte($0) || "@/:".utf8.contains($0) }
  }
}

/// Whether a byte of UTF-8 may begin a name; all beyond ASCII are taken for letters.
func isNameStart(_ byte: UInt8) -> Bool { isLetter(byte) || byte >= 0x80 || byte == UInt8(ascii: "_") }

/// Whether a byte of UTF-8 may stand in a name.
func isNameByte(_ byte: UInt8) -> Bool {
  isNameStart(byte) || isDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
}
