import Glibc

/// A place in degrees of WGS 84, as coordinates are written: longitude first.
struct Coordinate: Equatable {
  /// Degrees east of Greenwich, from -180 to 180.
  var longitude: Double
  /// Degrees north of the equator, from -90 to 90.
  var latitude: Double
}

/// A place made ready for many distances: its longitude in radians, and its reduced latitude, that on the sphere around the ellipsoid.
struct GeodesicPoint {
  fileprivate let longitude: Double
  fileprivate let sine: Double
  fileprivate let cosine: Double

  init(_ position: Coordinate) {
    longitude = position.longitude * .pi / 180
    let tangent = (1 - Ellipsoid.flattening) * tan(position.latitude * .pi / 180)
    cosine = 1 / (1 + tangent * tangent).squareRoot()
    sine = tangent * cosine
  }

  /// Where it lies in space, in metres from the middle of the ellipsoid.
  var inSpace: SIMD3<Double> {
    let axis = Ellipsoid.semiMajorAxis
    return SIMD3(axis * cosine * cos(longitude), axis * cosine * sin(longitude), axis * (1 - Ellipsoid.flattening) * sine)
  }
}

/// A part of space in which a geometry lies.
struct Ball {
  /// Its middle, in metres from that of the ellipsoid.
  let middle: SIMD3<Double>
  /// Its radius in metres; infinite where nothing is known.
  let radius: Double

  /// A ball around places; lines between them in degrees may leave that of their ends by no more than its own radius, where they are short
  /// and not near a pole.
  init(around positions: [Coordinate]) {
    let places = positions.map { GeodesicPoint($0).inSpace }
    let middle = places.reduce(SIMD3(), +) / Double(max(places.count, 1))
    let reach = places.map { (($0 - middle) * ($0 - middle)).sum().squareRoot() }.max() ?? .infinity
    let west = positions.map(\.longitude).min() ?? 0
    let isSmall =
      reach < Self.greatestReach && !positions.contains { abs($0.latitude) > Self.greatestLatitude || $0.longitude > west + 180 }
    self.middle = middle
    radius = positions.count == 1 ? 0 : isSmall ? 2 * reach : .infinity
  }

  /// A ball of which nothing is known.
  static let unknown = Ball(around: [])

  private static let greatestReach = 100_000.0
  private static let greatestLatitude = 80.0
}

/// The ellipsoid of WGS 84.
enum Ellipsoid {
  /// Metres from its centre to the equator.
  static let semiMajorAxis = 6_378_137.0
  /// How much shorter the axis is, as part of that.
  static let flattening = 1 / 298.257223563
  /// Metres from its centre to its surface in the mean, that of the sphere on which a distance is an angle.
  static let meanRadius = semiMajorAxis * (3 - flattening) / 3

  private static let semiMinorAxis = semiMajorAxis * (1 - flattening)
  private static let most = 60
  private static let leastStep = 1e-12

  /// Metres along the geodesic between two points, by the inverse formula of Vincenty ("Direct and inverse solutions of geodesics on the
  /// ellipsoid", Survey Review 23, 1975): right to half a millimetre. Of points nearly opposite on the globe, where it finds no end, those
  /// along the great circle of the mean sphere, which differ by less than one in a hundred.
  static func metres(from first: GeodesicPoint, to second: GeodesicPoint) -> Double {
    let difference = remainder(second.longitude - first.longitude, 2 * .pi)
    let sines = first.sine * second.sine
    let cosines = first.cosine * second.cosine
    var lambda = difference
    for _ in 0..<most {
      let (sinLambda, cosLambda) = (sin(lambda), cos(lambda))
      let across = second.cosine * sinLambda
      let along = first.cosine * second.sine - first.sine * second.cosine * cosLambda
      let sinSigma = (across * across + along * along).squareRoot()
      if sinSigma == 0 { return sines + cosines * cosLambda > 0 ? 0 : .pi * meanRadius }
      let cosSigma = sines + cosines * cosLambda
      let sigma = atan2(sinSigma, cosSigma)
      let sinAlpha = cosines * sinLambda / sinSigma
      let cosAlpha2 = 1 - sinAlpha * sinAlpha
      let cosMiddle = cosAlpha2 > 0 ? cosSigma - 2 * sines / cosAlpha2 : 0
      let c = flattening / 16 * cosAlpha2 * (4 + flattening * (4 - 3 * cosAlpha2))
      let middle = cosMiddle + c * cosSigma * (2 * cosMiddle * cosMiddle - 1)
      let next = difference + (1 - c) * flattening * sinAlpha * (sigma + c * sinSigma * middle)
      if abs(next - lambda) < leastStep { return length(sigma, sinSigma, cosSigma, cosAlpha2, cosMiddle) }
      if abs(next) > .pi { break }
      lambda = next
    }
    return greatCircle(first, second, difference)
  }

  /// The length of a geodesic whose arc on the sphere is known.
  private static func length(
    _ sigma: Double, _ sinSigma: Double, _ cosSigma: Double, _ cosAlpha2: Double, _ cosMiddle: Double
  ) -> Double {
    let u2 = cosAlpha2 * (semiMajorAxis * semiMajorAxis / (semiMinorAxis * semiMinorAxis) - 1)
    let a = 1 + u2 / 16384 * (4096 + u2 * (-768 + u2 * (320 - 175 * u2)))
    let b = u2 / 1024 * (256 + u2 * (-128 + u2 * (74 - 47 * u2)))
    let square = 2 * cosMiddle * cosMiddle - 1
    let third = b / 6 * cosMiddle * (4 * sinSigma * sinSigma - 3) * (4 * cosMiddle * cosMiddle - 3)
    let change = b * sinSigma * (cosMiddle + b / 4 * (cosSigma * square - third))
    return semiMinorAxis * a * (sigma - change)
  }

  private static func greatCircle(_ first: GeodesicPoint, _ second: GeodesicPoint, _ difference: Double) -> Double {
    let cosine = first.sine * second.sine + first.cosine * second.cosine * cos(difference)
    return meanRadius * acos(min(1, max(-1, cosine)))
  }
}
