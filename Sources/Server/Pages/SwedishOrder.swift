/// The order of words in Swedish: å, ä and ö are the last letters, other marks on letters count only between words that are else the same,
/// and so does whether letters are large. Names from elsewhere sort by the letters that they are written with.
struct SwedishOrder {
  /// Whether one text comes before another; where they are the same, what `tie` says.
  func places(_ one: String, before other: String, else tie: @autoclosure () -> Bool) -> Bool {
    let (left, right) = (key(one), key(other))
    if left != right { return left.lexicographicallyPrecedes(right) }
    return one == other ? tie() : one.unicodeScalars.lexicographicallyPrecedes(other.unicodeScalars)
  }

  /// The letter under which a text stands: a capital, or `#` where it begins with none.
  func letter(_ text: String) -> String {
    guard let first = text.first(where: { $0.isLetter || $0.isNumber }) else { return "#" }
    guard first.isLetter, let place = key(String(first)).first else { return "#" }
    return Self.letters.indices.contains(Int(place)) ? Self.letters[Int(place)] : first.uppercased()
  }

  private static let letters = "abcdefghijklmnopqrstuvwxyzåäö".map { $0.uppercased() }

  /// The places of a text's letters in the alphabet; digits come before letters, and what is neither does not count.
  private func key(_ text: String) -> [Int32] {
    var key: [Int32] = []
    for character in text.lowercased() {
      if let digit = character.wholeNumberValue {
        key.append(Int32(digit) - 100)
      } else if let place = Self.place(of: character) {
        key.append(place)
      } else if character.isWhitespace || character == "-" {
        // «Norra Åsum» comes before «Norrala».
        if key.last != -1000 { key.append(-1000) }
      } else if character.isLetter, let scalar = character.unicodeScalars.first {
        key.append(Int32(scalar.value) + 1000)
      }
    }
    return key
  }

  /// The place of a Swedish letter in the alphabet, from 0; of another letter with a mark that of the letter below it.
  private static func place(of character: Character) -> Int32? {
    switch character {
    case "å": return 26
    case "ä", "æ": return 27
    case "ö", "ø": return 28
    default:
      guard let base = bases[character] ?? character.asciiValue.map({ Character(Unicode.Scalar($0)) }), let ascii = base.asciiValue,
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(ascii)
      else { return nil }
      return Int32(ascii - UInt8(ascii: "a"))
    }
  }

  /// Letters with marks that Swedish sorts like those without.
  private static let bases: [Character: Character] = {
    var bases: [Character: Character] = [:]
    for (base, marked) in [
      ("a", "áàâã"), ("c", "çč"), ("e", "éèêë"), ("i", "íìîï"), ("n", "ñń"), ("o", "óòôõ"), ("s", "š"), ("u", "úùû"), ("y", "ýü"),
      ("z", "ž"),
    ] as [(Character, String)] {
      for character in marked { bases[character] = base }
    }
    return bases
  }()
}
