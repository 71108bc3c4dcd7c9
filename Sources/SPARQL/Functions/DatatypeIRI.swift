package import Bytes

/// The IRIs of datatypes as bytes that are always there.
package enum DatatypeIRI {
  /// xsd:string
  package static var string: ByteView { view("http://www.w3.org/2001/XMLSchema#string") }
  /// xsd:boolean
  package static var boolean: ByteView { view("http://www.w3.org/2001/XMLSchema#boolean") }
  /// xsd:integer
  package static var integer: ByteView { view("http://www.w3.org/2001/XMLSchema#integer") }
  /// xsd:decimal
  package static var decimal: ByteView { view("http://www.w3.org/2001/XMLSchema#decimal") }
  /// xsd:float
  package static var float: ByteView { view("http://www.w3.org/2001/XMLSchema#float") }
  /// xsd:double
  package static var double: ByteView { view("http://www.w3.org/2001/XMLSchema#double") }
  /// xsd:dateTime
  package static var dateTime: ByteView { view("http://www.w3.org/2001/XMLSchema#dateTime") }
  /// xsd:date
  package static var date: ByteView { view("http://www.w3.org/2001/XMLSchema#date") }
  /// xsd:time
  package static var time: ByteView { view("http://www.w3.org/2001/XMLSchema#time") }
  /// xsd:dayTimeDuration
  package static var dayTimeDuration: ByteView { view("http://www.w3.org/2001/XMLSchema#dayTimeDuration") }
  /// rdf:langString
  package static var langString: ByteView { view("http://www.w3.org/1999/02/22-rdf-syntax-ns#langString") }

  /// rdf:dirLangString
  package static var dirLangString: ByteView { view("http://www.w3.org/1999/02/22-rdf-syntax-ns#dirLangString") }

  /// What the IRIs of XML Schema's begin with.
  private static let xsd: StaticString = "http://www.w3.org/2001/XMLSchema#"

  private static func view(_ text: StaticString) -> ByteView { ByteView(text.utf8Start, count: text.utf8CodeUnitCount) }

  /// The local name of a datatype of XML Schema, or nil for another.
  static func name(_ datatype: ByteView) -> ByteView? {
    datatype.hasPrefix(xsd) ? datatype.dropFirst(xsd.utf8CodeUnitCount) : nil
  }
}
