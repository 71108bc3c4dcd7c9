import Mapping
package import Problems

/// A report as one HTML file that can be mailed: no script, nothing fetched, readable without its styles.
package struct ReportPage {
  private let report: RunReport
  private let words: ReportWords
  private var html = MarkedText()

  /// The text of the page in a language.
  package static func text(_ report: RunReport, in language: Language) -> String {
    var page = ReportPage(report, language)
    page.write()
    return page.html.text
  }

  private init(_ report: RunReport, _ language: Language) {
    self.report = report
    words = ReportWords(language)
  }

  private mutating func write() {
    let title = words.text("report-title", ["inputs": report.inputs.joined(separator: ", ")])
    html.beginPage(title, words.language, styles: Self.styles)
    html.element("h1", title)
    let facts = [(words["report-mapping"], report.mapping), (words["report-time"], report.time)]
    let known = facts.compactMap { name, value in value.map { "\(name): \($0)" } }
    if !known.isEmpty { html.element("p", known.joined(separator: " · "), "class=\"of\"") }
    writeAnswers()
    writeParts()
    let (sections, others) = ReportSection.sections(of: report, words)
    if !sections.isEmpty {
      html.element("h2", words["report-findings"])
      for section in sections { write(section) }
    }
    if !others.isEmpty {
      html.element("h2", words["report-suggestions"])
      html.line("<ul>")
      for suggestion in others {
        html.text += "<li>"
        write(suggestion)
        html.line("</li>")
      }
      html.line("</ul>")
    }
    html.endPage()
  }

  private mutating func writeAnswers() {
    let answers = ReportAnswers(report, in: words.language)
    html.line("<div class=\"answers\">")
    for answer in [answers.isRight, answers.mayBePublished] {
      html.line("<section class=\"answer \(answer.tone.rawValue)\">")
      html.element("h2", answer.question)
      html.element("p", answer.text)
      if !answer.facts.isEmpty {
        html.line("<table>")
        for fact in answer.facts {
          html.text += "<tr>"
          html.element("th", fact.name, "scope=\"row\"", newLine: false)
          html.element("td", fact.count, "class=\"number\"", newLine: false)
          html.line("</tr>")
        }
        html.line("</table>")
      }
      html.line("</section>")
    }
    html.line("</div>")
  }

  private mutating func writeParts() {
    if report.datasets.isEmpty { return }
    html.element("h2", words["report-parts"])
    html.line("<table class=\"rows\">")
    html.text += "<thead><tr>"
    for title in ["report-part", "report-rows-read", "report-rows-published"] {
      html.element("th", words[title], "scope=\"col\"", newLine: false)
    }
    html.line("</tr></thead>")
    html.line("<tbody>")
    for part in report.datasets {
      html.text += "<tr>"
      html.element("th", part.part.name, "scope=\"row\"", newLine: false)
      html.element("td", words.language.number(part.conversion.rowsRead), "class=\"number\"", newLine: false)
      html.element("td", words.language.number(part.conversion.rowsPublished), "class=\"number\"", newLine: false)
      html.line("</tr>")
    }
    html.line("</tbody>")
    html.line("</table>")
  }

  private mutating func write(_ section: ReportSection) {
    html.line("<section class=\"kind \(section.severity.rawValue)\">")
    let column = section.column.map { ": «\($0)»" } ?? ""
    html.element("h3", section.title.prefix(1).uppercased() + section.title.dropFirst() + column)
    html.element("p", section.counted + " · " + section.code, "class=\"of\"")
    if !section.help.isEmpty { html.element("p", section.help) }
    for suggestion in section.suggestions {
      html.text += "<p class=\"suggestion\"><strong>"
      html.escaped(words["report-suggestion-title"])
      html.text += "</strong> "
      write(suggestion)
      html.line("</p>")
    }
    writeRows(section)
    writeOmitted(section)
    html.line("</section>")
  }

  private mutating func writeRows(_ section: ReportSection) {
    let rows = section.rows.filter { !$0.place.isEmpty || $0.value != nil || !$0.message.isEmpty }
    if rows.isEmpty { return }
    let hasRows = rows.contains { $0.row != nil }
    let hasValues = rows.contains { $0.value != nil }
    let columns = [hasRows ? "report-row" : nil, "report-place", hasValues ? "report-cell" : nil, "report-what"].compactMap { $0 }
    html.line("<table class=\"rows\">")
    html.text += "<thead><tr>"
    for column in columns {
      html.element("th", words[column], "scope=\"col\"" + (column == "report-row" ? " class=\"number\"" : ""), newLine: false)
    }
    html.line("</tr></thead>")
    html.line("<tbody>")
    let rowName = "class=\"number\" data-name=\"\(words["report-row"])\""
    for row in rows {
      html.text += "<tr>"
      if hasRows { html.element("td", row.row.map { words.language.number($0) } ?? "", rowName, newLine: false) }
      html.element("td", row.place, "class=\"place\"", newLine: false)
      if hasValues {
        html.text += "<td>"
        if let value = row.value { html.element("bdi", value, "class=\"cell\"", newLine: false) }
        html.text += "</td>"
      }
      html.element("td", row.message, newLine: false)
      html.line("</tr>")
    }
    html.line("</tbody>")
    html.line("</table>")
  }

  /// How many problems are not shown, and which texts are wrong most often.
  private mutating func writeOmitted(_ section: ReportSection) {
    if section.omitted == 0 { return }
    let omitted = words.text("more", ["count": words.language.number(section.omitted)])
    html.text += "<p class=\"of\">"
    html.escaped(omitted.prefix(1).uppercased() + omitted.dropFirst())
    if !section.values.isEmpty {
      let sampled = section.sampled.map { words.text("report-frequent-sample", ["count": words.language.number($0)]) }
      html.escaped("; " + (sampled ?? words["report-frequent"]) + " ")
    }
    for (number, value) in section.values.enumerated() {
      if number > 0 { html.text += ", " }
      html.element("bdi", value.text, "class=\"cell\"", newLine: false)
      html.escaped(" (\(words.language.number(value.count)))")
    }
    html.line(".</p>")
  }

  private mutating func write(_ suggestion: SuggestionLine) {
    html.escaped(suggestion.text)
    guard let edit = suggestion.edit else { return }
    html.escaped(" " + suggestion.lead + " ")
    html.element("code", edit, newLine: false)
  }

  /// What the page looks like where a reader minds styles.
  static let styles = """
    body{margin:0;background:#fff;color:#1b1b1b;font:16px/1.5 system-ui,sans-serif}
    main{max-width:62rem;margin:0 auto;padding:1.5rem 1rem 3rem}
    h1{font-size:1.6rem;line-height:1.25;margin:0 0 .25rem;overflow-wrap:anywhere}
    h2{font-size:1.2rem;margin:2rem 0 .5rem}
    h3{font-size:1.05rem;margin:0}
    p{margin:.4rem 0}
    .of{color:#595959;font-size:.9rem}
    .answers{display:flex;flex-wrap:wrap;gap:1rem;margin-top:1.25rem}
    .answer{flex:1 1 18rem;border:1px solid #c8c8c8;border-top-width:6px;border-radius:4px;padding:.75rem 1rem}
    .answer h2{margin:0}
    .good{border-top-color:#1a7f37}
    .mixed{border-top-color:#9a6700}
    .bad{border-top-color:#b42318}
    .kind{border-left:4px solid #b42318;padding:.1rem 0 .1rem 1rem;margin:1.5rem 0}
    .warning{border-left-color:#9a6700}
    .secret{border-left-color:#5b4b8a}
    table{border-collapse:collapse;margin:.5rem 0;font-size:.92rem}
    th,td{text-align:left;vertical-align:top;padding:.2rem .75rem .2rem 0;overflow-wrap:anywhere}
    th{font-weight:400}
    .rows{width:100%}
    .rows thead th{font-weight:600;border-bottom:1px solid #c8c8c8}
    .rows td,.rows tbody th{border-bottom:1px solid #e6e6e6}
    .number{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
    .place{font-size:.85rem;color:#595959}
    .cell,code{font-family:ui-monospace,monospace;font-size:.9em;background:#f2f2f2;padding:.05rem .25rem;overflow-wrap:anywhere}
    .suggestion{background:#eef5fb;border-left:4px solid #1f6fb2;padding:.4rem .75rem}
    @media (max-width:40rem){
    .rows thead{position:absolute;left:-10000px}
    .rows tr{display:block;border-bottom:1px solid #e6e6e6;padding:.35rem 0}
    .rows td,.rows tbody th{display:block;border:0;padding:0;text-align:left}
    .rows td.number{display:inline-block;color:#595959;font-size:.85rem;padding-right:.5rem}
    .rows td.number[data-name]:not(:empty)::before{content:attr(data-name) " "}
    .rows td.place{display:inline-block}
    }
    """
}
