import Bytes
import CLibXML2
import Glibc
import Problems

/// Asks expressions of XPath of the nodes of a document. An object because it owns what libxml2 has made.
final class XPathRun {
  /// How many steps one answer may take.
  private static let most: UInt = 20_000_000

  private let context: xmlXPathContextPtr?
  private var compiled: [xmlXPathCompExprPtr?] = []
  private let sources: [String]
  private let file: String

  init(_ document: xmlDocPtr?, _ expressions: [XPathExpression], namespaces: [(prefix: String, iri: String)], file: String) {
    self.file = file
    sources = expressions.map(\.source)
    context = xmlXPathNewContext(document)
    context?.pointee.error = { _, _ in }
    for (prefix, iri) in namespaces { xmlXPathRegisterNs(context, prefix, iri) }
    compiled = sources.map { xmlXPathCtxtCompile(context, $0) }
  }

  deinit {
    for expression in compiled { xmlXPathFreeCompExpr(expression) }
    xmlXPathFreeContext(context)
  }

  /// Tells `body` of what an expression gives for a node: of nodes each one, else one text.
  /// - Throws: ``ProblemCode/pathFailed`` for an unknown prefix or function, or too many steps.
  func ask(_ number: Int, of node: xmlNodePtr?, _ body: (xmlNodePtr?, ByteView) throws(Failure) -> Void) throws(Failure) {
    context?.pointee.node = node
    context?.pointee.opLimit = Self.most
    context?.pointee.opCount = 0
    let result = xmlXPathCompiledEval(compiled[number], context)
    defer { xmlXPathFreeObject(result) }
    guard let result else {
      var arguments = ["path": sources[number]]
      let reason = context.flatMap { $0.pointee.lastError.message }.map { String(cString: $0).prefix { !$0.isNewline } } ?? ""
      if !reason.isEmpty { arguments["reason"] = String(reason) }
      // The document itself has no line.
      let line = Int(xmlGetLineNo(node))
      throw Failure(.pathFailed, at: Place(file: file, line: line > 0 ? line : nil), arguments)
    }
    // libxml2 has its memory from malloc unless a program says otherwise.
    guard result.pointee.type == XPATH_NODESET else {
      let text = xmlXPathCastToString(result)
      defer { free(text) }
      if let text { try body(nil, ByteView(text, count: strlen(UnsafeRawPointer(text).assumingMemoryBound(to: CChar.self)))) }
      return
    }
    guard let set = result.pointee.nodesetval else { return }
    for index in 0..<Int(set.pointee.nodeNr) {
      let found = set.pointee.nodeTab[index]
      let text = xmlXPathCastNodeToString(found)
      defer { free(text) }
      if let text { try body(found, ByteView(text, count: strlen(UnsafeRawPointer(text).assumingMemoryBound(to: CChar.self)))) }
    }
  }

  /// The nodes that an expression gives for a node.
  func nodes(_ number: Int, of node: xmlNodePtr?) throws(Failure) -> [xmlNodePtr] {
    var nodes: [xmlNodePtr] = []
    try ask(number, of: node) { found, _ in if let found { nodes.append(found) } }
    return nodes
  }
}
