import Bytes
import RDF

/// The terms of mappings of RML, under one name whichever vocabulary they are written in: RML (`http://w3id.org/rml/`), or the older one with
/// R2RML, its query languages and functions.
enum RMLVocabulary {
  /// The namespaces of the older vocabularies.
  private static let old = [
    "http://www.w3.org/ns/r2rml#", "http://semweb.mmlab.be/ns/rml#", "http://semweb.mmlab.be/ns/ql#", "http://semweb.mmlab.be/ns/fnml#",
  ]
  private static let current = ["http://w3id.org/rml/", "https://w3id.org/rml/"]
  private static let functions = ["https://w3id.org/function/ontology#", "http://w3id.org/function/ontology#"]
  private static let tables = "http://www.w3.org/ns/csvw#"
  /// The namespace of annotations (contract §4), whose names are those of functions too.
  static let annotations = KnownVocabulary.kg("csvw/")

  /// Names that the older vocabularies have for the same thing.
  private static let renamed = ["column": "reference", "functionValue": "functionExecution", "executes": "function"]

  /// The name of a term: `template` for both `rml:template` and `rr:template`, `kgm:slug` for one of ours. Nil for a term of none of these
  /// vocabularies.
  static func name(of iri: ByteString) -> String? {
    let text = iri.text
    for namespace in current where text.hasPrefix(namespace) { return String(text.dropFirst(namespace.count)) }
    for namespace in old + functions where text.hasPrefix(namespace) {
      let name = String(text.dropFirst(namespace.count))
      return renamed[name] ?? name
    }
    if text.hasPrefix(tables) { return "csvw:" + text.dropFirst(tables.count) }
    if text.hasPrefix(annotations) { return "kgm:" + text.dropFirst(annotations.count) }
    return nil
  }

  /// Whether a term belongs to an older vocabulary.
  static func isOld(_ iri: ByteString) -> Bool { old.contains { iri.text.hasPrefix($0) } }

  /// The name of an object that is an IRI, or nil.
  static func name(of term: Term) -> String? { if case .iri(let iri) = term { name(of: iri) } else { nil } }

  /// The properties that mappings have, for messages about misspelt ones.
  static let properties: Set<String> = [
    "logicalSource", "source", "iterator", "referenceFormulation", "root", "path", "null", "encoding", "compression", "namespace",
    "namespacePrefix", "namespaceURL", "subjectMap", "subject", "predicateObjectMap", "predicateMap", "predicate", "objectMap", "object",
    "graphMap", "graph", "class", "template", "reference", "constant", "termType", "language", "languageMap", "datatype", "datatypeMap",
    "parentTriplesMap", "joinCondition", "child", "parent", "childMap", "parentMap", "baseIRI", "functionExecution", "function", "input",
    "parameter", "inputValue", "inputValueMap", "parameterMap", "functionMap", "return", "returnMap", "query", "logicalTarget", "url",
  ]
}
