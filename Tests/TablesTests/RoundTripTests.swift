import Bytes
import Tables
import TestSupport
import Testing

/// Writes tables as delimited text in any dialect.
private struct CSVPrinter {
  let dialect: Dialect
  let lineEnd: String

  func text(_ rows: [[String]], _ generator: inout SeededGenerator) -> String {
    let delimiter = dialect.delimiter?.text ?? ","
    var text = ""
    for row in rows {
      text += row.map { cell($0, &generator) }.joined(separator: delimiter) + lineEnd
    }
    return text
  }

  private func cell(_ value: String, _ generator: inout SeededGenerator) -> String {
    guard let quote = dialect.quoteChar?.text else { return value }
    let isPlain = !value.unicodeScalars.contains { "\r\n\t ,;:|'\"\\".unicodeScalars.contains($0) }
    if isPlain, !Bool.random(using: &generator) { return value }
    var inner = ""
    for scalar in value.unicodeScalars {
      if !dialect.doubleQuote, scalar == "\\" || String(scalar) == quote { inner += "\\" }
      if dialect.doubleQuote, String(scalar) == quote { inner += quote }
      inner.unicodeScalars.append(scalar)
    }
    return quote + inner + quote
  }
}

@Suite("Tables written in a dialect read back as they were") struct RoundTripTests {
  static let letters: [String] = [
    "a", "b", "7", "å", "東", "🏫", " ", ",", ";", "::", "|", "\"", "'", "\\", "\n", "\r\n", "\r", "\t", "-", ".",
  ]

  static func randomRows(_ generator: inout SeededGenerator, letters: [String]) -> [[String]] {
    let width = Int.random(in: 1...6, using: &generator)
    return (0..<Int.random(in: 2...40, using: &generator)).map { _ in
      (0..<width).map { _ in
        (0..<Int.random(in: 0...8, using: &generator)).map { _ in letters.randomElement(using: &generator) ?? "" }.joined()
      }
    }
  }

  @Test(
    "random tables", arguments: [",", ";", "\t", "|", "::", "·"] as [ByteString], ["\"", "'", "”"] as [ByteString])
  func randomTables(_ delimiter: ByteString, _ quote: ByteString) throws {
    var generator = SeededGenerator(seed: 1880)
    for doubleQuote in [true, false] {
      for lineEnd in ["\n", "\r\n", "\r", "|END|"] {
        for _ in 0..<6 {
          let dialect = dialect {
            $0.delimiter = delimiter
            $0.quoteChar = quote
            $0.doubleQuote = doubleQuote
            $0.header = false
            if lineEnd == "|END|" { $0.lineTerminators = [ByteString(lineEnd)] }
          }
          let rows = Self.randomRows(&generator, letters: Self.letters)
          let text = CSVPrinter(dialect: dialect, lineEnd: lineEnd).text(rows, &generator)
          for blockSize in [1, 50, 256 << 10] {
            let table = try ReadTable(Array(text.utf8), dialect, blockSize: blockSize)
            #expect(table.rows == rows)
            #expect(table.problems.isEmpty)
          }
        }
      }
    }
  }

  @Test("random bytes are read alike by the vector loop and by the general reader", arguments: 1...8 as ClosedRange<UInt64>)
  func twoWays(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let pieces = ["a", "bb", "å", ",", ",", "\"", "\"", "\n", "\r\n", "\r", "\u{1}", " ", "#", "\",\"", "\"\"", "\t", "xyz"]
    for _ in 0..<400 {
      let count = Int.random(in: 1...120, using: &generator)
      let chosen = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }
      let trim = [Dialect.Trim.neither, .start, .end, .both].randomElement(using: &generator)
      let isStrict = Int.random(in: 0..<4, using: &generator) == 0
      let skipsBlankRows = Bool.random(using: &generator)
      func read(_ delimiter: ByteString, blockSize: Int) throws -> ReadTable {
        let text = "x" + chosen.map { $0.replacing(",", with: delimiter.text) }.joined()
        let dialect = dialect {
          $0.delimiter = delimiter
          $0.header = false
          $0.commentPrefix = "#"
          $0.trim = trim
          $0.skipBlankRows = skipsBlankRows
          if isStrict { $0.lineTerminators = ["\n", "\r\n"] }
        }
        return try ReadTable(Array(text.utf8), dialect, blockSize: blockSize)
      }
      let simple = try read(",", blockSize: 256 << 10)
      // Columns of places differ, as the longer delimiter moves what comes after it.
      let general = try read("::", blockSize: 256 << 10)
      #expect(simple.rows == general.rows.map { $0.map { $0.replacing("::", with: ",") } })
      #expect(simple.sourceRows == general.sourceRows)
      #expect(simple.damaged == general.damaged)
      #expect(simple.comments == general.comments.map { $0.replacing("::", with: ",") })
      #expect(simple.places.map { $0.map(lineOnly) } == general.places.map { $0.map(lineOnly) })
      #expect(simple.problems.map(lineOnly) == general.problems.map(lineOnly))
      #expect(try read(",", blockSize: Int.random(in: 1...40, using: &generator)) == simple)
    }
  }

  private func lineOnly(_ place: String) -> String { String(place.prefix { $0 != ":" }) }
}

extension String {
  /// The text with every `old` replaced.
  fileprivate func replacing(_ old: String, with new: String) -> String {
    var result = ""
    var rest = self[...]
    while !rest.isEmpty {
      if rest.hasPrefix(old) {
        result += new
        rest = rest.dropFirst(old.count)
      } else {
        result.append(rest.removeFirst())
      }
    }
    return result
  }
}
