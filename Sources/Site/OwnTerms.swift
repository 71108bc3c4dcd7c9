import Bytes
import Mapping
import Problems
import RDF
import Resources

/// The terms of a site's own: those that its mappings make up below `{base}/ns/`, as `mapping new` does. Each is described from the mapping
/// that uses it, so that it has a page, and so that a property is declared.
struct OwnTerms {
  private let base: String
  private let library: Library
  private let resources: any ByteSource
  private let mappings: [String]

  /// The terms of a site.
  init(_ site: SiteFile, _ library: Library, _ resources: any ByteSource) {
    base = site.base
    self.library = library
    self.resources = resources
    var seen: Set<String> = []
    mappings = site.datasets.map(\.mapping).filter { seen.insert($0).inserted }
  }

  /// The mappings' files and their terms with whole IRIs, each once. A mapping that can't be read has none: building its datasets tells.
  func found() -> (files: [String], terms: [MappingTerm]) {
    var files: [String] = []
    var terms: [String: MappingTerm] = [:]
    var order: [String] = []
    for name in mappings {
      do throws(Failure) {
        let specification = try Specification(folder: try library.mapping(name), resources: resources, problems: ProblemList())
        for variant in specification.variants {
          let own = try ownTerms(of: variant)
          if !own.isEmpty { files.append(variant.path) }
          for term in own {
            let iri = term.iri.hasPrefix("ns/") ? base + "/" + term.iri : term.iri
            if terms.updateValue(term, forKey: iri) == nil { order.append(iri) }
          }
        }
      } catch {
        continue
      }
    }
    return (files, order.compactMap { iri in terms[iri]?.named(iri) })
  }

  private func ownTerms(of variant: Specification.Variant) throws(Failure) -> [MappingTerm] {
    func isOwn(_ iri: String) -> Bool { iri.hasPrefix("ns/") || iri.hasPrefix(base + "/ns/") }
    if variant.isTriples { return try RMLMapping(variant.path, resources).terms(where: isOwn) }
    let locator = MetadataLocator(resources: resources, problems: ProblemList())
    return try locator.read(fileIRI(variant.path), file: variant.path).terms(where: isOwn)
  }

  /// Hands the descriptions of terms to a sink, and says how many quads there are.
  static func write(_ terms: [MappingTerm], graph: String, to sink: any QuadSink) throws(Failure) -> Int {
    var quads: [Quad] = []
    func say(_ subject: String, _ predicate: String, _ object: Term) {
      quads.append(Quad(.iri(ByteString(subject)), .iri(ByteString(predicate)), object, graph: .iri(ByteString(graph))))
    }
    func text(_ text: (text: String, language: String)) -> Term {
      // What people write in their mappings is Swedish where they do not say otherwise.
      let language = ["", "und"].contains(text.language) ? "sv" : text.language
      return .literal(ByteString(text.text), .language(ByteString(language)))
    }
    for term in terms {
      if term.isClass {
        say(term.iri, KnownVocabulary.rdf("type"), .iri(ByteString(KnownVocabulary.owl("Class"))))
      } else {
        say(term.iri, KnownVocabulary.rdf("type"), .iri(ByteString(KnownVocabulary.rdf("Property"))))
        let kind = term.datatype == nil ? "ObjectProperty" : "DatatypeProperty"
        say(term.iri, KnownVocabulary.rdf("type"), .iri(ByteString(KnownVocabulary.owl(kind))))
        if let datatype = term.datatype { say(term.iri, KnownVocabulary.rdfs("range"), .iri(ByteString(datatype))) }
      }
      // The first title of a language is the name, the others are what files call the column.
      var named: Set<String> = []
      for label in term.labels {
        let property = named.insert(label.language).inserted ? KnownVocabulary.rdfs("label") : KnownVocabulary.skos("altLabel")
        say(term.iri, property, text(label))
      }
      for definition in term.definitions { say(term.iri, KnownVocabulary.skos("definition"), text(definition)) }
    }
    var batch = QuadBatch(capacity: max(quads.count, 1))
    for quad in quads { batch.append(quad) }
    try sink.append(batch)
    return batch.count
  }
}

extension MappingTerm {
  /// The same term under a whole IRI.
  fileprivate func named(_ iri: String) -> MappingTerm {
    var term = self
    term.iri = iri
    return term
  }
}
