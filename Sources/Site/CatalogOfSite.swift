import Bytes
import Catalog
import Identifiers
import Mapping
import Problems
import RDF
import Resources

/// What a site's catalog says, from site.yaml, the specifications of its datasets and the metadata of its registers.
struct CatalogOfSite {
  let site: SiteFile
  let library: Library
  let resources: any ByteSource
  let report: SiteReport

  /// The catalog of a site whose graphs are as `report` says.
  init(_ site: SiteFile, _ library: Library, _ resources: any ByteSource, _ report: SiteReport) {
    self.site = site
    self.library = library
    self.resources = resources
    self.report = report
  }

  /// Gathers the description. What could not be built is not described.
  func description() throws(Failure) -> CatalogDescription {
    var datasets: [CatalogDescription.Dataset] = []
    // Many datasets share a mapping, which is read once.
    var mappings: [String: ReadMapping] = [:]
    for dataset in site.datasets where isBuilt(dataset.name, .dataset) {
      let mapping = if let read = mappings[dataset.mapping] { read } else { try read(dataset.mapping) }
      mappings[dataset.mapping] = mapping
      datasets.append(try describe(dataset, mapping))
    }
    for name in library.registerNames where isBuilt(name, .register) {
      if let described = try describe(register: name) { datasets.append(described) }
    }
    var series: [CatalogDescription.Series] = []
    for dataset in site.datasets where isBuilt(dataset.name, .dataset) {
      guard let name = dataset.series, let mapping = mappings[dataset.mapping],
        !series.contains(where: { $0.path == "dataset/" + name })
      else { continue }
      series.append(describe(series: name, mapping.specification))
    }
    let fallback = Texts(
      sv: "Datamängder från \(site.publisher.name[.sv]), som länkade data.", en: "Datasets of \(site.publisher.name[.en]), as linked data.")
    var described = CatalogDescription(
      base: site.base, title: site.title, description: site.description ?? fallback, publisher: try publisher(),
      contact: site.contact.map { .init(name: $0.name, email: $0.email, phone: $0.phone) }, languages: site.languages, datasets: datasets)
    described.series = series
    return described
  }

  private func isBuilt(_ name: String, _ kind: SitePart.Kind) -> Bool {
    report.parts.contains { $0.part.kind == kind && $0.part.name == name && $0.failure == nil }
  }

  /// A mapping as the catalog speaks of it: its specification, and the variants of CSVW and of RML.
  struct ReadMapping {
    let specification: Specification
    let groups: [TableGroupDescription]
    let triples: [RMLMapping]
  }

  private func read(_ name: String) throws(Failure) -> ReadMapping {
    // What is wrong in it has been told when its datasets were built.
    let problems = ProblemList()
    let specification = try Specification(folder: try library.mapping(name), resources: resources, problems: problems)
    let choice = try VariantChoice(specification, words: HeaderWords(), resources: resources, problems: problems)
    var triples: [RMLMapping] = []
    for variant in specification.variants where variant.isTriples { triples.append(try RMLMapping(variant.path, resources)) }
    return ReadMapping(specification: specification, groups: choice.mappings, triples: triples)
  }

  private func describe(_ dataset: SiteFile.Dataset, _ mapping: ReadMapping) throws(Failure) -> CatalogDescription.Dataset {
    let specification = mapping.specification
    var described = CatalogDescription.Dataset(
      path: "dataset/" + dataset.name, title: dataset.title ?? specification.title,
      description: dataset.description ?? specification.description,
      licence: specification.licence ?? site.licence)
    described.keywords = specification.keywords
    described.themes = specification.themes
    described.series = dataset.series.map { "dataset/" + $0 }
    described.frequency = specification.frequency
    if let iri = specification.conformsTo.first { described.specification = (iri, specification.title) }
    if let built = report.parts.first(where: { $0.part.kind == .dataset && $0.part.name == dataset.name }) {
      try addOrigin(of: built, mapping, to: &described)
    }
    return described
  }

  /// A series has in common with its datasets what their specification says, of which the first one's counts.
  private func describe(series name: String, _ specification: Specification) -> CatalogDescription.Series {
    let own = site.series.first { $0.name == name }
    var described = CatalogDescription.Series(
      path: "dataset/" + name, title: own?.title ?? specification.title, description: own?.description ?? specification.description)
    described.keywords = specification.keywords
    described.themes = specification.themes
    described.specification = specification.conformsTo.first
    return described
  }

  private func describe(register name: String) throws(Failure) -> CatalogDescription.Dataset? {
    guard let path = library.registerFile(name) else { return nil }
    let group = try MetadataLocator(resources: resources, problems: ProblemList()).read(fileIRI(path), file: path)
    var described = CatalogDescription.Dataset(
      path: "register/" + name, title: group.bothTexts("title") ?? Texts(sv: name, en: nil), description: group.bothTexts("description"),
      licence: group.iri(ofProperty: "license") ?? site.licence)
    described.themes = ["http://publications.europa.eu/resource/authority/data-theme/GOVE"]
    described.keywords = (["register"], ["register"])
    described.generated = report.parts.first { $0.part.kind == .register && $0.part.name == name }?.moment
    return described
  }

  private func publisher() throws(Failure) -> CatalogDescription.Agent {
    let own = site.publisher
    var organisation: String?
    if let number = own.organisationNumber, let file = library.registerFile("organisation") {
      let loader = RegisterLoader(resources: resources, problems: ProblemList())
      let register = try loader.load("organisation", metadata: file, pattern: site.registers["organisation"], base: site.base)
      var iri = ByteBuffer()
      ByteString(number).withView { register.append(iriOf: $0, to: &iri) }
      organisation = iri.view.text
    }
    return .init(
      name: own.name, type: own.type, organisationNumber: own.organisationNumber, organisation: organisation, homepage: own.homepage)
  }
}

extension TableGroupDescription {
  /// What a Dublin Core property says of the first table in both languages, or nil where it says nothing.
  func bothTexts(_ property: String) -> Texts? {
    let found = texts(ofProperty: property)
    guard let sv = found.first(where: { $0.language == "sv" })?.text ?? found.first?.text else { return nil }
    return Texts(sv: sv, en: found.first { $0.language == "en" }?.text)
  }
}
