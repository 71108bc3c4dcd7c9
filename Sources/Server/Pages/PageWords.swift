import Mustache
import Problems

/// The words of pages in one language. Templates reach them as `w.NAME`.
struct PageWords: Sendable, MustacheParent {
  /// All words, in all languages.
  static let wording = Wording(parsing: PackageResources.words_txt)

  /// The language.
  let language: Language

  /// The words under a name.
  func word(_ name: String) -> String { Self.wording.word(name, in: language) }

  /// The words under a name with their placeholders filled.
  func text(_ name: String, _ arguments: [String: String]) -> String { Self.wording.text(name, in: language, arguments) }

  /// One of two words, for one thing and for any other number of things, with the number in `{count}`.
  func count(_ number: Int, one: String, many: String) -> String {
    text(number == 1 ? one : many, ["count": ValueText.grouped("\(number)", language)])
  }

  /// The words under a name, for templates.
  func child(named name: String) -> Any? { word(name) }
}
