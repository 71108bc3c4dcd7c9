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
    for (name, text) in [("file", place.file), ("tableColumn", place.tableColumn), ("pointer", place.pointer), ("value", value)] {
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
  /// The place as compilers write it: `file:line:column`, with what is known.
  package var prefix: String {
    var text = file ?? ""
    if let line {
      text += text.isEmpty ? "\(line)" : ":\(line)"
      if let column { text += ":\(column)" }
    }
    if let pointer { text += text.isEmpty ? pointer : ":\(pointer)" }
    return text
  }
}
