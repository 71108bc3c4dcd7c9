import Bytes
package import Problems
import RDF
import RDFSyntax
import Resources

extension ResultTable {
  /// Reads SPARQL 1.1 Query Results CSV Format. The result is untyped.
  package init(csv text: String) {
    self.init()
    isUntyped = true
    var records = CSVRecords(text).all
    guard !records.isEmpty else { return }
    variables = records.removeFirst()
    for record in records {
      var row: [String: Term] = [:]
      for (variable, cell) in zip(variables, record) {
        row[variable] = cell.hasPrefix("_:") ? .blankNode(ByteString(String(cell.dropFirst(2)))) : .string(cell)
      }
      rows.append(row)
    }
  }

  /// Reads SPARQL 1.1 Query Results TSV Format; terms are read as Turtle.
  package init(tsv text: String) throws(Failure) {
    self.init()
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { Substring($0.filter { $0 != "\r" }) }
    if lines.last == "" { lines.removeLast() }
    guard !lines.isEmpty else { return }
    let names = lines.removeFirst()
    variables = names.isEmpty ? [] : names.split(separator: "\t").map { String($0.drop { $0 == "?" }) }
    for line in lines {
      var row: [String: Term] = [:]
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
      for (variable, cell) in zip(variables, cells) where !cell.isEmpty { row[variable] = try turtleTerm(String(cell)) }
      rows.append(row)
    }
  }
}

/// The term that a text of Turtle is.
private func turtleTerm(_ text: String) throws(Failure) -> Term? {
  let collector = QuadCollector()
  // A blank node's label is kept as it is.
  if text.hasPrefix("_:") { return .blankNode(ByteString(String(text.dropFirst(2)))) }
  try RDFReader.read(MemoryStream(Array("<s:> <p:> \(text) .".utf8)), format: .turtle, into: collector, problems: ProblemList())
  return collector.quads.first?.object
}

/// Records of CSV (RFC 4180).
private struct CSVRecords {
  var all: [[String]] = []

  init(_ text: String) {
    var record: [String] = []
    var cell = String.UnicodeScalarView()
    var isQuoted = false
    var wasQuote = false
    var isBegun = false
    for scalar in text.unicodeScalars {
      if isQuoted, !wasQuote {
        if scalar == "\"" { wasQuote = true } else { cell.append(scalar) }
        continue
      }
      if wasQuote {
        wasQuote = false
        if scalar == "\"" {
          cell.append(scalar)
          continue
        }
        isQuoted = false
      }
      switch scalar {
      case "\"":
        isQuoted = true
        isBegun = true
      case ",":
        record.append(String(cell))
        cell = String.UnicodeScalarView()
        isBegun = true
      case "\r": break
      case "\n":
        record.append(String(cell))
        all.append(record)
        (record, cell, isBegun) = ([], String.UnicodeScalarView(), false)
      default:
        cell.append(scalar)
        isBegun = true
      }
    }
    if isBegun { all.append(record + [String(cell)]) }
  }
}
