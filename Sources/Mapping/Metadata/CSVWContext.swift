import Bytes
import RDF

/// The prefixes and terms that metadata documents may use without declaring them: the context `http://www.w3.org/ns/csvw`,
/// which holds the initial context of RDFa 1.1.
enum CSVWContext {
  /// The IRI of the context and the namespace of CSVW's own terms.
  static let iri = "http://www.w3.org/ns/csvw"
  static let namespace = "http://www.w3.org/ns/csvw#"

  private static let prefixes: [String: String] = [
    "as": "https://www.w3.org/ns/activitystreams#", "cc": "http://creativecommons.org/ns#", "csvw": namespace,
    "ctag": "http://commontag.org/ns#", "dc": "http://purl.org/dc/terms/", "dc11": "http://purl.org/dc/elements/1.1/",
    "dcat": "http://www.w3.org/ns/dcat#", "dcterms": "http://purl.org/dc/terms/", "dctypes": "http://purl.org/dc/dcmitype/",
    "dqv": "http://www.w3.org/ns/dqv#", "duv": "https://www.w3.org/ns/duv#", "foaf": "http://xmlns.com/foaf/0.1/",
    "gr": "http://purl.org/goodrelations/v1#", "grddl": "http://www.w3.org/2003/g/data-view#",
    "ical": "http://www.w3.org/2002/12/cal/icaltzd#", "ldp": "http://www.w3.org/ns/ldp#", "ma": "http://www.w3.org/ns/ma-ont#",
    "oa": "http://www.w3.org/ns/oa#", "og": "http://ogp.me/ns#", "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#", "prov": "http://www.w3.org/ns/prov#", "qb": "http://purl.org/linked-data/cube#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdfa": "http://www.w3.org/ns/rdfa#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#", "rev": "http://purl.org/stuff/rev#", "rif": "http://www.w3.org/2007/rif#",
    "rr": "http://www.w3.org/ns/r2rml#", "schema": "http://schema.org/",
    "sd": "http://www.w3.org/ns/sparql-service-description#", "sioc": "http://rdfs.org/sioc/ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#", "skosxl": "http://www.w3.org/2008/05/skos-xl#",
    "sosa": "http://www.w3.org/ns/sosa/", "ssn": "http://www.w3.org/ns/ssn/", "time": "http://www.w3.org/2006/time#",
    "v": "http://rdf.data-vocabulary.org/#", "vcard": "http://www.w3.org/2006/vcard/ns#", "void": "http://rdfs.org/ns/void#",
    "wdr": "http://www.w3.org/2007/05/powder#", "wdrs": "http://www.w3.org/2007/05/powder-s#",
    "xhv": "http://www.w3.org/1999/xhtml/vocab#", "xml": "http://www.w3.org/XML/1998/namespace",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
  ]

  /// rdfs:comment, which holds the comments of a file (tabular data model §8).
  static let comment: ByteString = "http://www.w3.org/2000/01/rdf-schema#comment"

  /// Terms that stand for an IRI on their own, beside those of CSVW itself.
  private static let terms: [String: String] = [
    "describedby": "http://www.w3.org/2007/05/powder-s#describedby", "license": "http://www.w3.org/1999/xhtml/vocab#license",
    "role": "http://www.w3.org/1999/xhtml/vocab#role",
  ]

  /// The classes and datatypes that `@type` may name by a bare term.
  private static let ownTerms: Set<String> = [
    "Cell", "Column", "Datatype", "Dialect", "Direction", "ForeignKey", "JSON", "NumericFormat", "Row", "Schema", "Table",
    "TableGroup", "TableReference", "Transformation", "uriTemplate",
  ]

  /// The IRI of a name: a term, or a prefixed name whose prefix is known. Nil for any other text.
  static func expand(_ name: String) -> ByteString? {
    if let term = terms[name] { return ByteString(term) }
    if ownTerms.contains(name) { return ByteString(namespace + name) }
    guard let colon = name.firstIndex(of: ":") else { return nil }
    let local = name[name.index(after: colon)...]
    guard !local.hasPrefix("//"), let namespace = prefixes[String(name[..<colon])] else { return nil }
    return ByteString(namespace + local)
  }

  /// An IRI as metadata documents write it (csv2json §4.2): rdf:type as `@type`, another as a term or a prefixed name where its namespace
  /// has a prefix, else as it is.
  static func compact(_ iri: ByteView) -> ByteString {
    let text = iri.text
    if ByteString(text) == RDFTerms.type { return "@type" }
    if let term = terms.first(where: { $0.value == text })?.key { return ByteString(term) }
    guard let end = text.lastIndex(where: { $0 == "#" || $0 == "/" || $0 == ":" }) else { return ByteString(iri) }
    let split = text.index(after: end)
    guard split < text.endIndex, let prefix = prefixNames[String(text[..<split])] else { return ByteString(iri) }
    return ByteString(prefix + ":" + text[split...])
  }

  /// The prefix of each namespace; of several the one that comes first by the alphabet.
  private static let prefixNames = Dictionary(prefixes.map { ($1, $0) }, uniquingKeysWith: min)

  /// A template's text with its leading prefix written out, where it has a known one (§5.1.3).
  static func expandPrefix(ofTemplate text: String) -> String {
    guard let colon = text.firstIndex(of: ":"), !text[..<colon].contains("{") else { return text }
    return expand(text).map(\.text) ?? text
  }
}
