/// Some of the texts of a column, drawn so that each of all that came is as likely to be among them (reservoir sampling).
///
/// The draw is the same every time for the same texts in the same order. Memory is bounded by ``size``.
package struct ValueSample: Sendable {
  /// How many texts are kept at most.
  package let size: Int
  /// The texts that are kept.
  package private(set) var texts: [String] = []
  /// How many texts have come.
  package private(set) var count = 0
  private var state: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// An empty sample of at most `size` texts.
  package init(size: Int = 400) { self.size = size }

  /// Whether all texts that came are kept.
  package var isWhole: Bool { count == texts.count }

  /// Takes a text, or lets it go.
  package mutating func take(_ text: String) {
    count += 1
    if texts.count < size { return texts.append(text) }
    // A linear congruential generator (Knuth, MMIX); its upper bits are the random ones.
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    let place = Int((state &>> 33) % UInt64(count))
    if place < size { texts[place] = text }
  }

  /// The different texts with how often each is kept, the most frequent first and of equals the one that came first.
  package var frequencies: [(text: String, count: Int)] {
    var numbers: [String: Int] = [:]
    var result: [(text: String, count: Int)] = []
    for text in texts {
      if let number = numbers[text] {
        result[number].count += 1
      } else {
        numbers[text] = result.count
        result.append((text, 1))
      }
    }
    return result.enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }.map(\.element)
  }
}
