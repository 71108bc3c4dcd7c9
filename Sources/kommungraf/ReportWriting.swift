import Bytes
import Mapping
import Problems

extension ByteBuffer {
  /// Appends the report of a conversion as JSON (contract §2).
  mutating func append(report: ConversionReport, _ problems: ProblemList, milliseconds: Int, in language: Language) {
    append("{\"rows\":{\"read\":")
    append(decimal: report.rowsRead)
    append(",\"published\":")
    append(decimal: report.rowsPublished)
    append(",\"withheld\":")
    append(counts: report.rowsWithheld)
    append(",\"embargoed\":{}},\"cells\":{\"withheld\":")
    append(counts: report.cellsWithheld)
    append("},\"problems\":[")
    for (number, problem) in problems.problems.enumerated() {
      if number > 0 { append(UInt8(ascii: ",")) }
      problem.append(jsonTo: &self, in: language)
    }
    append("],\"problemCounts\":")
    append(counts: Dictionary(uniqueKeysWithValues: problems.counts.map { ($0.rawValue, $1) }))
    append(",\"triples\":")
    append(decimal: report.triples)
    append(text: ",\"seconds\":\(seconds(milliseconds))}\n")
  }

  private mutating func append(counts: [String: Int]) {
    append(UInt8(ascii: "{"))
    for (number, (name, count)) in counts.sorted(by: { $0.key < $1.key }).enumerated() {
      if number > 0 { append(UInt8(ascii: ",")) }
      append(jsonText: name)
      append(UInt8(ascii: ":"))
      append(decimal: count)
    }
    append(UInt8(ascii: "}"))
  }
}
