import Bytes
import Problems
import RDF
import RDFSyntax
import Resources
import SPARQL
import Store
import TestSupport
import Testing

/// Distances between places, in millimetres by whole numbers. What is expected comes from the geodesics of C. Karney ("Algorithms for
/// geodesics", Journal of Geodesy 87, 2013); for lines from the least of them over the points of the line.
@Suite("geof:distance (GeoSPARQL 1.1 §8.7)")
struct GeoFunctionTests {
  private static let wkt = "<http://www.opengis.net/ont/geosparql#wktLiteral>"
  private static let units = "http://www.opengis.net/def/uom/OGC/1.0/"

  private static func call(_ first: String, _ second: String, unit: String = "metre") -> String {
    "<http://www.opengis.net/def/function/geosparql/distance>(\"\(first)\"^^\(wkt), \"\(second)\"^^\(wkt), <\(units)\(unit)>)"
  }

  private func millimetres(_ first: String, _ second: String) throws -> Int? {
    Int(try evaluated("xsd:integer(ROUND(\(Self.call(first, second)) * 1000))"))
  }

  @Test(
    "Between places: known geodesics, to the millimetre",
    arguments: [
      ("POINT(0 0)", "POINT(1 0)", 111_319_491), ("POINT(0 0)", "POINT(0 1)", 110_574_389),
      ("POINT(15.2066 59.2741)", "POINT(15.21304 59.27412)", 367_202),
      ("POINT(13.00073 55.60587)", "POINT(20.2253 67.8558)", 1_415_236_217),
      ("POINT(18.0686 59.3293)", "POINT(11.9746 57.7089)", 398_157_201),
      // Flinders Peak and Buninyong, the points that Geoscience Australia gives to check a formula with: 54 972.271 m.
      ("POINT(144.42486788888889 -37.95103341666667)", "POINT(143.92649552777778 -37.65282113888889)", 54_972_271),
      ("POINT(-73.8 40.6)", "POINT(-0.5 51.6)", 5_551_759_400), ("POINT(179.5 0)", "POINT(-179.5 0)", 111_319_491),
      ("POINT(0 90)", "POINT(0 -90)", 20_003_931_459), ("POINT(15 59)", "POINT(15 59)", 0), ("POINT(-180 10)", "POINT(180 10)", 0),
    ])
  func points(_ first: String, _ second: String, _ expected: Int) throws {
    #expect(try millimetres(first, second) == expected)
    #expect(try millimetres(second, first) == expected)
  }

  @Test("Between places nearly opposite, to one in a hundred")
  func opposite() throws {
    let metres = try #require(try millimetres("POINT(0 0)", "POINT(179.7 0.5)")) / 1000
    #expect(abs(metres - 19_944_127) < 199_441)
  }

  @Test(
    "From a place to a line, an area or several places",
    arguments: [
      ("LINESTRING(15.1 59.28, 15.3 59.285)", 1_390_840, 1), ("LINESTRING(15.3 59.285, 15.21 59.27)", 570_247, 1),
      ("LINESTRING(15.3 59.285, 15.21 59.27, 15.2 59.27)", 0, 0),
      ("LINESTRING(14.9 59.30, 15.5 59.43)", 9_744_216, 40), ("LINESTRING(13 60.0, 18 60.5)", 103_820_759, 40_000),
      ("POLYGON((15.1 59.2, 15.3 59.2, 15.3 59.3, 15.1 59.3, 15.1 59.2))", 0, 0),
      ("MULTIPOINT(15.203 59.271, 18 60)", 204_146, 1), ("MULTIPOINT((18 60), (15.203 59.271))", 204_146, 1),
      ("MULTILINESTRING((11 58, 12 58), (15.1 59.28, 15.3 59.285))", 1_390_840, 1),
      ("MULTIPOLYGON(((11 58, 12 58, 12 59, 11 58)), ((15.1 59.2, 15.3 59.3, 15.1 59.3, 15.1 59.2)))", 0, 0),
    ])
  func shapes(_ shape: String, _ expected: Int, within tolerance: Int) throws {
    for found in [try millimetres("POINT(15.2 59.27)", shape), try millimetres(shape, "POINT(15.2 59.27)")] {
      #expect(abs(try #require(found) - expected) <= tolerance)
    }
  }

  @Test("In the hole of an area, to its edge; and over the 180th meridian")
  func edges() throws {
    let ring = "POLYGON((15.0 59.0, 15.6 59.0, 15.6 59.4, 15.0 59.4, 15.0 59.0), (15.1 59.1, 15.3 59.1, 15.3 59.3, 15.1 59.3, 15.1 59.1))"
    #expect(abs(try #require(try millimetres("POINT(15.25 59.2)", ring)) - 2_857_082) <= 1)
    #expect(try millimetres("POINT(15.4 59.2)", ring) == 0)
    #expect(abs(try #require(try millimetres("POINT(-179.99 10)", "LINESTRING(179.9 9, 179.9 11)")) - 12_060_330) <= 40)
    // The long way round: the line has the place's meridian in it, ten degrees north.
    for line in ["LINESTRING(-170 10, 170 10)", "LINESTRING(170 10, -170 10)", "LINESTRING(-170 10, 0 10, 170 10)"] {
      #expect(abs(try #require(try millimetres("POINT(165 0)", line)) - 1_105_854_833) <= 10, "\(line)")
    }
  }

