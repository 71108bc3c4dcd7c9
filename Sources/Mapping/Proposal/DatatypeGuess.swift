import Bytes
import Identifiers

/// Tells what datatype the values of a column are, and how they are written.
struct DatatypeGuess {
  /// What a column's values are.
  struct Found {
    /// The datatype with its format.
    var datatype: DatatypeDescription
    /// Texts among the cells that mean that there is no value.
    var missing: [String] = []
    /// Cells that are neither.
    var odd = 0
    /// Steps by which cells are cleaned first.
    var steps: [String] = []
    /// What the cells are ways to reach somebody by; the steps make IRIs of them.
    var contact: ContactGuess?
    /// The form of moments that no datatype has.
    var time: TimeForm?
  }

  /// The least share of values that are of the datatype, in percent: one cell that is wrong does not make numbers text.
  static let leastShare = 99
  /// How many of the cells may be words for a missing value, in percent, and how many different ones.
  private static let mostWords = 20
  private static let mostDifferentWords = 2

  private let facts: ColumnFacts
  private let meanings: [HeaderWords.Meaning]
  /// Whether words that are not known may be taken for marks of missing values.
  private let takesWords: Bool

  init(_ facts: ColumnFacts, _ meanings: [HeaderWords.Meaning], takesWords: Bool = true) {
    self.facts = facts
    self.meanings = meanings
    self.takesWords = takesWords
  }

  /// What the values are: text where nothing else fits.
  var found: Found {
    let text = Found(datatype: DatatypeDescription())
    if facts.filled == 0 { return text }
    if let contact { return contact }
    if declared == .string { return text }
    if let time = InstantGuess.form(of: facts) {
      var result = Found(datatype: DatatypeDescription(base: .dateTime))
      result.time = time
      return result
    }
    if facts.share(Self.leastShare, where: isWebAddress) {
      var result = Found(datatype: DatatypeDescription(base: .anyURI))
      result.odd = facts.filled - facts.count(where: isWebAddress)
      return result
    }
    for candidates in families {
      if let found = best(of: candidates) { return found }
    }
    return text
  }

  /// The ways to reach somebody that the values are, or nil. Words that are known to stand for missing values are passed over.
  private var contact: Found? {
    var known = facts
    let words = Set(facts.values.map(\.text.text).filter { MissingMark.isKnown($0) })
    known.drop(words)
    guard let contact = ContactGuess(known, meanings) else { return nil }
    var result = Found(datatype: DatatypeDescription(base: .anyURI))
    result.missing = words.sorted()
    result.odd = known.filled - known.count(where: contact.takes)
    result.steps = [contact.step]
    result.contact = contact
    return result
  }

  /// The datatype that the header gives away.
  private var declared: BuiltInDatatype? { meanings.lazy.compactMap { $0.datatype.flatMap { BuiltInDatatype(name: $0) } }.first }

  /// The candidates that may be meant, those that are told from others most surely first.
  private var families: [[CellCandidate]] {
    var families: [[CellCandidate]] = []
    if facts.values.contains(where: { !isPlainNumber($0.text) }) { families.append(CellCandidate.answers) }
    if declared == .gYear, facts.share(Self.leastShare, where: isYear) { families.append(CellCandidate.years) }
    if declared == .gYearMonth || facts.share(Self.leastShare, where: { $0.count == 7 }) { families.append(CellCandidate.months) }
    // A point between hours and minutes is one between numbers elsewhere.
    let times = declared == .time ? CellCandidate.times + CellCandidate.loosestTimes : CellCandidate.times
    families += [CellCandidate.dates, CellCandidate.moments, times]
    // Digits with zeros before them are names of things, and so are longer ones than numbers are.
    let isName = facts.values.contains { hasLeadingZero($0.text) } || !facts.share(Self.leastShare, where: { $0.count <= 18 })
    if !isName { families.append(CellCandidate.numbers + [CellCandidate(.double)]) }
    return families
  }

