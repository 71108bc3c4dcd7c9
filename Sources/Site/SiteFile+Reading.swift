import Bytes
import Identifiers
package import Problems
import RDF
package import Resources
import Yams

extension SiteFile {
  /// Reads a site's file.
  ///
  /// What is wrong but can be left out is reported, and left out; what a site can't be without is a failure.
  /// - Throws: ``ProblemCode/siteSyntax``, ``ProblemCode/siteKeyMissing``, ``ProblemCode/datasetDuplicate``, a code that begins with
  ///   `base`, or what opening the file throws.
  package init(path: String, resources: any ByteSource, problems: any ProblemSink) throws(Failure) {
    let bytes = try resources.open(path).readAll(limit: 1 << 20)
    let root = try YAMLDocument.root(of: String(decoding: bytes, as: UTF8.self), file: path)
    let reader = SiteReader(document: YAMLDocument(file: path, problems: problems))
    guard let mapping = root.mapping else { throw reader.missing("base", in: root) }
    reader.checkKeys(mapping, Self.keys, of: "site.yaml")
    self.path = path
    guard let baseNode = mapping["base"], let base = baseNode.scalar?.string else { throw reader.missing("base", in: root) }
    self.base = try IdentifierBase.checked(base, at: reader.document.place(baseNode))
    guard let title = reader.texts("title", mapping) else { throw reader.missing("title", in: root) }
    self.title = title
    description = reader.texts("description", mapping)
    publisher = try Self.publisher(mapping, reader, root)
    contact = Self.contact(mapping, reader)
    licence = reader.text("licence", mapping, where: isWeb) ?? KnownVocabulary.publicDomain
    let languages = (reader.list("languages", mapping) ?? ["sv", "en"]).compactMap(Language.init(rawValue:))
    self.languages = languages.isEmpty ? [.sv, .en] : languages
    registers = reader.table("registers", mapping)
    registerPlaces = reader.places("registers", mapping)
    datasets = try Self.datasets(mapping, reader)
    series = try Self.series(mapping, reader, beside: datasets)
    harvest = Self.harvest(mapping, reader)
    let network = reader.keys("network", of: mapping["network"], known: ["allow", "service"])
    self.network = Network(
      allow: network.flatMap { reader.list("allow", $0) } ?? [],
      service: network.flatMap { reader.list("service", $0, where: isEndpoint) } ?? [])
    limits = Self.limits(mapping, reader)
    endpoint = reader.keys("source", of: mapping["source"], known: ["sparql"]).flatMap { reader.text("sparql", $0, where: isWeb) }
  }

  private static let keys = [
    "base", "title", "description", "publisher", "contact", "licence", "languages", "registers", "datasets", "series", "harvest", "network",
    "limits", "source",
  ]

  private static func publisher(_ mapping: Node.Mapping, _ reader: SiteReader, _ root: Node) throws(Failure) -> Publisher {
    let known = ["name", "orgnr", "kommun", "type", "homepage"]
    guard let node = mapping["publisher"], let own = reader.keys("publisher", of: node, known: known) else {
      throw reader.missing("publisher", in: root)
    }
    guard let name = reader.texts("name", own) else { throw reader.missing("name", in: node) }
    let number = reader.text("orgnr", own) { text in
      text.utf8.count == 10 && ByteString(text).withView { KeyCheck.luhn.holds(for: $0) }
    }
    let kommun = reader.text("kommun", own) { $0.utf8.count == 4 && $0.utf8.allSatisfy(isDigit) }
    let type = reader.text("type", own) { Publisher.types.contains($0) }
    return Publisher(
      name: name, organisationNumber: number, kommun: kommun, type: type ?? "LocalAuthority",
      homepage: reader.text("homepage", own, where: isWeb))
  }

