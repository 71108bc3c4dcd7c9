import Testing

@testable import Mapping

/// Cells that say where something is (contract §4, `coordinates`).
struct CoordinatesTests {
  private static let annotation = "\"https://w3id.org/kommungraf/ns/csvw/coordinates\""
  private static let byTitle = "\"https://w3id.org/kommungraf/ns/csvw/columnMatching\": \"title\""

  /// The four points of "Kontrollpunkter" (Lantmäteriet, Samband och parametrar, 2006): seconds of arc to six decimals, metres to three.
  @Test(
    arguments: [
      (67, 5, 26.452769, 21, 2, 5.101575, 7_454_204.638, 761_811.242), (63, 32, 14.761735, 16, 14, 59.594626, 7_046_077.605, 562_140.337),
      (60, 9, 33.882413, 14, 45, 28.167152, 6_669_189.376, 486_557.055), (56, 21, 17.199245, 13, 52, 23.754022, 6_246_136.458, 430_374.835),
    ] as [(Double, Double, Double, Double, Double, Double, Double, Double)])
  func controlPointsAreMetToTheMillimetre(
    _ point: (Double, Double, Double, Double, Double, Double, Double, Double)
  ) {
    let latitude = point.0 + point.1 / 60 + point.2 / 3600
    let longitude = point.3 + point.4 / 60 + point.5 / 3600
    let found = TransverseMercator.sweref99TM.geodetic(northing: point.6, easting: point.7)
    #expect(((found.latitude - latitude) * 111_500).magnitude < 0.001)
    #expect(((found.longitude - longitude) * 62_000).magnitude < 0.001)
    let back = TransverseMercator.sweref99TM.projected(latitude: latitude, longitude: longitude)
    #expect((back.northing - point.6).magnitude < 0.001)
    #expect((back.easting - point.7).magnitude < 0.001)
  }

  /// Points at whole degrees along the country, by PROJ (EPSG:4619 to EPSG:3006).
  @Test(arguments: [
    (55, 12, 6_098_907.825, 308_124.368), (58, 15, 6_428_710.159, 500_000), (61, 18, 6_766_502.990, 662_218.221),
    (65, 22, 7_226_731.390, 829_567.844), (66, 24, 7_349_217.668, 907_351.981),
  ])
  func agreesWithPROJ(_ latitude: Int, _ longitude: Int, _ northing: Double, _ easting: Double) {
    let found = TransverseMercator.sweref99TM.geodetic(northing: northing, easting: easting)
    #expect(((found.latitude - Double(latitude)) * 111_500).magnitude < 0.001)
    #expect(((found.longitude - Double(longitude)) * 64_000).magnitude < 0.001)
    let back = TransverseMercator.sweref99TM.projected(latitude: Double(latitude), longitude: Double(longitude))
    #expect((back.northing - northing).magnitude < 0.001)
    #expect((back.easting - easting).magnitude < 0.001)
  }

  /// The numerical example of Lantmäteriet's own description of the formulas, with parameters of its own.
  @Test func thePublishedExampleIsMet() {
    let projection = TransverseMercator(
      semiMajorAxis: 6_378_137, flattening: 1 / 298.257222101, centralMeridian: 13 + 35 / 60 + 7.692 / 3600, scale: 1.00000254,
      falseNorthing: -6_226_307.864, falseEasting: 84_182.879)
    let (latitude, longitude) = projection.geodetic(northing: 1_135_809.413803, easting: 555_304.016555)
    #expect((latitude - 66).magnitude < 1e-9)
    #expect((longitude - 24).magnitude < 1e-9)
    let back = projection.projected(latitude: 66, longitude: 24)
    #expect((back.northing - 1_135_809.413803).magnitude < 1e-4)
    #expect((back.easting - 555_304.016555).magnitude < 1e-4)
  }

  private func convert(_ form: String, _ cells: [String], more: String = "") throws -> ColumnConversion {
    try ColumnConversion(
      columns: """
        {"name": "p", "titles": "p", "propertyUrl": "http://example.org/p", \(Self.annotation): "\(form)"}\(more)
        """,
      table: "p\n" + cells.map { "\"\($0)\"\n" }.joined(), annotations: Self.byTitle)
  }

  @Test(arguments: [
    ("wgs84 LatLon", "[55.60616,13.000366]", "POINT(13.000366 55.60616)"), ("wgs84 LatLon", "(55.6, 13.0)", "POINT(13 55.6)"),
    ("wgs84 LatLon", "55.6 13.0", "POINT(13 55.6)"), ("wgs84 LatLon", "55,6; 13,05", "POINT(13.05 55.6)"),
    ("wgs84 LatLon", "55,6, 13,05", "POINT(13.05 55.6)"), ("wgs84 LatLon", "55,13", "POINT(13 55)"),
    ("wgs84 LatLon", " [ 55.600 ; 13.10 ] ", "POINT(13.1 55.6)"), ("wgs84 LatLon", "[55.6,13.0,27.5]", "POINT(13 55.6)"),
    ("wgs84 LonLat", "POINT(13.0 55.6)", "POINT(13 55.6)"), ("wgs84 LonLat", "point (13.0 55.6)", "POINT(13 55.6)"),
    ("sweref99tm NE", "[6540481.778,557450.941]", "POINT(16 59)"), ("auto", "557450.941 6540481.778", "POINT(16 59)"),
    ("auto", "59,16", "POINT(16 59)"), ("auto", "16 59", "POINT(16 59)"), ("auto", "[6540481.778,557450.941]", "POINT(16 59)"),
    ("wgs84 LatLon", "+59.1234567891 18", "POINT(18 59.123456789)"),
  ])
  func allWaysToWriteAPlaceGiveOnePoint(_ form: String, _ cell: String, _ point: String) throws {
    let result = try convert(form, [cell])
    #expect(result.objects == [point + " wktLiteral"])
    #expect(result.problems == [])
  }

