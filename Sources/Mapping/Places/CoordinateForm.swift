import Bytes
import Glibc
import Identifiers
import Problems
import RDF

/// How a cell says where something is (contract §4, `coordinates`): two numbers, in which system and order.
enum CoordinateForm: String, Sendable, CaseIterable {
  /// SWEREF 99 TM (EPSG:3006), northing and easting in metres.
  case sweref99TM = "sweref99tm NE"
  /// WGS 84, latitude and longitude in degrees.
  case wgs84LatLon = "wgs84 LatLon"
  /// WGS 84, longitude and latitude in degrees.
  case wgs84LonLat = "wgs84 LonLat"
  /// Any of these, told apart by the numbers: for points in Sweden no two of them overlap.
  case auto

  /// The datatype of points, geo:wktLiteral.
  static let datatype = GeoSPARQL.wktLiteral

  /// Decimals of degrees that are made: half a millimetre.
  private static let decimals = 8

  /// The point that a text gives: `[55.6,13.0]`, `(55.6, 13.0)`, `55.6 13.0`, `55,6; 13,0`, `POINT(13.0 55.6)`.
  func point(_ text: ByteView) throws(PlaceFault) -> GeographicPoint {
    guard let (first, second) = twoNumbers(text) else { throw .form }
    if first.units == 0, second.units == 0 { throw .zero }
    switch self {
    case .wgs84LatLon: return try GeographicPoint(latitude: first, longitude: second).checked()
    case .wgs84LonLat: return try GeographicPoint(latitude: second, longitude: first).checked()
    case .sweref99TM: return try projected(northing: first, easting: second)
    case .auto: return try recognised(first, second)
    }
  }

  private func recognised(_ first: FixedNumber, _ second: FixedNumber) throws(PlaceFault) -> GeographicPoint {
    let low = min(first.value, second.value)
    let high = max(first.value, second.value)
    let (lesser, greater) = first.value <= second.value ? (first, second) : (second, first)
    if low > 1000, high > 1000 { return try projected(northing: greater, easting: lesser) }
    return try GeographicPoint(latitude: greater, longitude: lesser).checked()
  }

  private func projected(northing: FixedNumber, easting: FixedNumber) throws(PlaceFault) -> GeographicPoint {
    if Sweden.northings.contains(easting.value), Sweden.eastings.contains(northing.value) { throw .swapped }
    guard Sweden.northings.contains(northing.value), Sweden.eastings.contains(easting.value) else { throw .outside }
    let (latitude, longitude) = TransverseMercator.sweref99TM.geodetic(northing: northing.value, easting: easting.value)
    return try GeographicPoint(
      latitude: FixedNumber(latitude, decimals: Self.decimals), longitude: FixedNumber(longitude, decimals: Self.decimals)
    ).checked()
  }

  /// The two numbers of a text. Brackets and the word POINT around them are passed over, and a height after them.
  private func twoNumbers(_ text: ByteView) -> (FixedNumber, FixedNumber)? {
    var rest = text.trimmedOfSpaces
    if rest.count > 5, ByteString("POINT").withView({ $0.equalsIgnoringCase(rest[0..<5]) }) { rest = rest.dropFirst(5).trimmed }
    let isOpen = !rest.isEmpty && (rest[0] == UInt8(ascii: "[") || rest[0] == UInt8(ascii: "("))
    if isOpen {
      let close = rest[0] == UInt8(ascii: "[") ? UInt8(ascii: "]") : UInt8(ascii: ")")
      guard rest[rest.count - 1] == close, rest.count > 2 else { return nil }
      rest = rest[1..<rest.count - 1].trimmed
    }
    // Commas are decimal marks where there is no point and more of them than one, which alone must stand between the numbers.
    let commas = rest.buffer.count { $0 == UInt8(ascii: ",") }
    let decimalComma = rest.firstIndex(of: UInt8(ascii: ".")) == nil && commas > 1
    var numbers: [FixedNumber?] = [nil, nil, nil]
    var index = 0
    for number in 0..<3 {
      guard let found = FixedNumber(rest, at: &index, decimalComma: decimalComma) else { return nil }
      numbers[number] = found
      if index == rest.count { break }
      let end = index
      while index < rest.count, isWhiteSpace(rest[index]) || rest[index] == UInt8(ascii: ",") || rest[index] == UInt8(ascii: ";") {
        index += 1
      }
      if index == end || index == rest.count { return nil }
    }
    guard index == rest.count, let first = numbers[0], let second = numbers[1] else { return nil }
    return (first, second)
  }
}

/// Where in the plane and on the globe Sweden lies, with some sea around it.
private enum Sweden {
  static let latitudes = 54.9...69.3
  static let longitudes = 10.0...24.6
  static let northings = 6_090_000.0...7_700_000.0
  static let eastings = 170_000.0...960_000.0
}

/// Why a text gives no point in Sweden.
enum PlaceFault: Error {
  /// Not two numbers.
  case form
  /// 0, 0: what is written where nothing is known.
  case zero
  /// The two numbers stand in the other order.
  case swapped
  /// Not in Sweden.
  case outside

  /// The code of the problem to tell.
  var code: ProblemCode {
    switch self {
    case .form: .coordinatesForm
    case .zero: .coordinatesZero
    case .swapped: .coordinatesSwapped
    case .outside: .coordinatesOutside
    }
  }
}

/// A point on the globe, in degrees of WGS 84.
struct GeographicPoint: Equatable, Sendable {
  var latitude: FixedNumber
  var longitude: FixedNumber

  /// The point, if it lies in or near Sweden.
  fileprivate func checked() throws(PlaceFault) -> GeographicPoint {
    if Sweden.latitudes.contains(latitude.value), Sweden.longitudes.contains(longitude.value) { return self }
    throw Sweden.latitudes.contains(longitude.value) && Sweden.longitudes.contains(latitude.value) ? .swapped : .outside
  }

  /// Metres to another point, in the plane of SWEREF 99 TM: within Sweden right to a thousandth.
  func distance(to other: GeographicPoint) -> Double {
    let (own, far) = (plane, other.plane)
    return hypot(own.northing - far.northing, own.easting - far.easting)
  }

  private var plane: (northing: Double, easting: Double) {
    TransverseMercator.sweref99TM.projected(latitude: latitude.value, longitude: longitude.value)
  }
}

extension ByteBuffer {
  /// Appends a point as well-known text (geo:wktLiteral, CRS84: longitude first).
  mutating func append(_ point: GeographicPoint) {
    append("POINT(")
    append(point.longitude)
    append(UInt8(ascii: " "))
    append(point.latitude)
    append(UInt8(ascii: ")"))
  }
}
