import Bytes

/// Tells the language of a column of running text: by what the title ends in, else by the small words in it.
enum LanguageGuess {
  /// Words that are frequent in one of the languages and not in the other.
  private static let words: [(language: String, words: Set<Substring>)] = [
    ("sv", ["och", "att", "är", "som", "på", "för", "med", "av", "till", "det", "ett", "den", "från", "inte", "vid", "finns", "eller"]),
    ("en", ["the", "and", "of", "to", "is", "with", "for", "by", "from", "are", "this", "that", "or", "not", "at"]),
  ]
  /// What stands in the names of organisations: their legal forms.
  private static let legalForms: Set<Substring> = [
    "ab", "aktiebolag", "aktiebolaget", "hb", "handelsbolag", "kb", "kommanditbolag", "ideell", "ekonomisk", "förening", "föreningen",
    "stiftelse", "stiftelsen", "bostadsrättsförening", "brf", "myndighet", "myndigheten", "ltd", "oy", "gmbh", "inc",
  ]
  /// The least share of names that hold one for the column to be of organisations, in percent.
  private static let leastFormed = 20

  /// The least share of texts that hold words of the language, in percent, how long a text is that should, and how many texts are.
  private static let leastShare = 40
  private static let mostlyLong = 50
  private static let longText = 5

  /// Whether texts are names of organisations.
  static func areNamesOfOrganisations(_ facts: ColumnFacts) -> Bool {
    facts.share(leastFormed) { $0.text.lowercased().split { !$0.isLetter }.contains(where: legalForms.contains) }
  }

  /// The language, or nil for texts that are names, codes or in no language that is known.
  static func language(_ facts: ColumnFacts) -> String? {
    let title = facts.title.lowercased()
    let ending = title.split { "_-.( )".contains($0) }.last.map(String.init)
    let titled = words.map(\.language).first { $0 == ending && title != $0 }
    let long = facts.values.filter { $0.text.text.split(separator: " ").count >= longText }
    guard !long.isEmpty, long.count * 100 >= facts.values.count * mostlyLong else { return titled }
    let counts = words.map { language in
      (
        language.language,
        long.count { text in text.text.text.lowercased().split { !$0.isLetter }.contains { language.words.contains($0) } }
      )
    }
    guard let best = counts.max(by: { $0.1 < $1.1 }), best.1 * 100 >= long.count * leastShare else { return titled }
    return titled ?? best.0
  }
}
