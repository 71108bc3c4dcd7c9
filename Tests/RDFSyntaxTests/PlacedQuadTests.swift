import Bytes
import Problems
import RDF
import RDFSyntax
import Resources
import Testing

/// Keeps where the objects of quads stand.
private final class PlaceCollector: PlacedSink {
  private(set) var places: [String] = []
  private(set) var objects: [Term] = []

  func note(line: Int, column: Int) { places.append("\(line):\(column)") }

  func append(_ batch: borrowing QuadBatch) throws(Failure) {
    for index in 0..<batch.count { objects.append(batch.quad(at: index).object) }
  }

  func finish() throws(Failure) {}
}

@Suite("Where objects stand in Turtle") struct PlacedQuadTests {
  @Test("each quad is told of with the place where its object begins, whatever the blocks that are read", arguments: [1, 16, 1 << 16])
  func places(_ block: Int) throws {
    let text = """
      @prefix : <http://e.example/> .
      :a :p :b , "å" ;
        :q [ :r 1 ;
          :s ( :x "y"@sv ) ] .
      """
    let sink = PlaceCollector()
    let options = RDFReader.Options(blockSize: block)
    try RDFReader.read(MemoryStream(Array(text.utf8), name: "t"), format: .turtle, options: options, into: sink, problems: ProblemList())
    #expect(sink.places.count == sink.objects.count)
    let found = Dictionary(zip(sink.objects, sink.places), uniquingKeysWith: { first, _ in first })
    #expect(found[.iri("http://e.example/b")] == "2:7")
    #expect(found[.string("å")] == "2:12")
    #expect(found[.literal("1", .datatype(XSD.integer))] == "3:11")
    #expect(found[.iri("http://e.example/x")] == "4:10")
    #expect(found[.literal("y", .language("sv"))] == "4:13")
    // The bracket and the list, which come when they are whole.
    #expect(sink.places.contains("3:6") && sink.places.contains("4:8"))
  }
}
