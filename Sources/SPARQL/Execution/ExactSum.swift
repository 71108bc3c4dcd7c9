import RDF

/// The sum of exact numbers, with how many there were.
struct ExactSum {
  private var unscaled: Int128 = 0
  private var scale = 0
  private var isDecimal = false
  /// How many numbers came.
  private(set) var count = 0

  /// Adds `number / 10^scale`; false, and nothing done, where the sum would not fit.
  @inline(__always) mutating func add(_ number: Int64, scale: Int, isDecimal: Bool) -> Bool {
    var addend = Int128(number)
    if scale != self.scale {
      // Fifteen digits more always fit beside a number of 64 bits.
      if scale < self.scale { addend &*= Self.tens[self.scale &- scale] } else if !rescale(to: scale) { return false }
    }
    let (sum, overflow) = unscaled.addingReportingOverflow(addend)
    if overflow { return false }
    unscaled = sum
    count &+= 1
    if isDecimal { self.isDecimal = true }
    return true
  }

  /// Adds another sum; false, and nothing done that can be used, where it would not fit.
  mutating func add(_ other: ExactSum) -> Bool {
    var other = other
    if scale < other.scale, !rescale(to: other.scale) { return false }
    if other.scale < scale, !other.rescale(to: scale) { return false }
    let (sum, overflow) = unscaled.addingReportingOverflow(other.unscaled)
    if overflow { return false }
    unscaled = sum
    count += other.count
    isDecimal = isDecimal || other.isDecimal
    return true
  }

  private mutating func rescale(to scale: Int) -> Bool {
    let (product, overflow) = unscaled.multipliedReportingOverflow(by: Self.tens[scale - self.scale])
    if overflow { return false }
    unscaled = product
    self.scale = scale
    return true
  }

  /// The sum: a decimal where one of the numbers is.
  var value: Value {
    if !isDecimal { return Value(.integer(unscaled)) }
    return DecimalValue(coefficient: unscaled, scale: scale).map { Value(.decimal($0)) } ?? .none
  }

  /// The average, 0 of none.
  var average: Value { count == 0 ? .integer(0) : Value.arithmetic(.divide, value, .integer(count)) }

  private static let tens: [Int128] = (0...15).map { exponent in (0..<exponent).reduce(1) { power, _ in power * 10 } }
}
