import Bytes
import Problems
import RDF

// Logical sources (RML-IO §3).
extension RMLReader {
  /// The source that a node describes.
  func logicalSource(_ fact: MappingGraph.Fact) throws(Failure) -> LogicalSource {
    let node = fact.object
    guard let sourceFact = try one("source", of: node) else { throw invalid(fact.place, "source", .phrase("map-missing")) }
    var source = LogicalSource(name: "", formulation: .csv)
    source.place = fact.place
    source.isOld = graph.isOld
    switch sourceFact.object {
    case .literal(let text, _): source.name = text.text
    case .iri(let iri) where graph.facts(of: sourceFact.object).isEmpty: source.name = iri.text
    default: try describe(sourceFact, &source)
    }
    try addFormulation(of: node, at: fact.place, to: &source)
    try addAnnotations(of: node, to: &source)
    if let iterator = try text("iterator", of: node) {
      source.iterator = iterator.text
      source.iteratorPlace = iterator.place
    }
    if source.formulation == .csv { source.iterator = nil }
    if source.iterator == nil, source.formulation != .csv {
      source.iterator = source.formulation == .json ? "$" : "/*"
      source.iteratorPlace = fact.place
    }
    source.readIterator()
    return source
  }

  /// A source that is more than a name: rml:FilePath, rml:RelativePathSource, csvw:Table, dcat:Distribution.
  private func describe(_ fact: MappingGraph.Fact, _ source: inout LogicalSource) throws(Failure) {
    let node = fact.object
    for null in graph.facts("null", of: node) { if case .literal(let text, _) = null.object { source.nulls.append(text.text) } }
    if let compression = try one("compression", of: node), RMLVocabulary.name(of: compression.object) != "none" {
      throw invalid(compression.place, "compression", .phrase("map-compression"))
    }
    if let encoding = try one("encoding", of: node) {
      switch encoding.object {
      case .iri(let iri): source.encoding = RMLVocabulary.name(of: iri) ?? iri.text
      case .literal(let text, _): source.encoding = text.text
      case .blankNode: break
      }
    }
    if let root = try one("root", of: node) {
      source.isBesideMapping = RMLVocabulary.name(of: root.object) != "CurrentWorkingDirectory"
      if case .literal(let folder, _) = root.object, let path = try text("path", of: node) {
        source.name = folder.text.hasSuffix("/") ? folder.text + path.text : folder.text + "/" + path.text
        return
      }
    } else if !graph.isOld {
      source.isBesideMapping = false
    }
    for name in ["path", "csvw:url", "url"] {
      guard let path = try one(name, of: node) else { continue }
      switch path.object {
      case .literal(let text, _), .iri(let text): source.name = text.text
      case .blankNode: break
      }
    }
    for fact in graph.facts(of: node)
    where ["downloadURL", "accessURL"].contains(where: { fact.property == ByteString(KnownVocabulary.dcat($0)) }) {
      if case .iri(let iri) = fact.object { source.name = iri.text }
    }
    if let dialect = try one("csvw:dialect", of: node) {
      source.delimiter = try text("csvw:delimiter", of: dialect.object)?.text
      source.encoding = try text("csvw:encoding", of: dialect.object)?.text ?? source.encoding
    }
    for null in graph.facts("csvw:null", of: node) { if case .literal(let text, _) = null.object { source.nulls.append(text.text) } }
    if source.name.isEmpty { throw invalid(fact.place, "source", .phrase("map-source")) }
  }

  private func addFormulation(of node: Term, at place: Place, to source: inout LogicalSource) throws(Failure) {
    guard let formulation = try one("referenceFormulation", of: node) else {
      source.formulation = Self.formulation(ofFile: source.name)
      return
    }
    switch RMLVocabulary.name(of: formulation.object) {
    case "CSV": source.formulation = .csv
    case "JSONPath": source.formulation = .json
    case "XPath": source.formulation = .xml
    case nil where graph.facts(of: formulation.object).contains(where: { RMLVocabulary.name(of: $0.object) == "XPathReferenceFormulation" }):
      source.formulation = .xml
      for fact in graph.facts("namespace", of: formulation.object) {
        guard let prefix = try text("namespacePrefix", of: fact.object), let iri = try one("namespaceURL", of: fact.object) else {
          throw invalid(fact.place, "namespace", .phrase("map-missing"))
        }
        switch iri.object {
        case .literal(let text, _), .iri(let text): source.namespaces.append((prefix.text, text.text))
        case .blankNode: break
        }
      }
    default: throw invalid(formulation.place, "referenceFormulation", .phrase("map-formulations"))
    }
  }

  private static func formulation(ofFile name: String) -> LogicalSource.Formulation {
    let name = name.lowercased()
    return name.hasSuffix(".json") || name.hasSuffix(".geojson") ? .json : name.hasSuffix(".xml") ? .xml : .csv
  }
}
