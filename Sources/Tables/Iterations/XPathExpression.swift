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

  /// Checks the form of an expression. Prefixes and functions are looked up when it is asked.
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
    guard compiled == nil else { return }
    let offset = context.map { Int($0.pointee.lastError.int1) } ?? 0
    throw XPathFault(reason: .phrase("path-xpath"), offset: min(max(offset, 0), source.utf8.count))
  }

  /// The names of the elements on the way, where the expression is nothing but child steps from the root: `/a/p:b/*`.
  var simpleSteps: [String]? {
    guard source.hasPrefix("/") else { return nil }
    let steps = source.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let areNames = steps.allSatisfy { step in
      step == "*"
        || (!step.isEmpty && step.split(separator: ":", omittingEmptySubsequences: false).count <= 2 && step.utf8.allSatisfy(isNameByte)
          && !step.hasPrefix(":") && !step.hasSuffix(":") && !isDigit(step.utf8.first ?? 0))
    }
    return areNames ? steps : nil
  }

  /// How many elements up from the item an expression begins, by its leading `..`; nil where it may go anywhere in the document.
  var levelsUp: Int? {
    var rest = source[...]
    var levels = 0
    while rest.hasPrefix("..") {
      levels += 1
      rest = rest.dropFirst(2)
      if rest.hasPrefix("/") { rest = rest.dropFirst() } else { break }
    }
    if rest.hasPrefix("/") || rest.contains("..") || rest.contains("ancestor") || rest.contains("preceding") || rest.contains("following")
      || rest.contains("(/") || rest.contains("[/") || rest.contains("=/") || rest.contains(" /") || rest.contains("parent::")
      || rest.contains("id(") || rest.contains(",/") || rest.contains("|/")
    {
      return nil
    }
    return levels
  }
}

private func isNameByte(_ byte: UInt8) -> Bool {
  isLetter(byte) || isDigit(byte) || byte >= 0x80 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    || byte == UInt8(ascii: ":")
}