  @Test(
    "Spellings of one place",
    arguments: [
      "point ( 15.2\t59.27 )", "POINT Z (15.2 59.27 30)", "POINT zm(15.2 59.27 30 1)", "POINT(+1.52e1 5927E-2)",
      "<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POINT(15.2 59.27)", "<http://www.opengis.net/def/crs/EPSG/0/4326>POINT(59.27 15.2)",
    ])
  func spellings(_ text: String) throws { #expect(try millimetres(text, "POINT(15.2 59.27)") == 0) }

  @Test(
    "What is no geometry on the globe is an error",
    arguments: [
      "", "POINT", "POINT EMPTY", "POINT()", "POINT(15.2)", "POINT(15.2, 59.27)", "POINT(15.2 59.27", "POINT(15.2 59.27) x",
      "POINT(15.2 59.27 e)", "POINT(15.2 59.27 1 2 3)", "POINT(15.2 99)", "POINT(181 0)", "POINT(NaN 0)", "POINT(1 2, 3 4)",
      "POINT Q (1 2)",
      "LINESTRING(1 2)", "POLYGON((0 0, 1 0, 1 1, 0 1))", "POLYGON((0 0, 1 0, 0 0))", "POLYGON(0 0, 1 0, 1 1, 0 0)", "CIRCLE(1 2)",
      "GEOMETRYCOLLECTION(POINT(1 2))", "<http://www.opengis.net/def/crs/EPSG/0/3006> POINT(6572120 512120)",
      "<http://www.opengis.net/def/crs/OGC/1.3/CRS84 POINT(1 2)", "MULTIPOINT((1 2), (3 4)", "((((((1 2",
    ])
  func faults(_ text: String) throws {
    #expect(try evaluated(Self.call(text, "POINT(1 2)")) == "error")
    #expect(try evaluated(Self.call("POINT(1 2)", text)) == "error")
  }

  @Test(
    "Arguments that it does not take are errors",
    arguments: [
      "(\"POINT(1 2)\", \"POINT(1 2)\"^^\(wkt), <\(units)metre>)", "(\"POINT(1 2)\"^^\(wkt), 1, <\(units)metre>)",
      "(\"POINT(1 2)\"^^\(wkt), <\(units)metre>)", "(\"POINT(1 2)\"^^\(wkt), \"POINT(1 2)\"^^\(wkt), <\(units)mile>)",
      "(\"POINT(1 2)\"^^\(wkt), \"POINT(1 2)\"^^\(wkt), \"\(units)metre\")", "(?x, \"POINT(1 2)\"^^\(wkt), <\(units)metre>)",
      "(\"LINESTRING(1 2, 3 4)\"^^\(wkt), \"LINESTRING(1 2, 3 4)\"^^\(wkt), <\(units)metre>)",
    ])
  func arguments(_ arguments: String) throws {
    #expect(try evaluated("<http://www.opengis.net/def/function/geosparql/distance>\(arguments)") == "error")
  }

  @Test("An angle is that on the mean sphere")
  func angles() throws {
    let east = ("POINT(0 0)", "POINT(1 0)")
    #expect(try evaluated("ROUND(\(Self.call(east.0, east.1, unit: "degree")) * 1000000)") == "1.001119E6")
    #expect(try evaluated("ROUND(\(Self.call(east.0, east.1, unit: "radian")) * 1000000)") == "1.7473E4")
  }
}

@Suite("geof:distance over stored places")
struct DistanceJoinTests {
  private static let prologue = """
    PREFIX : <http://e/> PREFIX geof: <http://www.opengis.net/def/function/geosparql/>
    PREFIX uom: <http://www.opengis.net/def/uom/OGC/1.0/> 
    """

  /// Places on a meridian, a thousandth of a degree (111 m) apart; each third has no place, each fifth something that is none.
  private func source(_ count: Int) throws -> EmbeddedSource {
    var text = "@prefix : <http://e/> . @prefix geo: <http://www.opengis.net/ont/geosparql#> ."
    for number in 0..<count {
      let place = number % 5 == 4 ? "nowhere" : "POINT(15 \(59 + Double(number) / 1000))"
      text += " :s\(number) a :Station ; :at \"\(place)\"^^geo:wktLiteral ."
      text += " :w\(number) a :Work ; :at \"\(number % 3 == 0 ? "LINESTRING(14.9 59, 14.9 59.001)" : place)\"^^geo:wktLiteral ."
    }
    let builder = StoreBuilder()
    try RDFReader.read(MemoryStream(Array(text.utf8), name: "places"), format: .turtle, into: builder, problems: ProblemList())
    return EmbeddedSource(SnapshotHolder(try builder.makeSnapshot()), scope: .defaultOnly, threads: QueryThreads(count: 0))
  }

