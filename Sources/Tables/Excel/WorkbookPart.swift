import Bytes
import Problems

/// Reads the part that lists the sheets of a workbook (ECMA-376 part 1, §18.2).
final class WorkbookPart: XMLPart {
  /// A sheet as it is listed.
  struct Entry {
    let name: String
    let isHidden: Bool
    /// The identifier of the relationship that leads to it.
    let relationship: ByteString
  }

  private static let limit = 64 << 20
  private static let mostSheets = 10_000

  private(set) var sheets: [Entry] = []
  private(set) var system = DateSystem.from1900
  private var isBegun = false

  /// Reads the part called `name`.
  /// - Throws: ``ProblemCode/workbookDamaged``.
  static func read(_ name: String, in package: ZipPackage) throws(Failure) -> WorkbookPart {
    let reader = WorkbookPart(file: package.name, part: name)
    try reader.readAll(try package.open(name, limit: limit))
    return reader
  }

  override func begin(_ tag: XMLTag) {
    if !isBegun {
      isBegun = true
      if !tag.isNamed("workbook") || !tag.isMain { stop(damaged(.phrase("part-other", ["part": part]))) }
    } else if tag.isNamed("sheet"), let name = tag["name"], let id = tag["id"] {
      if sheets.count == Self.mostSheets {
        stop(Failure(.limitExceeded, at: Place(file: file), ["what": .phrase("sheets"), "limit": "\(Self.mostSheets)"]))
      }
      sheets.append(Entry(name: name.text, isHidden: (tag["state"] ?? "visible") != "visible", relationship: id))
    } else if tag.isNamed("workbookPr"), let flag = tag["date1904"], flag == "1" || flag == "true" || flag == "on" {
      system = .from1904
    }
  }
}
