/// What stands in a message for one of its placeholders: words that people read.
package enum Words: Sendable, Hashable {
  /// A text that is the same in every language: a name, a number, an IRI, or what the user wrote.
  case text(String)
  /// Words of the catalog: the key of a block `[phrase:KEY]` of `wording.txt`, and what stands for its own placeholders.
  indirect case phrase(String, [String: Words])
  /// Words that somebody else wrote, in Swedish and perhaps English.
  case written(Texts)

  /// Words of the catalog whose placeholders stand for plain texts.
  package static func phrase(_ key: String, _ texts: [String: String] = [:]) -> Words {
    .phrase(key, texts.mapValues { text in Words.text(text) })
  }

  /// The words in a language.
  package func text(in language: Language, wording: Wording = .shared) -> String {
    switch self {
    case .text(let text): text
    case .phrase(let key, let arguments): wording.phrase(key, in: language, arguments)
    case .written(let texts): texts[language]
    }
  }
}

extension Words: ExpressibleByStringInterpolation {
  /// A text that is the same in every language.
  package init(stringLiteral text: String) { self = .text(text) }
}
