import Bytes

/// A text whose edit distance to many others is wanted: letters put in, left out, exchanged, and neighbours that have changed places, as
/// `editDistance` counts them.
///
/// Distances are worked out for all letters of the text at once, as bits of a word (H. Hyyrö, "A bit-vector algorithm for computing Levenshtein and
/// Damerau edit distances", 2003), so the text has at most 64 characters.
struct EditPattern {
  /// How many characters the text has.
  let length: Int
  /// For each character below 256, at which places of the text it stands.
  private var low = [UInt64](repeating: 0, count: 256)
  private var high: [(scalar: UInt32, places: UInt64)] = []

  /// The pattern of a text; nil for an empty one and for one that is too long.
  init?(_ text: ByteView) {
    length = text.scalarCount
    guard (1...64).contains(length) else { return nil }
    var index = 0
    var place = 0
    while index < text.count, place < 64 {
      let (scalar, size) = text.scalar(at: index)
      let bit = UInt64(1) << UInt64(place)
      if scalar.value < 256 {
        low[Int(scalar.value)] |= bit
      } else if let known = high.firstIndex(where: { $0.scalar == scalar.value }) {
        high[known].places |= bit
      } else {
        high.append((scalar.value, bit))
      }
      index += size
      place += 1
    }
  }

  /// The distance to another text.
  func distance(to text: ByteView) -> Int {
    let last = UInt64(1) << UInt64(length - 1)
    var (rises, falls, diagonal, before) = (~UInt64(0), UInt64(0), UInt64(0), UInt64(0))
    var distance = length
    var index = 0
    while index < text.count {
      let (scalar, size) = text.scalar(at: index)
      index += size
      let equal = scalar.value < 256 ? low[Int(scalar.value)] : high.first { $0.scalar == scalar.value }?.places ?? 0
      let exchanged = ((~diagonal & equal) &<< 1) & before
      diagonal = (((equal & rises) &+ rises) ^ rises) | equal | falls | exchanged
      let (more, less) = (falls | ~(diagonal | rises), diagonal & rises)
      if more & last != 0 { distance += 1 }
      if less & last != 0 { distance -= 1 }
      let shifted = (more &<< 1) | 1
      rises = (less &<< 1) | ~(diagonal | shifted)
      falls = shifted & diagonal
      before = equal
    }
    return distance
  }
}
