import Bytes
import Problems
import XML

/// Is told of XML ahead of Raptor, tag by tag, and says what Raptor must not see: XML that is not well-formed, elements nested too deep
/// (Raptor's time grows with the square of the depth), entities that stand outside the document or hold elements (Raptor would read
/// the former from files, and the latter would nest unseen), and attributes that RDF/XML has no more (Raptor would skip their elements).
///
/// It also remembers what Raptor 2.0.15 forgets: the language of property attributes (``XMLLanguages``).
final class XMLGuard: XMLHandler {
  private let name: String
  /// The languages of the attributes of the tag that was read last.
  private(set) var languages = XMLLanguages()

  /// A guard of a document that messages call `name`.
  init(name: String) { self.name = name }

  func begin(_ tag: XMLTag) throws(Failure) {
    var attributes: [XMLLanguages.Attribute] = []
    for number in 0..<tag.count {
      guard let name = tag.name(number), let namespace = tag.namespace(number) else { continue }
      let attribute = XMLLanguages.Attribute(
        namespace: namespace.view.text, name: name.view.text, value: ByteString(tag.value(number)))
      if attribute.isWithdrawn {
        throw Failure(
          .rdfSyntax, at: tag.position.place(in: self.name), ["found": .phrase("rdf-xml-withdrawn", ["name": "rdf:" + attribute.name])])
      }
      attributes.append(attribute)
    }
    languages.begin(attributes)
  }

  func end(at position: XMLPosition) { languages.end() }

  func failure(of fault: XMLFault) -> Failure {
    let place = fault.place(in: name)
    switch fault.kind {
    case .tooDeep(let limit): return Failure(.rdfDepth, at: place, ["limit": "\(limit)"])
    case .entityElsewhere(let entity): return Failure(.rdfSyntax, at: place, ["found": .phrase("xml-entity-external", ["name": entity])])
    case .entityWithElements(let entity): return Failure(.rdfSyntax, at: place, ["found": .phrase("xml-entity-markup", ["name": entity])])
    case .malformed(let message): return Failure(.rdfSyntax, at: place, ["found": .text("XML: " + message)])
    case .documentType: return Failure(.rdfSyntax, at: place, ["found": .phrase("rdf-xml")])
    case .outOfMemory: return .outOfMemory(name)
    }
  }
}
