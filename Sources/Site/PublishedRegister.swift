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
  func read(_ part: SitePart) -> PublishedRegister? { read(part.kind, part.name, part.source, graph: part.graph)?.published }

  /// A register or code list, and what is said of it; nil where it can't be read.
  func read(_ kind: SitePart.Kind, _ name: String, _ source: String, graph: String) -> RegisterLookups.Entry? {
    let title: Texts?
    var memberClass: String?
    do throws(Failure) {
      guard let register = try shelf.register(named: name, problems: ProblemList()) else { return nil }
      switch kind {
      case .register:
        let group = try MetadataLocator(resources: resources, problems: ProblemList()).read(fileIRI(source), file: source)
        title = group.bothTexts("title")
        memberClass = group.rowClass
      case .codeList:
        title = try titleOfScheme(source)
        memberClass = KnownVocabulary.skos("Concept")
      case .terms, .crosswalk, .dataset, .catalog: return nil
      }
      let published = PublishedRegister(
        name: name, kind: kind, pattern: register.declaration.pattern.source.text,
        declaredPattern: register.declaration.declaredPattern.source.text, title: title ?? Texts(sv: name, en: nil),
        memberClass: memberClass, graph: graph)
      return RegisterLookups.Entry(published: published, register: register)
    } catch {
      return nil
    }
  }

  private func titleOfScheme(_ path: String) throws(Failure) -> Texts? {
    let graph = QuadCollector()
    try RDFReader.read(try resources.open(path), format: .turtle, into: graph, problems: ProblemList())
    let title = Term.iri(ByteString(KnownVocabulary.dcterms("title")))
    var texts: [String: String] = [:]
    for quad in graph.quads where quad.predicate == title {
      if case .literal(let text, .language(let tag)) = quad.object { texts[tag.text] = text.text }
    }
    return texts["sv"].map { Texts(sv: $0, en: texts["en"]) }
  }
}
