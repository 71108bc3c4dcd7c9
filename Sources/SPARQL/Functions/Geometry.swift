import Glibc

/// What a geo:wktLiteral says: places, lines or areas in WGS 84. A line between two places is straight in degrees (OGC 06-103r4 §6.1).
struct Geometry {
  /// The places, of one part after the other.
  private let positions: [Coordinate]
  /// Where each part ends among the places: a place by itself, a line, or a ring.
  private let ends: [Int]
  /// Whether the parts are rings around areas.
  private let isArea: Bool
  /// Where it is one place, that place.
  let point: GeodesicPoint?
  /// Where it lies in space.
  let ball: Ball

  /// A geometry of at least one place.
  init(_ positions: [Coordinate], ends: [Int], isArea: Bool) {
    self.positions = positions
    self.ends = ends
    self.isArea = isArea
    point = positions.count == 1 ? GeodesicPoint(positions[0]) : nil
    ball = Ball(around: positions)
  }

  /// How many places it speaks of.
  var count: Int { positions.count }

  /// Metres to another geometry, 0 within an area; nil where neither of the two is a single place.
  func metres(to other: Geometry) -> Double? {
    if let point {
      if let far = other.point { return Ellipsoid.metres(from: point, to: far) }
      return Ellipsoid.metres(from: point, to: GeodesicPoint(other.nearest(to: positions[0])))
    }
    guard other.point != nil else { return nil }
    return other.metres(to: self)
  }

  /// The place of this geometry that is nearest to another, chosen in the plane that touches the globe there: what that changes in
  /// the distance grows with its cube, from 4 cm at 10 km to 40 m at 100 km.
  private func nearest(to place: Coordinate) -> Coordinate {
    if isArea, contains(place) { return place }
    let latitude = place.latitude * .pi / 180
    // How long a degree of longitude is where one of latitude is 1: the radii of curvature of the ellipsoid.
    let e2 = Ellipsoid.flattening * (2 - Ellipsoid.flattening)
    let width = cos(latitude) * (1 - e2 * sin(latitude) * sin(latitude)) / (1 - e2)
    var best = place
    var least = Double.infinity
    var start = 0
    for end in ends {
      var from = offset(of: positions[start], from: place)
      if end - start == 1 { note(from, 0, from) }
      for index in start..<max(end - 1, start) {
        // Not the shorter way round: a line goes where its degrees go.
        let step = (
          longitude: positions[index + 1].longitude - positions[index].longitude,
          latitude: positions[index + 1].latitude - positions[index].latitude
        )
        note(from, fraction(from, step), step)
        // What goes beyond half the globe from the place comes nearer to it from the other side.
        let far = max(abs(from.longitude), abs(from.longitude + step.longitude))
        for shift in far > 180 ? [-360.0, 360] : [] {
          let moved = (longitude: from.longitude + shift, latitude: from.latitude)
          note(moved, fraction(moved, step), step)
        }
        from = (from.longitude + step.longitude, from.latitude + step.latitude)
      }
      start = end
    }
    return best

    func fraction(_ from: Offset, _ step: Offset) -> Double {
      let (x, y) = (step.longitude * width, step.latitude)
      let length2 = x * x + y * y
      return length2 > 0 ? min(1, max(0, -(from.longitude * width * x + from.latitude * y) / length2)) : 0
    }

    func note(_ from: Offset, _ fraction: Double, _ step: Offset) {
      let longitude = from.longitude + fraction * step.longitude
      let latitude = from.latitude + fraction * step.latitude
      let distance2 = longitude * width * longitude * width + latitude * latitude
      if distance2 < least {
        least = distance2
        best = Coordinate(longitude: place.longitude + longitude, latitude: place.latitude + latitude)
      }
    }
  }

  private typealias Offset = (longitude: Double, latitude: Double)

  /// Degrees from a place to another, the shorter way round the globe.
  private func offset(of position: Coordinate, from place: Coordinate) -> Offset {
    (remainder(position.longitude - place.longitude, 360), position.latitude - place.latitude)
  }

  /// Whether a place lies within the areas: a ray from it crosses their rings an odd number of times.
  private func contains(_ place: Coordinate) -> Bool {
    var isInside = false
    var start = 0
    for end in ends {
      for index in start..<max(end - 1, start) {
        let (a, b) = (positions[index], positions[index + 1])
        guard (a.latitude > place.latitude) != (b.latitude > place.latitude) else { continue }
        let crossing = a.longitude + (place.latitude - a.latitude) / (b.latitude - a.latitude) * (b.longitude - a.longitude)
        if place.longitude < crossing { isInside.toggle() }
      }
      start = end
    }
    return isInside
  }
}
