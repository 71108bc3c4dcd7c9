import Bytes
package import Identifiers
import JSON
package import Problems

extension ColumnSurvey {
  /// The least share of faulty cells that a suggestion must fit, in percent.
  private static let leastFaults = 50

  /// What may mend the run: columns that may be missing ones, formats and marks that faulty cells follow, and registers that columns seem
  /// to hold codes of.
  /// - Parameters:
  ///   - groups: the problems of the run.
  ///   - registers: the registers and code lists that there are.
  ///   - words: what headers mean.
  package func suggestions(for groups: [ProblemGroup], registers: Registers, words: HeaderWords) -> [Suggestion] {
    let guess = RegisterGuess(registers, words)
    var result = headers
    for group in groups {
      if group.code == .variantNone { result += variantHeaders(group) }
      guard let column = group.column, !group.values.texts.isEmpty else { continue }
      switch group.code {
      case .cellDatatype, .cellFormat: result += (format(group, column) ?? missing(group, column)).map { [$0] } ?? []
      case .registerUnknown, .registerRule, .registerAmbiguous:
        result += (missing(group, column) ?? otherRegister(group, column, guess)).map { [$0] } ?? []
      default: break
      }
    }
    var told: Set<String> = []
    for column in plain {
      guard let found = guess.register(title: column.title, cells: column.cells), told.insert(column.title).inserted else { continue }
      result.append(register(found, column: column.name ?? column.title, title: column.title, file: column.file, isNew: column.name == nil))
    }
    return result
  }

  private func register(
    _ found: RegisterGuess.Found, column: String, title: String, file: String? = nil, code: ProblemCode? = nil, isNew: Bool = false
  ) -> Suggestion {
    let annotation = (Annotation.namespace + Annotation.register.rawValue, JSONValue.text(found.name))
    let whole = JSONValue.object([("name", .text(encodedName(ByteString(title)).text)), ("titles", .text(title)), annotation])
    return Suggestion(
      .register, file: file, column: column, code: isNew ? .columnExtra : code, cells: (found.fitting, found.of),
      .phrase("suggest-register", ["column": title, "register": found.name] + numbers(found.fitting, found.of)),
      edit: isNew ? .column(text(of: whole)) : .member("\(text(of: .text(annotation.0))): \(text(of: annotation.1))"))
  }

  /// Columns that may be the ones that the nearest variant of a mapping lacks.
  private func variantHeaders(_ group: ProblemGroup) -> [Suggestion] {
    guard let missing = group.first.first?.arguments["missing"]?.text(in: .sv), let (file, titles) = titles.last else { return [] }
    var free = titles
    var result: [Suggestion] = []
    for name in missing.split(separator: ",").map({ ByteString(String($0)).withView { $0.trimmed.text } }) {
      guard let title = nearestHeader(to: [name], among: free) else { continue }
      free.removeAll { $0 == title }
      result.append(
        Suggestion(.header, file: file, column: name, code: .variantNone, .phrase("suggest-header", ["title": title, "name": name])))
    }
    return result
  }

  /// The format that most of a column's faulty cells follow.
  private func format(_ group: ProblemGroup, _ column: String) -> Suggestion? {
    guard let stated = datatype(of: column) else { return nil }
    let texts = group.values.texts.map { ByteString($0) }
    var best: (candidate: CellCandidate, fitting: Int)?
    for candidate in CellCandidate.candidates(for: stated.base) {
      let fitting = texts.count { candidate.accepts($0) }
      if fitting > best?.fitting ?? 0 { best = (candidate, fitting) }
    }
    guard let best, best.fitting * 100 >= texts.count * Self.leastFaults else { return nil }
    var arguments: [String: Words] = ["column": .text(column), "form": best.candidate.datatype.formWords, "stated": stated.formWords]
    arguments.merge(numbers(best.fitting, texts.count).mapValues { .text($0) }) { $1 }
    if !group.values.isWhole { arguments["total"] = .text("\(group.values.count)") }
    return Suggestion(
      .format, column: column, code: group.code, cells: (best.fitting, texts.count), .phrase("suggest-format", arguments),
      edit: .member("\"datatype\": " + text(of: best.candidate.datatype.json)))
  }

  /// A text, no value but a mark or a word, that most of a column's faulty cells are.
  private func missing(_ group: ProblemGroup, _ column: String) -> Suggestion? {
    guard let (text, count) = group.values.frequencies.first, MissingMark.mayBe(text) else { return nil }
    let all = group.values.texts.count
    guard count * 100 >= all * Self.leastFaults, count > 1 || MissingMark.isKnown(text) else { return nil }
    return Suggestion(
      .missing, column: column, code: group.code, cells: (count, all),
      .phrase("suggest-missing", ["column": column, "value": text] + numbers(count, all)),
      edit: .member("\"null\": " + self.text(of: .list([.text(""), .text(text)]))))
  }

  /// Another register than the column's, whose codes the faulty cells are.
  private func otherRegister(_ group: ProblemGroup, _ column: String, _ guess: RegisterGuess) -> Suggestion? {
    var cells: [ByteString: Int] = [:]
    for (text, count) in group.values.frequencies { cells[ByteString(text)] = count }
    let own = register(of: column)
    guard let found = guess.register(title: column, cells: cells, except: own) else { return nil }
    return register(found, column: column, title: column, code: group.code)
  }

  private func numbers(_ fitting: Int, _ all: Int) -> [String: String] { ["count": "\(fitting)", "all": "\(all)"] }

  private func text(of value: JSONValue) -> String { JSONWriter.line(value) }
}

extension [String: String] {
  fileprivate static func + (left: Self, right: Self) -> Self { left.merging(right) { $1 } }
}
