import Bytes

extension ByteBuffer {
  /// Appends the name of a host in lower case, with labels that are not ASCII as their A-labels (RFC 5890: `örebro.se` →
  /// `xn--rebro-iua.se`), so that one host has one name. False, with nothing appended, where the text is no domain name of two labels or
  /// more whose last one has letters.
  mutating func append(hostName text: ByteView) -> Bool {
    let start = count
    var labels = 0
    var rest = text
    while true {
      let end = rest.firstIndex(of: UInt8(ascii: "."))
      let label = rest[0..<(end ?? rest.count)]
      if labels > 0 { append(UInt8(ascii: ".")) }
      guard append(label: label) else {
        truncate(to: start)
        return false
      }
      labels += 1
      guard let end else { break }
      rest = rest.dropFirst(end + 1)
    }
    var top = count
    while top > start, view[top - 1] != UInt8(ascii: ".") { top -= 1 }
    if labels > 1, count - start <= 253, isLetter(view[top]) { return true }
    truncate(to: start)
    return false
  }

  /// Appends a label of a domain name: letters, digits and hyphens, none of them first or last, at most 63.
  private mutating func append(label: ByteView) -> Bool {
    guard label.count > 0, label.count <= 252 else { return false }
    let start = count
    if label.isASCII {
      append(label, inCapitals: false)
    } else {
      let scalars = label.text.lowercased().composed.unicodeScalars
      let isWord = scalars.allSatisfy { $0.properties.isAlphabetic || $0.properties.generalCategory == .decimalNumber || $0 == "-" }
      guard isWord, let encoded = Punycode.encode(Array(scalars)) else { return false }
      append("xn--")
      for byte in encoded { append(byte) }
    }
    let written = view(start..<count)
    let isHostLabel = written.buffer.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") }
    return isHostLabel && written.count <= 63 && written[0] != UInt8(ascii: "-") && written[written.count - 1] != UInt8(ascii: "-")
  }
}

/// The encoding of labels in domain names (RFC 3492).
enum Punycode {
  /// The encoded form of a label, without `xn--`; nil where a number in it gets too large.
  static func encode(_ scalars: [Unicode.Scalar]) -> [UInt8]? {
    var out = scalars.filter(\.isASCII).map { UInt8($0.value) }
    let basic = out.count
    var handled = basic
    if basic > 0 { out.append(UInt8(ascii: "-")) }
    var threshold = initialThreshold
    var delta = 0
    var bias = initialBias
    while handled < scalars.count {
      guard let next = scalars.map({ Int($0.value) }).filter({ $0 >= threshold }).min() else { return nil }
      let (step, overflow) = (next - threshold).multipliedReportingOverflow(by: handled + 1)
      if overflow { return nil }
      delta += step
      threshold = next
      for scalar in scalars {
        if scalar.value < threshold { delta += 1 }
        guard scalar.value == threshold else { continue }
        append(delta, bias: bias, to: &out)
        bias = adapted(delta, points: handled + 1, isFirst: handled == basic)
        delta = 0
        handled += 1
      }
      delta += 1
      threshold += 1
    }
    return out
  }

  private static let base = 36
  private static let initialBias = 72
  private static let initialThreshold = 128

  /// Appends a number of variable length (§3.3).
  private static func append(_ number: Int, bias: Int, to out: inout [UInt8]) {
    var rest = number
    var position = base
    while true {
      let limit = position <= bias ? 1 : min(position - bias, 26)
      if rest < limit { break }
      out.append(digit(limit + (rest - limit) % (base - limit)))
      rest = (rest - limit) / (base - limit)
      position += base
    }
    out.append(digit(rest))
  }

  private static func digit(_ value: Int) -> UInt8 { UInt8(value < 26 ? value + 0x61 : value - 26 + 0x30) }

  /// The bias for the next number (§6.1).
  private static func adapted(_ delta: Int, points: Int, isFirst: Bool) -> Int {
    var delta = isFirst ? delta / 700 : delta / 2
    delta += delta / points
    var steps = 0
    while delta > 455 {
      delta /= 35
      steps += base
    }
    return steps + 36 * delta / (delta + 38)
  }
}
