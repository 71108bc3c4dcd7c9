import Glibc
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
      for file in Self.queryFiles(in: folder) {
        guard let bytes = try? FileSource().open(file).readAll(limit: 1 << 16) else { continue }
        queries.append(Self.example(String(decoding: bytes, as: UTF8.self), name, language))
      }
    }
    return queries
  }

  /// The paths of a mapping's queries, by name.
  private static func queryFiles(in folder: String) -> [String] {
    guard let directory = opendir(folder + "/queries") else { return [] }
    defer { closedir(directory) }
    var files: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name.hasSuffix(".rq"), !name.hasPrefix(".") { files.append(folder + "/queries/" + name) }
    }
    return files.sorted()
  }

  /// An example as its file has it: lines `# sv:` and `# en:` say what it asks.
  static func example(_ text: String, _ mapping: String, _ language: Language) -> ExampleQuery {
    var titles: [String: String] = [:]
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
    while let line = lines.first, line.hasPrefix("# ") {
      lines = lines.dropFirst()
      let parts = line.dropFirst(2).split(separator: ":", maxSplits: 1)
      if parts.count == 2 { titles[String(parts[0])] = String(parts[1].drop { $0 == " " }) }
    }
    let title = titles[language.rawValue] ?? titles["sv"] ?? titles["en"] ?? mapping
    return ExampleQuery(mapping: mapping, title: title, text: lines.joined(separator: "\n"))
  }

  /// An example as templates show it: a link that asks it.
  func exampleModel(_ example: ExampleQuery, _ frame: PageFrame) -> Model {
    [
      "text": example.title, "mapping": example.mapping, "query": example.text,
      "href": frame.context.link(to: "/sparql", FormFields().replacing(["query": example.text])),
    ]
  }
}