  private func count(_ query: String, in source: EmbeddedSource) throws -> String {
    let collected = MemoryOutput()
    let writer = AnswerWriter(.init(solutions: .csv, graph: .ntriples), to: collected, prefixes: Prefixes())
    try source.answerNow(QueryRequest(ByteString(Self.prologue + query)), to: writer, meter: QueryMeter())
    return String(decoding: collected.bytes, as: UTF8.self).split(whereSeparator: \.isNewline).last.map(String.init) ?? ""
  }

  @Test("Pairs nearer than a distance; what has no place is nearer to nothing and farther from nothing")
  func pairs() throws {
    let source = try source(30)
    let pairs = "{ ?s a :Station ; :at ?a . ?w a :Work ; :at ?b FILTER(geof:distance(?a, ?b, uom:metre) < 150) }"
    // Neighbours and the place itself, of those on the meridian.
    let there = (0..<30).filter { $0 % 5 != 4 }
    let expected = there.flatMap { s in there.filter { $0 % 3 != 0 && abs($0 - s) <= 1 } }.count
    #expect(try count("SELECT (COUNT(*) AS ?n) " + pairs, in: source) == "\(expected)")
    let all = "SELECT (COUNT(?d) AS ?n) { ?s a :Station ; :at ?a . ?w a :Work ; :at ?b BIND(geof:distance(?a, ?b, uom:metre) AS ?d) }"
    let works = (0..<30).filter { $0 % 3 == 0 || $0 % 5 != 4 }.count
    #expect(try count(all, in: source) == "\(there.count * works)")
  }

  @Test("The place may be worked out in the query")
  func madePlaces() throws {
    let query = """
      SELECT (COUNT(*) AS ?n) { ?s a :Station ; :at ?a BIND(STRDT("POINT(15 59)", DATATYPE(?a)) AS ?here)
        FILTER(geof:distance(?a, ?here, uom:metre) < 250 && geof:distance(?a, STRDT(STR(?here), DATATYPE(?a)), uom:metre) < 150) }
      """
    #expect(try count(query, in: try source(30)) == "2")
  }

  /// Stations, and roadworks of one place, along lines and over areas, from some metres to many kilometres apart.
  private func scattered(seed: UInt64) throws -> EmbeddedSource {
    var random = SeededGenerator(seed: seed)
    func place() -> (Double, Double) { (Double.random(in: 17.9...18.1, using: &random), Double.random(in: 59.2...59.4, using: &random)) }
    func text(_ places: [(Double, Double)]) -> String { places.map { "\($0.0) \($0.1)" }.joined(separator: ", ") }
    var data = "@prefix : <http://e/> . @prefix geo: <http://www.opengis.net/ont/geosparql#> ."
    for number in 0..<60 {
      data += " :s\(number) a :Station ; :at \"POINT(\(text([place()])))\"^^geo:wktLiteral ."
      var places = [place()]
      let step = [0.0001, 0.01, 1, 40][number % 4]
      for _ in 0..<3 {
        let last = places[places.count - 1]
        places.append(
          (last.0 + Double.random(in: -step...step, using: &random), last.1 + Double.random(in: -step / 4...step / 4, using: &random)))
      }
      let shape =
        switch number % 3 {
        case 0: "POINT(\(text([places[0]])))"
        case 1: "LINESTRING(\(text(places)))"
        default: "POLYGON((\(text(places + [places[0]]))))"
        }
      data += " :w\(number) a :Work ; :at \"\(shape)\"^^geo:wktLiteral ."
    }
    let builder = StoreBuilder()
    try RDFReader.read(MemoryStream(Array(data.utf8), name: "places"), format: .turtle, into: builder, problems: ProblemList())
    return EmbeddedSource(SnapshotHolder(try builder.makeSnapshot()), scope: .defaultOnly, threads: QueryThreads(count: 0))
  }

  @Test("However a distance is compared, the same pairs are near", arguments: [0, 40, 500, 5_000, 20_000, 1_000_000])
  func comparisons(_ limit: Int) throws {
    let source = try scattered(seed: 20_261_126)
    let pairs = "SELECT (COUNT(*) AS ?n) { ?s a :Station ; :at ?a . ?w a :Work ; :at ?b "
    // A sum is no distance: it is worked out for every pair.
    let expected = try count(pairs + "FILTER(geof:distance(?a, ?b, uom:metre) + 0 <= \(limit)) }", in: source)
    for form in [
      "FILTER(geof:distance(?a, ?b, uom:metre) <= \(limit))", "FILTER(\(limit) >= geof:distance(?b, ?a, uom:metre))",
      "BIND(geof:distance(?a, ?b, uom:metre) AS ?d) FILTER(?d <= \(limit))", "FILTER(!(geof:distance(?a, ?b, uom:metre) > \(limit)))",
      "FILTER(geof:distance(?a, ?b, uom:radian) <= \(limit) / 6371008.771415059)",
    ] {
      #expect(try count(pairs + form + " }", in: source) == expected, "\(form)")
    }
  }
}
