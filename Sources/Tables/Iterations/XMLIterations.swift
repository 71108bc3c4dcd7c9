package import Bytes
import CLibXML2
package import Problems
package import Resources

/// The elements that an iterator finds in a document of XML, as rows: a cell for each reference (RML-IO, `rml:XPath`).
///
/// Where the iterator is a simple way from the root (`/a/b[@k]/c`) and no reference goes elsewhere than up from the item (`../@id`), one item
/// at a time is in memory, or one element of which something is asked; else the whole document.
package final class XMLIterations: RowSource {
  /// XML.
  package let kind = TableReader.Kind.xml
  /// The file as the user named it.
  package let name: String
  /// One row: the references.
  package let header: [[ByteString]]
  /// None.
  package let comments: [ByteString] = []
  /// Where problems go that are found as rows are read.
  package var problems: any ProblemSink
  private let document: XMLDocument
  private let references: [XPathExpression]
  private let namespaces: [(prefix: String, iri: String)]
  private let judged: JudgedReferences
  private let origin: RowOrigin
  private let rowsPerBatch: Int
  /// The names on the way to what is held, and what then finds the items in it.
  private let way: [(namespace: String?, name: String)]
  private let rest: XPathExpression?
  /// Whether the first name on the way is looked for everywhere.
  private let isAnywhere: Bool
  private var run: XPathRun?
  private var landmarks: XMLLandmarks
  /// The references that ask for something within an item, and whether one of them has found it.
  private let asked: Set<Int>
  private var isKnown = false
  private var nextRow = 1
  private var waiting: [xmlNodePtr] = []
  private var isHeld = false
  private var isFinished = false

  /// Rows of a stream.
  /// - Parameters:
  ///   - iterator: finds the items.
  ///   - references: are asked of each item.
  ///   - namespaces: the prefixes in both.
  ///   - asked: the references of which one must find something in an item for the file to be of the kind that is meant (``finding``); nil for all.
  ///   - judged: the references by which items are withheld.
  package init(
    _ stream: any ByteStream, iterator: XPathExpression, references: [XPathExpression], namespaces: [(prefix: String, iri: String)],
    judged: JudgedReferences = JudgedReferences(), asked: Set<Int>? = nil, problems: any ProblemSink, rowsPerBatch: Int = 1024
  ) {
    name = stream.name
    self.references = references
    self.namespaces = namespaces
    self.judged = judged
    self.rowsPerBatch = rowsPerBatch
    self.problems = problems
    header = [references.map { ByteString($0.source) }]
    origin = RowOrigin(file: stream.name, columns: header[0], tellsValues: true)
    var levels: Int? = 0
    for reference in references { levels = reference.levelsUp.flatMap { up in levels.map { max($0, up) } } }
    var steps: [(namespace: String?, name: String)]?
    var inner: XPathExpression?
    // What a prefix means that has no namespace is told where the expression is asked.
    func isKnown(_ step: XPathExpression.Step) -> Bool {
      let prefix = step.name.split(separator: ":").dropLast().first
      return prefix.map { prefix in namespaces.contains { $0.prefix == prefix } } ?? true
    }
    let simple = iterator.simpleSteps.flatMap { $0.steps.allSatisfy(isKnown) ? $0 : nil }
    isAnywhere = simple?.isAnywhere ?? false
    if let levels, let (isAnywhere, way) = simple, !isAnywhere || levels < way.count, way[0].asksAlone {
      // Where something is asked of an element, it is held to be asked, or what it stands in if its place matters. What stands anywhere is
      // held as soon as it is met.
      let asked = isAnywhere ? 0 : way.firstIndex { !$0.predicates.isEmpty } ?? way.count
      let most = asked < way.count && way[asked].asksAlone ? asked + 1 : asked
      let held = max(min(way.count - levels, most), 1)
      steps = way.prefix(held).map { step in
        let parts = step.name.split(separator: ":").map(String.init)
        guard parts.count == 2 else { return (nil, step.name) }
        return (namespaces.first { $0.prefix == parts[0] }?.iri ?? parts[0], parts[1])
      }
      let own = way[held - 1].predicates
      var rest = own.isEmpty ? [] : ["self::*" + own]
      // Elements of the name may stand within each other.
      if isAnywhere { rest = ["descendant-or-self::" + way[0].name + own] }
      rest += way.dropFirst(held).map { $0.name + $0.predicates }
      if !rest.isEmpty { inner = try? XPathExpression(rest.joined(separator: "/")) }
    }
    way = steps ?? []
    rest = steps == nil ? iterator : inner
    landmarks = XMLLandmarks(simple?.steps.map(\.name), isAnywhere: simple?.isAnywhere ?? false, way: steps ?? [])
    self.asked = Set(references.indices.filter { references[$0].levelsUp == 0 && asked?.contains($0) ?? true })
    document = XMLDocument(stream, isDiscreet: !judged.all.isEmpty)
  }

  /// The file.
  package func headerPlace(_ column: Int?) -> Place { Place(file: name) }

  /// The namespace of the root.
  package var namespace: String? { landmarks.namespace }

  /// What the iterator found: something of an item is known where one of the references leads to a node or a text of it.
  package var finding: IteratorFinding {
    if nextRow > 1 { return isKnown ? .items : .strangers }
    return landmarks.hasPlace ? .emptyPlace : .noPlace
  }

  /// Fills `batch` anew with the next rows; false when no row is left.
  package func next(_ batch: inout RowBatch) throws(Failure) -> Bool {
    batch.reset(firstRow: nextRow, firstSource: nextRow, firstLine: 1, origin: origin)
    while batch.rowCount < rowsPerBatch, batch.bytes.count < 4 << 20 {
      if waiting.isEmpty {
        if isFinished { break }
        try advance()
        continue
      }
      try addRow(waiting.removeLast(), &batch)
    }
    batch.reserveBytes(0)
    nextRow += batch.rowCount
    return batch.rowCount > 0
  }

  /// Goes on to the next items: those of the next element on the way, or all there are.
  private func advance() throws(Failure) {
    guard try isHeld ? document.skip() : document.next() else {
      isFinished = true
      return
    }
    isHeld = false
    if document.type != Int32(XML_READER_TYPE_ELEMENT.rawValue) { return }
    landmarks.meet(document)
    if way.isEmpty {
      // The tree of the root element is that of the document.
      guard let root = try document.hold() else { return }
      isHeld = true
      return try hold(root.pointee.parent ?? root)
    }
    if isAnywhere {
      guard document.isNamed(document.node, way[0]), let node = try document.hold() else { return }
      isHeld = true
      return try hold(node)
    }
    let depth = document.depth
    guard depth < way.count, document.isNamed(document.node, way[depth]) else {
      isHeld = true
      return
    }
    if depth == way.count - 1, let node = try document.hold() {
      isHeld = true
      try hold(node)
    }
  }

  private func hold(_ node: xmlNodePtr) throws(Failure) {
    if run == nil {
      let expressions = references + [rest, landmarks.rest].compactMap { $0 }
      run = XPathRun(document.document, expressions, namespaces: namespaces, file: name)
    }
    guard rest != nil else {
      waiting = [node]
      return
    }
    waiting = try run?.nodes(references.count, of: node).reversed() ?? []
    if waiting.isEmpty, !landmarks.isFound, landmarks.rest != nil, let run {
      landmarks.isFound = try !run.nodes(references.count + 1, of: node).isEmpty
    }
  }

  private func addRow(_ node: xmlNodePtr, _ batch: inout RowBatch) throws(Failure) {
    if asked.isEmpty { isKnown = true }
    let firstCell = batch.cellTotal
    let start = batch.bytes.count
    let line = Int(xmlGetLineNo(node))
    for number in 0..<references.count {
      let low = batch.beginDecoded(source: start)
      var count = 0
      var second = 0
      var nodes = 0
      try run?.ask(number, of: node) { node, text in
        nodes += 1
        if !isKnown, asked.contains(number), node != nil || !text.isEmpty { isKnown = true }
        if text.isEmpty { return }
        count += 1
        if count == 2 { second = batch.bytes.count }
        if count > 1 {
          batch.bytes.append(IterationCells.mark)
          batch.bytes.append(IterationCells.text)
        }
        batch.bytes.append(text)
      }
      if judged.all.contains(number), nodes > 1 || (nodes == 0 && judged.required.contains(number)) {
        batch.bytes.truncate(to: low)
        batch.pushUnknown()
        continue
      }
      if count > 1 { markFirst(from: low, to: second, &batch) }
      batch.reserveCells(1)
      batch.push(CellSlice(low, batch.bytes.count - low, flags: CellSlice.quoted | CellSlice.decoded))
    }
    let source = nextRow + batch.rowCount - batch.firstSource
    batch.endRow(RowMark(firstCell: firstCell, start: start, line: max(line, 1) - batch.firstLine, column: 1, source: source))
  }

  /// Puts the mark of several values before the first one, which was thought to be the only one.
  private func markFirst(from low: Int, to end: Int, _ batch: inout RowBatch) {
    let rest = ByteString(batch.bytes.view(low..<batch.bytes.count))
    batch.bytes.truncate(to: low)
    batch.bytes.append(IterationCells.mark)
    batch.bytes.append(IterationCells.text)
    batch.bytes.append(bytes: rest)
  }
}
