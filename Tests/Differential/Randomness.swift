import TestSupport

/// Choices that are the same in every run.
struct Randomness: RandomNumberGenerator {
  private var generator: SeededGenerator
  /// Whether data and queries have types that are derived from xsd:integer, which one peer does not know apart.
  var hasDerivedTypes = false

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func next() -> UInt64 { generator.next() }

  /// One of the choices.
  mutating func pick(_ choices: String...) -> String { pick(from: choices) }

  /// One of the choices.
  mutating func pick(from choices: [String]) -> String { choices.isEmpty ? "" : choices[below(choices.count)] }

  /// A number from 0 on.
  mutating func below(_ end: Int) -> Int { Int(next() % UInt64(max(end, 1))) }

  /// True so often in a hundred times.
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
}
