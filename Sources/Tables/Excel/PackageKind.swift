import Bytes
import Problems

/// What kind of document a package is.
enum PackageKind {
  /// The name of the part that a workbook's package begins with.
  /// - Throws: ``ProblemCode/workbookKind`` where the package is another kind of document, which says what to save it as, or
  ///   ``ProblemCode/workbookDamaged``.
  static func mainPart(of package: ZipPackage) throws(Failure) -> String {
    guard package.has(ContentTypesPart.name) else { throw other(try foreignKind(of: package), package) }
    let types = try ContentTypesPart.read(in: package)
    let relationships = try RelationshipsPart.read(of: "", in: package)
    guard let main = relationships.values.first(where: { $0.kind == "officeDocument" })?.target, package.has(main) else {
      throw package.damaged(.phrase("workbook-without-part"))
    }
    let type = types.type(of: main)
    if type.hasSuffix("spreadsheetml.sheet.main+xml") || type.hasSuffix("spreadsheetml.template.main+xml") { return main }
    if type.contains("ms-excel.sheet.macroenabled.main") || type.contains("ms-excel.template.macroenabled.main") { return main }
    if type.contains("ms-excel.sheet.binary") { throw other(.phrase("kind-xlsb"), package) }
    if type.contains("wordprocessingml") || type.contains("presentationml") { throw other(.phrase("kind-document"), package) }
    throw package.damaged(.phrase("part-other", ["part": main]))
  }

  /// What an archive is that no program of the Office family has made.
  private static func foreignKind(of package: ZipPackage) throws(Failure) -> Words {
    guard package.has("mimetype") else { return .phrase("kind-archive") }
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 256, alignment: 1)
    defer { chunk.deallocate() }
    let count = try package.open("mimetype", limit: 1 << 16).read(into: chunk)
    let type = String(decoding: chunk[..<count], as: UTF8.self)
    return type.contains("opendocument.spreadsheet") ? .phrase("kind-ods") : .phrase("kind-document")
  }

  private static func other(_ kind: Words, _ package: ZipPackage) -> Failure {
    Failure(.workbookKind, at: Place(file: package.name), ["kind": kind])
  }
}
