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
  ///   - rows: how many rows it read. Where only few cells of a column are faulty, the file is to be mended, and no edit of the mapping is
  ///     suggested.
  ///   - registers: the registers and code lists that there are.
  ///   - words: what headers mean.
  package func suggestions(for groups: [ProblemGroup], rows: Int, registers: Registers, words: HeaderWords) -> [Suggestion] {
    let guess = RegisterGuess(registers, words)
    var result = headers
    for group in groups {
      if group.code == .variantNone { result += variantHeaders(group) }
      guard let column = group.column, !group.values.texts.isEmpty else { continue }
      switch group.code {
      case .cellDatatype, .cellFormat: result += (format(group, column, rows) ?? missing(group, column)).map { [$0] } ?? []
      case .registerUnknown, .registerRule, .registerAmbiguous:
        result += (missing(group, column) ?? otherRegister(group, column, rows, guess)).map { [$0] } ?? []
      default: break
      }
    }
    var told: Set<String> = []
    for column in plain {
      guard let found = guess.register(title: column.title, cells: column.cells), told.insert(column.title).inserted else { continue }
      let annotation = registerMember(found.name)
      let whole = JSONValue.object([
        ("name", .text(encodedName(ByteString(column.title)).text)), ("titles", .text(column.title)), annotation,
      ])
      result.append(
        Suggestion(
          .register, file: column.file, column: column.name ?? column.title, code: column.name == nil ? .columnExtra : nil,
          cells: (found.fitting, found.of),
          .phrase("suggest-register", ["column": column.title, "register": found.name] + numbers(found.fitting, found.of)),
          edit: column.name == nil ? .column(text(of: whole)) : member(annotation)))
    }
    return result
  }

  private func registerMember(_ name: String) -> (key: String, value: JSONValue) {
    (Annotation.namespace + Annotation.register.rawValue, .text(name))
  }

  private func member(_ member: (key: String, value: JSONValue)) -> Suggestion.Edit {
    .member("\(text(of: .text(member.key))): \(text(of: member.value))")
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
  private func format(_ group: ProblemGroup, _ column: String, _ rows: Int) -> Suggestion? {
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
      edit: isMost(group, rows) ? member(("datatype", best.candidate.datatype.json)) : nil)
  }

  /// A text, no value but a mark or a word, that most of a column's faulty cells are.
  private func missing(_ group: ProblemGroup, _ column: String) -> Suggestion? {
    guard let (text, count) = group.values.frequencies.first, MissingMark.mayBe(text) else { return nil }
    let all = group.values.texts.count
    guard count * 100 >= all * Self.leastFaults, count > 1 || MissingMark.isKnown(text) else { return nil }
    return Suggestion(
      .missing, column: column, code: group.code, cells: (count, all),
      .phrase("suggest-missing", ["column": column, "value": text] + numbers(count, all)),
      edit: member(("null", .list((nulls(of: column) + [text]).map { .text($0) }))))
  }

  /// Another register than the column's, whose codes the faulty cells are.
  private func otherRegister(_ group: ProblemGroup, _ column: String, _ rows: Int, _ guess: RegisterGuess) -> Suggestion? {
    var cells: [ByteString: Int] = [:]
    for (text, count) in group.values.frequencies { cells[ByteString(text)] = count }
    let own = register(of: column)
    guard let found = guess.register(title: column, cells: cells, except: own) else { return nil }
    return Suggestion(
      .register, column: column, code: group.code, cells: (found.fitting, found.of),
      .phrase("suggest-other-register", ["column": column, "register": found.name] + numbers(found.fitting, found.of)),
      edit: isMost(group, rows) ? member(registerMember(found.name)) : nil)
  }

  /// Whether the faulty cells are most of the column.
  private func isMost(_ group: ProblemGroup, _ rows: Int) -> Bool { group.count * 2 > rows }

  private func numbers(_ fitting: Int, _ all: Int) -> [String: String] { ["count": "\(fitting)", "all": "\(all)"] }

  private func text(of value: JSONValue) -> String { JSONWriter.line(value) }
}

extension [String: String] {
  fileprivate static func + (left: Self, right: Self) -> Self { left.merging(right) { $1 } }
}
