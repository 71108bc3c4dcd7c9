import Bytes
package import Mapping
package import Problems

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
    for part in parts {
      total.rowsRead += part.conversion.rowsRead
      total.rowsPublished += part.conversion.rowsPublished
      total.rowsWithheld.merge(part.conversion.rowsWithheld, uniquingKeysWith: +)
      total.cellsWithheld.merge(part.conversion.cellsWithheld, uniquingKeysWith: +)
      total.triples += part.conversion.triples
    }
    return total
  }

  /// A line for each dataset that was built: its rows, its triples, and how long it took.
  package func lines(in language: Language) -> [String] {
    parts.filter { $0.part.kind == .dataset && $0.failure == nil }.map { part in
      let withheld = part.conversion.rowsWithheld.values.reduce(0, +)
      return part.part.name + ": "
        + Wording.shared.text(
          "converted", in: language,
          [
            "read": "\(part.conversion.rowsRead)", "published": "\(part.conversion.rowsPublished)", "withheld": "\(withheld)",
            "triples": "\(part.conversion.triples)", "seconds": seconds(part.milliseconds),
          ])
    }
  }
}
