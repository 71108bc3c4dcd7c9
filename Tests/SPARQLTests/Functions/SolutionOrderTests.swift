import Bytes
import RDF
import SPARQL
import Testing

@Suite("The order of ORDER BY (SPARQL 1.1 §15.1)")
struct SolutionOrderTests {
  private static let xsd = "http://www.w3.org/2001/XMLSchema#"
  private static func typed(_ text: String, _ name: String) -> Term { .literal(ByteString(text), .datatype(ByteString(xsd + name))) }

  /// Groups of terms that are not told apart, in order.
  private static let groups: [[Term?]] = [
    [nil],
    [.blankNode("b"), .blankNode("a")],
    [.iri("http://e/a")], [.iri("http://e/b")],
    [typed("NaN", "double"), typed("NaN", "float")],
    [typed("-INF", "double")],
    [typed("-1", "integer"), typed("-1.0", "decimal"), typed("-1e0", "double")],
    [typed("0", "integer"), typed("-0e0", "double")],
    [typed("9007199254740992", "integer")], [typed("9007199254740993", "integer")],
    [typed("2023-12-31T23:59:59Z", "dateTime")],
    [typed("2024-01-01T00:00:00", "dateTime"), typed("2024-01-01T01:00:00+01:00", "dateTime")],
    [typed("2024-01-01", "date")], [typed("10:00:00", "time")],
    [typed("false", "boolean"), typed("0", "boolean")], [typed("true", "boolean")],
    [.string("")], [.string("a")], [.string("ab")], [.string("z")], [.string("å")],
    [.literal("a", .language("en"))], [.literal("a", .language("sv"))], [.literal("b", .language("en"))],
    [typed("a", "integer")], [typed("b", "other")],
  ]

  @Test("All kinds of terms are ordered, and what is equal is not told apart")
  func total() {
    let constants = Self.groups.map { $0.map { $0.map { Constant($0) } } }
    for (i, left) in constants.enumerated() {
      for (j, right) in constants.enumerated() {
        for a in left {
          for b in right {
            let order = Value.order(a?.value ?? .none, b?.value ?? .none)
            #expect(order == (i == j ? 0 : i < j ? -1 : 1), "\(String(describing: a?.term)) \(String(describing: b?.term))")
          }
        }
      }
    }
  }
}