  private static func contact(_ mapping: Node.Mapping, _ reader: SiteReader) -> Contact? {
    guard let node = mapping["contact"], let own = reader.keys("contact", of: node, known: ["name", "email", "phone"]) else { return nil }
    let email = reader.text("email", own) { text in
      let parts = text.split(separator: "@", omittingEmptySubsequences: false)
      return parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".") && !text.contains(" ")
    }
    guard let email, let name = reader.text("name", own) else {
      if own["email"] == nil { reader.report(.siteKeyMissing, "email", at: node) }
      if own["name"] == nil { reader.report(.siteKeyMissing, "name", at: node) }
      return nil
    }
    return Contact(name: name, email: email, phone: reader.text("phone", own) { $0.hasPrefix("+") && !$0.contains(" ") })
  }

  private static func datasets(_ mapping: Node.Mapping, _ reader: SiteReader) throws(Failure) -> [Dataset] {
    guard let node = mapping["datasets"], !node.isNull else { return [] }
    guard let list = node.sequence else {
      reader.report(.siteValueList, "datasets", at: node)
      return []
    }
    var datasets: [Dataset] = []
    for item in list {
      guard let dataset = dataset(item, reader) else { continue }
      if let first = datasets.first(where: { $0.name == dataset.name }) {
        throw Failure(.datasetDuplicate, at: reader.document.place(item), ["name": dataset.name, "first": "\(first.line)"])
      }
      datasets.append(dataset)
    }
    return datasets
  }

  private static func dataset(_ node: Node, _ reader: SiteReader) -> Dataset? {
    let known = ["name", "title", "description", "mapping", "variant", "source", "set", "series", "schedule", "keep", "headers"]
    guard let own = reader.keys("datasets", of: node, known: known) else { return nil }
    for key in ["name", "mapping", "source"] where own[key] == nil {
      reader.report(.siteKeyMissing, key, at: node)
      return nil
    }
    guard let name = reader.text("name", own), let mapping = reader.text("mapping", own), let sources = reader.list("source", own) else {
      return nil
    }
    if !isDatasetName(name) {
      reader.document.problems.report(Problem(.datasetName, at: reader.document.place(own["name"] ?? node), value: name))
      return nil
    }
    func isDuration(_ text: String) -> Bool { ByteString(text).withView { DurationValue(lexical: $0) != nil } }
    return Dataset(
      name: name, title: reader.texts("title", own), description: reader.texts("description", own), mapping: mapping,
      variant: reader.text("variant", own), sources: sources,
      settings: reader.table("set", own), series: reader.text("series", own, where: isDatasetName),
      schedule: reader.text("schedule", own, where: isDuration),
      keep: reader.text("keep", own, where: { KeepTime($0) != nil }).flatMap { KeepTime($0) },
      headers: reader.text("headers", own), line: node.mark?.line ?? 0)
  }

  /// What is said of series. A series that no dataset can belong to, because its name is a dataset's, is one too many.
  private static func series(_ mapping: Node.Mapping, _ reader: SiteReader, beside datasets: [Dataset]) throws(Failure) -> [Series] {
    for dataset in datasets {
      guard let name = dataset.series, let other = datasets.first(where: { $0.name == name }) else { continue }
      throw Failure(.datasetDuplicate, at: Place(file: reader.document.file, line: dataset.line), ["name": name, "first": "\(other.line)"])
    }
    guard let node = mapping["series"], !node.isNull else { return [] }
    guard let list = node.sequence else {
      reader.report(.siteValueList, "series", at: node)
      return []
    }
    var all: [Series] = []
    for item in list {
      guard let own = reader.keys("series", of: item, known: ["name", "title", "description"]) else { continue }
      guard let name = reader.text("name", own, where: isDatasetName) else {
        if own["name"] == nil { reader.report(.siteKeyMissing, "name", at: item) }
        continue
      }
      if let first = datasets.first(where: { $0.name == name })?.line ?? all.first(where: { $0.name == name })?.line {
        throw Failure(.datasetDuplicate, at: reader.document.place(item), ["name": name, "first": "\(first)"])
      }
      if !datasets.contains(where: { $0.series == name }) { reader.report(.seriesEmpty, "series", at: item, value: name) }
      all.append(
        Series(
          name: name, title: reader.texts("title", own), description: reader.texts("description", own), line: item.mark?.line ?? 0))
    }
    return all
  }

  private static func isDatasetName(_ name: String) -> Bool {
    let parts = name.split(separator: "-", omittingEmptySubsequences: false)
    return name.utf8.count <= 200
      && parts.allSatisfy { part in
        !part.isEmpty && part.utf8.allSatisfy { isDigit($0) || (isLetter($0) && $0 & 0x20 != 0) }
      }
  }

  private static func harvest(_ mapping: Node.Mapping, _ reader: SiteReader) -> Harvest? {
    guard let node = mapping["harvest"], let own = reader.keys("harvest", of: node, known: ["publishers", "follow"]) else { return nil }
    guard let publishers = reader.text("publishers", own) else {
      reader.report(.siteKeyMissing, "publishers", at: node)
      return nil
    }
    return Harvest(publishers: publishers, follow: reader.list("follow", own) ?? [])
  }

  private static func limits(_ mapping: Node.Mapping, _ reader: SiteReader) -> SiteLimits {
    var limits = SiteLimits()
    guard let own = reader.keys("limits", of: mapping["limits"], known: ["query", "body", "resolve"]) else { return limits }
    if let text = reader.text("body", own, where: { SiteLimits.bytes($0) != nil }) { limits.body = SiteLimits.bytes(text) ?? limits.body }
    if let text = reader.text("resolve", own, where: { SiteLimits.bytes($0) != nil }) {
      limits.resolve = SiteLimits.bytes(text) ?? limits.resolve
    }
    guard let query = reader.keys("query", of: own["query"], known: ["timeout", "rows", "memory"]) else { return limits }
    if let text = reader.text("timeout", query, where: { SiteLimits.milliseconds($0) != nil }) {
      limits.queryMilliseconds = SiteLimits.milliseconds(text) ?? limits.queryMilliseconds
    }
    if let text = reader.text("rows", query, where: { Int($0).map { $0 > 0 } ?? false }) {
      limits.queryRows = Int(text) ?? limits.queryRows
    }
    if let text = reader.text("memory", query, where: { SiteLimits.bytes($0) != nil }) {
      limits.queryMemory = SiteLimits.bytes(text) ?? limits.queryMemory
    }
    return limits
  }
}

