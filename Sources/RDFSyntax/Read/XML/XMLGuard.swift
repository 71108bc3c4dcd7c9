import Bytes
import CLibXML2
import Problems

/// Reads XML ahead of Raptor, tag by tag, and says what Raptor must not see: XML that is not well-formed, elements nested too deep
/// (Raptor's time grows with the square of the depth), entities that stand outside the document or hold elements (Raptor would read
/// the former from files, and the latter would nest unseen), and attributes that RDF/XML has no more (Raptor would skip their elements).
///
/// It also remembers what Raptor 2.0.15 forgets: the language of property attributes (``XMLLanguages``). An object because libxml2 calls back with a pointer to it.
final class XMLGuard {
  private let name: String
  private let depthLimit: Int
  private var depth = 0
  /// The languages of the attributes of the tag that was read last.
  private(set) var languages = XMLLanguages()
  private var parser: xmlParserCtxtPtr?
  private var failure: Failure?

  /// A guard of a document that messages call `name`.
  init(name: String, depthLimit: Int) {
    self.name = name
    self.depthLimit = depthLimit
    var handler = xmlSAXHandler()
    // Of the standard handlers only those stay that know the document type, which entities are declared in.
    xmlSAXVersion(&handler, 2)
    handler.characters = nil
    handler.cdataBlock = nil
    handler.ignorableWhitespace = nil
    handler.comment = nil
    handler.processingInstruction = nil
    handler.reference = nil
    handler.startElement = nil
    handler.endElement = nil
    handler.warning = nil
    handler.error = nil
    handler.startElementNs = { context, _, _, _, _, _, count, _, attributes in
      XMLGuard.at(context)?.begin(UnsafeBufferPointer(start: attributes, count: Int(count) * 5))
    }
    handler.endElementNs = { context, _, _, _ in XMLGuard.at(context)?.end() }
    handler.entityDecl = { context, name, type, publicID, systemID, content in
      xmlSAX2EntityDecl(context, name, type, publicID, systemID, content)
      XMLGuard.at(context)?.declare(name, type, content)
    }
    handler.serror = { context, error in XMLGuard.at(context)?.note(error) }
    // Without user data, callbacks get the parser's own context, as the standard handlers want it.
    parser = xmlCreatePushParserCtxt(&handler, nil, nil, 0, nil)
    xmlCtxtUseOptions(parser, Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOENT.rawValue))
    parser?.pointee._private = Unmanaged.passUnretained(self).toOpaque()
  }

  deinit {
    if let document = parser?.pointee.myDoc { xmlFreeDoc(document) }
    xmlFreeParserCtxt(parser)
  }

  /// Reads the next bytes of the document; none at its end.
  /// - Throws: ``ProblemCode/rdfSyntax`` and ``ProblemCode/rdfDepth``.
  func read(_ bytes: UnsafeRawBufferPointer) throws(Failure) {
    xmlParseChunk(parser, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), bytes.isEmpty ? 1 : 0)
    if let failure { throw failure }
  }

  private static func at(_ context: UnsafeMutableRawPointer?) -> XMLGuard? {
    let parser = context?.assumingMemoryBound(to: xmlParserCtxt.self)
    return parser?.pointee._private.map { Unmanaged<XMLGuard>.fromOpaque($0).takeUnretainedValue() }
  }

  /// An element begins. Five pointers an attribute: local name, prefix, namespace, and where its value begins and ends.
  private func begin(_ parts: UnsafeBufferPointer<UnsafePointer<xmlChar>?>) {
    depth += 1
    if depth > depthLimit { stop(Failure(.rdfDepth, at: place, ["limit": "\(depthLimit)"])) }
    var attributes: [XMLLanguages.Attribute] = []
    for index in stride(from: 0, to: parts.count, by: 5) {
      guard let local = parts[index], let namespace = parts[index + 2], let start = parts[index + 3], let end = parts[index + 4] else {
        continue
      }
      let name = String(cString: local)
      let attribute = XMLLanguages.Attribute(
        namespace: String(cString: namespace), name: name, value: ByteString(ByteView(start, count: end - start)))
      if attribute.isWithdrawn { stop(Failure(.rdfSyntax, at: place, ["found": .phrase("rdf-xml-withdrawn", ["name": "rdf:" + name])])) }
      attributes.append(attribute)
    }
    languages.begin(attributes)
  }

  private func end() {
    depth -= 1
    languages.end()
  }

  private func declare(_ name: UnsafePointer<xmlChar>?, _ type: Int32, _ content: UnsafePointer<xmlChar>?) {
    let entity = name.map { String(cString: $0) } ?? ""
    switch UInt32(bitPattern: type) {
    case XML_EXTERNAL_GENERAL_PARSED_ENTITY.rawValue, XML_EXTERNAL_PARAMETER_ENTITY.rawValue:
      stop(Failure(.rdfSyntax, at: place, ["found": .phrase("xml-entity-external", ["name": entity])]))
    case XML_INTERNAL_GENERAL_ENTITY.rawValue where content.map { String(cString: $0).utf8.contains(UInt8(ascii: "<")) } == true:
      stop(Failure(.rdfSyntax, at: place, ["found": .phrase("xml-entity-markup", ["name": entity])]))
    default: break
    }
  }

  /// Takes what libxml2 has to say; what it can go on after is no fault of the XML as RDF/XML has it.
  private func note(_ error: UnsafePointer<xmlError>?) {
    guard let error = error?.pointee, error.level == XML_ERR_FATAL else { return }
    if error.code == XML_ERR_NO_MEMORY.rawValue { return stop(.outOfMemory(name)) }
    let text = error.message.map { String(cString: $0) } ?? ""
    // A message of several lines quotes bytes after its first.
    let first = text.prefix { $0 != "\n" }
    let place = Place(
      file: name, line: error.line > 0 ? Int(error.line) : nil, column: error.int2 > 0 ? Int(error.int2) : nil)
    stop(Failure(.rdfSyntax, at: place, ["found": .text("XML: " + first)]))
  }

  private func stop(_ failure: Failure) {
    if self.failure == nil { self.failure = failure }
    xmlStopParser(parser)
  }

  private var place: Place {
    guard let parser else { return Place(file: name) }
    return Place(file: name, line: Int(xmlSAX2GetLineNumber(parser)), column: Int(xmlSAX2GetColumnNumber(parser)))
  }
}
