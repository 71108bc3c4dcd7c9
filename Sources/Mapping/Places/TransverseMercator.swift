import Glibc

/// The Gauss–Krüger projection of an ellipsoid, between the plane and the globe, by the series that Lantmäteriet publishes ("Gauss Conformal
/// Projection (Transverse Mercator), Krüger's formulas"). Over Sweden it is exact to well under a millimetre.
struct TransverseMercator: Sendable {
  private let centralMeridian: Double
  private let scale: Double
  private let falseNorthing: Double
  private let falseEasting: Double
  /// Krüger's β1 to β4, to the plane, and δ1 to δ4, from it.
  private let betas: [Double]
  private let deltas: [Double]
  /// The factors of the powers of sin² that make the latitude of the ellipsoid that of the sphere: A, B, C, D; and back: A*, B*, C*, D*.
  private let conformalFactors: [Double]
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
    let beta1 = n / 2 - 2 * n2 / 3 + 5 * n3 / 16 + 41 * n4 / 180
    let beta2 = 13 * n2 / 48 - 3 * n3 / 5 + 557 * n4 / 1440
    let beta3 = 61 * n3 / 240 - 103 * n4 / 140
    let beta4 = 49_561 * n4 / 161_280
    betas = [beta1, beta2, beta3, beta4]
    let e2 = flattening * (2 - flattening)
    let e4 = e2 * e2
    let e6 = e4 * e2
    let e8 = e6 * e2
    let a = e2 + e4 + e6 + e8
    let b = -(7 * e4 + 17 * e6 + 30 * e8) / 6
    let c = (224 * e6 + 889 * e8) / 120
    let d = -4279 * e8 / 1260
    latitudeFactors = [a, b, c, d]
    let conformalB = (5 * e4 - e6) / 6
    let conformalC = (104 * e6 - 45 * e8) / 120
    conformalFactors = [-e2, -conformalB, -conformalC, -1237 * e8 / 1260]
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
    return (corrected(sphereLatitude, latitudeFactors) * 180 / .pi, centralMeridian + difference * 180 / .pi)
  }

  /// The point in the plane, in metres, of a latitude and longitude, in degrees.
  func projected(latitude: Double, longitude: Double) -> (northing: Double, easting: Double) {
    let sphereLatitude = corrected(latitude * .pi / 180, conformalFactors)
    let difference = (longitude - centralMeridian) * .pi / 180
    let sphereXi = atan(tan(sphereLatitude) / cos(difference))
    let sphereEta = atanh(cos(sphereLatitude) * sin(difference))
    var xi = sphereXi
    var eta = sphereEta
    for (index, beta) in betas.enumerated() {
      let multiple = Double(2 * (index + 1))
      xi += beta * sin(multiple * sphereXi) * cosh(multiple * sphereEta)
      eta += beta * cos(multiple * sphereXi) * sinh(multiple * sphereEta)
    }
    return (falseNorthing + scale * xi, falseEasting + scale * eta)
  }

  /// A latitude with the series of these factors in the powers of its sin² added.
  private func corrected(_ latitude: Double, _ factors: [Double]) -> Double {
    let square = sin(latitude) * sin(latitude)
    var sum = 0.0
    for factor in factors.reversed() { sum = sum * square + factor }
    return latitude + sin(latitude) * cos(latitude) * sum
  }
}
