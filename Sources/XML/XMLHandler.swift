package import Bytes
package import Problems

/// Is told of a document as it is read. What it throws ends the reading.
package protocol XMLHandler: AnyObject {
  /// An element begins.
  func begin(_ tag: XMLTag) throws(Failure)

  /// The element that began last and has not ended ends.
  func end(at position: XMLPosition) throws(Failure)

  /// Text, of which more may follow.
  func text(_ text: ByteView, at position: XMLPosition) throws(Failure)

  /// The failure that a fault of the document is to those who read it.
  func failure(of fault: XMLFault) -> Failure
}

extension XMLHandler {
  /// Lets the end of an element go.
  package func end(at position: XMLPosition) throws(Failure) {}

  /// Lets text go.
  package func text(_ text: ByteView, at position: XMLPosition) throws(Failure) {}
}

/// What is wrong with a document.
package struct XMLFault: Sendable {
  /// What kinds of faults there are.
  package enum Kind: Sendable {
    /// It is not well-formed; in libxml2's words, in a line.
    case malformed(String)
    /// It has a document type.
    case documentType
    /// It declares an entity, with this name, that stands outside it.
    case entityElsewhere(String)
    /// It declares an entity, with this name, that holds elements.
    case entityWithElements(String)
    /// Its elements nest deeper than the limit.
    case tooDeep(limit: Int)
    /// There is no memory to read it.
    case outOfMemory
  }

  /// What it is.
  package let kind: Kind
  /// The line, from 1, and the column, in bytes from 1, where they are known.
  package let line: Int?
  package let column: Int?

  init(_ kind: Kind, line: Int?, column: Int?) {
    self.kind = kind
    self.line = line
    self.column = column
  }

  /// Where it stands in a file.
  package func place(in file: String) -> Place { Place(file: file, line: line, column: column) }
}
