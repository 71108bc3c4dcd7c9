import Bytes
package import Mapping
package import Problems
import RDF

extension ByteBuffer {
  /// Appends the graphs of a site as an array: for each `{name, kind, graph, sources, rows, cells, triples, seconds, failure}`, where
  /// `failure` is null or the problem.
  mutating func append(graphsOf report: SiteReport, in language: Language) {
    append(UInt8(ascii: "["))
    for (number, part) in report.parts.enumerated() {
      if number > 0 { append(UInt8(ascii: ",")) }
      append(part, in: language)
    }
    append(UInt8(ascii: "]"))
  }

  private mutating func append(_ report: PartReport, in language: Language) {
    append("{\"name\":")
    append(jsonText: report.part.name)
    append(",\"kind\":")
    append(jsonText: report.part.kind.rawValue)
    append(",\"graph\":")
    append(jsonText: report.part.graph)
    append(",\"sources\":[")
    for (number, source) in report.sources.enumerated() {
      if number > 0 { append(UInt8(ascii: ",")) }
      append(jsonText: source)
    }
    append("],")
    append(rowsOf: report.conversion)
    append(",")
    append(triplesOf: report.conversion, milliseconds: report.milliseconds)
    append(",\"failure\":")
    if let failure = report.failure { failure.append(jsonTo: &self, in: language) } else { append("null") }
    append("}")
  }
}

extension SiteReport {
  /// The rows and triples of all graphs together.
  package var total: ConversionReport {
    var total = ConversionReport()
    for part in parts { total.add(part.conversion) }
    return total
  }

  /// Lines for each dataset that was built: its rows, its triples, and how long it took.
  package func lines(in language: Language) -> [String] {
    parts.filter { $0.part.kind == .dataset && $0.failure == nil }.flatMap { part in
      part.conversion.lines(milliseconds: part.milliseconds, in: language).map { part.part.name + ": " + $0 }
    }
  }
}

extension ConversionReport {
  /// What has been done, for a person: a line on the rows and triples, and where rows are under an embargo one on those.
  package func lines(milliseconds: Int, in language: Language) -> [String] {
    let withheld = rowsWithheld.values.reduce(0, +)
    let done = Wording.shared.text(
      "converted", in: language,
      [
        "read": "\(rowsRead)", "published": "\(rowsPublished)", "withheld": "\(withheld)", "triples": "\(triples)",
        "seconds": seconds(milliseconds),
      ])
    guard let first = rowsEmbargoed.keys.min() else { return [done] }
    let count = rowsEmbargoed.values.reduce(0, +)
    return [done, Wording.shared.text("embargoed", in: language, ["count": "\(count)", "day": first.text])]
  }
}
