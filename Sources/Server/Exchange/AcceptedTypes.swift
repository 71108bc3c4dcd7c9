import Bytes

/// What a client accepts (RFC 9110 §12.5): ranges with their weights.
package struct AcceptedTypes: Sendable {
  private struct Range {
    var name: String
    var weight: Double
  }

  private let ranges: [Range]

  /// Reads an `Accept` or `Accept-Language` header; nil and an empty one accept anything.
  package init(_ header: String?) {
    var ranges: [Range] = []
    for part in (header ?? "").split(separator: ",").prefix(64) {
      let pieces = part.split(separator: ";").map { $0.withoutPadding.lowercased() }
      guard let name = pieces.first, !name.isEmpty else { continue }
      let weight = pieces.dropFirst().first { $0.hasPrefix("q=") }.map { Self.weight($0.dropFirst(2)) }
      ranges.append(Range(name: name, weight: weight ?? 1))
    }
    self.ranges = ranges
  }

  /// A weight as it is written (RFC 9110 §12.4.2); 0 for what is none, which nobody is known to want.
  private static func weight(_ text: Substring) -> Double {
    guard text.utf8.count <= 20, text.utf8.allSatisfy({ isDigit($0) || $0 == UInt8(ascii: ".") }), let weight = Double(text) else {
      return 0
    }
    return min(weight, 1)
  }

  /// Whether the client names this type itself, and not by a wildcard.
  package func names(_ type: String) -> Bool { ranges.contains { $0.name == type } }

  /// How much something that has no wildcards but `*` is wanted, such as a profile: 0 where it is not named.
  package func weight(ofName name: String) -> Double { (ranges.first { $0.name == name } ?? ranges.first { $0.name == "*" })?.weight ?? 0 }

  /// How much a media type is wanted, from 0, not at all, to 1: by the range that is nearest to it.
  package func weight(ofType type: String) -> Double {
    if ranges.isEmpty { return 1 }
    let main = type.prefix { $0 != "/" }
    // Some old clients send the star alone.
    for name in [type, main + "/*", "*/*", "*"] { if let found = ranges.first(where: { $0.name == name }) { return found.weight } }
    return 0
  }

  /// The wanted one of some media types, the first of equals; nil where none is accepted.
  package func best(of types: [String]) -> String? {
    var best: (type: String, weight: Double)?
    for type in types {
      let weight = weight(ofType: type)
      if weight > (best?.weight ?? 0) { best = (type, weight) }
    }
    return best?.type
  }

  /// The wanted one of some languages by their tags (RFC 4647 §3.4), the first of equals; nil where none is wanted. A wildcard means those that
  /// are not named.
  package func best(ofLanguages tags: [String]) -> String? {
    var best: (tag: String, weight: Double)?
    for tag in tags {
      let named = ranges.filter { $0.name == tag || $0.name.hasPrefix(tag + "-") }.map(\.weight).max()
      let found = named ?? ranges.first { $0.name == "*" }?.weight
      if let found, found > (best?.weight ?? 0) { best = (tag, found) }
    }
    return best?.tag
  }
}
