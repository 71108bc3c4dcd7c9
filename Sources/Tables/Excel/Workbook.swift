import Bytes
import Problems
import Resources

/// A workbook of Excel, opened: the sheets that it has, and what they share (Office Open XML, ECMA-376, SpreadsheetML).
final class Workbook {
  /// A sheet with cells, in the order of the workbook's tabs.
  struct Sheet {
    /// What the tab says.
    let name: String
    /// Whether the tab is hidden.
    let isHidden: Bool
    /// The name of its part.
    let part: String
  }

  /// How many bytes the part of a sheet may have, and that of the shared strings, unpacked.
  static let mostSheetBytes = 16 << 30
  static let mostStringBytes = 2 << 30

  let package: ZipPackage
  let sheets: [Sheet]
  /// How days are counted.
  let system: DateSystem
  /// What each cell format makes of numbers.
  let kinds: ContiguousArray<NumberKind>
  /// The texts that cells share.
  let strings: SharedStrings

  /// The file as the user named it.
  var name: String { package.name }

  /// Opens the workbook in a file.
  /// - Throws: ``ProblemCode/workbookKind`` for a package of another kind, ``ProblemCode/workbookDamaged``,
  ///   ``ProblemCode/workbookProtected`` and ``ProblemCode/limitExceeded``.
  init(_ file: RandomAccessFile) throws(Failure) {
    let package = try ZipPackage(file)
    self.package = package
    let main = try PackageKind.mainPart(of: package)
    let part = try WorkbookPart.read(main, in: package)
    system = part.system
    let relationships = try RelationshipsPart.read(of: main, in: package)
    var sheets: [Sheet] = []
    for entry in part.sheets {
      guard let relationship = relationships[entry.relationship] else {
        throw package.damaged(.phrase("sheet-without-part", ["sheet": entry.name]))
      }
      // Charts, dialogs and macros of old programs have tabs too.
      if relationship.kind != "worksheet" { continue }
      guard let target = relationship.target else { throw package.damaged(.phrase("sheet-outside", ["sheet": entry.name])) }
      sheets.append(Sheet(name: entry.name, isHidden: entry.isHidden, part: target))
    }
    self.sheets = sheets
    func target(_ kind: String) -> String? { relationships.values.first { $0.kind == kind }?.target }
    kinds = try target("styles").map { name throws(Failure) in try CellFormatsPart.read(name, in: package) } ?? []
    guard let name = target("sharedStrings") else {
      strings = SharedStrings()
      return
    }
    let stream = try package.open(name, limit: Self.mostStringBytes)
    let reader = SharedStringsPart(file: package.name, part: name, size: stream.size)
    try reader.readAll(stream)
    strings = reader.take()
  }

  /// The sheet that a person calls `name`: by its name, upper or lower case alike, else the visible one with that number, from 1.
  /// - Throws: ``ProblemCode/sheetMissing``.
  func sheet(called name: String) throws(Failure) -> Sheet {
    let exact = sheets.first { $0.name == name } ?? sheets.first { $0.name.lowercased() == name.lowercased() }
    if let exact { return exact }
    let visible = visibleSheets
    if let number = Int(name), number >= 1, number <= visible.count { return visible[number - 1] }
    var arguments = ["name": name, "choices": visible.map { "«\($0.name)»" }.joined(separator: ", ")]
    arguments["nearest"] = nearest(to: name, among: visible.map(\.name))
    throw Failure(.sheetMissing, at: Place(file: self.name), arguments)
  }

  /// The sheets that are not hidden.
  var visibleSheets: [Sheet] { sheets.filter { !$0.isHidden } }
}
