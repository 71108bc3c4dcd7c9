import Mapping
package import Problems

extension NewMapping {
  /// What was found, and what to look at, in few lines.
  package func lines(in language: Language) -> [String] {
    let words = ReportWords(language)
    var lines = [
      words.text(
        "proposal-columns",
        [
          "columns": words.counted("proposal-column-count", proposal.columnCount), "rows": words.counted("report-rows", rows),
        ]) + "."
    ]
    lines.append(sentence(proposal.keyWords, language))
    for note in proposal.notes where !note.isDoubt { lines.append(sentence(note.words, language)) }
    for note in proposal.notes where note.isDoubt { lines.append(words["proposal-look"] + " " + note.words.text(in: language) + ".") }
    let own = proposal.ownTerms
    if !own.isEmpty {
      lines.append(
        words.text("proposal-own-terms", ["columns": words.counted("proposal-column-count", own.count), "terms": shown(own)]) + ".")
    }
    return lines
  }

  private func sentence(_ words: Words, _ language: Language) -> String {
    let text = words.text(in: language)
    return text.prefix(1).uppercased() + text.dropFirst() + "."
  }

  private func shown(_ terms: [String]) -> String { terms.prefix(6).joined(separator: ", ") + (terms.count > 6 ? ", …" : "") }
}
