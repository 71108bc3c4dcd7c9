import Bytes
import Problems
import XML

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

  let file: String
  let part: String
  private(set) var sheets: [Entry] = []
  private(set) var system = DateSystem.from1900
  private var isBegun = false

  private init(file: String, part: String) {
    self.file = file
    self.part = part
  }

  /// Reads the part called `name`.
  /// - Throws: ``ProblemCode/workbookDamaged``.
  static func read(_ name: String, in package: ZipPackage) throws(Failure) -> WorkbookPart {
    let reader = WorkbookPart(file: package.name, part: name)
    try reader.readAll(try package.open(name, limit: limit))
    return reader
  }

  func begin(_ tag: XMLTag) throws(Failure) {
    if !isBegun {
      isBegun = true
      if !tag.isNamed("workbook") || !tag.isMain { throw damaged(.phrase("part-other", ["part": part])) }
    } else if tag.isNamed("sheet"), let name = tag["name"], let id = tag["id"] {
      if sheets.count == Self.mostSheets {
        throw Failure(.limitExceeded, at: Place(file: file), ["what": .phrase("sheets"), "limit": "\(Self.mostSheets)"])
      }
      sheets.append(Entry(name: name.text, isHidden: (tag["state"] ?? "visible") != "visible", relationship: id))
    } else if tag.isNamed("workbookPr"), let flag = tag["date1904"], flag == "1" || flag == "true" || flag == "on" {
      system = .from1904
    }
  }
}
