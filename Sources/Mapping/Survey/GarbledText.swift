import Bytes
import Problems
import Tables

extension ByteView {
  /// Whether the text was read wrongly before it came here: UTF-8 that somebody took for Windows-1252 or Latin 1, such as `Ã¶` for `ö`, or the
  /// sign U+FFFD in the place of a character that was lost.
  ///
  /// The first byte of a character looks like `Ã`, `Â` or `â` then, and what follows like a sign that follows these in no language.
  var isGarbled: Bool {
    var index = 0
    while index + 2 < count {
      let (first, second, third) = (self[index], self[index + 1], self[index + 2])
      index += 1
      if first < 0xC3 { continue }
      switch (first, second) {
      // U+FFFD.
      case (0xEF, 0xBF): if third == 0xBD { return true }
      // Ã and a sign of Latin 1, or one that Windows-1252 has in the place of a control character.
      case (0xC3, 0x83): if third == 0xC2 || third == 0xE2 || (0xC5...0xCB).contains(third) { return true }
      // Â and a sign of Latin 1.
      case (0xC3, 0x82): if third == 0xC2 { return true }
      // â and €: a dash or a quotation mark.
      case (0xC3, 0xA2): if third == 0xE2, index + 3 < count, self[index + 2] == 0x82, self[index + 3] == 0xAC { return true }
      default: break
      }
    }
    return false
  }
}

/// The columns of a file in which texts are garbled, as far as the first rows tell.
struct GarbledColumns {
  /// How many rows of a file are looked at.
  static let rows = 1000

  /// A column, the first text that is garbled, and how many are.
  struct Finding {
    let column: Int
    var place: Place
    var value: String?
    var count: Int
  }

  /// What was found, in the order in which it was.
  private(set) var findings: [Finding] = []

  /// Adds what was found in one place or in other rows.
  mutating func add(_ finding: Finding) {
    guard let known = findings.firstIndex(where: { $0.column == finding.column }) else { return findings.append(finding) }
    findings[known].count += finding.count
    if finding.place.row ?? 0 < findings[known].place.row ?? 0 {
      (findings[known].place, findings[known].value) = (finding.place, finding.value)
    }
  }
}

extension RowRunner {
  /// Looks for garbled texts among those of the current row, which is published: nothing may be told of others.
  @inline(never)
  mutating func lookForGarbledTexts(_ row: Int, _ input: borrowing RowBatch) {
    for number in 0..<columns.count where values.cells[number].state != .withheld && texts[number].isGarbled {
      let cell = cell(of: number)
      if cell < 0 || (0..<number).contains(where: { self.cell(of: $0) == cell }) { continue }
      let place = place(of: number, row, input)
      garbled.add(GarbledColumns.Finding(column: number, place: place, value: shown(texts[number], number), count: 1))
    }
  }

  /// Tells of the columns of the file in which texts are garbled.
  func tellGarbledTexts() {
    for finding in garbled.findings {
      let arguments = ["name": columns.elements[finding.column].shownName, "count": "\(finding.count)"]
      context.problems.report(Problem(.textGarbled, at: finding.place, value: finding.value, arguments))
    }
  }
}
