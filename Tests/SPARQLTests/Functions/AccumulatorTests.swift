import Bytes
import RDF
import SPARQL
import Testing

@Suite("Aggregates (SPARQL 1.1 §18.5.1)")
struct AccumulatorTests {
  private static func integer(_ number: Int) -> Term { .literal(ByteString("\(number)"), .datatype(XSD.integer)) }

  private func result(_ call: String, _ terms: [Term?]) throws -> String {
    let query = try parsed("SELECT (\(call) AS ?r) { ?s ?p ?x }")
    guard case .project(_, .extend(.group(let grouping, _), _, _)) = query.pattern else { return "no aggregate" }
    let aggregate = grouping.outputs[0].aggregate
    let context = try makeContext()
    var accumulator = Accumulator(aggregate)
    for term in terms {
      let constant = term.map { Constant($0) }
      if aggregate.argument == nil { accumulator.addSolution() } else { accumulator.add(constant?.value ?? .none, context) }
      context.scratch.reset()
    }
    return accumulator.result(context).term(context.scratch)?.term.short ?? "error"
  }

  @Test(
    "Integers",
    arguments: [
      ("COUNT(*)", "4"), ("COUNT(?x)", "4"), ("COUNT(DISTINCT ?x)", "3"), ("SUM(?x)", "10"), ("SUM(DISTINCT ?x)", "8"), ("AVG(?x)", "2.5"),
      ("MIN(?x)", "1"), ("MAX(?x)", "5"), ("SAMPLE(?x)", "2"), ("GROUP_CONCAT(?x)", "\"2 1 2 5\""),
      ("GROUP_CONCAT(DISTINCT ?x ; SEPARATOR=\", \")", "\"2, 1, 5\""),
    ])
  func integers(_ call: String, _ expected: String) throws {
    #expect(try result(call, [2, 1, 2, 5].map(Self.integer)) == expected)
  }

  @Test(
    "No solutions at all",
    arguments: [
      ("COUNT(*)", "0"), ("COUNT(?x)", "0"), ("SUM(?x)", "0"), ("AVG(?x)", "0"), ("MIN(?x)", "error"), ("MAX(?x)", "error"),
      ("SAMPLE(?x)", "error"),
      ("GROUP_CONCAT(?x)", "\"\""),
    ])
  func empty(_ call: String, _ expected: String) throws { #expect(try result(call, []) == expected) }

  @Test(
    "An error among the values",
    arguments: [
      ("COUNT(*)", "3"), ("COUNT(?x)", "2"), ("SUM(?x)", "error"), ("AVG(?x)", "error"), ("MIN(?x)", "error"), ("MAX(?x)", "error"),
      ("SAMPLE(?x)", "1"),
      ("GROUP_CONCAT(?x)", "error"),
    ])
  func errors(_ call: String, _ expected: String) throws {
    #expect(try result(call, [Self.integer(1), nil, Self.integer(3)]) == expected)
  }

  @Test("What can't be added is an error of SUM and AVG; MIN and MAX order all terms")
  func mixed() throws {
    let terms: [Term?] = [.string("b"), .iri("http://e/a"), Self.integer(3), .literal("x", .language("en"))]
    #expect(try result("SUM(?x)", terms) == "error")
    #expect(try result("AVG(?x)", terms) == "error")
    #expect(try result("MIN(?x)", terms) == "<http://e/a>")
    #expect(try result("MAX(?x)", terms) == "\"x\"@en")
    #expect(try result("COUNT(DISTINCT ?x)", terms + terms) == "4")
    #expect(try result("GROUP_CONCAT(?x)", terms) == "\"b http://e/a 3 x\"")
  }

  @Test("Sums keep exact numbers exact, and promote")
  func promotion() throws {
    let tenth = Term.literal("0.1", .datatype(XSD.decimal))
    #expect(try result("SUM(?x)", Array(repeating: tenth, count: 10)) == "1.")
    #expect(try result("SUM(?x)", [tenth, .literal("1e0", .datatype(XSD.double))]) == "1.1E0")
    #expect(try result("AVG(?x)", [Self.integer(1), Self.integer(1), Self.integer(2)]) == "1.333333333333333333")
    #expect(
      try result("SUM(?x)", [.literal(ByteString(String(repeating: "9", count: 38)), .datatype(XSD.integer)), Self.integer(.max)])
        != "error")
    let most = Term.literal("170141183460469231731687303715884105727", .datatype(XSD.integer))
    #expect(try result("SUM(?x)", [most, Self.integer(1)]) == "error")
  }
}
