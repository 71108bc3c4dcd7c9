import Bytes
import RDF

/// How numbers are written in a column (tabular data model §6.4.2): their decimal and group characters, and a pattern
/// (UAX 35) where there is one.
struct NumberFormat: Sendable {
  private let decimal: UInt8
  /// The group character as UTF-8; empty where digits are not grouped.
  private let group: ByteString
  private let pattern: NumberPattern?
  private let allowsExponent: Bool
  private let allowsFraction: Bool

  /// The format of a datatype, or nil where its pattern is not one.
  init?(_ datatype: DatatypeDescription) {
    decimal = datatype.decimalCharacter?.utf8.first ?? UInt8(ascii: ".")
    group = ByteString(datatype.groupCharacter ?? (datatype.format == nil ? "" : ","))
    allowsExponent = datatype.base == .double || datatype.base == .float
    allowsFraction = allowsExponent || datatype.base == .decimal
    guard let text = datatype.format else {
      pattern = nil
      return
    }
    guard let parsed = NumberPattern(text, decimal: decimal, group: group) else { return nil }
    pattern = parsed
  }

  /// Appends the number as XSD writes it: no groups, a point, `-` only. Nothing is appended where it is none.
  func parse(_ text: ByteView, into out: inout ByteBuffer) -> CellFault? {
    let start = out.count
    // A percent or per-mille sign may stand at either end.
    let percent = text.hasPrefix("%") ? 1 : text.hasPrefix("‰") ? 3 : 0
    var fault = scan(text.dropFirst(percent), into: &out)
    if percent > 0, fault == nil, !scale(by: percent == 1 ? 2 : 3, from: start, &out) { fault = .datatype }
    if fault != nil { out.truncate(to: start) }
    return fault
  }

  private func scan(_ text: ByteView, into out: inout ByteBuffer) -> CellFault? {
    if allowsExponent, text == "NaN" || text == "INF" || text == "-INF" {
      out.append(text)
      return nil
    }
    var shape = NumberShape(keepsGroups: pattern != nil)
    var index = 0
    let start = out.count
    if index < text.count, text[index] == UInt8(ascii: "-") {
      out.append(UInt8(ascii: "-"))
      index += 1
    } else if text.hasPrefix("\u{2212}") {
      out.append(UInt8(ascii: "-"))
      index += 3
    } else if index < text.count, text[index] == UInt8(ascii: "+") {
      index += 1
    }
    while index < text.count {
      let byte = text[index]
      if isDigit(byte) {
        out.append(byte)
        shape.digit()
        index &+= 1
      } else if byte == decimal, !shape.hasPoint {
        if !allowsFraction { return .datatype }
        if shape.integerDigits == 0 { out.append(UInt8(ascii: "0")) }
        out.append(UInt8(ascii: "."))
        shape.point()
        index &+= 1
      } else if let length = groupLength(text, at: index) {
        if !shape.group() { return .datatype }
        index &+= length
      } else {
        break
      }
    }
    if shape.integerDigits + shape.fractionDigits == 0 || shape.endsInGroup { return .datatype }
    if shape.hasPoint, shape.fractionDigits == 0 { out.append(UInt8(ascii: "0")) }
    if index < text.count, let fault = scanTail(text.dropFirst(index), from: start, into: &out, &shape) { return fault }
    return pattern?.accepts(shape) ?? true ? nil : .format
  }

  /// How long the group character at `index` is, or nil where none stands there. A space stands for no-break spaces too.
  @inline(__always) private func groupLength(_ text: ByteView, at index: Int) -> Int? {
    guard !group.isEmpty else { return nil }
    let rest = text.dropFirst(index)
    if group.withView({ rest.hasPrefix($0) }) { return group.count }
    if group == " " {
      if rest.hasPrefix("\u{00A0}") { return 2 }
      if rest.hasPrefix("\u{202F}") { return 3 }
    }
    return nil
  }

  /// An exponent, or a percent or per-mille sign, after the digits.
  private func scanTail(_ rest: ByteView, from start: Int, into out: inout ByteBuffer, _ shape: inout NumberShape) -> CellFault? {
    if rest == "%" || rest == "‰" { return scale(by: rest == "%" ? 2 : 3, from: start, &out) ? nil : .datatype }
    guard rest[0] | 0x20 == UInt8(ascii: "e"), allowsExponent, rest.count > 1 else { return .datatype }
    var index = 1
    if rest[1] == UInt8(ascii: "-") || rest[1] == UInt8(ascii: "+") { index = 2 }
    if index == rest.count { return .datatype }
    for position in index..<rest.count where !isDigit(rest[position]) { return .datatype }
    out.append(rest)
    shape.exponentDigits = rest.count - index
    return nil
  }
}

extension NumberFormat {
  /// Divides the number that was appended from `start` on by a power of ten; false where its datatype has no fractions.
  private func scale(by digits: Int, from start: Int, _ out: inout ByteBuffer) -> Bool {
    guard allowsFraction, let value = DecimalValue(lexical: out.view(start..<out.count)),
      let scaled = DecimalValue(coefficient: value.coefficient, scale: value.scale + digits)
    else { return false }
    out.truncate(to: start)
    scaled.append(to: &out)
    return true
  }
}

/// What a scan has seen of a number's digits and groups.
struct NumberShape {
  /// Whether the sizes of groups are kept; only a pattern asks for them.
  let keepsGroups: Bool
  var integerDigits = 0
  var fractionDigits = 0
  var exponentDigits = 0
  var hasPoint = false
  var endsInGroup = false
  /// Digits since the last group character of the integer part, and the sizes of the groups before it, first group first.
  private(set) var groups: [Int] = []
  private(set) var fractionGroups: [Int] = []
  private var run = 0

  init(keepsGroups: Bool) { self.keepsGroups = keepsGroups }

  @inline(__always) mutating func digit() {
    if hasPoint { fractionDigits &+= 1 } else { integerDigits &+= 1 }
    run &+= 1
    endsInGroup = false
  }

  /// Counts a group character; false where none may stand.
  mutating func group() -> Bool {
    if run == 0 { return false }
    if keepsGroups {
      if hasPoint { fractionGroups.append(run) } else { groups.append(run) }
    }
    run = 0
    endsInGroup = true
    return true
  }

  mutating func point() {
    if !groups.isEmpty { groups.append(run) }
    run = 0
    hasPoint = true
    endsInGroup = false
  }

  /// The sizes of the integer part's groups, first group first; empty where it has none.
  var integerGroups: [Int] { hasPoint || groups.isEmpty ? groups : groups + [run] }

  /// The sizes of the fraction's groups; empty where it has none.
  var closedFractionGroups: [Int] { fractionGroups.isEmpty ? [] : fractionGroups + [run] }
}
