import Foundation
import TestSupport
import Testing

/// What the page of conventions says happens: every row of its tables is run.
struct ConventionsTests {
  struct Row: CustomTestStringConvertible, Sendable {
    let declaration: String
    let cell: String
    /// The value; nil where the cell is an error.
    let value: String?
    var testDescription: String { "\(cell) as \(declaration)" }
  }

  /// The rows of all tables of the page.
  static let rows: [Row] = {
    let page = ProgramRun.repository + "/Sources/Mapping/Mapping.docc/Conventions.md"
    let text = (try? String(contentsOfFile: page, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard line.hasPrefix("| `"), parts.count == 3 else { return nil }
      func unquoted(_ text: String) -> String { text.trimmingCharacters(in: ["`"]) }
      return Row(declaration: unquoted(parts[0]), cell: unquoted(parts[1]), value: parts[2] == "—" ? nil : unquoted(parts[2]))
    }
  }()

  @Test func thePageIsThere() {
    #expect(Self.rows.count > 100)
    #expect(Self.rows.contains { $0.value == nil })
  }

  @Test(arguments: rows) func isAsThePageSays(_ row: Row) throws {
    let cell = row.cell.replacingOccurrences(of: "\"", with: "\"\"")
    let conversion = try ColumnConversion(
      columns: "{\"name\": \"c\", \"titles\": \"c\", \"propertyUrl\": \"http://example.org/p\", \(row.declaration)}",
      table: "c\n\"\(cell)\"\n",
      annotations: "\"kgm:columnMatching\": \"title\"")
    if let value = row.value {
      #expect(conversion.values == [value])
      #expect(conversion.problems == [])
    } else {
      #expect(conversion.values == [])
      #expect(conversion.problems.count == 1)
      #expect(conversion.problems.first?.hasPrefix("t.csv:2:1: error: ") == true, "\(conversion.problems)")
    }
  }

  /// An empty cell means that nothing is known.
  @Test(arguments: ["\"kgm:clean\": \"yesno\", \"datatype\": \"boolean\"", "\"kgm:clean\": \"phone\"", "\"kgm:clean\": \"url\""])
  func anEmptyCellGivesNothing(_ declaration: String) throws {
    let conversion = try ColumnConversion(
      columns: "{\"name\": \"c\", \"titles\": \"c\", \"propertyUrl\": \"http://example.org/p\", \(declaration)}", table: "c,d\n,x\n",
      annotations: "\"kgm:columnMatching\": \"title\"")
    #expect(conversion.quads.isEmpty)
    #expect(conversion.problems.filter { $0.contains("error") } == [])
  }

  /// What comes along from web pages and word processors, and can't be seen.
  @Test(arguments: [
    ("phone", "\u{A0}019\u{2011}21\u{202F}10 00\u{200B}", "tel:+4619211000"),
    ("mail", "\u{200B}info@orebro.se\u{FEFF}", "mailto:info@orebro.se"),
    ("url", "https://www.ore\u{AD}bro.se\u{200B}", "https://www.orebro.se"),
    ("url", "https://o\u{308}rebro.se", "https://xn--rebro-iua.se"),
    ("postcode", "701\u{A0}35", "701 35"), ("mail", "Info@ÖREBRO.se", "mailto:Info@xn--rebro-iua.se"),
  ])
  func whatCannotBeSeenDoesNotMatter(_ step: String, _ cell: String, _ value: String) throws {
    let conversion = try ColumnConversion(
      columns: "{\"name\": \"c\", \"titles\": \"c\", \"propertyUrl\": \"http://example.org/p\", \"kgm:clean\": \"\(step)\"}",
      table: "c\n\"\(cell)\"\n", annotations: "\"kgm:columnMatching\": \"title\"")
    #expect(conversion.values == [value])
  }
}
