import Problems
import RDF
import Store

/// A condition that two geometries are no farther apart than so much, for batches of solutions.
///
/// Of all pairs of stations and roadworks nearly all are so far apart that the straight line between them through the globe tells: it is
/// never longer than the way along its surface. Only the others need be asked about one by one.
final class Nearness {
  private let first: VariableID
  private let second: VariableID
  private let limit: Double
  private let evaluator: RowEvaluator
  /// The balls around geometries that were last asked for, by the last bits of their ids.
  private var balls: [(id: StoreID, ball: Ball)] = []
  private static let cacheSize = 4096

  /// A condition of this form; nil for another.
  init?(_ expression: Expression, _ evaluator: RowEvaluator) {
    guard case .compare(let comparison, let left, let right) = expression else { return nil }
    let sides: (Expression, Expression)
    switch comparison {
    case .less, .lessOrEqual: sides = (left, right)
    case .greater, .greaterOrEqual: sides = (right, left)
    case .equal, .notEqual: return nil
    }
    guard case .function(GeoSPARQL.distance, let arguments) = sides.0, case .constant(let number) = sides.1, arguments.count == 3,
      case .variable(let first) = arguments[0], case .variable(let second) = arguments[1], case .constant(let name) = arguments[2],
      let unit = LengthUnit(name.value), let measure = number.value.double
    else { return nil }
    self.first = first
    self.second = second
    self.evaluator = evaluator
    // A little more, for what is rounded on either way.
    limit = unit.metres(measure) * (1 + 1e-9) + 0.001
  }

  /// The rows of a batch for which it may hold.
  func candidates(_ batch: Solutions) throws(Failure) -> [UInt32] {
    guard let firsts = batch.columns[first], let seconds = batch.columns[second] else { return [] }
    if balls.isEmpty { balls = Array(repeating: (Solutions.unbound, .unknown), count: Self.cacheSize) }
    var rows: [UInt32] = []
    for row in 0..<batch.count {
      let (one, other) = (firsts[row], seconds[row])
      // Without a value there is an error, which is not true.
      if one == Solutions.unbound || other == Solutions.unbound { continue }
      let (start, end) = (try ball(one), try ball(other))
      let line = start.middle - end.middle
      let reach = limit + start.radius + end.radius
      if !((line * line).sum() > reach * reach) || reach < 0 { rows.append(UInt32(truncatingIfNeeded: row)) }
    }
    return rows
  }

  private func ball(_ id: StoreID) throws(Failure) -> Ball {
    let place = Int(id) & (Self.cacheSize - 1)
    if balls[place].id == id { return balls[place].ball }
    let functions = evaluator.functions
    let geometry = functions.geometries.geometry(key: id) { evaluator.context.terms.value(id, functions.scratch) }
    try evaluator.countText()
    balls[place] = (id, geometry?.ball ?? .unknown)
    return balls[place].ball
  }
}
