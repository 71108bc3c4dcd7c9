import ArgumentParser
import Glibc
import Problems

/// What is said of a command that is misspelt, in the language of whoever wrote it.
///
/// The library that reads commands speaks English alone: what it says is known by its words (`usage:` in the wording), and what it says of an
/// option's meaning is left out of another language.
enum UsageText {
  /// A message of the library with what follows it.
  static func text(_ message: String, in language: Language) -> String {
    if language == .en { return message }
    let lines = message.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("Help: ") }
    return lines.map { line in
      let indent = line.prefix { $0 == " " }
      return indent
        + (Wording.shared.translated(String(line.dropFirst(indent.count)), among: "usage:", to: language)
          ?? String(line.dropFirst(indent.count)))
    }.joined(separator: "\n")
  }
}

extension Language {
  /// The language of the locale.
  static var ofLocale: Language {
    let names: [String] = ["LC_ALL", "LC_MESSAGES", "LANG"]
    let values = names.compactMap { name in getenv(name).map { String(cString: $0) } }
    return Language(locale: values.first { !$0.isEmpty })
  }

  /// The language that a command asks for before it is known to be one: by `--lang`, else by the locale.
  static var ofCommandLine: Language {
    let words = CommandLine.arguments
    var found: String?
    for (number, word) in words.enumerated() {
      if word == "--" { break }
      if word == "--lang", number + 1 < words.count { found = words[number + 1] }
      if word.hasPrefix("--lang=") { found = String(word.dropFirst("--lang=".count)) }
    }
    return found.flatMap { LanguageOption(rawValue: $0) }?.language ?? .ofLocale
  }
}

extension ValidationError {
  /// An error in the language of the command.
  init(_ words: Words) { self.init(words.text(in: .ofCommandLine)) }

  /// An error of the value of an option: what the problem is, and how to mend it.
  init(_ problem: Problem, of option: String) {
    let language = Language.ofCommandLine
    let (message, help) = (Wording.shared.message(of: problem, in: language), Wording.shared.help(of: problem, in: language))
    self.init("\(option): \(message) \(help) [\(problem.code.rawValue)]")
  }
}
