import Foundation
import TestSupport

/// Tables in which secret rows stand among good ones: a marker in every column in turn, and each row wrong in each way that a row can be.
enum SecretRows {
  /// What stands in secret rows and may stand nowhere else, in whatever case or encoding of letters.
  static let marker = "Zqxhemlig"

  /// A way in which a row is wrong.
  enum Fault: CaseIterable {
    case none, tooWide, tooNarrow, badDate, badNumber, badCode, badEncoding, controlCharacter, strayQuote, shifted
  }

  /// A supplier ledger. Its secret rows are marked by the column `sekretess`; those that can't be judged have the mark too.
  static func ledger(times: Int = 1) -> [UInt8] {
    let header = [
      "kopare_id", "kopare", "verifikationsnummer", "leverantor", "leverantor_id", "konto_nr", "konto_text", "datum", "forvaltning",
      "fakturanummer", "belopp", "grund", "avtal", "kommun_id", "valuta", "sekretess",
    ]
    func row(_ number: Int, _ mark: String) -> [String] {
      [
        "2120009903", "Exempelstad", "\(number)", "Fantasi Energi AB", "5599990024", "61200", "El", "2025-03-03", "Teknik", "12", "10,00",
        "", "",
        "180", "", mark,
      ]
    }
    let columns = (date: 7, number: 10, code: 13)
    return table(header, separator: ";", columns, times: times, good: { row($0, "N") }, secret: { row($0, "J") })
  }

  /// Food inspections. The secret ones were made the day before `asOf`, so that they are under embargo.
  static func inspections(times: Int = 1) throws -> [UInt8] {
    let example = ProgramRun.repository + "/mappings/livsmedelskontroller/examples/sambruk_exempel.csv"
    let text = try String(contentsOfFile: example, encoding: .utf8)
    let header = text.split(whereSeparator: \.isNewline)[0].split(separator: ",", omittingEmptySubsequences: false)
      .map { $0.trimmingCharacters(in: .whitespaces) }
    func row(_ number: Int, _ date: String) -> [String] {
      let cells = [
        "lang": "sv", "inspecOrg.id": "1880", "facility.name": "Exempelbutiken", "facility.type": "[\"Butik\"]", "facility.idLocal": "1",
        "inspection.idLocal": "\(number)", "inspection.assessment": "0", "inspection.date": date,
      ]
      return header.map { cells[$0] ?? "" }
    }
    func column(_ name: String) -> Int { header.firstIndex(of: name) ?? 0 }
    let columns = (date: column("inspection.date"), number: column("facility.inspecTime"), code: column("inspection.assessment"))
    return table(
      header, separator: ",", columns, times: times, good: { row($0, "2025-01-15T10:30:00+01:00") },
      secret: { row($0, "2026-03-09T10:30:00+01:00") })
  }

  /// The day as of which the secret inspections are under embargo.
  static let asOf = "2026-03-10"

  private static func table(
    _ header: [String], separator: String, _ columns: (date: Int, number: Int, code: Int), times: Int, good: (Int) -> [String],
    secret: (Int) -> [String]
  ) -> [UInt8] {
    // With a byte order mark the text is UTF-8 for certain, and a broken byte is a broken byte.
    var bytes = Array(("\u{FEFF}" + header.joined(separator: separator) + "\n").utf8)
    var number = 1000
    func add(_ cells: [String]) { bytes += line(cells, separator) }
    for _ in 0..<times {
      for column in header.indices {
        for fault in Fault.allCases {
          number += 1
          var cells = secret(number)
          cells[column] = cells[column].isEmpty ? marker : cells[column] + marker
          switch fault {
          case .none: break
          case .tooWide: cells += [marker]
          case .tooNarrow: cells.removeLast(2)
          case .badDate: cells[columns.date] = "i \(marker)"
          case .badNumber: cells[columns.number] = "tio \(marker)"
          case .badCode: cells[columns.code] = "99999\(marker)"
          case .badEncoding: cells[column] += "\u{1}FF\u{1}"
          case .controlCharacter: cells[column] += "\u{2}"
          case .strayQuote: cells[column] += "\"\(marker)"
          case .shifted:
            cells.insert(marker, at: min(column, columns.date))
            cells.removeLast()
          }
          add(cells)
        }
        number += 1
        add(good(number))
      }
    }
    return bytes
  }

  /// A line of a table; what stands for a byte that no encoding has becomes one.
  private static func line(_ cells: [String], _ separator: String) -> [UInt8] {
    let fields = cells.map { cell in
      cell.contains(separator) || cell.hasPrefix("[") ? "\"" + cell.replacingOccurrences(of: "\"", with: "\"\"") + "\"" : cell
    }
    var line = Array((fields.joined(separator: separator) + "\n").utf8)
    let mark = Array("\u{1}FF\u{1}".utf8)
    if let at = line.indices.first(where: { line[$0...].starts(with: mark) }) { line.replaceSubrange(at..<at + mark.count, with: [0xFF]) }
    return line
  }
}
