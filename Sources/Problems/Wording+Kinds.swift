extension Wording {
  /// What problems of one kind have in common, in a few words and without a full stop; where the catalog has none, what the first of them
  /// says.
  package func kind(of group: ProblemGroup, in language: Language) -> String {
    if let check = group.check { return check.text(in: language, wording: self) }
    if let text = template(language.rawValue, of: "kind:" + group.code.rawValue) { return text }
    guard let first = group.first.first else { return group.code.rawValue }
    let message = message(of: first, in: language)
    return message.hasSuffix(".") ? String(message.dropLast()) : message
  }

  /// A text that depends on a number: `NAME-one` for 1, else `NAME-many`, each with `{count}`.
  package func counted(_ name: String, _ count: Int, in language: Language) -> String {
    text(count == 1 ? name + "-one" : name + "-many", in: language, ["count": language.number(count)])
  }
}

extension Language {
  /// A whole number as people of the language write it, with a no-break space or a comma between thousands.
  package func number(_ number: Int) -> String { (number < 0 ? "-" : "") + grouped("\(number.magnitude)") }

  /// The digits of a whole number in groups of three as people of the language write them.
  ///
  /// Swedish has U+00A0 between them, as the Unicode Consortium's data of locales (CLDR) have: terminals and old fonts show it, and what is copied
  /// into a Swedish spreadsheet is a number there. None of that is sure of the narrow U+202F.
  package func grouped(_ digits: some StringProtocol) -> String {
    var text = ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place).isMultiple(of: 3) { text += self == .sv ? "\u{A0}" : "," }
      text.append(digit)
    }
    return text
  }

  /// Texts as a list within a sentence: `a, b och c`.
  package func list(_ texts: [String]) -> String {
    guard let last = texts.last, texts.count > 1 else { return texts.first ?? "" }
    return texts.dropLast().joined(separator: ", ") + (self == .sv ? " och " : " and ") + last
  }
}
