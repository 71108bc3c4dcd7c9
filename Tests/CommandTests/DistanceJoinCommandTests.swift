import Foundation
import TestSupport
import Testing

/// All stations with all roadworks, as the budget of a site's queries lets it (30 s): 2 000 of each with `KOMMUNGRAF_TESTS=full`.
struct DistanceJoinCommandTests {
  private static let count = TestTier.isFull ? 2_000 : 300

  /// A grid of stations some kilometres apart, beside each a roadwork: every fourth at 200 metres, a line at 400, at 600, a line at 800.
  private static var data: String {
    let metre = 1 / 111_400.0
    return (0..<count).map { number in
      let (longitude, latitude) = (12 + Double(number % 50) / 10, 58 + Double(number / 50) / 20)
      let north = latitude + Double(200 * (number % 4 + 1)) * metre
      let place = "\(longitude) \(north)"
      let work = number % 2 == 0 ? "POINT(\(place))" : "LINESTRING(\(place), \(longitude + 0.01) \(north))"
      return """
        _:s\(number) a <http://e/Station> ; <http://e/at> "POINT(\(longitude) \(latitude))"^^geo:wktLiteral .
        _:w\(number) a <http://e/Work> ; <http://e/at> "\(work)"^^geo:wktLiteral .

        """
    }.joined()
  }

  @Test("Roadworks within 500 metres of a station", arguments: ["FILTER(?d <= 500)", "FILTER(geof:distance(?a, ?b, uom:metre) <= 500)"])
  func withinReach(_ filter: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("places.ttl", "@prefix geo: <http://www.opengis.net/ont/geosparql#> .\n" + Self.data)
    let query = """
      PREFIX geof: <http://www.opengis.net/def/function/geosparql/> PREFIX uom: <http://www.opengis.net/def/uom/OGC/1.0/>
      SELECT ?a (ROUND(?d / 100) AS ?hundreds) { ?s a <http://e/Station> ; <http://e/at> ?a . ?w a <http://e/Work> ; <http://e/at> ?b
        BIND(geof:distance(?a, ?b, uom:metre) AS ?d) \(filter) }
      """
    let run = try ProgramRun(["query", "--data", "places.ttl", "--results", "csv", "--timeout", "30", query], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let rows = run.text.split(whereSeparator: \.isNewline).dropFirst()
    #expect(rows.count == Self.count / 2)
    #expect(rows.count { $0.hasSuffix(",2.0E0") } == Self.count / 4)
    #expect(rows.count { $0.hasSuffix(",4.0E0") } == Self.count / 4)
  }
}
