package import Bytes

/// IRIs of the RDF namespace that the program itself speaks of.
package enum RDFTerms {
  /// The namespace.
  package static let namespace: ByteString = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  /// rdf:type
  package static let type: ByteString = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
  /// rdf:first
  package static let first: ByteString = "http://www.w3.org/1999/02/22-rdf-syntax-ns#first"
  /// rdf:rest
  package static let rest: ByteString = "http://www.w3.org/1999/02/22-rdf-syntax-ns#rest"
  /// rdf:nil
  package static let `nil`: ByteString = "http://www.w3.org/1999/02/22-rdf-syntax-ns#nil"
  /// rdf:langString
  package static let langString: ByteString = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
  /// rdf:XMLLiteral
  package static let xmlLiteral: ByteString = "http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral"
  /// rdf:HTML
  package static let html: ByteString = "http://www.w3.org/1999/02/22-rdf-syntax-ns#HTML"
}

/// IRIs of the XML Schema datatypes that the program itself speaks of.
package enum XSD {
  /// The namespace.
  package static let namespace: ByteString = "http://www.w3.org/2001/XMLSchema#"
  /// xsd:string
  package static let string: ByteString = "http://www.w3.org/2001/XMLSchema#string"
  /// xsd:boolean
  package static let boolean: ByteString = "http://www.w3.org/2001/XMLSchema#boolean"
  /// xsd:integer
  package static let integer: ByteString = "http://www.w3.org/2001/XMLSchema#integer"
  /// xsd:decimal
  package static let decimal: ByteString = "http://www.w3.org/2001/XMLSchema#decimal"
  /// xsd:double
  package static let double: ByteString = "http://www.w3.org/2001/XMLSchema#double"
  /// xsd:date
  package static let date: ByteString = "http://www.w3.org/2001/XMLSchema#date"
  /// xsd:dateTime
  package static let dateTime: ByteString = "http://www.w3.org/2001/XMLSchema#dateTime"
}

/// IRIs of GeoSPARQL that the program itself speaks of.
package enum GeoSPARQL {
  /// geo:wktLiteral, the datatype of places as well-known text.
  package static let wktLiteral: ByteString = "http://www.opengis.net/ont/geosparql#wktLiteral"
  /// geof:distance, the function.
  package static let distance: ByteString = "http://www.opengis.net/def/function/geosparql/distance"
}
