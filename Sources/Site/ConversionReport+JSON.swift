import Bytes
import Mapping
import Problems
import RDF

// The members of a report in JSON (contract §2).
extension ByteBuffer {
  /// Appends the members `rows`, `cells`, and `review`: what rules pointed out to a person.
  mutating func append(rowsOf report: ConversionReport) {
    append("\"rows\":{\"read\":")
    append(decimal: report.rowsRead)
    append(",\"published\":")
    append(decimal: report.rowsPublished)
    append(",\"withheld\":")
    append(counts: report.rowsWithheld)
    append(",\"embargoed\":")
    append(counts: Dictionary(uniqueKeysWithValues: report.rowsEmbargoed.map { ($0.text, $1) }))
    append("},\"cells\":{\"withheld\":")
    append(counts: report.cellsWithheld)
    append("},\"review\":")
    append(counts: report.pointedOut)
  }

  /// Appends the members `problems` and `problemCounts`.
  mutating func append(problems: ProblemList, in language: Language) {
    append("\"problems\":[")
    for (number, problem) in problems.problems.enumerated() {
      if number > 0 { append(UInt8(ascii: ",")) }
      problem.append(jsonTo: &self, in: language)
    }
    append("],\"problemCounts\":")
    append(counts: Dictionary(uniqueKeysWithValues: problems.counts.map { ($0.rawValue, $1) }))
  }

  /// Appends the members `triples` and `seconds`.
  mutating func append(triplesOf report: ConversionReport, milliseconds: Int) {
    append("\"triples\":")
    append(decimal: report.triples)
    append(text: ",\"seconds\":\(seconds(milliseconds))")
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

/// Milliseconds as seconds with three decimals.
package func seconds(_ milliseconds: Int) -> String {
  let rest = String(milliseconds % 1000)
  return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
}

extension ContinuousClock.Instant {
  /// How many whole milliseconds have passed since.
  package var millisecondsSince: Int {
    let elapsed = (ContinuousClock.now - self).components
    return Int(elapsed.seconds) * 1000 + Int(elapsed.attoseconds / 1_000_000_000_000_000)
  }
}
