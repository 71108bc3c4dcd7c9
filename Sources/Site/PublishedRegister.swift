import Bytes
import Identifiers
import Mapping
package import Problems
import RDF
import RDFSyntax
import Resources

/// A register or code list as a site publishes it.
package struct PublishedRegister: Sendable {
  /// Its name, such as `kommun`.
  package let name: String
  /// What it holds: ``SitePart/Kind/register`` or ``SitePart/Kind/codeList``.
  package let kind: SitePart.Kind
  /// The pattern of its IRIs in force in the site: a URI template with one variable, such as `https://kommunkoder.scb.se/{kod}`.
  package let pattern: String
  /// The pattern that it was shipped with.
  package let declaredPattern: String
  /// What it is called.
  package let title: Texts
  /// The IRI of the class of its members, or nil.
  package let memberClass: String?
  /// The IRI of its graph.
  package let graph: String

  /// Whether site.yaml has moved it.
  package var isMoved: Bool { pattern != declaredPattern }
}

/// Reads what a site says of its registers.
struct RegisterReader {
  private let shelf: RegisterShelf
  private let resources: any ByteSource

  init(_ site: SiteFile, _ library: Library, _ resources: any ByteSource) {
    shelf = RegisterShelf(library, patterns: site.registers, base: site.base, resources: resources)
    self.resources = resources
  }

  /// The register of a part, or nil where it can't be read: building the part tells why.
  func read(_ part: SitePart) -> PublishedRegister? {
    let title: Texts?
    var memberClass: String?
    do throws(Failure) {
      guard let declaration = try shelf.register(named: part.name, problems: ProblemList())?.declaration else { return nil }
      switch part.kind {
      case .register:
        let group = try MetadataLocator(resources: resources, problems: ProblemList()).read(fileIRI(part.source), file: part.source)
        title = group.bothTexts("title")
        memberClass = group.rowClass
      case .codeList:
        title = try titleOfScheme(part.source)
        memberClass = "http://www.w3.org/2004/02/skos/core#Concept"
      case .terms, .crosswalk, .dataset, .catalog: return nil
      }
      return PublishedRegister(
        name: part.name, kind: part.kind, pattern: declaration.pattern.source.text,
        declaredPattern: declaration.declaredPattern.source.text, title: title ?? Texts(sv: part.name, en: nil),
        memberClass: memberClass, graph: part.graph)
    } catch {
      return nil
    }
  }

  private func titleOfScheme(_ path: String) throws(Failure) -> Texts? {
    let graph = QuadCollector()
    try RDFReader.read(try resources.open(path), format: .turtle, into: graph, problems: ProblemList())
    var texts: [String: String] = [:]
    for quad in graph.quads where quad.predicate == .iri("http://purl.org/dc/terms/title") {
      if case .literal(let text, .language(let tag)) = quad.object { texts[tag.text] = text.text }
    }
    return texts["sv"].map { Texts(sv: $0, en: texts["en"]) }
  }
}
