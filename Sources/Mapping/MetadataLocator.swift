package import Bytes
import Identifiers
import JSON
package import Problems
import RDF
package import Resources
import Tables

/// Finds the metadata that belongs to a table nobody gave metadata for (tabular data model §5): what a `Link` header names, else what
/// stands beside the table.
package struct MetadataLocator {
  private let resources: any ByteSource
  private let problems: any ProblemSink

  /// A locator that looks through `resources`.
  package init(resources: any ByteSource, problems: any ProblemSink) {
    self.resources = resources
    self.problems = problems
  }

  /// The first metadata document that speaks of the table at `iri`, or nil.
  /// - Parameters:
  ///   - iri: the IRI of the table, or of the workbook that it is a sheet of.
  ///   - link: the value of the `Link` header that came with it, if any.
  /// - Throws: ``ProblemCode/metadataInvalid`` or ``ProblemCode/jsonSyntax`` for a document that is found but is none.
  package func locate(for iri: ByteString, link: String? = nil) throws(Failure) -> TableGroupDescription? {
    let base = BaseIRI(iri)
    if let target = link.flatMap(describedBy), let group = try read(base.resolve(ByteString(target)), for: iri) { return group }
    for candidate in candidates(for: iri) {
      if let group = try read(base.resolve(candidate), for: iri) { return group }
    }
    return nil
  }

  /// Reads the metadata document at an IRI.
  /// - Throws: ``ProblemCode/metadataInvalid``, ``ProblemCode/jsonSyntax``, or what opening it throws.
  package func read(_ iri: ByteString, file: String? = nil) throws(Failure) -> TableGroupDescription {
    try read(try resources.open(iri.text), iri: iri, file: file ?? iri.text)
  }

  /// Reads the metadata document in a stream.
  /// - Parameters:
  ///   - iri: the IRI of the document.
  ///   - file: what messages call it.
  /// - Throws: as ``read(_:file:)``.
  package func read(_ stream: any ByteStream, iri: ByteString, file: String) throws(Failure) -> TableGroupDescription {
    try parse(try stream.readAll(limit: Self.limit), iri: iri, file: file)
  }

  /// How many bytes a document may have.
  private static let limit = 16 << 20

  private func parse(_ bytes: [UInt8], iri: ByteString, file: String) throws(Failure) -> TableGroupDescription {
    let root = try JSONParser.parse(bytes, file: file, problems: problems)
    var reader = MetadataReader(iri: iri, file: file, resources: resources, problems: problems)
    return try reader.read(root)
  }

  /// The bytes of a byte order mark.
  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// The document at `candidate` if there is one and it speaks of the table; any other is ignored (§5.2, §5.3).
  private func read(_ candidate: ByteString, for iri: ByteString) throws(Failure) -> TableGroupDescription? {
    do throws(Failure) {
      let bytes = try resources.open(candidate.text).readAll(limit: Self.limit)
      // Servers answer with a page, or with the table itself, where they might say that there is nothing.
      guard bytes.first(where: { !isWhiteSpace($0) && !Self.mark.contains($0) }) == UInt8(ascii: "{") else { return nil }
      let group = try parse(bytes, iri: candidate, file: candidate.text)
      if group.tables.contains(where: { TableName($0.url.text).file == iri.text }) { return group }
      problems.report(
        Problem(
          .metadataIncompatible, at: Place(file: candidate.text), severity: .warning,
          ["reason": .phrase("table-not-named", ["iri": iri.text])]))
      return nil
    } catch {
      switch error.problem.code {
      case .inputMissing, .inputUnreadable, .networkUnavailable: return nil
      default: throw error
      }
    }
  }

  /// Where metadata may stand: what `/.well-known/csvm` says, else the default places (§5.3).
  private func candidates(for iri: ByteString) -> [ByteString] {
    var templates = ["{+url}-metadata.json", "csv-metadata.json"]
    if iri.text.hasPrefix("http"), let lines = siteWide(for: iri) { templates = lines }
    let url = ByteString(String(iri.text.prefix { $0 != "#" }))
    return templates.compactMap { (try? URITemplate(ByteString($0)))?.expanded(["url": url]) }
  }

  private func siteWide(for iri: ByteString) -> [String]? {
    guard let bytes = try? resources.open(BaseIRI(iri).resolve("/.well-known/csvm").text).readAll(limit: 1 << 16) else { return nil }
    return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
  }

  /// The target of the link with relation `describedby` and a JSON type in a `Link` header (RFC 8288).
  private func describedBy(_ header: String) -> String? {
    for link in header.split(separator: ",") {
      guard let open = link.firstIndex(of: "<"), let close = link.firstIndex(of: ">"), open < close else { continue }
      let parameters = link[close...]
      let isMetadata = ["application/csvm+json", "application/ld+json", "application/json"].contains { parameters.contains("\"\($0)\"") }
      if parameters.contains("rel=\"describedby\""), isMetadata { return String(link[link.index(after: open)..<close]) }
    }
    return nil
  }
}
