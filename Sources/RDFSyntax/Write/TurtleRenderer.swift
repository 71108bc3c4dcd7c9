import Bytes
import Problems
import RDF
import Resources

/// The text of a ``TurtleWriter`` and its state between one quad and the next.
struct TurtleRenderer: ~Copyable {
  private var words: TurtleTerms
  private let hasGraphs: Bool
  private var buffer = ByteBuffer(capacity: blockSize * 2)
  private var placed = PlacedTerms()
  /// Where the open block begins, and with it what must be declared for it.
  private var blockStart = 0
  private var isBlockOpen = false
  private var isGraphOpen = false
  /// Whether the open block is not the first since its graph was opened.
  private var hasBlockBefore = false
  /// Whether anything was written before the open block.
  private var hasText = false
  /// The line that opens the graph, to open it again after a declaration.
  private var graphLine = ByteBuffer()
  private var last = LastQuad()

  /// How many bytes are gathered before they go out.
  static let blockSize = 1 << 18
  /// How long the block of one subject may get before it is begun anew.
  static let longestBlock = 1 << 22

  init(_ prefixes: Prefixes, hasGraphs: Bool) {
    words = TurtleTerms(prefixes)
    self.hasGraphs = hasGraphs
  }

  mutating func suggest(prefix: String, namespace: String) { words.suggest(prefix: prefix, namespace: namespace) }

  mutating func append(_ batch: borrowing QuadBatch, to output: any ByteOutput) throws(Failure) {
    placed.reset(count: batch.terms.count)
    for index in 0..<batch.count {
      var shared = index == 0 ? last.shared(with: batch, hasGraphs) : batch.shared(index, hasGraphs)
      if isBlockOpen, buffer.count &- blockStart > Self.longestBlock { endBlock() }
      if shared == .nothing || shared == .graph || !isBlockOpen {
        endBlock()
        if buffer.count > Self.blockSize { try flush(to: output) }
        if shared == .nothing { endGraph() }
        beginBlock(graph: hasGraphs ? batch.graphs[index] : QuadBatch.defaultGraph, batch.terms)
        put(batch.subjects[index], of: batch.terms)
        buffer.append(UInt8(ascii: " "))
        shared = .nothing
      } else if shared == .subject {
        buffer.append(isGraphOpen ? " ;\n    " : " ;\n  ")
      } else {
        buffer.append(isGraphOpen ? " ,\n      " : " ,\n    ")
      }
      if shared != .predicate {
        words.append(predicate: batch.terms.view(batch.predicates[index]), to: &buffer)
        buffer.append(UInt8(ascii: " "))
      }
      put(batch.objects[index], of: batch.terms)
    }
    if batch.count > 0 { last = LastQuad(batch) }
    if blockStart > Self.blockSize {
      try output.write(buffer.view(0..<blockStart))
      buffer.removeFirst(blockStart)
      blockStart = 0
    }
  }

  mutating func finish(to output: any ByteOutput) throws(Failure) {
    endBlock()
    endGraph()
    try flush(to: output)
  }

  private mutating func flush(to output: any ByteOutput) throws(Failure) {
    if buffer.count > 0 { try output.write(buffer.view) }
    buffer.truncate()
    placed.reset()
    blockStart = 0
  }

  /// Appends a subject or an object.
  @inline(__always) private mutating func put(_ id: TermID, of terms: borrowing TermArena) {
    if placed.copy(id, in: &buffer) { return }
    let start = buffer.count
    words.append(id, of: terms, to: &buffer)
    placed.note(id, from: start, in: buffer)
  }

  private mutating func beginBlock(graph: TermID, _ terms: borrowing TermArena) {
    if graph != QuadBatch.defaultGraph, !isGraphOpen {
      if hasText { buffer.append(UInt8(ascii: "\n")) }
      blockStart = buffer.count
      graphLine.truncate()
      words.append(graph, of: terms, to: &graphLine)
      graphLine.append(" {\n")
      buffer.append(graphLine.view)
      isGraphOpen = true
      hasBlockBefore = false
    } else {
      blockStart = buffer.count
      if isGraphOpen { hasBlockBefore = true }
      if hasText { buffer.append(UInt8(ascii: "\n")) }
      if !isGraphOpen { blockStart = buffer.count }
    }
    if isGraphOpen { buffer.append("  ") }
    isBlockOpen = true
    hasText = true
  }

  private mutating func endBlock() {
    guard isBlockOpen else { return }
    buffer.append(" .\n")
    isBlockOpen = false
    let entries = words.takePending()
    if entries.isEmpty { return }
    var text = ByteBuffer()
    let isWithinGraph = isGraphOpen && hasBlockBefore
    if isWithinGraph { text.append("}\n\n") }
    text.append(declarations: entries)
    text.append(UInt8(ascii: "\n"))
    if isWithinGraph { text.append(graphLine.view(0..<graphLine.count - 1)) }
    buffer.insert(text.view, at: blockStart)
    placed.reset()
  }

  private mutating func endGraph() {
    guard isGraphOpen else { return }
    buffer.append("}\n")
    isGraphOpen = false
  }
}

extension ByteBuffer {
  /// Inserts bytes at `index`, moving what stands there.
  fileprivate mutating func insert(_ view: ByteView, at index: Int) {
    reserve(view.count)
    let place = UnsafeMutableRawPointer(address + index)
    place.advanced(by: view.count).copyMemory(from: place, byteCount: count - index)
    place.copyMemory(from: view.start, byteCount: view.count)
    commit(view.count)
  }
}
