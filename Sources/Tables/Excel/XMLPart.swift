import Bytes
import Problems
import XML

/// Reads a part of a package that is XML, event by event; each kind of part says what is done.
///
/// A document type is refused, and with it every entity but the five of XML itself: packages have none (ECMA-376 part 2, §8.1.4).
protocol XMLPart: XMLHandler {
  /// The file as the user named it.
  var file: String { get }
  /// The part's name.
  var part: String { get }
}

extension XMLPart {
  /// How many bytes are handed to the parser at a time.
  static var step: Int { 1 << 15 }

  /// Reads a part to its end.
  /// - Throws: ``ProblemCode/workbookDamaged``, what the kind of part throws, and what reading the part throws.
  func readAll(_ source: ZipPart) throws(Failure) {
    try XMLParser(self).readAll(step: Self.step) { block throws(Failure) in try source.read(into: block) }
  }

  /// The failure of a part that is not what it should be.
  func damaged(_ reason: Words) -> Failure { Failure(.workbookDamaged, at: Place(file: file), ["reason": reason]) }

  /// The failure of a part that is not XML, or not such as packages have.
  func failure(of fault: XMLFault) -> Failure {
    if case .documentType = fault.kind { return damaged(.phrase("part-doctype", ["part": part])) }
    return damaged(.phrase("part-not-xml", ["part": part, "line": "\(fault.line ?? 0)"]))
  }
}

extension XMLTag {
  /// Whether the namespace is that of spreadsheets, in its transitional or its strict form (ECMA-376 parts 4 and 1).
  var isMain: Bool {
    guard let text = namespace?.view else { return false }
    return text == "http://schemas.openxmlformats.org/spreadsheetml/2006/main" || text == "http://purl.oclc.org/ooxml/spreadsheetml/main"
  }
}
