package import Bytes
package import Identifiers
import Mapping
package import Problems
package import RDF
package import Tables

/// Looks up one column of a table, and gives the table back with what was found in columns after its own.
///
/// It is written as spreadsheets in Sweden open it: UTF-8 with a byte order mark, semicolons, CRLF. What a text means is worked out once, however
/// often it comes; memory is bounded by the distinct texts, of which no more than some are kept.
package struct ResolvedTable: ~Copyable {
  /// The titles of the columns that are added.
  package static let titles: [StaticString] = ["iri", "label", "status", "score", "replacedBy", "candidates"]

  /// How many distinct texts are kept.
  private static let mostKept = 200_000
  /// How many names all texts together may be compared with, that candidates be offered for what was not found.
  private static let mostCompared = 30_000_000
  /// How many problems are told in full.
  private static let mostTold = 1000

  /// What is known of the rows so far.
  package struct Counts: Sendable, Equatable {
    /// How many rows were read.
    package var rows = 0
    /// How many cells mean a member.
    package var found = 0
    /// How many cells mean none.
    package var missing = 0
  }

  /// What is known of the rows so far.
  package private(set) var counts = Counts()
  private let source: any RowSource
  private let register: Register
  private let column: Int
  private var width: Int
  private let day: CivilDate?
  private let today: CivilDate
  private let problems: any ProblemSink
  private var batch = RowBatch()
  private var hasHeader: Bool
  /// The distinct texts, what each means, and where what is written of it ends in ``written``.
  private var texts = ByteTable(capacity: 1024)
  private var resolutions: [Register.Resolution] = []
  private var ends: [Int] = []
  private var written = ByteBuffer()
  private var compared = 0
  private var told = 0

  /// A table that is to be looked up.
  /// - Parameters:
  ///   - source: its rows.
  ///   - column: the title of the column; nil for the first.
  ///   - register: where its cells are looked up.
  ///   - day: the day on which codes are to hold; nil for now.
  ///   - today: the present day.
  ///   - problems: is told of cells that were not found, and of members that have ended.
  /// - Throws: ``ProblemCode/columnMissing`` with the nearest title.
  package init(
    _ source: any RowSource, column: String?, in register: Register, asOf day: CivilDate?, today: CivilDate, problems: any ProblemSink
  ) throws(Failure) {
    let titles = source.header.last ?? []
    if let column {
      guard let number = titles.firstIndex(where: { foldedTitle($0) == foldedTitle(ByteString(column)) }) else {
        var arguments = ["name": column]
        arguments["nearest"] = nearest(to: column, among: titles.map(\.text)) ?? titles.first?.text
        throw Failure(.columnMissing, at: source.headerPlace(nil), arguments)
      }
      self.column = number
    } else {
      self.column = 0
    }
    self.source = source
    self.register = register
    self.day = day
    self.today = today
    self.problems = problems
    width = titles.count
    hasHeader = !titles.isEmpty
  }

  /// Appends the next rows, the header before the first of them; false where none is left.
  /// - Throws: what reading the table throws.
  package mutating func next(_ out: inout ByteBuffer) throws(Failure) -> Bool {
    if counts.rows == 0 {
      out.append("\u{FEFF}")
      if hasHeader { appendHeader(to: &out) }
      hasHeader = false
    }
    guard try source.next(&batch) else { return false }
    // Without titles the first rows say how many columns there are.
    if width == 0 { width = (0..<batch.rowCount).map { batch.cellCount($0) }.max() ?? 0 }
    for row in 0..<batch.rowCount { append(row, to: &out) }
    counts.rows += batch.rowCount
    return true
  }

  private func appendHeader(to out: inout ByteBuffer) {
    for title in source.header.last ?? [] {
      title.withView { out.append(spreadsheetField: $0) }
      out.append(";")
    }
    let own = Set((source.header.last ?? []).map(foldedTitle))
    for (number, title) in Self.titles.enumerated() {
      if number > 0 { out.append(";") }
      out.append(title)
      // A table that was looked up before, or has such a column of its own.
      if own.contains(foldedTitle(ByteString(title.description))) { out.append("_2") }
    }
    out.append("\r\n")
  }

  private mutating func append(_ row: Int, to out: inout ByteBuffer) {
    let count = batch.cellCount(row)
    let isDamaged = batch.isDamaged(row)
    for cell in 0..<min(count, max(width, 1)) {
      // Bytes that are no text come back as what stands for them.
      if isDamaged {
        ByteString(batch.cell(row, cell).text).withView { out.append(spreadsheetField: $0) }
      } else {
        out.append(spreadsheetField: batch.cell(row, cell))
      }
      out.append(";")
    }
    for _ in count..<max(count, width) { out.append(";") }
    if count > width { tellRagged(count, row) }
    let cell = column < count ? batch.cell(row, column) : .empty
    if isDamaged {
      counts.missing += 1
      out.append(";;refused;0;;")
    } else if cell.trimmedOfSpaces.isEmpty {
      out.append(";;;;;")
    } else {
      append(meaningOf: cell, row, to: &out)
    }
    out.append("\r\n")
  }

  private mutating func append(meaningOf text: ByteView, _ row: Int, to out: inout ByteBuffer) {
    let resolution: Register.Resolution
    if let known = texts.find(text) {
      resolution = resolutions[known]
      out.append(written.view((known == 0 ? 0 : ends[known - 1])..<ends[known]))
    } else {
      var key = ByteBuffer()
      resolution = register.resolve(text, key: &key, asOf: day, today: today)
      let start = out.count
      append(resolution, key.view, of: text, to: &out)
      if texts.count < Self.mostKept {
        _ = texts.insert(text)
        resolutions.append(resolution)
        written.append(out.view(start..<out.count))
        ends.append(written.count)
      }
    }
    if resolution.status.isFound { counts.found += 1 } else { counts.missing += 1 }
    if resolution.status != .found { tell(resolution, of: text, row) }
  }

  private mutating func append(_ resolution: Register.Resolution, _ key: ByteView, of text: ByteView, to out: inout ByteBuffer) {
    func append(_ member: Register.Member, _ part: (Register.Member) -> ByteString?) {
      part(member)?.withView { out.append(spreadsheetField: $0) }
    }
    let member = resolution.member.map { register.members[$0] }
    if resolution.status.isFound { register.append(iriOf: key, to: &out) }
    out.append(";")
    if let member { append(member) { $0.names.first } }
    out.append(";")
    out.append(text: resolution.status.rawValue)
    out.append(";")
    out.append(decimal: resolution.score)
    out.append(";")
    if let member, resolution.status != .found {
      for (number, successor) in member.successors.enumerated() {
        if number > 0 { out.append(" ") }
        successor.withView { register.append(iriOf: $0, to: &out) }
      }
    }
    out.append(";")
    let candidates = candidates(resolution, text).map { register.members[$0].shown }.joined(separator: ", ")
    ByteString(candidates).withView { out.append(spreadsheetField: $0) }
  }

  private mutating func candidates(_ resolution: Register.Resolution, _ text: ByteView) -> [Int] {
    switch resolution.status {
    case .ambiguous, .notValid: return Array(resolution.candidates.prefix(10))
    case .unknown where compared < Self.mostCompared:
      compared += register.members.count * 2
      return register.neighbours(of: text).map(\.member)
    default: return []
    }
  }

  /// Tells of a row with more cells than there are columns, of which the last ones have no place in the table.
  private func tellRagged(_ count: Int, _ row: Int) {
    problems.report(Problem(.rowRagged, at: batch.place(row, width), ["found": "\(count)", "expected": "\(width)"]))
  }

  private mutating func tell(_ resolution: Register.Resolution, of text: ByteView, _ row: Int) {
    let place = batch.place(row, column)
    told += 1
    if told > Self.mostTold, resolution.status == .unknown {
      return problems.report(Problem(.registerUnknown, at: place, value: text.text, ["register": register.name]))
    }
    if let problem = register.problem(resolution, of: text, asOf: day, at: place) { problems.report(problem) }
  }
}
