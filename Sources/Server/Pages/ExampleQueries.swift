import Problems
import Resources
import Site

/// A query that comes with a mapping.
struct ExampleQuery: Sendable {
  /// The name of the mapping.
  let mapping: String
  /// What it asks, in the language of the page.
  let title: String
  /// The query, without the lines that describe it.
  let text: String
}

extension Pages {
  /// The queries of the site's mappings, `mappings/NAME/queries/*.rq`; those of one mapping where it is named.
  func exampleQueries(_ language: Language, mapping: String? = nil) -> [ExampleQuery] {
    guard let site = publication.site else { return [] }
    var queries: [ExampleQuery] = []
    var seen: Set<String> = []
    for name in mapping.map({ [$0] }) ?? site.file.datasets.map(\.mapping) where seen.insert(name).inserted {
      guard let folder = try? site.library.mapping(name) else { continue }
      for file in Library.files(in: folder + "/queries", ending: ".rq") {
        guard let bytes = try? FileSource().open(file).readAll(limit: QueryFile.longest) else { continue }
        queries.append(Self.example(String(decoding: bytes, as: UTF8.self), name, language))
      }
    }
    return queries
  }

  /// An example as its file has it: lines `# sv:` and `# en:` say what it asks.
  static func example(_ text: String, _ mapping: String, _ language: Language) -> ExampleQuery {
    let file = QueryFile(text)
    let title = file.said[language.rawValue] ?? file.said["sv"] ?? file.said["en"] ?? mapping
    return ExampleQuery(mapping: mapping, title: title, text: file.query)
  }

  /// An example as templates show it: a link that asks it.
  func exampleModel(_ example: ExampleQuery, _ frame: PageFrame) -> Model {
    [
      "text": example.title, "mapping": example.mapping, "query": example.text,
      "href": frame.context.link(to: "/sparql", FormFields().replacing(["query": example.text])),
    ]
  }
}
