package import Bytes
package import JSON
package import Problems
package import Resources

/// The items that an iterator finds in a JSON text, as rows: a cell for each reference (RML-IO, `rml:JSONPath`).
///
/// One item at a time is in memory. A cell that has several values says so (``IterationCells``); one whose value is `null` or that finds
/// nothing is empty. A reference that leads to an object or array is a problem: what it holds must be asked for.
package final class JSONIterations: RowSource {
  /// JSON.
  package let kind = TableReader.Kind.json
  /// The file as the user named it.
  package let name: String
  /// One row: the references.
  package let header: [[ByteString]]
  /// None: JSON has no comments.
  package let comments: [ByteString] = []
  /// Where problems go that are found as rows are read.
  package var problems: any ProblemSink
  private let references: [JSONPath]
  private let judged: JudgedReferences
  private let origin: RowOrigin
  private let rowsPerBatch: Int
  private var walk: JSONWalk
  private var run: JSONPathRun
  private var nextRow = 1
  /// The steps of the references that ask for something within an item, until one of them has found it.
  private var asked: [[JSONPath.Segment]]
  private var isKnown = false
  /// The items of what is held that have become no rows yet.
  private var waiting: Range<Int> = 0..<0
  private var found: ContiguousArray<Int> = []

  /// Rows of a stream.
  /// - Parameters:
  ///   - iterator: finds the items.
  ///   - references: are asked of each item, which `$` means in them.
  ///   - compiler: compiles regular expressions in filters.
  ///   - asked: the references of which one must find something in an item for the file to be of the kind that is meant (``finding``); nil for all.
  ///   - judged: the references by which items are withheld. An item with a key that stands twice in it is then damaged.
  package init(
    _ stream: any ByteStream, iterator: JSONPath, references: [JSONPath], compiler: @escaping ExpressionCompiler,
    judged: JudgedReferences = JudgedReferences(), asked: Set<Int>? = nil, problems: any ProblemSink, rowsPerBatch: Int = 1024
  ) {
    name = stream.name
    self.references = references
    self.judged = judged
    self.problems = problems
    self.rowsPerBatch = rowsPerBatch
    let within = references.indices.filter { asked?.contains($0) ?? true }.map { references[$0] }
    self.asked = within.filter { $0.levelsUp == 0 && !$0.givesKeys }.map(\.segments)
    header = [references.map { ByteString($0.source) }]
    origin = RowOrigin(file: stream.name, columns: header[0], tellsValues: true)
    walk = JSONWalk(stream, iterator: iterator, references: references, compiler: compiler)
    run = JSONPathRun(compiler: compiler)
  }

  /// The file.
  package func headerPlace(_ column: Int?) -> Place { Place(file: name) }

  /// What the iterator found: something of an item is known where one of the references leads to a place in it.
  package var finding: IteratorFinding {
    if nextRow > 1 { return isKnown ? .items : .strangers }
    return walk.hasPlace ? .emptyPlace : .noPlace
  }

  /// Fills `batch` anew with the next rows; false when no row is left.
  package func next(_ batch: inout RowBatch) throws(Failure) -> Bool {
    batch.reset(firstRow: nextRow, firstSource: nextRow, firstLine: 1, origin: origin)
    while batch.rowCount < rowsPerBatch, batch.bytes.count < 4 << 20 {
      if waiting.isEmpty {
        guard try walk.next(judged.all.isEmpty ? problems : nil) else { break }
        waiting = walk.items.indices
      }
      try addRow(walk.items[waiting.lowerBound], &batch)
      waiting = waiting.lowerBound + 1..<waiting.upperBound
    }
    batch.reserveBytes(0)
    nextRow += batch.rowCount
    return batch.rowCount > 0
  }

  private func addRow(_ item: Int, _ batch: inout RowBatch) throws(Failure) {
    run.restart()
    if !isKnown { look(at: item) }
    let part = walk.tree.parts[item]
    let isText = part.kind == .string
    let low = Int(part.start) - (isText ? 1 : 0)
    let high = Int(part.start) + Int(part.length) + (isText ? 1 : 0)
    let (line, column) = walk.place(of: low)
    let firstCell = batch.cellTotal
    let row = RowText(low: low, high: high, start: batch.bytes.count)
    batch.bytes.append(walk.tree.text[low..<high])
    for number in 0..<references.count {
      if !addCell(number, item, row, &batch) { report(number, (line, column), &batch) }
    }
    if run.isGivenUp {
      throw Failure(.limitExceeded, at: Place(file: name, line: line), ["what": .phrase("path-steps"), "limit": "\(JSONPathRun.most)"])
    }
    let source = nextRow + batch.rowCount - batch.firstSource
    batch.endRow(RowMark(firstCell: firstCell, start: row.start, line: line - batch.firstLine, column: column, source: source))
    if walk.hasRepeatedKeys, !judged.all.isEmpty { batch.markDamaged(batch.rowCount - 1) }
  }

  private func look(at item: Int) {
    isKnown = asked.isEmpty ? walk.tree.parts[item].kind != .null : asked.contains { walk.tree.hasPlace($0[...], from: item) }
  }

  /// Where the text of an item stands in the window, and where it was copied to.
  private struct RowText {
    let low: Int
    let high: Int
    let start: Int
  }

  /// Adds the cell of a reference. False where it leads to an object or array; the cell is then empty.
  private func addCell(_ number: Int, _ item: Int, _ row: RowText, _ batch: inout RowBatch) -> Bool {
    let path = references[number]
    found.removeAll(keepingCapacity: true)
    var node = item
    for _ in 0..<path.levelsUp where node >= 0 { node = Int(walk.tree.parts[node].parent) }
    if node >= 0 { run.find(path.segments, from: node, root: node, in: walk.tree, into: &found) }
    let isNested =
      !path.givesKeys && found.contains { walk.tree.parts[$0].kind == .object || walk.tree.parts[$0].kind == .array }
    if judged.all.contains(number), found.count > 1 || isNested || (found.isEmpty && judged.required.contains(number)) {
      batch.pushUnknown()
      return true
    }
    if path.givesKeys {
      addKeys(row, &batch)
      return true
    }
    found.removeAll { number in
      let kind = walk.tree.parts[number].kind
      return kind == .null || kind == .object || kind == .array
    }
    if found.count > 1 { addSeveral(row, &batch) } else { addOne(row, &batch) }
    return !isNested
  }

  private func addOne(_ row: RowText, _ batch: inout RowBatch) {
    batch.reserveCells(1)
    guard let number = found.first else { return batch.push(CellSlice(row.start, 0)) }
    let part = walk.tree.parts[number]
    let start = Int(part.start)
    let flags = part.kind == .string ? CellSlice.quoted : 0
    let isWithin = start >= row.low && start + Int(part.length) <= row.high
    if isWithin, !part.isEscaped { return batch.push(CellSlice(row.start + start - row.low, Int(part.length), flags: flags)) }
    batch.pushDecoded(start: isWithin ? row.start + start - row.low : row.start, flags: flags) { walk.tree.append(number, to: &$0) }
  }

  private func addSeveral(_ row: RowText, _ batch: inout RowBatch) {
    batch.pushDecoded(start: row.start, flags: CellSlice.quoted) { out in
      for number in found {
        out.append(IterationCells.mark)
        out.append(walk.tree.parts[number].kind == .string ? IterationCells.text : IterationCells.value)
        walk.tree.append(number, to: &out)
      }
    }
  }

  /// Adds the keys of members, and the places of elements counted from 0.
  private func addKeys(_ row: RowText, _ batch: inout RowBatch) {
    let isOne = found.count == 1
    batch.pushDecoded(start: row.start, flags: isOne && !walk.tree.isMember(found[0]) ? 0 : CellSlice.quoted) { out in
      for number in found {
        let isMember = walk.tree.isMember(number)
        if !isOne {
          out.append(IterationCells.mark)
          out.append(isMember ? IterationCells.text : IterationCells.value)
        }
        if isMember { walk.tree.appendKey(number, to: &out) } else { out.append(decimal: Int(walk.tree.parts[number].position)) }
      }
    }
  }

  private func report(_ number: Int, _ start: (line: Int, column: Int), _ batch: inout RowBatch) {
    if !judged.all.isEmpty {
      // Nothing is told of an item that is withheld, and never where one stands.
      return batch.remarks.append(RowRemark(row: batch.rowCount, cell: number, code: .referenceNested))
    }
    var place = Place(file: name, line: start.line, column: start.column)
    place.tableColumn = references[number].source
    problems.report(Problem(.referenceNested, at: place, ["reference": references[number].source]))
  }
}
