import Bytes
import CLibXML2
import Glibc
import Problems
import Resources

/// Reads a document of XML element by element with libxml2's reader, and holds what is asked for as a tree.
///
/// Nothing is fetched, and a document type is refused: with it goes every entity but the five of XML itself. An object because libxml2 calls
/// back with a pointer to it.
final class XMLDocument {
  let file: String
  private let stream: any ByteStream
  private var reader: xmlTextReaderPtr?
  private var failure: Failure?
  /// How many bytes more may be read of an element that is held whole.
  private var room = 0
  private var isHolding = false
  /// Whether what libxml2 says of broken text, which has words of it, is kept back.
  private let isDiscreet: Bool

  init(_ stream: any ByteStream, isDiscreet: Bool) {
    self.stream = stream
    self.isDiscreet = isDiscreet
    file = stream.name
    let read: xmlInputReadCallback = { context, target, length in
      guard let context, let target else { return -1 }
      return Unmanaged<XMLDocument>.fromOpaque(context)._withUnsafeGuaranteedRef {
        $0.read(UnsafeMutableRawBufferPointer(start: target, count: Int(length)))
      }
    }
    let own = Unmanaged.passUnretained(self).toOpaque()
    reader = xmlReaderForIO(read, { _ in 0 }, own, nil, nil, Int32(XML_PARSE_NONET.rawValue | XML_PARSE_BIG_LINES.rawValue))
    xmlTextReaderSetStructuredErrorHandler(
      reader,
      { context, error in
        guard let context, let error, error.pointee.level == XML_ERR_FATAL || error.pointee.level == XML_ERR_ERROR else { return }
        Unmanaged<XMLDocument>.fromOpaque(context)._withUnsafeGuaranteedRef { $0.note(error.pointee) }
      }, own)
  }

  deinit {
    let document = xmlTextReaderCurrentDoc(reader)
    xmlFreeTextReader(reader)
    xmlFreeDoc(document)
  }

  private func read(_ target: UnsafeMutableRawBufferPointer) -> Int32 {
    do throws(Failure) {
      let count = try stream.read(into: target)
      room -= count
      if isHolding, room < 0 {
        throw Failure(.limitExceeded, at: Place(file: file), ["what": .phrase("iteration-bytes"), "limit": "\(JSONWalk.longest)"])
      }
      return Int32(count)
    } catch {
      if failure == nil { failure = error }
      return -1
    }
  }

  private func note(_ error: xmlError) {
    if failure != nil { return }
    let text = error.message.map { String(cString: $0).split(whereSeparator: \.isNewline).first.map(String.init) ?? "" } ?? ""
    let column = Int(error.int2)
    failure = Failure(
      .xmlSyntax, at: Place(file: file, line: Int(error.line), column: column > 0 ? column : nil), isDiscreet ? [:] : ["reason": text])
  }

  /// The document that the nodes belong to.
  var document: xmlDocPtr? { xmlTextReaderCurrentDoc(reader) }

  /// The node at hand.
  var node: xmlNodePtr? { xmlTextReaderCurrentNode(reader) }

  /// How deep the node at hand stands; the root element at 0.
  var depth: Int { Int(xmlTextReaderDepth(reader)) }

  /// What kind of node is at hand.
  var type: Int32 { xmlTextReaderNodeType(reader) }

  /// Goes on to the next node; false at the end of the document.
  func next() throws(Failure) -> Bool { try went(xmlTextReaderRead(reader)) }

  /// Goes on past what the node at hand holds.
  func skip() throws(Failure) -> Bool { try went(xmlTextReaderNext(reader)) }

  private func went(_ result: Int32) throws(Failure) -> Bool {
    if let failure { throw failure }
    if result < 0 { throw Failure(.xmlSyntax, at: Place(file: file, line: Int(xmlTextReaderGetParserLineNumber(reader)))) }
    if result == 1, type == Int32(XML_READER_TYPE_DOCUMENT_TYPE.rawValue) {
      throw Failure(.xmlDocumentType, at: Place(file: file, line: Int(xmlTextReaderGetParserLineNumber(reader))))
    }
    return result == 1
  }

  /// Reads all that the node at hand holds, as a tree.
  func hold() throws(Failure) -> xmlNodePtr? {
    (room, isHolding) = (JSONWalk.longest, true)
    let node = xmlTextReaderExpand(reader)
    isHolding = false
    if let failure { throw failure }
    return node
  }

  /// Whether an element has a name, such as `p:b`, or `*` for any.
  func isNamed(_ node: xmlNodePtr?, _ step: (namespace: String?, name: String)) -> Bool {
    guard let node else { return false }
    if let namespace = step.namespace {
      guard let own = node.pointee.ns?.pointee.href, strcmp(UnsafeRawPointer(own).assumingMemoryBound(to: CChar.self), namespace) == 0
      else { return false }
    } else if step.name != "*", node.pointee.ns != nil, node.pointee.ns.pointee.href != nil {
      return false
    }
    guard step.name != "*", let name = node.pointee.name else { return step.name == "*" }
    return strcmp(UnsafeRawPointer(name).assumingMemoryBound(to: CChar.self), step.name) == 0
  }
}
