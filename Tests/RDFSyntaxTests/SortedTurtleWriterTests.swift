import Bytes
import RDF
import RDFSyntax
import TestSupport
import Testing

private let rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

@Suite struct SortedTurtleWriterTests {
  private let dataset = [
    quad("b", "p", "\"2\""), quad("b", "p", "\"1\"@sv"), quad("b", "p", "\"1\""), quad("b", "p", "z"), quad("b", "p", "_:n1"),
    quad("b", "p", "_:n2"),
    quad("b", "p", "\"1\""), quad("_:n1", "name", "\"B\""), quad("_:n2", "name", "\"A\""), quad("_:n2", "part", "_:n3"),
    quad("_:n3", "name", "\"deep\""),
    quad("a", "z", "_:n4"), quad("a", "b", "_:shared"), quad("c", "b", "_:shared"), quad("_:shared", "<\(rdf)type>", "C"),
    quad("b", "<\(rdf)type>", "C"),
    quad("a", "list", "_:l1"), quad("_:l1", "<\(rdf)first>", "\"1\"^^integer"), quad("_:l1", "<\(rdf)rest>", "_:l2"),
    quad("_:l2", "<\(rdf)first>", "_:n5"), quad("_:l2", "<\(rdf)rest>", "<\(rdf)nil>"), quad("_:n5", "name", "\"in list\""),
  ]

  private let expected = """
    @prefix ex: <http://example.org/> .

    ex:a ex:b _:b0 ;
      ex:list ( 1 [
        ex:name "in list"
      ] ) ;
      ex:z [] .

    ex:b a ex:C ;
      ex:p ex:z ,
        "1" ,
        "1"@sv ,
        "2" ,
        [
          ex:name "A" ;
          ex:part [
            ex:name "deep"
          ]
        ] ,
        [
          ex:name "B"
        ] .

    ex:c ex:b _:b0 .

    _:b0 a ex:C .

    """

  @Test func graphIsWrittenInOrderWithNestedNodesAndLists() throws {
    #expect(try text(dataset, as: .turtle, sorted: true) == expected)
  }

  @Test func orderAndLabelsOfTheInputDoNotShow() throws {
    var quads = dataset
    var state: UInt64 = 11
    for _ in 0..<20 {
      for index in quads.indices.dropFirst() {
        state = mixed(state &+ 0x9E37_79B9_7F4A_7C15)
        quads.swapAt(index, Int(state % UInt64(index + 1)))
      }
      let relabelled = quads.map { Quad(relabel($0.subject, state), $0.predicate, relabel($0.object, state)) }
      #expect(try text(relabelled, as: .turtle, sorted: true, piece: 5) == expected)
    }
  }

  private func relabel(_ term: Term, _ state: UInt64) -> Term {
    guard case .blankNode(let label) = term else { return term }
    return .blankNode(.init("x\(label.withView { $0.hash } ^ state)"))
  }

  @Test func datasetIsSortedByGraph() throws {
    let quads = [
      quad("a", "p", "_:x", "h"), quad("_:x", "q", "\"1\"", "h"), quad("a", "p", "\"d\"^^date", "g"), quad("a", "p", "b"),
      quad("a", "q", "_:y", "g"), quad("_:y", "p", "b"),
    ]
    #expect(
      try text(quads, as: .trig, sorted: true) == """
        @prefix ex: <http://example.org/> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

        ex:a ex:p ex:b .

        _:b0 ex:p ex:b .

        ex:g {
          ex:a ex:p "d"^^xsd:date ;
            ex:q _:b0 .
        }

        ex:h {
          ex:a ex:p [
              ex:q "1"
            ] .
        }

        """)
  }

  @Test func nodesInARingGetOneLabel() throws {
    let quads = [
      quad("_:a", "p", "_:b"), quad("_:b", "p", "_:c"), quad("_:c", "p", "_:a"), quad("_:c", "q", "\"x\""), quad("_:s", "p", "_:s"),
    ]
    let written = try text(quads, as: .turtle, sorted: true, prefixes: .example)
    let other = try text(quads.reversed(), as: .turtle, sorted: true, prefixes: .example)
    #expect(written == other)
    #expect(written.split(separator: "\n").filter { $0.hasPrefix("_:") }.count == 2)
  }

  @Test(arguments: [
    // A cell with a third property, a list used twice, a cell with two rests, a list without end.
    [quad("a", "p", "_:l"), quad("_:l", "<\(rdf)first>", "b"), quad("_:l", "<\(rdf)rest>", "<\(rdf)nil>"), quad("_:l", "q", "b")],
    [quad("a", "p", "_:l"), quad("b", "p", "_:l"), quad("_:l", "<\(rdf)first>", "b"), quad("_:l", "<\(rdf)rest>", "<\(rdf)nil>")],
    [quad("a", "p", "_:l"), quad("_:l", "<\(rdf)rest>", "b"), quad("_:l", "<\(rdf)rest>", "<\(rdf)nil>")],
    [quad("a", "p", "_:l"), quad("_:l", "<\(rdf)first>", "b"), quad("_:l", "<\(rdf)rest>", "_:m"), quad("_:m", "<\(rdf)first>", "b")],
  ])
  func malformedListsAreNoLists(_ quads: [Quad]) throws {
    let written = try text(quads, as: .turtle, sorted: true)
    #expect(!written.contains("("))
    #expect(written.contains("rdf:first") || written.contains("rdf:rest"))
  }

  @Test func deepNestingIsBrokenByLabels() throws {
    let chain = [quad("a", "p", "_:n0")] + (0..<5000).map { quad("_:n\($0)", "p", "_:n\($0 + 1)") }
    let written = try text(chain, as: .turtle, sorted: true)
    let deepest = String(repeating: " ", count: 66)
    #expect(written.contains("\n" + deepest + "ex:p"))
    #expect(!written.contains(deepest + " "))
    let long =
      [quad("a", "p", "_:c0")]
      + (0..<20_000).flatMap { number in
        [
          quad("_:c\(number)", "<\(rdf)first>", "\"\(number)\"^^integer"),
          quad("_:c\(number)", "<\(rdf)rest>", number == 19_999 ? "<\(rdf)nil>" : "_:c\(number + 1)"),
        ]
      }
    #expect(try text(long, as: .turtle, sorted: true).hasSuffix("19998 19999 ) .\n"))
  }

  /// Two chains of nodes that look alike: whichever comes first, the other's nodes must follow it in step.
  @Test func mirrorImagesAreOrderedInStep() throws {
    let chains = ["a", "b"].flatMap { chain in (0..<5).map { quad("_:\(chain)\($0)", "p", "_:\(chain)\($0 + 1)") } }
    let expected = try text(chains, as: .ntriples, sorted: true)
    for turn in 1..<chains.count {
      let turned = Array(chains[turn...] + chains[..<turn])
      #expect(try text(turned, as: .ntriples, sorted: true) == expected)
      #expect(try text(turned.reversed(), as: .ntriples, sorted: true) == expected)
    }
  }
}
