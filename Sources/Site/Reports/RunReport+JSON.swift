package import Bytes
import Mapping
package import Problems

extension ByteBuffer {
  /// Appends a report as JSON with a line end: the members that contract §2 names, and besides `inputs`, `mapping`, `severities`
  /// (`{error: n, …}`), `answers` (`{right, publishable}`, each `{verdict, text}`), `groups` and `suggestions`; of a site also `graphs`.
  ///
  /// A group is `{code, severity, tableColumn?, kind, count, first, values?}`, where `first` are places (`{file, line, column, row}`) and
  /// `values` the texts that are wrong most often (`{value, count}`). A suggestion is `{kind, file?, tableColumn, code?, fitting?, of?,
  /// message, edit?}`, where `edit` is what to write on the column in the mapping.
  package mutating func append(runReport report: RunReport, in language: Language) {
    append(UInt8(ascii: "{"))
    append(rowsOf: report.conversion)
    append(",")
    append(problems: report.problems, in: language)
    append(",")
    append(triplesOf: report.conversion, milliseconds: report.milliseconds)
    append(",\"inputs\":")
    append(jsonList: report.inputs) { out, input in out.append(jsonText: input) }
    if let mapping = report.mapping { append(member: "mapping", mapping) }
    append(",\"severities\":{")
    for (number, severity) in Severity.allCases.enumerated() {
      append(text: "\(number > 0 ? "," : "")\"\(severity.rawValue)\":\(report.count(severity))")
    }
    append("},\"answers\":{")
    let answers = ReportAnswers(report, in: language)
    for (name, answer) in [("right", answers.isRight), ("publishable", answers.mayBePublished)] {
      append(text: "\(name == "right" ? "" : ",")\"\(name)\":{\"verdict\":\"\(answer.tone.rawValue)\"")
      append(member: "text", answer.text)
      append(UInt8(ascii: "}"))
    }
    append("},\"groups\":")
    append(jsonList: report.groups) { out, group in out.append(group, in: language) }
    append(",\"suggestions\":")
    append(jsonList: report.suggestions) { out, suggestion in out.append(suggestion, in: language) }
    if let site = report.site {
      append(",\"graphs\":")
      append(graphsOf: site, in: language)
    }
    append("}\n")
  }

  private mutating func append(_ group: ProblemGroup, in language: Language) {
    append("{\"code\":")
    append(jsonText: group.code.rawValue)
    append(member: "severity", group.severity.rawValue)
    if let column = group.column { append(member: "tableColumn", column) }
    append(member: "kind", Wording.shared.kind(of: group, in: language))
    append(text: ",\"count\":\(group.count),\"first\":")
    append(jsonList: group.first.map(\.place)) { out, place in
      out.append("{")
      var isFirst = true
      if let file = place.file {
        out.append("\"file\":")
        out.append(jsonText: file)
        isFirst = false
      }
      for (name, number) in [("line", place.line), ("column", place.column), ("row", place.row)] {
        guard let number else { continue }
        out.append(text: "\(isFirst ? "" : ",")\"\(name)\":\(number)")
        isFirst = false
      }
      out.append("}")
    }
    if !group.values.texts.isEmpty {
      append(",\"values\":")
      append(jsonList: Array(group.values.frequencies.prefix(10))) { out, value in
        out.append("{\"value\":")
        out.append(jsonText: value.text)
        out.append(text: ",\"count\":\(value.count)}")
      }
    }
    append(UInt8(ascii: "}"))
  }

  private mutating func append(_ suggestion: Suggestion, in language: Language) {
    append("{\"kind\":")
    append(jsonText: suggestion.kind.rawValue)
    if let file = suggestion.file { append(member: "file", file) }
    append(member: "tableColumn", suggestion.column)
    if let code = suggestion.code { append(member: "code", code.rawValue) }
    if let cells = suggestion.cells { append(text: ",\"fitting\":\(cells.fitting),\"of\":\(cells.of)") }
    append(member: "message", suggestion.words.text(in: language))
    if let edit = suggestion.edit { append(member: "edit", edit.text) }
    append(UInt8(ascii: "}"))
  }

  private mutating func append(member name: String, _ text: String) {
    append(text: ",\"\(name)\":")
    append(jsonText: text)
  }

  private mutating func append<Element>(jsonList elements: [Element], _ body: (inout ByteBuffer, Element) -> Void) {
    append(UInt8(ascii: "["))
    for (number, element) in elements.enumerated() {
      if number > 0 { append(UInt8(ascii: ",")) }
      body(&self, element)
    }
    append(UInt8(ascii: "]"))
  }
}
