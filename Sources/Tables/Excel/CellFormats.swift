import Bytes
import Problems
import XML

/// Reads what the formats of a workbook's cells make of numbers (ECMA-376 part 1, §18.8).
final class CellFormatsPart: XMLPart {
  private static let limit = 256 << 20

  let file: String
  let part: String
  /// What the format with each number makes of numbers.
  private(set) var kinds: ContiguousArray<NumberKind> = []
  private var codes: [Int: NumberKind] = [:]
  private var path: [Element] = []

  private enum Element { case other, cellFormats, numberFormats }

  private init(file: String, part: String) {
    self.file = file
    self.part = part
  }

  /// Reads the part called `name`.
  /// - Throws: ``ProblemCode/workbookDamaged``.
  static func read(_ name: String, in package: ZipPackage) throws(Failure) -> ContiguousArray<NumberKind> {
    let reader = CellFormatsPart(file: package.name, part: name)
    try reader.readAll(try package.open(name, limit: limit))
    return reader.kinds
  }

  func begin(_ tag: XMLTag) throws(Failure) {
    if path.isEmpty, !tag.isNamed("styleSheet") || !tag.isMain { throw damaged(.phrase("part-other", ["part": part])) }
    var element = Element.other
    // Other lists have elements of the same names.
    if path.count == 1 {
      if tag.isNamed("cellXfs") { element = .cellFormats } else if tag.isNamed("numFmts") { element = .numberFormats }
    } else if path.last == .numberFormats, tag.isNamed("numFmt"), let id = number(tag["numFmtId"]), let code = tag["formatCode"] {
      codes[id] = code.withView { NumberKind(code: $0) }
    } else if path.last == .cellFormats, tag.isNamed("xf") {
      let id = number(tag["numFmtId"]) ?? 0
      kinds.append(codes[id] ?? NumberKind(builtIn: id))
    }
    path.append(element)
  }

  func end(at position: XMLPosition) throws(Failure) { _ = path.popLast() }

  private func number(_ text: ByteString?) -> Int? { text?.withView { $0.cardinal } }
}
