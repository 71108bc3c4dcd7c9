public import Bytes
import CLibXML2
public import Glibc
package import Problems

/// Where the parser is, valid while it tells of something.
@frozen @usableFromInline package struct XMLPosition {
  @usableFromInline let context: UnsafeMutableRawPointer

  init(_ context: UnsafeMutableRawPointer) { self.context = context }

  /// The line, from 1.
  package var line: Int { Int(xmlSAX2GetLineNumber(context)) }

  /// The column, in bytes from 1.
  package var column: Int { Int(xmlSAX2GetColumnNumber(context)) }

  /// The position as a place in a file.
  package func place(in file: String) -> Place { Place(file: file, line: line, column: column) }
}

/// A name of a document. Equal names are one pointer within a document, so that names of one document are compared as pointers.
@frozen @usableFromInline package struct XMLName: Equatable {
  @usableFromInline let start: UnsafePointer<UInt8>

  @inlinable @inline(__always) init(_ start: UnsafePointer<UInt8>) { self.start = start }

  /// Whether both are the same name of one document.
  @inlinable @inline(__always) package static func == (one: XMLName, other: XMLName) -> Bool { one.start == other.start }

  /// Its bytes.
  @inlinable package var view: ByteView { ByteView(start, count: strlen(start)) }
}

/// A start tag, valid while the parser tells of it.
@frozen @usableFromInline package struct XMLTag {
  /// The local name.
  @usableFromInline package let name: XMLName
  /// The namespace; nil where it has none.
  @usableFromInline package let namespace: XMLName?
  /// Five pointers an attribute: local name, prefix, namespace, and where its value begins and ends.
  @usableFromInline let attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
  /// How many attributes.
  @usableFromInline package let count: Int
  /// Where the parser is.
  @usableFromInline package let position: XMLPosition

  init(
    name: XMLName, namespace: XMLName?, attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, count: Int, position: XMLPosition
  ) {
    self.name = name
    self.namespace = namespace
    self.attributes = attributes
    self.count = attributes == nil ? 0 : count
    self.position = position
  }

  @inlinable @inline(__always) func part(_ index: Int) -> UnsafePointer<UInt8>? { attributes.unsafelyUnwrapped[index] }

  /// The local name of an attribute, whose number must be below ``count``, as in all that follows.
  @inlinable @inline(__always) package func name(_ number: Int) -> XMLName? { part(number &* 5).map { XMLName($0) } }

  /// The namespace of an attribute; nil where it belongs to the element itself.
  @inlinable @inline(__always) package func namespace(_ number: Int) -> XMLName? { part(number &* 5 &+ 2).map { XMLName($0) } }

  /// The value of an attribute.
  @inlinable @inline(__always) package func value(_ number: Int) -> ByteView {
    guard let start = part(number &* 5 &+ 3), let end = part(number &* 5 &+ 4) else { return .empty }
    return ByteView(start, count: end - start)
  }

  /// The value of the first attribute with a local name, whatever its namespace; nil where there is none. Not for inner loops.
  package subscript(_ name: StaticString) -> ByteString? {
    for number in 0..<count where self.name(number).map({ $0.view == name }) ?? false { return ByteString(value(number)) }
    return nil
  }

  /// Whether the local name is this. Not for inner loops.
  package func isNamed(_ name: StaticString) -> Bool { self.name.view == name }

  /// The name of the document that is written so, for comparing names as pointers.
  package func interned(_ name: StaticString) -> XMLName? {
    let parser = position.context.assumingMemoryBound(to: xmlParserCtxt.self)
    return xmlDictLookup(parser.pointee.dict, name.utf8Start, Int32(name.utf8CodeUnitCount)).map { XMLName($0) }
  }
}
