/// A generator of the same numbers in every run (SplitMix64), and choices made by it.
struct Randomness: RandomNumberGenerator {
  private var state: UInt64
  /// Whether data and queries have types that are derived from xsd:integer, which one peer does not know apart.
  var hasDerivedTypes = false

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// One of the choices.
  mutating func pick(_ choices: String...) -> String { pick(from: choices) }

  /// One of the choices.
  mutating func pick(from choices: [String]) -> String { choices.isEmpty ? "" : choices[below(choices.count)] }

  /// A number from 0 on.
  mutating func below(_ end: Int) -> Int { Int(next() % UInt64(max(end, 1))) }

  /// True so often in a hundred times.
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
}
