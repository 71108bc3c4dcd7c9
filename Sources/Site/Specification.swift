package import Problems
package import Resources
import Yams

/// A mapping folder's `specification.yaml` (contract §3): what the specification is, and which file maps which form of it.
package struct Specification: Sendable {
  /// One of the forms in which files of a specification come.
  package struct Variant: Sendable {
    /// The name for `--variant`.
    package let name: String
    /// The path of the mapping.
    package let path: String
    /// The kinds of sources that it reads: `csv`, `json`, `xlsx`, `xml`.
    package let kinds: [String]
    /// How answers of an API of this form hang together, or nil where nothing is said of it.
    let pull: PullRules?

    /// Whether the mapping is one of RML, not of CSVW.
    package var isTriples: Bool { ConversionJob.isTriples(path) }
  }

  /// The mapping's name: that of its folder.
  package let name: String
  /// What the specification is called.
  package let title: Texts
  /// What it is.
  package let description: Texts?
  /// The IRI of the specification, and others for it.
  package let conformsTo: [String]
  /// IRIs of the themes of data (EU authority table data-theme).
  package let themes: [String]
  /// Swedish keywords, and English ones.
  package let keywords: (sv: [String], en: [String])
  /// The licence that the specification asks for, or nil.
  package let licence: String?
  /// The IRI of how often the data change (EU authority table frequency), or nil.
  package let frequency: String?
  /// The IRIs of the properties that tell when a thing was observed or happened: what `keep` in site.yaml goes by. None where nothing says.
  package let moments: [String]
  /// The variants, in the order of the file.
  package let variants: [Variant]

  private static let keys = [
    "title", "description", "conformsTo", "theme", "keywords", "licence", "frequency", "moment", "publishedBy", "variants",
  ]

  /// Reads the specification of the mapping in `folder`.
  /// - Throws: ``ProblemCode/mappingInvalid`` with the line.
  package init(folder: String, resources: any ByteSource, problems: any ProblemSink) throws(Failure) {
    let file = folder + "/specification.yaml"
    let text = String(decoding: try resources.open(file).readAll(limit: 1 << 20), as: UTF8.self)
    let root: Node
    do {
      guard let node = try Yams.compose(yaml: text) else {
        throw Failure(.mappingInvalid, at: Place(file: file), ["reason": .phrase("specification-empty")])
      }
      root = node
    } catch let failure as Failure {
      throw failure
    } catch let error as YamlError {
      throw Failure(.mappingInvalid, at: error.place(in: file), ["reason": .phrase("specification-no-yaml")])
    } catch {
      throw Failure(.mappingInvalid, at: Place(file: file), ["reason": .phrase("specification-no-yaml")])
    }
    let document = YAMLDocument(file: file, problems: problems)
    guard let mapping = root.mapping else { throw document.wrong(root, .phrase("specification-no-keys")) }
    document.checkKeys(mapping, Self.keys, of: "specification.yaml")
    name = folder.split(separator: "/").last.map(String.init) ?? folder
    guard let titleNode = mapping["title"] else { throw document.wrong(root, .phrase("title-missing")) }
    title = try document.texts(titleNode)
    description = try mapping["description"].map { node throws(Failure) in try document.texts(node) }
    conformsTo = document.strings(mapping["conformsTo"])
    themes = document.strings(mapping["theme"])
    let words = mapping["keywords"]
    keywords = (document.strings(words?.mapping?["sv"] ?? words), document.strings(words?.mapping?["en"]))
    licence = mapping["licence"]?.string
    frequency = mapping["frequency"]?.string
    moments = document.strings(mapping["moment"])
    guard let list = mapping["variants"]?.sequence, !list.isEmpty else { throw document.wrong(root, .phrase("variants-missing")) }
    var variants: [Variant] = []
    for node in list {
      guard let variant = node.mapping, let path = variant["file"]?.string else {
        throw document.wrong(node, .phrase("variant-without-file"))
      }
      document.checkKeys(variant, ["name", "file", "for", "pull"], of: "variants")
      let stem = String(path.prefix { $0 != "." })
      let pull: PullRules? = if let node = variant["pull"] { try PullRules(node, document, folder: folder) } else { nil }
      variants.append(
        Variant(
          name: variant["name"]?.string ?? stem, path: folder + "/" + path, kinds: document.strings(variant["for"]), pull: pull))
    }
    self.variants = variants
  }
}

extension YamlError {
  /// Where the YAML is wrong, as far as it is known.
  fileprivate func place(in file: String) -> Place {
    switch self {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
      Place(file: file, line: mark.line, column: mark.column)
    default: Place(file: file)
    }
  }
}

/// Reads values out of a YAML document, and tells where they are wrong.
struct YAMLDocument {
  let file: String
  let problems: any ProblemSink

  func place(_ node: Node) -> Place { Place(file: file, line: node.mark?.line, column: node.mark?.column) }

  func wrong(_ node: Node, _ reason: Words) -> Failure { Failure(.mappingInvalid, at: place(node), ["reason": reason]) }

  /// A string is Swedish; `{sv, en}` is both (contract §3).
  func texts(_ node: Node) throws(Failure) -> Texts {
    if let text = node.string { return Texts(sv: text, en: nil) }
    guard let mapping = node.mapping, let sv = mapping["sv"]?.string else { throw wrong(node, .phrase("text-form")) }
    return Texts(sv: sv, en: mapping["en"]?.string)
  }

  /// A string or a list of strings.
  func strings(_ node: Node?) -> [String] {
    guard let node else { return [] }
    return node.string.map { [$0] } ?? node.sequence?.compactMap(\.string) ?? []
  }

  /// Tells of keys that are not known, with the nearest one that is.
  func checkKeys(_ mapping: Node.Mapping, _ known: [String], of object: String) {
    for (key, _) in mapping {
      guard let name = key.string, !known.contains(name) else { continue }
      var arguments = ["property": name, "object": object]
      arguments["nearest"] = nearest(to: name, among: known)
      problems.report(Problem(.metadataPropertyUnknown, at: place(key), arguments))
    }
  }
}
