import Bytes

/// Finds the columns that say where things are: two with a coordinate each, or one with both.
struct PlaceGuess: Equatable {
  /// The form of the coordinates, as the annotation names it.
  let form: CoordinateForm
  /// The column of the first number and that of the second; the same for one column with both.
  let first: Int
  let second: Int

  /// Whether one column holds both.
  var isOneColumn: Bool { first == second }

  /// The least share of cells that lie in or near Sweden, in percent.
  private static let leastShare = 99

  /// What a number may be, by where Sweden lies.
  private enum Axis: CaseIterable {
    case latitude, longitude, northing, easting

    var range: ClosedRange<Double> {
      switch self {
      case .latitude: 54.9...69.3
      case .longitude: 10.0...24.6
      case .northing: 6_090_000...7_700_000
      case .easting: 170_000...960_000
      }
    }
  }

  /// The places of a table, or nil. Degrees count before metres, columns of their own before one with both.
  /// - Parameter columns: the columns with what their titles mean and the datatype of their values.
  static func places(_ columns: [(facts: ColumnFacts, meanings: [HeaderWords.Meaning], datatype: DatatypeDescription)]) -> PlaceGuess? {
    var axes: [(axis: Axis, number: Int)] = []
    for column in columns where column.meanings.contains(where: { $0.role.map(isCoordinate) ?? false }) {
      if let axis = axis(column.facts, column.datatype) { axes.append((axis, column.facts.number)) }
    }
    for (form, first, second) in [(CoordinateForm.wgs84LatLon, Axis.latitude, Axis.longitude), (.sweref99TM, .northing, .easting)] {
      guard let one = axes.first(where: { $0.axis == first })?.number else { continue }
      let others = axes.filter { $0.axis == second }.map(\.number)
      if let other = others.min(by: { abs($0 - one) < abs($1 - one) }) { return PlaceGuess(form: form, first: one, second: other) }
    }
    for column in columns where column.meanings.contains(where: { $0.role == .place }) {
      for form in [CoordinateForm.wgs84LatLon, .wgs84LonLat, .sweref99TM] {
        let fits = column.facts.share(leastShare) { text in text.withView { (try? form.point($0)) != nil } }
        if fits { return PlaceGuess(form: form, first: column.facts.number, second: column.facts.number) }
      }
    }
    return nil
  }

  private static func isCoordinate(_ role: HeaderWords.Role) -> Bool {
    switch role {
    case .latitude, .longitude, .northing, .easting: true
    default: false
    }
  }

  /// Which coordinate a column of numbers is: the cells say so, whatever the title calls it.
  private static func axis(_ facts: ColumnFacts, _ datatype: DatatypeDescription) -> Axis? {
    guard datatype.base == .decimal || datatype.base == .integer || datatype.base == .double else { return nil }
    let numbers = CellCandidate(datatype)
    return Axis.allCases.first { axis in
      facts.share(leastShare) { text in
        numbers.lexicalForm(of: text).flatMap { Double($0.text) }.map { axis.range.contains($0) } ?? false
      }
    }
  }
}