  @Test(arguments: [
    ("wgs84 LatLon", "[0,0]", "coordinates-zero"), ("sweref99tm NE", "0 0", "coordinates-zero"), ("auto", "0.0, 0.0", "coordinates-zero"),
    ("wgs84 LatLon", "[13.0,55.6]", "coordinates-swapped"), ("wgs84 LonLat", "55.6 13.0", "coordinates-swapped"),
    ("sweref99tm NE", "[557450.941,6540481.778]", "coordinates-swapped"),
    ("wgs84 LatLon", "[52.5,13.4]", "coordinates-outside"), ("wgs84 LatLon", "[6540481.778,557450.941]", "coordinates-outside"),
    ("sweref99tm NE", "[59,16]", "coordinates-outside"), ("auto", "[-59,16]", "coordinates-outside"),
    ("auto", "1 2", "coordinates-outside"),
    ("wgs84 LatLon", "Stortorget", "coordinates-form"), ("wgs84 LatLon", "55.6", "coordinates-form"),
    ("wgs84 LatLon", "[55.6,13.0", "coordinates-form"), ("wgs84 LatLon", "[]", "coordinates-form"),
    ("wgs84 LatLon", "[", "coordinates-form"),
    ("wgs84 LatLon", "55.6N 13.0E", "coordinates-form"), ("wgs84 LatLon", "1 2 3 4", "coordinates-form"),
    ("wgs84 LatLon", "55.6,13.0,", "coordinates-form"), ("sweref99tm NE", "65405410000 1", "coordinates-form"),
  ])
  func whatIsNoPlaceInSwedenIsAnErrorWithoutValue(_ form: String, _ cell: String, _ code: String) throws {
    let result = try convert(form, [cell])
    #expect(result.objects == [])
    #expect(result.problems.count == 1)
    #expect(result.problems.first?.hasSuffix("[\(code)]") == true, "\(result.problems)")
  }

  @Test func partsOfAPlaceStandInTextsAndTemplates() throws {
    let result = try convert(
      "wgs84 LatLon", ["[55.6,13.0]", ""],
      more: """
        , {"name": "lat", "virtual": true, "propertyUrl": "http://example.org/lat", "default": "{p.lat}", "datatype": "decimal"},
        {"name": "t", "virtual": true, "propertyUrl": "http://example.org/t", "default": "{p.long}/{p.wkt}"},
        {"name": "u", "virtual": true, "propertyUrl": "http://example.org/u", "valueUrl": "http://example.org/at/{p.lat}/{p.long}"}
        """)
    #expect(
      result.objects == ["POINT(13 55.6) wktLiteral", "55.6 decimal", "13/POINT(13 55.6) string", "http://example.org/at/55.6/13"])
  }

  @Test func twoColumnsMakeAPlaceByAText() throws {
    let result = try ColumnConversion(
      columns: """
        {"name": "a", "titles": "a", "suppressOutput": true}, {"name": "b", "titles": "b", "suppressOutput": true},
        {"name": "p", "virtual": true, "propertyUrl": "http://example.org/p", "default": "{a} {b}", \(Self.annotation): "wgs84 LatLon"}
        """, table: "a,b\n55.6,13.0\n55.6,\n13.0,55.6\n", annotations: Self.byTitle)
    #expect(result.objects == ["POINT(13 55.6) wktLiteral"])
    #expect(result.problems.count == 1)
  }

  /// The first column counts; twenty metres between the two are too many.
  @Test(arguments: [
    ("[59,16]", "[6540482,557451]", ["POINT(16 59)"], 0), ("[59.0002,16]", "[6540482,557451]", ["POINT(16 59.0002)"], 1),
    ("[0,0]", "[6540481.778,557450.941]", ["POINT(16 59)"], 1), ("", "[6540481.778,557450.941]", ["POINT(16 59)"], 0),
    ("", "", [], 0),
  ])
  func oneOfTwoSystemsCounts(_ first: String, _ second: String, _ points: [String], _ problems: Int) throws {
    let result = try ColumnConversion(
      columns: """
        {"name": "w", "titles": "w", "propertyUrl": "http://example.org/p", \(Self.annotation): "wgs84 LatLon"},
        {"name": "s", "titles": "s", "propertyUrl": "http://example.org/p", \(Self.annotation): "sweref99tm NE; same: w"}
        """, table: "w,s\n\"\(first)\",\"\(second)\"\n", annotations: Self.byTitle)
    #expect(result.objects == points.map { $0 + " wktLiteral" })
    #expect(result.problems.count == problems, "\(result.problems)")
  }

  @Test(arguments: [
    "sweref99tm", "wgs84", "", "wgs84 LatLon; same: x", "wgs84 LatLon; same", "wgs84 LatLon; other: p", "wgs84 LatLon; same: p",
  ])
  func refusesWhatIsNoForm(_ form: String) {
    #expect(throws: (any Error).self) { try convert(form, ["[55.6,13.0]"]) }
  }
}
