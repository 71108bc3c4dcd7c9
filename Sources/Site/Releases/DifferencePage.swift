import Bytes
package import Problems

/// A difference as one HTML file that can be mailed: no script, nothing fetched, readable without its styles.
package struct DifferencePage {
  private let difference: Difference
  private let words: ReportWords
  private var html = MarkedText()

  /// How many lines of a file are shown.
  private static let lineLimit = 200

  /// The text of the page in a language.
  package static func text(_ difference: Difference, in language: Language) -> String {
    var page = DifferencePage(difference, language)
    page.write()
    return page.html.text
  }

  private init(_ difference: Difference, _ language: Language) {
    self.difference = difference
    words = ReportWords(language)
  }

  private mutating func write() {
    let title = words.text("diff-title", ["old": difference.names.old, "new": difference.names.new])
    html.beginPage(title, words.language, styles: ReportPage.styles + Self.styles)
    html.element("h1", title)
    if difference.parts.isEmpty {
      html.element("p", words["diff-same"])
    } else {
      html.element(
        "p",
        Difference.summary(
          added: difference.added, removed: difference.removed, difference.counts, in: words.language), "class=\"of\"")
    }
    for part in difference.parts { write(part) }
    html.endPage()
  }

  private mutating func write(_ part: Difference.Part) {
    html.line("<section>")
    if let name = part.name {
      html.element("h2", name)
      html.element("p", part.summary(in: words.language), "class=\"of\"")
    }
    for (word, identifiers, count) in part.lists(in: words.language) where count > 0 {
      html.element("h3", "\(word): \(words.language.number(count))")
      html.line("<ul>")
      for identifier in identifiers {
        html.text += "<li>"
        html.element("bdi", identifier, newLine: false)
        html.line("</li>")
      }
      html.line("</ul>")
      writeMore(count - identifiers.count)
    }
    html.line("<table class=\"rows\">")
    html.text += "<thead><tr>"
    html.element("th", words["diff-change"], "scope=\"col\"", newLine: false)
    html.element("th", words["diff-line"], "scope=\"col\"", newLine: false)
    html.line("</tr></thead>")
    html.line("<tbody>")
    var count = 0
    difference.forEachLine(of: part) { isAdded, line in
      count += 1
      if count > Self.lineLimit { return }
      html.text += "<tr class=\"\(isAdded ? "added" : "removed")\">"
      html.element("td", words[isAdded ? "diff-added" : "diff-removed"], newLine: false)
      html.text += "<td>"
      html.element("code", line.text, newLine: false)
      html.line("</td></tr>")
    }
    html.line("</tbody>")
    html.line("</table>")
    writeMore(count - Self.lineLimit)
    html.line("</section>")
  }

  private mutating func writeMore(_ count: Int) {
    if count <= 0 { return }
    html.element("p", words.text("more", ["count": words.language.number(count)]), "class=\"of\"")
  }

  private static let styles = """

    .added td:first-child{border-left:4px solid #1a7f37;padding-left:.5rem}
    .removed td:first-child{border-left:4px solid #b42318;padding-left:.5rem}
    """
}
