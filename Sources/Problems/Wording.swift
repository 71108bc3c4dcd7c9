/// A language that people are spoken to in.
package enum Language: String, Sendable, CaseIterable {
  case sv
  case en

  /// The language of a locale name such as `sv_SE.UTF-8`; English for any that is not Swedish.
  package init(locale: String?) {
    self = locale?.lowercased().hasPrefix("sv") == true ? .sv : .en
  }
}

/// The texts of all problems in all languages, read from `wording.txt`.
///
/// A block begins with `[code]`; its lines are `sv:`, `en:` (the message) and `sv-help:`, `en-help:` (how to mend it).
/// `{name}` stands for an argument, and a part in `[[…]]` is left out where one of its arguments is missing. A block
/// `[phrase:KEY]` holds the words of a phrase (``Words``).
package struct Wording: Sendable {
  private let texts: [String: String]

  /// The wording that the program was built with.
  package static let shared = Wording(parsing: PackageResources.wording_txt)

  /// Reads a catalog.
  package init(parsing bytes: [UInt8]) {
    var texts: [String: String] = [:]
    var block = ""
    func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
    // By bytes: whoever says a word to anybody reads all of it.
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      if line.first == UInt8(ascii: "#") { continue }
      if line.first == UInt8(ascii: "["), line.last == UInt8(ascii: "]") {
        block = text(line.dropFirst().dropLast())
      } else if let colon = line.firstIndex(of: UInt8(ascii: ":")) {
        texts[block + "/" + text(line[..<colon])] = text(line[(colon + 1)...].drop { $0 == UInt8(ascii: " ") })
      }
    }
    self.texts = texts
  }

  /// The names of all blocks.
  var blocks: Set<String> { Set(texts.keys.map { String($0[..<($0.lastIndex(of: "/") ?? $0.endIndex)]) }) }

  /// The text under `key` of the block `block` as it stands in the catalog, or nil.
  func template(_ key: String, of block: String) -> String? { texts["\(block)/\(key)"] }

  /// A text of the program itself, such as the word for a severity.
  package func word(_ name: String, in language: Language) -> String { texts["\(name)/\(language.rawValue)"] ?? name }

  /// A text of the program itself with its placeholders filled. One without an argument stays as it is: nothing is kept from anybody there.
  package func text(_ name: String, in language: Language, _ arguments: [String: String]) -> String {
    filled(word(name, in: language), lacking: { "{\($0)}" }) { arguments[$0] }
  }

  /// What is wrong, in a sentence.
  package func message(of problem: Problem, in language: Language) -> String {
    filled(problem, key: language.rawValue, language: language)
  }

  /// How to mend it, in a sentence; empty where there is nothing to say.
  package func help(of problem: Problem, in language: Language) -> String {
    filled(problem, key: language.rawValue + "-help", language: language)
  }

  /// A phrase with its placeholders filled; its key where the catalog lacks it.
  func phrase(_ key: String, in language: Language, _ arguments: [String: Words]) -> String {
    guard let template = texts["phrase:\(key)/\(language.rawValue)"] else { return key }
    return filled(template, lacking: { _ in notShown(in: language) }) { arguments[$0]?.text(in: language, wording: self) }
  }

  private func filled(_ problem: Problem, key: String, language: Language) -> String {
    guard let template = texts["\(problem.code.rawValue)/\(key)"] else { return "" }
    let text = filled(template, lacking: { _ in notShown(in: language) }) { name in
      name == "value" ? problem.value : problem.arguments[name]?.text(in: language, wording: self)
    }
    // What stands before an optional part may have been left out.
    return String(text.drop { $0 == " " })
  }

  /// What stands for a value that may not be shown.
  private func notShown(in language: Language) -> String { word("not-shown", in: language) }

  /// The text with its placeholders filled by `argument`, and without the optional parts that lack one. Elsewhere `lacking` says what stands for
  /// a placeholder without an argument. What has been filled in is never read again.
  private func filled(_ template: String, lacking: (String) -> String, by argument: (String) -> String?) -> String {
    var result = ""
    var rest = template[...]
    while let open = rest.firstRange(of: "[[") {
      result += replaced(rest[..<open.lowerBound]) { argument($0) ?? lacking($0) } ?? ""
      let inner = rest[open.upperBound...]
      let close = inner.firstRange(of: "]]") ?? inner.endIndex..<inner.endIndex
      result += replaced(inner[..<close.lowerBound], by: argument) ?? ""
      rest = inner[close.upperBound...]
    }
    return result + (replaced(rest) { argument($0) ?? lacking($0) } ?? "")
  }

  /// The text with its placeholders filled; nil where one has no argument.
  private func replaced(_ text: Substring, by argument: (String) -> String?) -> String? {
    var result = ""
    var rest = text
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      result += rest[..<open]
      guard let text = argument(String(rest[rest.index(after: open)..<close])) else { return nil }
      result += text
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }
}
