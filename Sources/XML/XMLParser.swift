import Bytes
import CLibXML2
package import Problems

/// XML: bytes to events, by libxml2's push parser, with limits.
///
/// Nothing is ever fetched. A document type is refused, or its entities are judged before they are used (``DocumentType``). What is wrong with
/// the document becomes a failure of the handler's choosing, and ends the reading, as does a failure that the handler throws.
///
/// An object because libxml2 calls back with a pointer to it.
package final class XMLParser {
  /// What a document type declaration is met with.
  package enum DocumentType: Sendable {
    /// None is allowed, and so no entities but the five of XML itself.
    case refused
    /// Its entities are text of the document; one that stands elsewhere, or holds elements, which would nest unseen, is refused.
    case plainEntities
  }

  /// libxml2 knows an encoding by so many bytes, and wants them together.
  package static let firstBytes = 4

  private let handler: any XMLHandler
  private let depthLimit: Int
  private var depth = 0
  private var parser: xmlParserCtxtPtr?
  private var failure: Failure?

  /// A parser that tells a handler what it meets.
  /// - Parameters:
  ///   - depthLimit: how deep elements may nest.
  ///   - tellsText: whether the handler wants text.
  package init(
    _ handler: any XMLHandler, documentType: DocumentType = .refused, depthLimit: Int = .max, tellsText: Bool = true
  ) {
    self.handler = handler
    self.depthLimit = depthLimit
    var events = documentType == .refused ? Self.withoutDocumentType : Self.withDocumentType
    events.startElementNs = { context, name, _, namespace, _, _, count, _, attributes in
      XMLParser.at(context)?._withUnsafeGuaranteedRef { $0.begin(context, name, namespace, attributes, Int(count)) }
    }
    events.endElementNs = { context, _, _, _ in XMLParser.at(context)?._withUnsafeGuaranteedRef { $0.end(context) } }
    if tellsText {
      events.characters = { context, text, length in
        XMLParser.at(context)?._withUnsafeGuaranteedRef { $0.tell(context, text, Int(length)) }
      }
      // Without handlers of their own, white space and CDATA sections come as characters.
      events.ignorableWhitespace = events.characters
    }
    events.serror = { context, error in XMLParser.at(context)?._withUnsafeGuaranteedRef { $0.note(error) } }
    // Without user data, callbacks get the parser's own context, which knows where it is.
    parser = xmlCreatePushParserCtxt(&events, nil, nil, 0, nil)
    xmlCtxtUseOptions(parser, Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOENT.rawValue))
    parser?.pointee._private = Unmanaged.passUnretained(self).toOpaque()
  }

  deinit {
    if let document = parser?.pointee.myDoc { xmlFreeDoc(document) }
    xmlFreeParserCtxt(parser)
  }

  /// Takes the next bytes of the document; none at its end.
  /// - Throws: what the handler makes of a fault, and what it throws.
  package func read(_ bytes: UnsafeRawBufferPointer) throws(Failure) {
    if parser == nil { throw handler.failure(of: XMLFault(.outOfMemory, line: nil, column: nil)) }
    xmlParseChunk(parser, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), bytes.isEmpty ? 1 : 0)
    if let failure { throw failure }
  }

  /// Reads a document to its end.
  /// - Parameters:
  ///   - step: how many bytes are read at a time.
  ///   - next: fills a block with the next bytes and says how many came; 0 at the end.
  /// - Throws: as ``read(_:)``, and what `next` throws.
  package func readAll(
    step: Int, _ next: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
  ) throws(Failure) {
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: max(step, Self.firstBytes), alignment: 16)
    defer { block.deallocate() }
    var count = try Self.readFirst(into: block, next)
    while true {
      try read(UnsafeRawBufferPointer(rebasing: block[..<count]))
      if count == 0 { return }
      count = try next(block)
    }
  }

  /// Reads the first bytes of a document: as many as an encoding is known by, or more, unless it ends before.
  /// - Throws: what `next` throws.
  package static func readFirst(
    into block: UnsafeMutableRawBufferPointer, _ next: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
  ) throws(Failure) -> Int {
    var count = try next(block)
    while count > 0, count < firstBytes {
      let more = try next(UnsafeMutableRawBufferPointer(rebasing: block[count...]))
      if more == 0 { break }
      count += more
    }
    return count
  }

  /// How far the document has been read, as a place in a file.
  package func place(in file: String) -> Place {
    parser.map { XMLPosition(UnsafeMutableRawPointer($0)).place(in: file) } ?? Place(file: file)
  }

  private func begin(
    _ context: UnsafeMutableRawPointer?, _ name: UnsafePointer<UInt8>?, _ namespace: UnsafePointer<UInt8>?,
    _ attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, _ count: Int
  ) {
    guard failure == nil, let context, let name else { return }
    depth &+= 1
    if depth > depthLimit { return stop(.tooDeep(limit: depthLimit)) }
    let tag = XMLTag(
      name: XMLName(name), namespace: namespace.map { XMLName($0) }, attributes: attributes, count: count,
      position: XMLPosition(context))
    do throws(Failure) {
      try handler.begin(tag)
    } catch {
      stop(error)
    }
  }

  private func end(_ context: UnsafeMutableRawPointer?) {
    guard failure == nil, let context else { return }
    depth &-= 1
    do throws(Failure) {
      try handler.end(at: XMLPosition(context))
    } catch {
      stop(error)
    }
  }

  private func tell(_ context: UnsafeMutableRawPointer?, _ text: UnsafePointer<UInt8>?, _ count: Int) {
    guard failure == nil, let context, let text else { return }
    do throws(Failure) {
      try handler.text(ByteView(text, count: count), at: XMLPosition(context))
    } catch {
      stop(error)
    }
  }

  private func declare(_ name: UnsafePointer<xmlChar>?, _ type: Int32, _ content: UnsafePointer<xmlChar>?) {
    let entity = name.map { String(cString: $0) } ?? ""
    switch UInt32(bitPattern: type) {
    case XML_EXTERNAL_GENERAL_PARSED_ENTITY.rawValue, XML_EXTERNAL_PARAMETER_ENTITY.rawValue: stop(.entityElsewhere(entity))
    case XML_INTERNAL_GENERAL_ENTITY.rawValue where content.map { String(cString: $0).utf8.contains(UInt8(ascii: "<")) } == true:
      stop(.entityWithElements(entity))
    default: break
    }
  }

  /// Takes what libxml2 has to say; what it can go on after is no fault of the document.
  private func note(_ error: UnsafePointer<xmlError>?) {
    guard failure == nil, let error = error?.pointee, error.level == XML_ERR_FATAL else { return }
    let text = error.message.map { String(cString: $0) } ?? ""
    // A message of several lines quotes bytes after its first.
    let kind: XMLFault.Kind =
      error.code == XML_ERR_NO_MEMORY.rawValue ? .outOfMemory : .malformed(String(text.prefix { $0 != "\n" }))
    let fault = XMLFault(
      kind, line: error.line > 0 ? Int(error.line) : nil, column: error.int2 > 0 ? Int(error.int2) : nil)
    stop(handler.failure(of: fault))
  }

  private func stop(_ kind: XMLFault.Kind) {
    let position = parser.map { XMLPosition(UnsafeMutableRawPointer($0)) }
    stop(handler.failure(of: XMLFault(kind, line: position?.line, column: position?.column)))
  }

  private func stop(_ failure: Failure) {
    if self.failure == nil { self.failure = failure }
    xmlStopParser(parser)
  }

  private static func at(_ context: UnsafeMutableRawPointer?) -> Unmanaged<XMLParser>? {
    context?.assumingMemoryBound(to: xmlParserCtxt.self).pointee._private.map { Unmanaged<XMLParser>.fromOpaque($0) }
  }

  private static var withoutDocumentType: xmlSAXHandler {
    var events = xmlSAXHandler()
    events.initialized = UInt32(XML_SAX2_MAGIC)
    events.internalSubset = { context, _, _, _ in XMLParser.at(context)?._withUnsafeGuaranteedRef { $0.stop(.documentType) } }
    return events
  }

  /// Of the standard handlers only those that know the document type, which entities are declared in.
  private static var withDocumentType: xmlSAXHandler {
    var events = xmlSAXHandler()
    xmlSAXVersion(&events, 2)
    events.characters = nil
    events.cdataBlock = nil
    events.ignorableWhitespace = nil
    events.comment = nil
    events.processingInstruction = nil
    events.reference = nil
    events.startElement = nil
    events.endElement = nil
    events.warning = nil
    events.error = nil
    events.entityDecl = { context, name, type, publicID, systemID, content in
      xmlSAX2EntityDecl(context, name, type, publicID, systemID, content)
      XMLParser.at(context)?._withUnsafeGuaranteedRef { $0.declare(name, type, content) }
    }
    return events
  }
}
