import Mustache

/// What a template is filled with.
typealias Model = [String: Any]

/// The templates of pages, which are part of the program.
enum PageTemplates {
  /// All of them. Each escapes what it is filled with by ``MarkupEscaping``.
  static let library: MustacheLibrary = {
    MustacheContentTypes.register(MarkupEscaping(), named: MarkupEscaping.name)
    var library = MustacheLibrary()
    for (name, bytes) in sources {
      let text = "{{% CONTENT_TYPE:\(MarkupEscaping.name)}}" + String(decoding: bytes, as: UTF8.self)
      // A template that can't be read is missing from its pages; the tests render every one.
      if let template = try? MustacheTemplate(string: text) { library.register(template, named: name) }
    }
    return library
  }()

  /// The templates by the names that they call each other by.
  static let sources: [(name: String, bytes: [UInt8])] = [
    ("head", PackageResources.head_mustache),
    ("foot", PackageResources.foot_mustache),
    ("home", PackageResources.home_mustache),
    ("thing", PackageResources.thing_mustache),
    ("facts", PackageResources.facts_mustache),
    ("value", PackageResources.value_mustache),
    ("list", PackageResources.list_mustache),
    ("pager", PackageResources.pager_mustache),
    ("tree", PackageResources.tree_mustache), ("index", PackageResources.index_mustache),
    ("iri", PackageResources.iri_mustache),
    ("cards", PackageResources.cards_mustache),
    ("questions", PackageResources.questions_mustache),
    ("dataset", PackageResources.dataset_mustache),
    ("catalog", PackageResources.catalog_mustache),
    ("publiclist", PackageResources.publiclist_mustache),
    ("terms", PackageResources.terms_mustache),
    ("specification", PackageResources.specification_mustache),
    ("query", PackageResources.query_mustache),
    ("result", PackageResources.result_mustache),
    ("form", PackageResources.form_mustache),
    ("message", PackageResources.message_mustache),
    ("ended", PackageResources.ended_mustache),
    ("status", PackageResources.status_mustache),
    ("resolve", PackageResources.resolve_mustache),
    ("preview", PackageResources.preview_mustache),
  ]

  /// A page.
  static func render(_ name: String, _ model: Model) -> String { library.render(model, withTemplate: name) ?? "" }
}

/// Escapes text for HTML, in attributes as well as between tags.
///
/// It looks at Unicode scalars: a quotation mark with a combining accent is one character to Swift, but ends an attribute all the same.
struct MarkupEscaping: MustacheContentType {
  /// What templates call it.
  static let name = "PAGE"

  func escapeText(_ text: String) -> String {
    guard text.utf8.contains(where: { replacement(for: $0) != nil }) else { return text }
    var out: [UInt8] = []
    out.reserveCapacity(text.utf8.count + 32)
    for byte in text.utf8 {
      if let replacement = replacement(for: byte) { out.append(contentsOf: replacement.utf8) } else { out.append(byte) }
    }
    return String(decoding: out, as: UTF8.self)
  }

  private func replacement(for byte: UInt8) -> String? {
    switch byte {
    case UInt8(ascii: "<"): "&lt;"
    case UInt8(ascii: ">"): "&gt;"
    case UInt8(ascii: "&"): "&amp;"
    case UInt8(ascii: "\""): "&quot;"
    case UInt8(ascii: "'"): "&#39;"
    default: nil
    }
  }
}
