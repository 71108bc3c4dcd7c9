/// A sink that also wants to know where each quad stands in the document that it is read from, so that what the quads mean can be told of
/// with a place. Only documents of Turtle and TriG say so.
package protocol PlacedSink: QuadSink {
  /// Says where the object of the next quad begins: its line and column, from 1. All quads of a batch are told of before the batch comes.
  func note(line: Int, column: Int)
}
