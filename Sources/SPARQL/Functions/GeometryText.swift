import Bytes

/// Reads well-known text (GeoSPARQL 1.1 §8.8.5, OGC 06-103r4 §7): one to three levels of brackets around coordinates, longitude first unless a
/// reference system before it says otherwise.
struct GeometryText {
  /// The shapes that are read, and how deep their brackets are.
  private enum Shape: String, CaseIterable {
    case point = "POINT"
    case lineString = "LINESTRING"
    case polygon = "POLYGON"
    case multiPoint = "MULTIPOINT"
    case multiLineString = "MULTILINESTRING"
    case multiPolygon = "MULTIPOLYGON"

    var depth: Int {
      switch self {
      case .point, .lineString, .multiPoint: 1
      case .polygon, .multiLineString: 2
      case .multiPolygon: 3
      }
    }

    var isArea: Bool { self == .polygon || self == .multiPolygon }

    /// How many places a part has at the least.
    var leastPlaces: Int {
      switch self {
      case .point, .multiPoint: 1
      case .lineString, .multiLineString: 2
      case .polygon, .multiPolygon: 4
      }
    }
  }

  private let text: ByteView
  private var index = 0
  private var latitudeFirst = false
  private var positions: [Coordinate] = []
  private var ends: [Int] = []

  private init(_ text: ByteView) { self.text = text }

  /// The geometry that a text says; nil for one that is none, is empty, lies off the globe, or is in a reference system other than CRS84
  /// and EPSG:4326.
  static func geometry(_ text: ByteView) -> Geometry? {
    var reader = GeometryText(text)
    guard reader.readSystem(), let shape = reader.readShape(), reader.readList(shape, depth: shape.depth) else { return nil }
    reader.skipSpace()
    guard reader.index == text.count, shape != .point || reader.positions.count == 1 else { return nil }
    return Geometry(reader.positions, ends: reader.ends, isArea: shape.isArea)
  }

  /// Passes over the IRI of a reference system, and says whether it is one of those that are read.
  private mutating func readSystem() -> Bool {
    skipSpace()
    guard take(UInt8(ascii: "<")) else { return true }
    guard let end = text.firstIndex(of: UInt8(ascii: ">"), from: index) else { return false }
    let system = text[index..<end]
    index = end + 1
    latitudeFirst = system == "http://www.opengis.net/def/crs/EPSG/0/4326"
    return latitudeFirst || system == "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
  }

  /// The shape that the text names; heights and measures that it announces are passed over with the coordinates.
  private mutating func readShape() -> Shape? {
    guard let shape = Shape(rawValue: readWord()) else { return nil }
    let dimensions = readWord()
    return dimensions.isEmpty || dimensions == "Z" || dimensions == "M" || dimensions == "ZM" ? shape : nil
  }

  private mutating func readWord() -> String {
    skipSpace()
    let start = index
    while index < text.count, isLetter(text[index]) { index += 1 }
    return text[start..<index].inCapitals.text
  }

  /// What stands in brackets: parts where there are further brackets, else one part.
  private mutating func readList(_ shape: Shape, depth: Int) -> Bool {
    guard take(UInt8(ascii: "(")) else { return false }
    let first = positions.count
    repeat {
      if depth > 1 {
        guard readList(shape, depth: depth - 1) else { return false }
      } else {
        // The places of a MULTIPOINT may have brackets of their own.
        let isBracketed = shape == .multiPoint && take(UInt8(ascii: "("))
        guard let position = readPosition() else { return false }
        positions.append(position)
        if isBracketed, !take(UInt8(ascii: ")")) { return false }
        if shape == .multiPoint { ends.append(positions.count) }
      }
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: ")")) else { return false }
    if depth > 1 || shape == .multiPoint { return true }
    ends.append(positions.count)
    if shape.isArea, positions[first] != positions[positions.count - 1] { return false }
    return positions.count - first >= shape.leastPlaces
  }

  private mutating func readPosition() -> Coordinate? {
    guard let first = readNumber(), let second = readNumber() else { return nil }
    var extra = 0
    while readNumber() != nil { extra += 1 }
    let (longitude, latitude) = latitudeFirst ? (second, first) : (first, second)
    guard extra <= 2, abs(longitude) <= 180, abs(latitude) <= 90 else { return nil }
    return Coordinate(longitude: longitude, latitude: latitude)
  }

  private mutating func readNumber() -> Double? {
    skipSpace()
    let start = index
    while index < text.count {
      let byte = text[index]
      guard isDigit(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") || byte | 0x20 == 0x65
      else { break }
      index += 1
    }
    if index > start, let number = FloatingText.double(text[start..<index]) { return number }
    index = start
    return nil
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    skipSpace()
    guard index < text.count, text[index] == byte else { return false }
    index += 1
    return true
  }

  private mutating func skipSpace() {
    while index < text.count, isWhiteSpace(text[index]) { index += 1 }
  }
}
