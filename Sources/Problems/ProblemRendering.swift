package import Bytes

extension Problem {
  /// One line for a terminal: `file:line:column: error: message help [code]` (contract §2).
  package func line(in language: Language, wording: Wording = .shared) -> String {
    var parts: [String] = []
    if !place.prefix.isEmpty { parts.append(place.prefix) }
    parts.append(wording.word(severity.rawValue, in: language))
    let help = wording.help(of: self, in: language)
    let text = wording.message(of: self, in: language) + (help.isEmpty ? "" : " " + help)
    return parts.joined(separator: ": ") + ": " + text + " [\(code.rawValue)]"
  }

  /// Appends the problem as a JSON object (contract §2). What is not known is left out.
  package func append(jsonTo out: inout ByteBuffer, in language: Language, wording: Wording = .shared) {
    out.append("{\"code\":")
    out.append(jsonText: code.rawValue)
    out.append(",\"severity\":")
    out.append(jsonText: severity.rawValue)
    let texts = [
      ("file", place.file), ("sheet", place.sheet), ("tableColumn", place.tableColumn), ("pointer", place.pointer), ("value", value),
    ]
    for (name, text) in texts {
      guard let text else { continue }
      out.append(text: ",\"\(name)\":")
      out.append(jsonText: text)
    }
    for (name, number) in [("line", place.line), ("column", place.column), ("row", place.row)] {
      guard let number else { continue }
      out.append(text: ",\"\(name)\":")
      out.append(decimal: number)
    }
    out.append(",\"message\":")
    out.append(jsonText: wording.message(of: self, in: language))
    out.append(",\"help\":")
    out.append(jsonText: wording.help(of: self, in: language))
    out.append(UInt8(ascii: "}"))
  }
}

extension Place {
  /// The place as compilers write it, `file:line:column`, or of a workbook `file!sheet:B12`, with what is known.
  package var prefix: String {
    var text = file ?? ""
    if let sheet {
      text += "!" + sheet
      if let line { text += ":" + (column.map { Self.letters(ofColumn: $0) } ?? "") + "\(line)" }
      return text
    }
    if let line {
      text += text.isEmpty ? "\(line)" : ":\(line)"
      if let column { text += ":\(column)" }
    }
    if let pointer { text += text.isEmpty ? pointer : ":\(pointer)" }
    return text
  }

  /// What a sheet calls a column, from 1: `A` to `Z`, `AA` and so on.
  package static func letters(ofColumn column: Int) -> String {
    var text = ""
    var rest = column
    while rest > 0 {
      text = String(UnicodeScalar(UInt8(ascii: "A") + UInt8((rest - 1) % 26))) + text
      rest = (rest - 1) / 26
    }
    return text
  }
}
