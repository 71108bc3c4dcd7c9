import Problems
import RDF
import Resources

/// Writes Turtle or TriG as quads come: those of one subject that follow each other form one block. Turtle drops the names
/// of graphs. A prefix is declared before the first block that needs it.
final class TurtleWriter: DividedSink {
  private let output: any ByteOutput
  private var renderer: TurtleRenderer

  init(_ output: any ByteOutput, prefixes: Prefixes, hasGraphs: Bool) {
    self.output = output
    renderer = TurtleRenderer(prefixes, hasGraphs: hasGraphs)
  }

  func suggest(prefix: String, namespace: String) { renderer.suggest(prefix: prefix, namespace: namespace) }

  func append(_ batch: borrowing QuadBatch) throws(Failure) { try renderer.append(batch, to: output) }

  /// A part that leaves the words to the writer: how a quad is written follows from the one before it.
  func part() -> any SinkPart { PlainPart(of: self) }

  func finish() throws(Failure) { try renderer.finish(to: output) }
}
