import Glibc

/// The Gauss–Krüger projection of an ellipsoid, from the plane to the globe, by the series that Lantmäteriet publishes ("Gauss Conformal
/// Projection (Transverse Mercator), Krüger's formulas"). Over Sweden it is exact to well under a millimetre.
struct TransverseMercator: Sendable {
  private let centralMeridian: Double
  private let scale: Double
  private let falseNorthing: Double
  private let falseEasting: Double
  /// Krüger's δ1 to δ4.
  private let deltas: [Double]
  /// The factors of the powers of sin² that make the latitude of the sphere that of the ellipsoid: A*, B*, C*, D*.
  private let latitudeFactors: [Double]

  /// A projection; angles in degrees, lengths in metres.
  init(
    semiMajorAxis: Double, flattening: Double, centralMeridian: Double, scale: Double, falseNorthing: Double, falseEasting: Double
  ) {
    self.centralMeridian = centralMeridian
    self.falseNorthing = falseNorthing
    self.falseEasting = falseEasting
    let n = flattening / (2 - flattening)
    let n2 = n * n
    let n3 = n2 * n
    let n4 = n3 * n
    self.scale = scale * semiMajorAxis / (1 + n) * (1 + n2 / 4 + n4 / 64)
    let delta1 = n / 2 - 2 * n2 / 3 + 37 * n3 / 96 - n4 / 360
    let delta2 = n2 / 48 + n3 / 15 - 437 * n4 / 1440
    let delta3 = 17 * n3 / 480 - 37 * n4 / 840
    let delta4 = 4397 * n4 / 161_280
    deltas = [delta1, delta2, delta3, delta4]
    let e2 = flattening * (2 - flattening)
    let e4 = e2 * e2
    let e6 = e4 * e2
    let e8 = e6 * e2
    let a = e2 + e4 + e6 + e8
    let b = -(7 * e4 + 17 * e6 + 30 * e8) / 6
    let c = (224 * e6 + 889 * e8) / 120
    let d = -4279 * e8 / 1260
    latitudeFactors = [a, b, c, d]
  }

  /// SWEREF 99 TM (EPSG:3006). Its ellipsoid is GRS 80; the reference frame agrees with WGS 84 to some decimetres.
  static let sweref99TM = TransverseMercator(
    semiMajorAxis: 6_378_137, flattening: 1 / 298.257222101, centralMeridian: 15, scale: 0.9996, falseNorthing: 0, falseEasting: 500_000)

  /// The latitude and longitude, in degrees, of a point in the plane, in metres.
  func geodetic(northing: Double, easting: Double) -> (latitude: Double, longitude: Double) {
    let xi = (northing - falseNorthing) / scale
    let eta = (easting - falseEasting) / scale
    var sphereXi = xi
    var sphereEta = eta
    for (index, delta) in deltas.enumerated() {
      let multiple = Double(2 * (index + 1))
      sphereXi -= delta * sin(multiple * xi) * cosh(multiple * eta)
      sphereEta -= delta * cos(multiple * xi) * sinh(multiple * eta)
    }
    let sphereLatitude = asin(sin(sphereXi) / cosh(sphereEta))
    let difference = atan(sinh(sphereEta) / cos(sphereXi))
    let square = sin(sphereLatitude) * sin(sphereLatitude)
    var sum = 0.0
    for factor in latitudeFactors.reversed() { sum = sum * square + factor }
    let latitude = sphereLatitude + sin(sphereLatitude) * cos(sphereLatitude) * sum
    return (latitude * 180 / .pi, centralMeridian + difference * 180 / .pi)
  }
}
