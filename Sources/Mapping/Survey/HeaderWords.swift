import Bytes
package import Problems
package import Resources
import Tables

/// What words in headers mean: the property, datatype or register of the column below (`vocabularies/headers.csv`).
package struct HeaderWords: Sendable {
  /// What one word means. What is not said is nil.
  package struct Meaning: Sendable, Equatable {
    /// The property, as metadata writes it: `dcterms:description`, or a whole IRI.
    package let property: String?
    /// The datatype, where the cells don't decide: numbers that are names and not amounts are `string`.
    package let datatype: String?
    /// The register that the cells may be codes of.
    package let register: String?
    /// What part the column plays in the table.
    package let role: Role?
    /// Whether only the title's end was known.
    package let isEnding: Bool
  }

  /// What part a column plays.
  package enum Role: String, Sendable {
    /// It tells the rows apart.
    case key
    /// It is a name of what the row is about.
    case name
    /// A coordinate: of WGS 84 in degrees, of SWEREF 99 TM in metres.
    case latitude, longitude, northing, easting
    /// Both coordinates in one cell.
    case place
    /// A person's number.
    case person
  }

  private let meanings: [String: [Meaning]]
  /// The number of each word's first line, so that of several words the first may count.
  private let ranks: [String: Int]
  /// What endings mean, in small letters, the longest first.
  private let endings: [(text: String, meaning: Meaning)]

  /// No words.
  package init() {
    meanings = [:]
    ranks = [:]
    endings = []
  }

  /// Reads the table of words.
  /// - Throws: what reading the table throws.
  package init(_ stream: any ByteStream, problems: any ProblemSink) throws(Failure) {
    var dialect = Dialect()
    dialect.commentPrefix = "#"
    dialect.delimiter = ","
    let rows = try CSVReader(stream, dialect: dialect, problems: problems)
    let titles = rows.header.first?.map(\.text) ?? []
    var meanings: [String: [Meaning]] = [:]
    var ranks: [String: Int] = [:]
    var endings: [(text: String, meaning: Meaning)] = []
    var batch = RowBatch()
    while try rows.next(&batch) {
      for row in 0..<batch.rowCount {
        func cell(_ title: String) -> String? {
          guard let number = titles.firstIndex(of: title), number < batch.cellCount(row) else { return nil }
          let text = batch.cell(row, number).trimmed.text
          return text.isEmpty ? nil : text
        }
        guard let word = cell("header") else { continue }
        let isEnding = word.hasPrefix("*")
        let meaning = Meaning(
          property: cell("property"), datatype: cell("datatype"), register: cell("register"),
          role: cell("role").flatMap { Role(rawValue: $0) }, isEnding: isEnding)
        if isEnding {
          endings.append((word.dropFirst().lowercased(), meaning))
        } else {
          if meanings[foldedHeader(word)] == nil { ranks[foldedHeader(word)] = ranks.count }
          meanings[foldedHeader(word), default: []].append(meaning)
        }
      }
    }
    self.meanings = meanings
    self.ranks = ranks
    self.endings = endings.sorted { $0.text.count > $1.text.count }
  }

  /// The place in the table of the word that a whole title is, where it says that the column below holds codes of a register as the values
  /// of a property; nil of any other title.
  /// - Parameter property: the property's IRI.
  func rank(of title: ByteString, register: String, property: ByteString) -> Int? {
    let word = foldedHeader(title.text)
    let isMeant = meanings[word]?.contains { meaning in
      guard meaning.register == register, let name = meaning.property else { return false }
      return (CSVWContext.expand(name) ?? ByteString(name)) == property
    }
    return isMeant == true ? ranks[word] : nil
  }

  /// What a title means: by all of it; else without what stands in parentheses; else by its last part after a point, slash or colon;
  /// else by how it ends.
  package func meanings(of title: String) -> [Meaning] {
    for form in forms(of: title) {
      if let found = meanings[form] { return found }
    }
    let lower = ByteString(title.lowercased()).withView { $0.trimmedOfSpaces.text }
    let last = lastWord(of: title)
    let found = endings.first { $0.text.first == " " ? last == $0.text.dropFirst() : lower.hasSuffix($0.text) }
    return found.map { [$0.meaning] } ?? []
  }

  /// The last word of a title, in small letters; a capital after a small letter begins one: `placeId`.
  private func lastWord(of title: String) -> Substring {
    var spaced = ""
    for character in title {
      if character.isUppercase, spaced.last?.isLowercase == true { spaced.append(" ") }
      spaced.append(character)
    }
    return spaced.lowercased().split { !$0.isLetter && !$0.isNumber }.last ?? ""
  }

  private func forms(of title: String) -> [String] {
    var forms = [foldedHeader(title)]
    let bare = title.prefix { $0 != "(" && $0 != "[" }
    forms.append(foldedHeader(String(bare)))
    if let last = bare.split(whereSeparator: { ".:/".contains($0) }).last { forms.append(foldedHeader(String(last))) }
    return forms.filter { !$0.isEmpty }
  }
}
