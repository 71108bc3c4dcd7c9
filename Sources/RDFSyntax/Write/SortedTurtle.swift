import Bytes
import Problems
import RDF
import Resources

/// Writes a sorted dataset as Turtle or TriG: prefixes at the top, a block a subject, nodes used once within brackets.
struct SortedTurtle: ~Copyable {
  private let dataset: OrderedDataset
  private let nesting: Nesting
  private var words: TurtleTerms
  private var out = ByteBuffer(capacity: 1 << 16)
  private var labels: [TermID: Int] = [:]

  init(_ dataset: OrderedDataset, _ prefixes: Prefixes) {
    self.dataset = dataset
    nesting = Nesting(dataset)
    words = TurtleTerms(prefixes)
  }

  mutating func write(to output: any ByteOutput) throws(Failure) {
    let rows = dataset.rows
    var start = 0
    while start < rows.count {
      var end = start
      while end < rows.count, rows[end].graph == rows[start].graph { end += 1 }
      let isNamed = rows[start].graph != QuadBatch.defaultGraph
      if isNamed {
        out.append(UInt8(ascii: "\n"))
        append(rows[start].graph, indent: 0)
        out.append(" {")
      }
      appendSubjects(start..<end, indent: isNamed ? 2 : 0)
      if isNamed { out.append("}\n") }
      start = end
    }
    var head = ByteBuffer()
    head.append(declarations: words.takePending().sorted { $0.prefix < $1.prefix })
    // The body begins with the blank line that parts it from the declarations.
    try output.write(head.view)
    try output.write(out.view.dropFirst(head.isEmpty ? 1 : 0))
  }

  private mutating func appendSubjects(_ range: Range<Int>, indent: Int) {
    var start = range.lowerBound
    while start < range.upperBound {
      let subject = dataset.rows[start].subject
      var end = start
      while end < range.upperBound, dataset.rows[end].subject == subject { end += 1 }
      if !nesting.isNested(subject) {
        out.append(UInt8(ascii: "\n"))
        out.append(spaces: indent)
        append(subject, indent: indent)
        out.append(UInt8(ascii: " "))
        appendPredicates(start..<end, indent: indent + 2)
        out.append(" .\n")
      }
      start = end
    }
  }

  /// Predicates and objects of one subject; the first where the text stands, the others on lines of their own.
  private mutating func appendPredicates(_ range: Range<Int>, indent: Int) {
    for index in range {
      let row = dataset.rows[index]
      let isFurther = index > range.lowerBound && dataset.rows[index - 1].predicate == row.predicate
      if isFurther {
        out.append(" ,\n")
        out.append(spaces: indent + 2)
      } else {
        if index > range.lowerBound {
          out.append(" ;\n")
          out.append(spaces: indent)
        }
        words.append(predicate: dataset.collector.view(row.predicate), to: &out)
        out.append(UInt8(ascii: " "))
      }
      append(row.object, indent: isFurther ? indent + 2 : indent)
    }
  }

  /// A term; a nested node with all that is said of it. The depth is bounded by ``Nesting/depthLimit``.
  private mutating func append(_ id: TermID, indent: Int) {
    if dataset.collector.kind(id) != .blankNode { return words.append(id, of: dataset.collector.table.arena, to: &out) }
    guard nesting.isNested(id) else { return append(label: id) }
    if nesting.cell(id) != nil { return appendList(id, indent: indent) }
    guard let rows = nesting.rowsOf[id] else { return out.append("[]") }
    out.append("[\n")
    out.append(spaces: indent + 2)
    appendPredicates(rows, indent: indent + 2)
    out.append(UInt8(ascii: "\n"))
    out.append(spaces: indent)
    out.append(UInt8(ascii: "]"))
  }

  private mutating func appendList(_ head: TermID, indent: Int) {
    out.append(UInt8(ascii: "("))
    var current = head
    while let (first, rest) = nesting.cell(current) {
      out.append(UInt8(ascii: " "))
      append(dataset.rows[first].object, indent: indent)
      current = dataset.rows[rest].object
    }
    out.append(" )")
  }

  private mutating func append(label id: TermID) {
    let number = labels[id] ?? labels.count
    labels[id] = number
    out.append("_:b")
    out.append(decimal: number)
  }
}

extension ByteBuffer {
  /// Appends spaces.
  mutating func append(spaces count: Int) {
    for _ in 0..<count { append(UInt8(ascii: " ")) }
  }
}
