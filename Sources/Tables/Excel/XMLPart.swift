import Bytes
import CLibXML2
import Glibc
import Problems

/// Reads a part of a package that is XML, event by event, with libxml2's push parser; a subclass for each kind of part says what is done.
///
/// A document type is refused, and with it every entity but the five of XML itself: packages have none (ECMA-376 part 2, §8.1.4). An object
/// because libxml2 calls back with a pointer to it.
class XMLPart {
  /// How many bytes are handed to the parser at a time.
  static let step = 1 << 15

  /// The file as the user named it.
  let file: String
  /// The part's name.
  let part: String
  private var parser: xmlParserCtxtPtr?
  private(set) var failure: Failure?

  /// A reader of a part of a file.
  init(file: String, part: String) {
    self.file = file
    self.part = part
    var handler = xmlSAXHandler()
    handler.initialized = UInt32(XML_SAX2_MAGIC)
    handler.startElementNs = { context, name, _, namespace, _, _, count, _, attributes in
      let tag = XMLTag(name: name, namespace: namespace, attributes: UnsafeBufferPointer(start: attributes, count: Int(count) * 5))
      XMLPart.at(context)?._withUnsafeGuaranteedRef { $0.begin(tag) }
    }
    handler.endElementNs = { context, _, _, _ in XMLPart.at(context)?._withUnsafeGuaranteedRef { $0.end() } }
    handler.characters = { context, text, length in
      guard let text else { return }
      XMLPart.at(context)?._withUnsafeGuaranteedRef { $0.text(ByteView(text, count: Int(length))) }
    }
    // Without handlers of their own, white space and CDATA sections come as characters.
    handler.ignorableWhitespace = handler.characters
    handler.internalSubset = { context, _, _, _ in
      XMLPart.at(context)?._withUnsafeGuaranteedRef { $0.stop($0.damaged(.phrase("part-doctype", ["part": $0.part]))) }
    }
    handler.serror = { context, error in XMLPart.at(context)?._withUnsafeGuaranteedRef { $0.note(error) } }
    parser = xmlCreatePushParserCtxt(&handler, nil, nil, 0, nil)
    xmlCtxtUseOptions(parser, Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOENT.rawValue))
    parser?.pointee._private = Unmanaged.passUnretained(self).toOpaque()
  }

  deinit {
    if let document = parser?.pointee.myDoc { xmlFreeDoc(document) }
    xmlFreeParserCtxt(parser)
  }

  // What a subclass is told of.

  /// An element begins.
  func begin(_ tag: XMLTag) {}

  /// The element that began last and has not ended ends.
  func end() {}

  /// Text, of which more may follow.
  func text(_ text: ByteView) {}

  /// Takes the next bytes of the part; none at its end.
  /// - Throws: ``ProblemCode/workbookDamaged``, and what the subclass stopped with.
  final func take(_ bytes: UnsafeRawBufferPointer) throws(Failure) {
    xmlParseChunk(parser, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), bytes.isEmpty ? 1 : 0)
    if let failure { throw failure }
  }

  /// Reads a part to its end.
  /// - Throws: as ``take(_:)``, and what reading the part throws.
  final func readAll(_ source: ZipPart) throws(Failure) {
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.step, alignment: 16)
    defer { chunk.deallocate() }
    while true {
      let count = try source.read(into: chunk)
      try take(UnsafeRawBufferPointer(rebasing: chunk[..<count]))
      if count == 0 { return }
    }
  }

  /// The pointer that stands for a name in all events of this part, so that names are compared as pointers.
  final func interned(_ name: StaticString) -> UnsafePointer<xmlChar>? {
    xmlDictLookup(parser?.pointee.dict, name.utf8Start, Int32(name.utf8CodeUnitCount))
  }

  /// Ends the reading for a reason.
  final func stop(_ failure: Failure) {
    if self.failure == nil { self.failure = failure }
    xmlStopParser(parser)
  }

  /// The failure of a part that is not what it should be.
  final func damaged(_ reason: Words) -> Failure { Failure(.workbookDamaged, at: Place(file: file), ["reason": reason]) }

  private func note(_ error: UnsafePointer<xmlError>?) {
    guard let error = error?.pointee, error.level == XML_ERR_FATAL else { return }
    stop(damaged(.phrase("part-not-xml", ["part": part, "line": "\(error.line)"])))
  }

  private static func at(_ context: UnsafeMutableRawPointer?) -> Unmanaged<XMLPart>? {
    context?.assumingMemoryBound(to: xmlParserCtxt.self).pointee._private.map { Unmanaged<XMLPart>.fromOpaque($0) }
  }
}

/// A start tag, valid while the parser tells of it.
struct XMLTag {
  /// The local name and the namespace, interned.
  let name: UnsafePointer<xmlChar>?
  let namespace: UnsafePointer<xmlChar>?
  /// Five pointers an attribute: local name, prefix, namespace, and where its value begins and ends.
  fileprivate let attributes: UnsafeBufferPointer<UnsafePointer<xmlChar>?>

  /// How many attributes.
  var count: Int { attributes.count / 5 }

  /// The local name of an attribute, interned.
  @inline(__always) func name(_ number: Int) -> UnsafePointer<xmlChar>? { attributes[number &* 5] }

  /// Whether an attribute belongs to the element itself and not to another vocabulary.
  @inline(__always) func isOwn(_ number: Int) -> Bool { attributes[number &* 5 &+ 2] == nil }

  /// The value of an attribute.
  @inline(__always) func value(_ number: Int) -> ByteView {
    guard let start = attributes[number &* 5 &+ 3], let end = attributes[number &* 5 &+ 4] else { return .empty }
    return ByteView(start, count: end - start)
  }

  /// The value of the first attribute with a local name, whatever its namespace; nil where there is none. Not for inner loops.
  subscript(_ name: StaticString) -> ByteString? {
    for number in 0..<count {
      if let found = self.name(number), strlen(found) == name.utf8CodeUnitCount,
        memcmp(found, name.utf8Start, name.utf8CodeUnitCount) == 0
      {
        return ByteString(value(number))
      }
    }
    return nil
  }

  /// Whether the namespace is that of spreadsheets, in its transitional or its strict form (ECMA-376 parts 4 and 1).
  var isMain: Bool {
    guard let namespace else { return false }
    let text = ByteView(namespace, count: strlen(namespace))
    return text == "http://schemas.openxmlformats.org/spreadsheetml/2006/main" || text == "http://purl.oclc.org/ooxml/spreadsheetml/main"
  }

  /// Whether the local name is this. Not for inner loops.
  func isNamed(_ name: StaticString) -> Bool {
    guard let own = self.name else { return false }
    return strlen(own) == name.utf8CodeUnitCount && memcmp(own, name.utf8Start, name.utf8CodeUnitCount) == 0
  }
}
