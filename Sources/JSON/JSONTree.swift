package import Bytes
package import Problems

/// A JSON value as a flat list of its parts, each before what it holds, for values that are looked at once and then forgotten.
///
/// Nothing is copied out of the text, which the owner keeps alive; the memory of the list is used again for the next value.
package struct JSONTree: ~Copyable {
  /// What a part is.
  package enum Kind: UInt8, Sendable { case object, array, string, number, `true`, `false`, null }

  /// A value within the value.
  package struct Part: Sendable {
    /// What it is.
    package var kind: Kind
    /// Whether the string holds escapes.
    package var isEscaped = false
    /// Whether its key holds escapes.
    package var isKeyEscaped = false
    /// Whether its key comes again later in the object, where the last one counts.
    package var isShadowed = false
    /// Where it begins in the text; of a string, behind the quote.
    package var start: UInt32
    /// How many bytes; of a string, those between the quotes.
    package var length: UInt32 = 0
    /// Where its key stands, between the quotes.
    package var keyStart: UInt32 = 0
    /// How many bytes the key has.
    package var keyLength: UInt32 = 0
    /// The number of the part that holds it, or -1.
    package var parent: Int32
    /// The number of the first part that neither it is nor is within it.
    package var end: Int32 = 0
    /// Its place among the parts of its parent, from 0.
    package var position: UInt32 = 0
    /// How many parts it holds itself.
    package var count: UInt32 = 0
  }

  /// The parts; the first one is the value itself.
  package private(set) var parts: ContiguousArray<Part> = []
  /// The text that they stand in.
  package private(set) var text = ByteView.empty

  /// A tree of nothing.
  package init() {}

  /// Reads the value whose first token was just read.
  /// - Parameters:
  ///   - key: where the value's own key stands, where it is a member of an object.
  ///   - position: its place in the array or object that it stands in.
  ///   - repeated: is told where keys stand that stood before in the same object.
  /// - Throws: what the scanner throws.
  package mutating func read(
    _ scanner: inout JSONScanner, _ token: JSONToken, key: Range<Int>? = nil, isKeyEscaped: Bool = false, position: Int = 0,
    repeated: (Int) -> Void
  ) throws(Failure) {
    parts.removeAll(keepingCapacity: true)
    text = scanner.text
    var token = token
    var open: Int32 = -1
    var key = key ?? 0..<0
    var isKeyEscaped = isKeyEscaped
    while true {
      switch token {
      case .key:
        key = scanner.content
        isKeyEscaped = scanner.isEscaped
        token = try scanner.next()
        continue
      case .endObject, .endArray:
        let number = Int(open)
        parts[number].end = Int32(truncatingIfNeeded: parts.count)
        parts[number].length = UInt32(truncatingIfNeeded: scanner.start &+ 1 &- Int(parts[number].start))
        if token == .endObject, parts[number].count > 1 { shadowRepeated(number, repeated) }
        open = parts[number].parent
      default:
        guard let kind = Kind(token) else { return }
        let isContainer = kind == .object || kind == .array
        var part = Part(
          kind: kind, start: UInt32(truncatingIfNeeded: isContainer ? scanner.start : scanner.content.lowerBound), parent: open)
        part.length = UInt32(truncatingIfNeeded: scanner.content.count)
        part.isEscaped = kind == .string && scanner.isEscaped
        part.keyStart = UInt32(truncatingIfNeeded: key.lowerBound)
        part.keyLength = UInt32(truncatingIfNeeded: key.count)
        part.isKeyEscaped = isKeyEscaped
        part.end = Int32(truncatingIfNeeded: parts.count &+ 1)
        if open >= 0 {
          part.position = parts[Int(open)].count
          parts[Int(open)].count &+= 1
        } else {
          part.position = UInt32(truncatingIfNeeded: position)
        }
        if isContainer { open = Int32(truncatingIfNeeded: parts.count) }
        parts.append(part)
        key = 0..<0
        isKeyEscaped = false
      }
      if open < 0 { return }
      token = try scanner.next()
    }
  }

  /// The bytes of a part as they stand in the text; of a string, between its quotes.
  package func raw(_ number: Int) -> ByteView {
    let part = parts[number]
    return text[Int(part.start)..<Int(part.start) + Int(part.length)]
  }

  /// The bytes of a part's key as they stand in the text, between its quotes.
  package func rawKey(_ number: Int) -> ByteView {
    let part = parts[number]
    return text[Int(part.keyStart)..<Int(part.keyStart) + Int(part.keyLength)]
  }

  /// Whether a part is a member of an object.
  package func isMember(_ number: Int) -> Bool {
    let parent = parts[number].parent
    return parent >= 0 ? parts[Int(parent)].kind == .object : parts[number].keyStart > 0
  }

  /// Appends what a string says, or the text of another part.
  package func append(_ number: Int, to out: inout ByteBuffer) {
    if parts[number].isEscaped { out.append(jsonContent: raw(number)) } else { out.append(raw(number)) }
  }

  /// Appends what a part's key says.
  package func appendKey(_ number: Int, to out: inout ByteBuffer) {
    if parts[number].isKeyEscaped { out.append(jsonContent: rawKey(number)) } else { out.append(rawKey(number)) }
  }

  /// The member of an object with a name, or nil.
  package func member(_ name: ByteView, of number: Int) -> Int? {
    guard parts[number].kind == .object else { return nil }
    let end = parts[number].end
    var child = Int32(truncatingIfNeeded: number &+ 1)
    while child < end {
      let part = parts[Int(child)]
      if !part.isShadowed, isKey(Int(child), name) { return Int(child) }
      child = part.end
    }
    return nil
  }

  /// The element of an array at an index, counted from its end where that is negative, or nil.
  package func element(_ index: Int, of number: Int) -> Int? {
    guard parts[number].kind == .array else { return nil }
    let count = Int(parts[number].count)
    var rest = index < 0 ? count + index : index
    guard rest >= 0, rest < count else { return nil }
    var child = number + 1
    while rest > 0 {
      child = Int(parts[child].end)
      rest -= 1
    }
    return child
  }

  private func isKey(_ number: Int, _ name: ByteView) -> Bool {
    if !parts[number].isKeyEscaped { return rawKey(number) == name }
    var key = ByteBuffer()
    appendKey(number, to: &key)
    return key.view == name
  }

  /// Marks the members of an object whose key comes again.
  private mutating func shadowRepeated(_ number: Int, _ repeated: (Int) -> Void) {
    let end = parts[number].end
    if parts[number].count > 24 { return shadowRepeatedOfMany(number, repeated) }
    var child = Int32(truncatingIfNeeded: number &+ 1)
    while child < end {
      let length = parts[Int(child)].keyLength
      var other = parts[Int(child)].end
      while other < end {
        // A key with escapes may be as long as it likes.
        let mayBeSame = parts[Int(other)].keyLength == length || parts[Int(other)].isKeyEscaped || parts[Int(child)].isKeyEscaped
        if mayBeSame, isSameKey(Int(child), Int(other)) {
          parts[Int(child)].isShadowed = true
          repeated(Int(parts[Int(other)].keyStart) - 1)
          break
        }
        other = parts[Int(other)].end
      }
      child = parts[Int(child)].end
    }
  }

  private mutating func shadowRepeatedOfMany(_ number: Int, _ repeated: (Int) -> Void) {
    var known: [ByteString: Int] = [:]
    var child = number + 1
    while child < Int(parts[number].end) {
      var key = ByteBuffer()
      appendKey(child, to: &key)
      if let before = known.updateValue(child, forKey: ByteString(key.view)) {
        parts[before].isShadowed = true
        repeated(Int(parts[child].keyStart) - 1)
      }
      child = Int(parts[child].end)
    }
  }

  private func isSameKey(_ left: Int, _ right: Int) -> Bool {
    if !parts[left].isKeyEscaped { return isKey(right, rawKey(left)) }
    var key = ByteBuffer()
    appendKey(left, to: &key)
    return isKey(right, key.view)
  }
}

extension JSONTree.Kind {
  /// The kind of value that a token begins; nil for one that begins none.
  init?(_ token: JSONToken) {
    switch token {
    case .beginObject: self = .object
    case .beginArray: self = .array
    case .string: self = .string
    case .number: self = .number
    case .true: self = .true
    case .false: self = .false
    case .null: self = .null
    case .key, .endObject, .endArray, .end: return nil
    }
  }
}
