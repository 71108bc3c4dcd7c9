import Bytes
import RDF

/// Functions of GeoSPARQL on geometries (GeoSPARQL 1.1 §8.7).
extension EvaluationContext {
  /// geof:distance: how far two geometries are apart, in a unit, as xsd:double. An error where one is no geometry that is read
  /// (``GeometryText``), neither is a single place, or the unit is not known.
  func distance<Row: SolutionRow>(_ arguments: [Expression], for row: Row) -> Value {
    guard arguments.count == 3, let unit = LengthUnit(arguments[2].value(for: row, self)),
      let first = geometry(arguments[0], for: row, place: 0), let second = geometry(arguments[1], for: row, place: 1),
      let metres = first.metres(to: second)
    else { return .none }
    return Value(.double(unit.measure(metres)))
  }

  /// The geometry that an argument comes to, nil for none.
  private func geometry<Row: SolutionRow>(_ argument: Expression, for row: Row, place: Int) -> Geometry? {
    guard case .variable(let variable) = argument, let key = row.key(of: variable) else {
      let value = argument.value(for: row, self)
      return geometries.geometry(of: value, at: place)
    }
    return geometries.geometry(key: key) { row.value(of: variable, self) }
  }
}

/// The units in which a distance may be asked for.
enum LengthUnit {
  case metre
  case radian
  case degree

  init?(_ value: Value) {
    guard case .iri = value.payload, value.lexical.hasPrefix("http://www.opengis.net/def/uom/OGC/1.0/") else { return nil }
    let name = value.lexical.dropFirst(39)
    if name == "metre" {
      self = .metre
    } else if name == "radian" {
      self = .radian
    } else if name == "degree" {
      self = .degree
    } else {
      return nil
    }
  }

  /// A distance in this unit. An angle is that of the distance on the mean sphere.
  func measure(_ metres: Double) -> Double {
    switch self {
    case .metre: metres
    case .radian: metres / Ellipsoid.meanRadius
    case .degree: metres / Ellipsoid.meanRadius * 180 / .pi
    }
  }

  /// A distance in this unit, in metres.
  func metres(_ measure: Double) -> Double { measure / self.measure(1) }
}

/// The geometries of one query, each read once: a join of all stations with all roadworks asks for each of them thousands of times.
struct GeometryCache {
  /// By the key of a solution's term; nil where that is no geometry.
  private var known: [UInt32: Geometry?] = [:]
  /// What was last read for the first and for the second argument where that is no variable.
  private var last: [(text: ByteString, geometry: Geometry?)?] = [nil, nil]
  /// How many places and keys are kept.
  private var size = 0
  /// So many are kept, some 8 MiB; then all are forgotten.
  private static let limit = 1 << 18

  /// The geometry that the term with this key is, nil where it is none.
  mutating func geometry(key: UInt32, _ value: () -> Value) -> Geometry? {
    if let known = known[key] { return known }
    let geometry = Self.read(value())
    size += 1 + (geometry?.count ?? 0)
    if size > Self.limit {
      known.removeAll()
      size = 0
    }
    known[key] = .some(geometry)
    return geometry
  }

  /// The geometry that a value is, which stands at one of the two places in the call; nil where it is none.
  mutating func geometry(of value: Value, at place: Int) -> Geometry? {
    guard Self.isGeometry(value) else { return nil }
    if let last = last[place], last.text.withView({ $0 == value.lexical }) { return last.geometry }
    let geometry = Self.read(value)
    last[place] = (ByteString(value.lexical), geometry)
    return geometry
  }

  private static func read(_ value: Value) -> Geometry? { isGeometry(value) ? GeometryText.geometry(value.lexical) : nil }

  private static func isGeometry(_ value: Value) -> Bool {
    if case .other = value.payload { return GeoSPARQL.wktLiteral.withView { $0 == value.qualifier } }
    return false
  }
}
