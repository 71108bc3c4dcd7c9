import Bytes
import Problems
import RDF

/// Gathers the solutions of a document that is being read, and hands them on some at a time.
///
/// The variables may become known after solutions: until then all are kept.
final class SolutionGathering: TermReader {
  private static let batchRows = 1024
  private static let batchBytes = 1 << 18
  /// How many bytes of solutions are kept while the variables are not known.
  private static let mostKept = 64 << 20

  private let sink: any SolutionSink
  private let limits: ResultReader.Limits
  private let name: String
  private var terms = TermArena(capacity: 256)
  private var variables: [ByteString] = []
  private var columns: [ContiguousArray<TermID>] = []
  private var lent = LentColumns()
  /// How many solutions there are in the columns, and in all; the one at hand is not counted.
  private var rows = 0
  private var total = 0
  private var isOpen = false
  /// The column after the one that was set last: solutions mostly give their values in one order.
  private var next = 0

  /// A gathering for `sink` of a document that messages call `name`.
  init(_ sink: any SolutionSink, limits: ResultReader.Limits, name: String) {
    self.sink = sink
    self.limits = limits
    self.name = name
  }

  /// Says that the document has so many variables.
  /// - Throws: ``ProblemCode/limitExceeded`` where they are too many.
  func note(variables count: Int) throws(Failure) {
    if count > limits.variables { throw exceeded(.phrase("variables"), limits.variables) }
  }

  /// Says which variables there are.
  /// - Returns: false where a solution before had a value for another one.
  func open(_ known: [ByteString]) throws(Failure) -> Bool {
    if variables.contains(where: { !known.contains($0) }) { return false }
    let unbound = ContiguousArray(repeating: SolutionBatch.unbound, count: rows)
    columns = known.map { variable in variables.firstIndex(of: variable).map { columns[$0] } ?? unbound }
    variables = known
    isOpen = true
    try sink.begin(known)
    return true
  }

  /// Gives the solution at hand a value. A later value for the same variable stands in its place.
  /// - Returns: what is wrong with it, or nil.
  /// - Throws: ``ProblemCode/limitExceeded`` where that makes too many variables.
  func set(_ variable: ByteView, _ term: borrowing WrittenTerm) throws(Failure) -> Words? {
    guard let column = try column(of: variable) else { return .phrase("results-variable", ["name": variable.short]) }
    var kind = TermKind.string
    var qualifier: TermID = 0
    switch term.form {
    case .iri:
      if !isWhole(term.text.view) { return .phrase("results-iri", ["iri": term.text.view.short]) }
      kind = .iri
    case .blankNode: kind = .blankNode
    case .literal where !term.language.isEmpty:
      if !term.language.view.isLanguageTag { return .phrase("results-language", ["tag": term.language.view.short]) }
      kind = .tagged
      if term.direction.isEmpty {
        qualifier = terms.add(.tag, term.language.view)
      } else {
        guard BaseDirection(term.direction.view) != nil else {
          return .phrase("results-language", ["tag": term.direction.view.short])
        }
        var tag = ByteBuffer(capacity: 32)
        tag.append(term.language.view)
        tag.append("--")
        tag.append(term.direction.view)
        qualifier = terms.add(.tag, tag.view)
      }
    case .literal where !term.datatype.isEmpty:
      if !isWhole(term.datatype.view) { return .phrase("results-iri", ["iri": term.datatype.view.short]) }
      if XSD.string.withView({ $0 == term.datatype.view }) { break }
      kind = .typed
      qualifier = terms.add(.iri, term.datatype.view)
    case .literal: break
    }
    let id = terms.add(kind, term.text.view, qualifier: qualifier)
    if columns[column].count > rows { columns[column][rows] = id } else { columns[column].append(id) }
    return nil
  }

  /// Ends the solution at hand.
  /// - Throws: ``ProblemCode/limitExceeded`` where there are too many, and what the sink throws.
  func endSolution() throws(Failure) {
    rows += 1
    total += 1
    next = 0
    for column in columns.indices where columns[column].count < rows { columns[column].append(SolutionBatch.unbound) }
    if total > limits.rows { throw exceeded(.phrase("solutions"), limits.rows) }
    if isOpen {
      if rows >= Self.batchRows || terms.bytes.count >= Self.batchBytes { try flush() }
    } else if terms.bytes.count + rows * columns.count * 4 > Self.mostKept {
      throw exceeded(.phrase("solutions-before-variables"), Self.mostKept)
    }
  }

  /// Hands on what is left.
  func finish() throws(Failure) {
    try flush()
    try sink.finish()
  }

  private func flush() throws(Failure) {
    if rows > 0 {
      lent.copy(columns.lazy.map(Optional.some), count: rows)
      try sink.append(SolutionBatch(count: rows, columns: lent.addresses, terms: self))
    }
    rows = 0
    for column in columns.indices { columns[column].removeAll(keepingCapacity: true) }
    terms.reset()
  }

  private func column(of variable: ByteView) throws(Failure) -> Int? {
    for offset in variables.indices {
      let index = (next + offset) % variables.count
      if variables[index].withView({ $0 == variable }) {
        next = index + 1
        return index
      }
    }
    if isOpen { return nil }
    try note(variables: variables.count + 1)
    variables.append(ByteString(variable))
    columns.append(ContiguousArray(repeating: SolutionBatch.unbound, count: rows))
    return variables.count - 1
  }

  private func isWhole(_ iri: ByteView) -> Bool { iri.firstForbiddenInIRI == nil && iri.isAbsoluteIRI }

  private func exceeded(_ what: Words, _ limit: Int) -> Failure {
    Failure(.limitExceeded, at: Place(file: name), ["what": what, "limit": "\(limit)"])
  }

  /// The term of an id; its bytes live until the batch has been taken.
  func term(_ id: TermID, _ scratch: TextScratch) -> TermView {
    let record = terms[id]
    let isQualified = record.kind == .typed || record.kind == .tagged
    return TermView(record.kind, terms.view(id), qualifier: isQualified ? terms.view(record.qualifier) : .empty)
  }
}

extension ByteView {
  /// The beginning of a text, for messages.
  var short: String { count > 100 ? ByteView(start, count: 100).text + "…" : text }
}