  /// The candidate that most values are of, if nearly all are; the first of equals. Words that stand for missing values are passed over.
  private func best(of candidates: [CellCandidate]) -> Found? {
    var best: (candidate: CellCandidate, fitting: Int)?
    for candidate in candidates {
      let fitting = facts.count { candidate.accepts($0) && isPlausible($0, as: candidate.datatype) }
      if fitting > best?.fitting ?? 0 { best = (candidate, fitting) }
    }
    guard let best, isTelling(best.candidate) else { return nil }
    let others = facts.values.filter { !(best.candidate.accepts($0.text) && isPlausible($0.text, as: best.candidate.datatype)) }
    let words = missing(among: others)
    let known = Set(words)
    let left = others.reduce(0) { $0 + (known.contains($1.text.text) ? 0 : $1.count) }
    guard best.fitting * 100 >= (best.fitting + left) * Self.leastShare else { return mixedAnswers(candidates) }
    return Found(datatype: best.candidate.datatype, missing: words, odd: left)
  }

  /// Answers that are not all written alike: a step makes them so.
  private func mixedAnswers(_ candidates: [CellCandidate]) -> Found? {
    guard candidates.first?.datatype.base == .boolean else { return nil }
    let plain = CellCandidate(.boolean)
    func isAnswer(_ text: ByteString) -> Bool { text.withView { [CleaningStep.yesno].applied(to: $0) }.map(plain.accepts) ?? false }
    guard facts.share(100, where: { isAnswer($0) && !isPlainNumber($0) }), facts.values.count > 1 else { return nil }
    return Found(datatype: DatatypeDescription(base: .boolean), steps: ["yesno"])
  }

  /// The words among other cells that mean that there is no value: known ones; and unknown ones without digits where they are few.
  private func missing(among others: [(text: ByteString, count: Int)]) -> [String] {
    let known = others.filter { MissingMark.isKnown($0.text.text) }
    if !takesWords { return known.map(\.text.text).sorted() }
    let unknown = others.filter { !MissingMark.isKnown($0.text.text) && MissingMark.mayBe($0.text.text) }
    let isFew =
      unknown.count <= Self.mostDifferentWords && unknown.reduce(0) { $0 + $1.count } * 100 <= facts.filled * Self.mostWords
      && unknown.allSatisfy { $0.count > 1 }
    let isRare = unknown.reduce(0) { $0 + $1.count } * 100 <= facts.filled
    return (known + (isFew || isRare ? unknown : [])).map(\.text.text).sorted()
  }

  /// Whether a candidate that fits tells enough: of answers in one letter both must be met.
  private func isTelling(_ candidate: CellCandidate) -> Bool {
    guard candidate.datatype.base == .boolean, let format = candidate.datatype.format else { return true }
    let words = format.split(separator: "|").map { ByteString(String($0)) }
    return words.allSatisfy { $0.count > 1 } || words.allSatisfy { word in facts.values.contains { $0.text == word } }
  }

  /// Whether a value that can be read in a way may be meant so: dates without separators have years of our time, and groups of digits
  /// three digits, which those of telephone numbers and post codes have not.
  private func isPlausible(_ text: ByteString, as datatype: DatatypeDescription) -> Bool {
    if let group = datatype.groupCharacter { return isGrouped(text.text, by: group, decimal: datatype.decimalCharacter ?? ".") }
    guard datatype.format == "yyyyMMdd" || datatype.format == "yyyyMM" || datatype.base == .gYear else { return true }
    return isYear(ByteString(Array(text.bytes.prefix(4))))
  }

  private func isGrouped(_ text: String, by group: String, decimal: String) -> Bool {
    var whole = String(text.prefix { String($0) != decimal }.drop { "+-\u{2212}".contains($0) })
    if group == " " { whole = String(whole.map { $0 == "\u{A0}" || $0 == "\u{202F}" ? " " : $0 }) }
    let parts = whole.split(separator: Character(group), omittingEmptySubsequences: false)
    guard parts.count > 1, let first = parts.first else { return true }
    return (1...3).contains(first.count) && first.first != "0" && parts.dropFirst().allSatisfy { $0.count == 3 }
  }

  private func isYear(_ text: ByteString) -> Bool { Int(text.text).map { (1500...2200).contains($0) } ?? false }

  private func isPlainNumber(_ text: ByteString) -> Bool { text.bytes.allSatisfy(isDigit) }

  private func hasLeadingZero(_ text: ByteString) -> Bool {
    text.count > 1 && text.bytes.first == UInt8(ascii: "0") && text.bytes.allSatisfy(isDigit)
  }

  private func isWebAddress(_ text: ByteString) -> Bool {
    let lower = text.text.lowercased()
    return (lower.hasPrefix("http://") || lower.hasPrefix("https://")) && !lower.contains(" ")
  }
}