/// Whether a text is an IRI on the web.
private func isWeb(_ text: String) -> Bool {
  (text.hasPrefix("https://") || text.hasPrefix("http://")) && ByteString(text).withView { IRICharacters.firstForbidden(in: $0) == nil }
}

/// Whether a text is an IRI on the web that names no user: queries are told the IRIs that they may ask.
private func isEndpoint(_ text: String) -> Bool {
  let parts = text.split(separator: "/", maxSplits: 2)
  return isWeb(text) && parts.count > 1 && !parts[1].contains("@")
}

extension YAMLDocument {
  /// The root of a document.
  /// - Throws: ``ProblemCode/siteSyntax`` with the line.
  static func root(of text: String, file: String) throws(Failure) -> Node {
    do {
      if let node = try Yams.compose(yaml: text) { return node }
    } catch let error as YamlError {
      switch error {
      case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
        throw Failure(.siteSyntax, at: Place(file: file, line: mark.line, column: mark.column), ["reason": problem])
      case .duplicatedKeysInMapping(let duplicates, let context):
        let names = duplicates.joined(separator: ", ")
        throw Failure(.siteSyntax, at: Place(file: file, line: context.mark.line, column: context.mark.column), ["reason": names])
      default: throw Failure(.siteSyntax, at: Place(file: file))
      }
    } catch {
      throw Failure(.siteSyntax, at: Place(file: file))
    }
    throw Failure(.siteSyntax, at: Place(file: file, line: 1, column: 1))
  }
}
