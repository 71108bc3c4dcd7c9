import Bytes

extension ByteBuffer {
  /// Appends a telephone number as an IRI of RFC 3966: `tel:+4619211000`, with an extension `;ext=123`. A number that begins with one
  /// zero is Swedish. Short numbers of Sweden, which have no international form, say where they are valid: `tel:112;phone-context=+46`.
  ///
  /// False, with nothing appended, where the text is no number, or it can't be told whose: several numbers, one without area code.
  mutating func append(phoneNumber text: ByteView) -> Bool {
    guard var number = DialledNumber(text) else { return false }
    if number.hasPlus || number.digits.begin(with: 0, 0) {
      if !number.hasPlus { number.digits.removeFirst(2) }
      if number.digits.begin(with: 4, 6) {
        number.digits.removeFirst(2)
        // «+46 (0)19» and «+46 019»: the zero of calls within the country.
        if number.digits.first == 0 { number.digits.removeFirst(1) }
        guard Self.swedishLengths.contains(number.digits.count), number.digits.first != 0 else { return false }
        append("tel:+46")
      } else {
        guard Self.foreignLengths.contains(number.digits.count), number.digits.first != 0 else { return false }
        append("tel:+")
      }
    } else if number.digits.first == 0 {
      number.digits.removeFirst(1)
      guard Self.swedishLengths.contains(number.digits.count) else { return false }
      append("tel:+46")
    } else {
      guard number.isShort, number.extensionDigits.count == 0 else { return false }
      append("tel:")
      append(number.digits)
      append(";phone-context=+46")
      return true
    }
    append(number.digits)
    if number.extensionDigits.count > 0 {
      append(";ext=")
      append(number.extensionDigits)
    }
    return true
  }

  /// Digits of a Swedish number after the zero, area code included.
  private static let swedishLengths = 7...10
  /// Digits of a number with its country code (E.164: fifteen at most).
  private static let foreignLengths = 7...15

  private mutating func append(_ digits: Digits) {
    for index in 0..<digits.count { append(0x30 + digits[index]) }
  }

  /// Appends a Swedish postcode with its space, `701 35`; a country code before it (`SE-701 35`) goes. False, with nothing appended, where
  /// the text is none.
  mutating func append(postcode text: ByteView) -> Bool {
    var digits = Digits()
    let text = text.trimmedOfSpaces
    var index = text.lengthOfPrefix(among: countryCodes)
    while index < text.count {
      let (scalar, length) = text.scalar(at: index)
      index += length
      if let digit = scalar.asciiDigit {
        digits.append(digit)
      } else if !scalar.properties.isWhitespace || digits.count != 3 && digits.count != 0 {
        return false
      }
    }
    guard digits.count == 5, digits[0] != 0 else { return false }
    append(digits)
    // The space stands before the last two.
    truncate(to: count - 2)
    append(0x20)
    append(0x30 + digits[3])
    append(0x30 + digits[4])
    return true
  }
}

/// What may stand before a postcode.
private let countryCodes: [ByteString] = ["SE-", "SE ", "S-"]
private let telephoneScheme: [ByteString] = ["tel:"]
/// What stands before an extension, longer words first.
private let extensionWords: [ByteString] = [";ext=", "anknytning", "ankn.", "ankn", "ank.", "ank", "ext.", "ext", "x"]

/// Up to eighteen digits.
private struct Digits {
  private var value: UInt64 = 0
  /// How many digits; more than are kept where there were more than eighteen.
  private(set) var count = 0

  private static let powers: [UInt64] = (0...18).map { exponent in (0..<exponent).reduce(1) { power, _ in power * 10 } }
  static let most = 18

  /// The digit with a number, from 0.
  subscript(index: Int) -> UInt8 { UInt8(value / Self.powers[count - 1 - index] % 10) }

  var first: UInt8? { count > 0 ? self[0] : nil }

  func begin(with one: UInt8, _ other: UInt8) -> Bool { count > 1 && self[0] == one && self[1] == other }

  mutating func append(_ digit: UInt8) {
    if count < Self.most { value = value * 10 + UInt64(digit) }
    count += 1
  }

  mutating func removeFirst(_ number: Int) {
    count -= number
    value %= Self.powers[count]
  }
}

/// A telephone number as somebody wrote it: its digits, what stood before them, and those of an extension.
private struct DialledNumber {
  var hasPlus = false
  var digits = Digits()
  var extensionDigits = Digits()

  /// The numbers of Sweden that are dialled as they are: 112, 11414, 1177, 118118, 90000 and the like.
  var isShort: Bool {
    if digits.begin(with: 1, 1) { return (3...6).contains(digits.count) }
    return digits.begin(with: 9, 0) && digits.count == 5
  }

  /// Takes a text apart; nil where it holds anything but one number with the signs that are written in one.
  init?(_ text: ByteView) {
    var rest = text.trimmedOfSpaces
    rest = rest.dropFirst(rest.lengthOfPrefix(among: telephoneScheme))
    if let (start, length) = rest.extensionWord {
      for byte in rest.dropFirst(start + length).trimmedOfSpaces.buffer {
        guard isDigit(byte) else { return nil }
        extensionDigits.append(byte - 0x30)
      }
      guard (1...6).contains(extensionDigits.count) else { return nil }
      rest = rest[0..<start]
    }
    var open = 0
    var index = 0
    while index < rest.count {
      let (scalar, length) = rest.scalar(at: index)
      index += length
      if let digit = scalar.asciiDigit {
        digits.append(digit)
        continue
      }
      switch scalar {
      case "+":
        if hasPlus || digits.count > 0 { return nil }
        hasPlus = true
      case "(": open += 1
      case ")": open -= 1
      case "-", ".", "\u{2010}"..."\u{2015}", "\u{2212}", "\u{AD}", "\u{200B}"..."\u{200D}", "\u{2060}", "\u{FEFF}": break
      case _ where scalar.properties.isWhitespace: break
      default: return nil
      }
      if !(0...1).contains(open) { return nil }
    }
    if open != 0 || digits.count == 0 || digits.count > Digits.most { return nil }
  }
}

extension ByteView {
  /// Where a word for an extension stands, and its length.
  fileprivate var extensionWord: (start: Int, length: Int)? {
    guard let start = (0..<count).first(where: { isLetter(self[$0]) || self[$0] == UInt8(ascii: ";") }) else { return nil }
    let length = dropFirst(start).lengthOfPrefix(among: extensionWords)
    return length > 0 ? (start, length) : nil
  }

  /// How long the first of some words is that the text begins with, upper and lower case alike; 0 where it begins with none.
  func lengthOfPrefix(among words: [ByteString]) -> Int {
    for word in words where word.count <= count && word.withView({ $0.equalsIgnoringCase(self[0..<word.count]) }) { return word.count }
    return 0
  }
}

extension Unicode.Scalar {
  /// The value of a digit 0–9.
  fileprivate var asciiDigit: UInt8? { ("0"..."9").contains(self) ? UInt8(value) - 0x30 : nil }
}
