import Bytes
import Mapping
import Problems
import RDF
import RDFSyntax
import Resources
import Tables

/// A table of links between identifiers, `crosswalks/NAME.csv` of a site: from, to, and the property that says how (contract §3).
///
/// Identifiers and properties are IRIs, short by a prefix of the library (`kommun:1880`), or paths below the site's base
/// (`id/matstalle/mashie/923608a6`). A row that is none of it is told, and the others go on.
struct Crosswalk {
  private static let titles = ["from", "to", "relation"]

  private let prefixes: Prefixes
  private let base: String
  private let patterns: [String: String]
  private let resources: any ByteSource
  private let problems: any ProblemSink

  /// A reader of crosswalks.
  /// - Parameters:
  ///   - base: what the site's own IRIs begin with, with a slash at the end.
  ///   - patterns: the patterns of registers that the site has moved, by name.
  init(prefixes: Prefixes, base: String, patterns: [String: String], resources: any ByteSource, problems: any ProblemSink) {
    self.prefixes = prefixes
    self.base = base
    self.patterns = patterns
    self.resources = resources
    self.problems = problems
  }

  /// The names of the crosswalks of a site's folder, in order.
  static func names(in folder: String) -> [String] {
    entries(of: folder + "/crosswalks").filter { $0.hasSuffix(".csv") }.map { String($0.dropLast(4)) }.sorted()
  }

  /// The path of a crosswalk.
  static func path(_ name: String, in folder: String) -> String { (folder == "." ? "" : folder + "/") + "crosswalks/\(name).csv" }

  /// Reads a crosswalk into a graph.
  /// - Throws: ``ProblemCode/crosswalkRow`` where the table lacks a column, and what reading it and the sink throw.
  func read(_ path: String, graph: String, into sink: any QuadSink) throws(Failure) -> ConversionReport {
    let rows = try TableReader.open(try resources.open(path), kind: .csv, dialect: .undeclared, problems: problems)
    let header = rows.header.first?.map { $0.text.lowercased() } ?? []
    var columns: [Int] = []
    for title in Self.titles {
      guard let column = header.firstIndex(of: title) else {
        throw Failure(.crosswalkRow, at: rows.headerPlace(nil), ["reason": .phrase("crosswalk-columns", ["column": title])])
      }
      columns.append(column)
    }
    var report = ConversionReport()
    var batch = RowBatch()
    while try rows.next(&batch) {
      var quads = QuadBatch(capacity: max(batch.rowCount, 1))
      for row in 0..<batch.rowCount {
        report.rowsRead += 1
        let texts = columns.map { $0 < batch.cellCount(row) ? batch.cell(row, $0).trimmed.text : "" }
        do throws(CrosswalkFault) {
          let from = try iri(texts[0], "from")
          let to = try iri(texts[1], "to")
          let relation = try iri(texts[2], "relation")
          quads.append(Quad(.iri(from), .iri(relation), .iri(to), graph: .iri(ByteString(graph))))
          report.rowsPublished += 1
          report.triples += 1
        } catch {
          let column = Self.titles.firstIndex(of: error.column).map { columns[$0] } ?? 0
          problems.report(Problem(.crosswalkRow, at: batch.place(row, column), value: error.text, ["reason": error.reason]))
        }
      }
      try sink.append(quads)
    }
    return report
  }

  /// The IRI that a cell names.
  private func iri(_ text: String, _ column: String) throws(CrosswalkFault) -> ByteString {
    if text.isEmpty { throw CrosswalkFault(column: column, text: nil, reason: .phrase("crosswalk-empty", ["column": column])) }
    guard let iri = absolute(text), ByteString(iri).withView({ IRICharacters.firstForbidden(in: $0) }) == nil else {
      throw CrosswalkFault(column: column, text: text, reason: .phrase("crosswalk-iri", ["text": text]))
    }
    return ByteString(moved(iri))
  }

  private func absolute(_ text: String) -> String? {
    if text.contains("://") || text.hasPrefix("urn:") { return text }
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count == 2 { return prefixes.namespace(of: ByteString(String(parts[0]))).map { $0.text + parts[1] } }
    return text.hasPrefix("id/") || text.hasPrefix("dataset/") || text.hasPrefix("ns/") ? base + text : nil
  }

  /// The IRI of a register's thing where the site has moved the register.
  private func moved(_ iri: String) -> String {
    for (name, pattern) in patterns {
      let prefix = KnownVocabulary.shared + "/id/\(name)/"
      guard iri.hasPrefix(prefix), let open = pattern.firstIndex(of: "{"), let close = pattern[open...].firstIndex(of: "}") else {
        continue
      }
      return String(pattern[..<open] + iri.dropFirst(prefix.count) + pattern[pattern.index(after: close)...])
    }
    return iri
  }
}

/// Why a cell of a crosswalk names nothing.
private struct CrosswalkFault: Error {
  let column: String
  let text: String?
  let reason: Words
}
