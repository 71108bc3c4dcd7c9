import Bytes
import Identifiers
import JSON
import Problems

/// Columns of a file that nobody claims, beside columns that the mapping describes and the file lacks: which may be which.
struct HeaderMatch {
  private let binding: ColumnBinding
  private let titles: [[ByteString]]
  private let file: String
  private let fit: ColumnFit?

  /// - Parameter fit: how well cells fit descriptions; nil where they may not be looked at.
  init(_ binding: ColumnBinding, titles: [[ByteString]], file: String, _ fit: ColumnFit?) {
    self.binding = binding
    self.titles = titles
    self.file = file
    self.fit = fit
  }

  /// One suggestion at most for each column that nobody claims: the nearest title of an absent description; else, where a required one is
  /// missing, the one whose cells it alone could be.
  var suggestions: [Suggestion] {
    let absent = binding.columns.filter { !$0.description.isVirtual && $0.source == .absent && !isCovered($0.description) }
    if absent.isEmpty { return [] }
    var free = binding.unclaimed.filter { cell in titles[cell].first.map { !foldedHeader($0.text).isEmpty } ?? false }
    var result: [Suggestion] = []
    for column in absent {
      let choices = column.description.titles.map(\.text.text) + [column.name.text]
      guard let title = nearestHeader(to: choices, among: free.map(title)), let cell = free.first(where: { self.title($0) == title }) else {
        continue
      }
      free.removeAll { $0 == cell }
      result.append(suggestion("suggest-header", column, cell))
    }
    guard let fit else { return result }
    let matched = Set(result.map(\.column))
    for column in absent where column.description.inherited.isRequired == true && isStrict(column.description) {
      let fitting = free.filter { fit.share(column.description, $0) >= 0.95 && fit.hasCells($0) }
      guard fitting.count == 1, !matched.contains(column.name.text) else { continue }
      free.removeAll { $0 == fitting[0] }
      result.append(suggestion("suggest-header-cells", column, fitting[0]))
    }
    return result
  }

  private func suggestion(_ phrase: String, _ column: (description: ColumnDescription, name: ByteString, source: ColumnSource), _ cell: Int)
    -> Suggestion
  {
    let titles = JSONWriter.line(.list((column.description.titles.map(\.text.text) + [title(cell)]).map { .text($0) }))
    let arguments = ["title": title(cell), "name": column.name.text]
    let words: Words = phrase == "suggest-header" ? .phrase("suggest-header", arguments) : .phrase("suggest-header-cells", arguments)
    return Suggestion(
      .header, file: file, column: column.name.text, code: column.description.inherited.isRequired == true ? .columnMissing : .columnExtra,
      words, edit: .member("\"titles\": " + titles))
  }

  private func title(_ cell: Int) -> String { titles[cell].first?.text ?? "" }

  /// Whether another description of the same titles has found its column.
  private func isCovered(_ description: ColumnDescription) -> Bool {
    let own = Set(description.titles.map { foldedTitle($0.text) })
    return binding.columns.contains { other in
      other.source != .absent && other.description.titles.contains { own.contains(foldedTitle($0.text)) }
    }
  }

  /// Whether few texts are values, so that a column whose cells all are says something.
  private func isStrict(_ description: ColumnDescription) -> Bool {
    let family = description.inherited.datatype?.base.family
    return description.extras.register != nil || family == .number || family == .date || family == .boolean
  }
}

/// The title that comes nearest to one of some names, case, spaces and the dots of å, ä, ö aside; nil where none is near: at most a quarter
/// of its letters differ.
func nearestHeader(to names: [String], among titles: [String]) -> String? {
  let names = names.map { foldedHeader($0) }
  let ranked = titles.map { title in
    let folded = foldedHeader(title)
    return (title: title, distance: names.map { editDistance($0, folded) }.min() ?? .max, limit: max(1, folded.count / 4))
  }
  guard let best = ranked.min(by: { $0.distance < $1.distance }), best.distance <= best.limit else { return nil }
  return best.title
}

/// A header as its words are looked up: letters and digits of its slug, nothing between them.
func foldedHeader(_ title: String) -> String {
  var out = ByteBuffer()
  ByteString(title).withView { out.append(slugOf: $0) }
  return String(decoding: out.view.buffer.filter { $0 != UInt8(ascii: "-") }, as: UTF8.self)
}
