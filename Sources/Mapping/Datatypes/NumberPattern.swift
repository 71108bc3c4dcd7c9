import Bytes

/// A number format pattern (UAX 35, part 3, §3) as far as CSVW uses it: `0`, `#`, the decimal and group characters, `E`, `+`,
/// `%` and `‰`.
struct NumberPattern: Sendable, Equatable {
  private var leastInteger = 0
  private var leastFraction = 0
  private var mostFraction = 0
  private var leastExponent = 0
  private var hasExponent = false
  private var primaryGroup = 0
  private var secondaryGroup = 0
  private var fractionGroup = 0

  /// Reads a pattern; nil where it is none.
  init?(_ text: String, decimal: UInt8, group: ByteString) {
    var part = 0  // 0 integer, 1 fraction, 2 exponent
    var sizes: [Int] = []
    var run = 0
    var fractionSizes: [Int] = []
    var sawDigit = false
    for character in text {
      switch character {
      case "0", "#":
        sawDigit = true
        run += 1
        let isFixed = character == "0"
        if part == 0 {
          if !isFixed, leastInteger > 0 { return nil }
          leastInteger += isFixed ? 1 : 0
        } else if part == 1 {
          if isFixed, mostFraction > leastFraction { return nil }
          leastFraction += isFixed ? 1 : 0
          mostFraction += 1
        } else {
          leastExponent += isFixed ? 1 : 0
        }
      case "E":
        if part == 2 { return nil }
        if part == 0 { sizes.append(run) }
        part = 2
        hasExponent = true
      case "+", "-", "%", "‰": break
      default:
        if character.utf8.count == 1, character.utf8.first == decimal, part == 0 {
          sizes.append(run)
          run = 0
          part = 1
        } else if ByteString(String(character)) == group, part < 2 {
          if part == 0 { sizes.append(run) } else { fractionSizes.append(run) }
          run = 0
        } else {
          return nil
        }
      }
    }
    if part == 0 { sizes.append(run) }
    if !sawDigit { return nil }
    if sizes.count > 1 {
      primaryGroup = sizes[sizes.count - 1]
      secondaryGroup = sizes.count > 2 ? sizes[sizes.count - 2] : primaryGroup
    }
    fractionGroup = fractionSizes.first ?? 0
  }

  /// Whether a number with these digits and groups is written as the pattern says.
  func accepts(_ shape: NumberShape) -> Bool {
    if shape.integerDigits < leastInteger || shape.fractionDigits < leastFraction || shape.fractionDigits > mostFraction { return false }
    if shape.exponentDigits > 0 ? !hasExponent : hasExponent && leastExponent > 0 { return false }
    return acceptsGroups(shape.integerGroups, digits: shape.integerDigits)
      && acceptsFraction(shape.closedFractionGroups, shape.fractionDigits)
  }

  private func acceptsGroups(_ groups: [Int], digits: Int) -> Bool {
    if primaryGroup == 0 { return groups.isEmpty }
    if groups.isEmpty { return digits <= primaryGroup }
    guard groups.last == primaryGroup, let first = groups.first, first <= secondaryGroup else { return false }
    return groups.dropFirst().dropLast().allSatisfy { $0 == secondaryGroup }
  }

  private func acceptsFraction(_ groups: [Int], _ digits: Int) -> Bool {
    if fractionGroup == 0 { return groups.isEmpty }
    if groups.isEmpty { return digits <= fractionGroup }
    guard let last = groups.last, last <= fractionGroup else { return false }
    return groups.dropLast().allSatisfy { $0 == fractionGroup }
  }
}
