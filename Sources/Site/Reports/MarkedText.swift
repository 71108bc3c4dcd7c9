import Problems

/// HTML that is being written.
struct MarkedText {
  var text = ""

  /// Begins a page of one file; what is appended next stands in its main part.
  mutating func beginPage(_ title: String, _ language: Language, styles: String) {
    line("<!DOCTYPE html>")
    line("<html lang=\"\(language.rawValue)\">")
    line("<head>")
    line("<meta charset=\"utf-8\">")
    line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
    element("title", title)
    line("<style>\(styles)</style>")
    line("</head>")
    line("<body>")
    line("<main>")
  }

  /// Ends the page.
  mutating func endPage() {
    line("</main>")
    line("</body>")
    line("</html>")
  }

  /// Appends markup and a line end.
  mutating func line(_ markup: String) {
    text += markup
    text += "\n"
  }

  /// Appends an element that holds text.
  mutating func element(_ name: String, _ content: String, _ attributes: String = "", newLine: Bool = true) {
    text += "<\(name)\(attributes.isEmpty ? "" : " ")\(attributes)>"
    escaped(content)
    text += "</\(name)>"
    if newLine { text += "\n" }
  }

  /// Appends text in which nothing is markup. Control characters, which have no place in HTML, are shown by their pictures.
  mutating func escaped(_ content: String) {
    for scalar in content.unicodeScalars {
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      case "\t", "\n": text.unicodeScalars.append(" ")
      case "\u{0}"..."\u{1F}": text.unicodeScalars.append(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")
      case "\u{7F}"..."\u{9F}": text.unicodeScalars.append("\u{FFFD}")
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}
