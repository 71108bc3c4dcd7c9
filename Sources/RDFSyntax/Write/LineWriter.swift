import Bytes
import Problems
import RDF
import Resources

/// Writes N-Triples or N-Quads, escaped as their canonical forms want. N-Triples drops the names of graphs.
final class LineWriter: DividedSink {
  private let output: any ByteOutput
  private var renderer: LineRenderer
  private let hasGraphs: Bool

  init(_ output: any ByteOutput, hasGraphs: Bool) {
    self.output = output
    self.hasGraphs = hasGraphs
    renderer = LineRenderer(hasGraphs: hasGraphs)
  }

  func append(_ batch: borrowing QuadBatch) throws(Failure) { try renderer.append(batch, to: output) }

  func finish() throws(Failure) { try renderer.flush(to: output) }

  /// A part that puts batches into words on its own.
  func part() -> any SinkPart { LinePart(of: self, hasGraphs: hasGraphs) }

  /// Writes lines, after all that came before.
  fileprivate func write(_ lines: inout LineRenderer) throws(Failure) {
    try renderer.flush(to: output)
    try lines.flush(to: output)
  }
}

/// The lines of one of several threads.
private final class LinePart: SinkPart {
  private let writer: LineWriter
  private var renderer: LineRenderer

  init(of writer: LineWriter, hasGraphs: Bool) {
    self.writer = writer
    renderer = LineRenderer(hasGraphs: hasGraphs)
  }

  func prepare(_ batch: borrowing QuadBatch) { renderer.append(batch) }

  func deliver(_ batch: borrowing QuadBatch) throws(Failure) { try writer.write(&renderer) }
}

/// The text of lines, gathered into blocks.
private struct LineRenderer: ~Copyable {
  let hasGraphs: Bool
  var buffer = ByteBuffer(capacity: blockSize + 1 << 16)
  var placed = PlacedTerms()

  /// How many bytes are gathered before they go out.
  static let blockSize = 1 << 19

  init(hasGraphs: Bool) { self.hasGraphs = hasGraphs }

  /// Puts a batch into words; whenever a block is full it goes to `output`.
  mutating func append(_ batch: borrowing QuadBatch, to output: any ByteOutput) throws(Failure) {
    placed.reset(count: batch.terms.count)
    var index = 0
    while index < batch.count {
      index = append(batch, from: index, until: Self.blockSize)
      if buffer.count > Self.blockSize {
        try flush(to: output)
        placed.reset()
      }
    }
  }

  /// Puts a batch into words.
  mutating func append(_ batch: borrowing QuadBatch) {
    placed.reset(count: batch.terms.count)
    _ = append(batch, from: 0, until: .max)
  }

  /// Puts quads into words until more than `limit` bytes are gathered, and says which quad comes next.
  private mutating func append(_ batch: borrowing QuadBatch, from first: Int, until limit: Int) -> Int {
    let subjects = batch.subjects
    let predicates = batch.predicates
    let objects = batch.objects
    let graphs = batch.graphs
    for index in first..<batch.count {
      put(subjects[index], of: batch.terms)
      put(predicates[index], of: batch.terms)
      put(objects[index], of: batch.terms)
      if hasGraphs, graphs[index] != QuadBatch.defaultGraph { put(graphs[index], of: batch.terms) }
      buffer.append(".\n")
      if buffer.count > limit { return index + 1 }
    }
    return batch.count
  }

  mutating func flush(to output: any ByteOutput) throws(Failure) {
    if buffer.count > 0 { try output.write(buffer.view) }
    buffer.truncate()
  }

  /// Appends a term and a space.
  @inline(__always) private mutating func put(_ id: TermID, of terms: borrowing TermArena) {
    if !placed.copy(id, in: &buffer) { render(id, of: terms) }
  }

  @inline(never) private mutating func render(_ id: TermID, of terms: borrowing TermArena) {
    let record = terms[id]
    let start = buffer.count
    switch record.kind {
    case .iri, .tag:
      buffer.append(bracketed: terms.view(id))
      buffer.append(UInt8(ascii: " "))
    case .blankNode:
      buffer.append("_:")
      buffer.append(terms.view(id))
      buffer.append(UInt8(ascii: " "))
    case .string:
      buffer.append(quoted: terms.view(id))
      buffer.append(UInt8(ascii: " "))
    case .typed:
      buffer.append(quoted: terms.view(id))
      buffer.append("^^")
      put(datatype: record.qualifier, of: terms)
    case .tagged:
      buffer.append(quoted: terms.view(id))
      buffer.append(UInt8(ascii: "@"))
      buffer.append(terms.view(record.qualifier))
      buffer.append(UInt8(ascii: " "))
    }
    placed.note(id, from: start, in: buffer)
  }

  /// Appends a datatype and a space; apart from ``put(_:of:)`` so that rendering does not call itself.
  @inline(__always) private mutating func put(datatype id: TermID, of terms: borrowing TermArena) {
    if placed.copy(id, in: &buffer) { return }
    let start = buffer.count
    buffer.append(bracketed: terms.view(id))
    buffer.append(UInt8(ascii: " "))
    placed.note(id, from: start, in: buffer)
  }
}
