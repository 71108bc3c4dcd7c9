public import Glibc

/// A borrowed run of bytes.
///
/// It owns nothing: it is valid only while whoever lent it (a ``ByteBuffer``, a ``ByteString``, a batch) keeps
/// the bytes alive and unmoved. Hot loops pass views by value; anything that outlives the call copies into a
/// ``ByteString`` or a ``ByteBuffer``.
@frozen @usableFromInline package struct ByteView {
  /// The first byte. Undefined where ``count`` is 0.
  @usableFromInline package let start: UnsafePointer<UInt8>
  /// How many bytes.
  @usableFromInline package let count: Int

  /// Views `count` bytes from `start`.
  @inlinable @inline(__always) package init(_ start: UnsafePointer<UInt8>, count: Int) {
    self.start = start
    self.count = count
  }

  /// Views a whole buffer; an empty one may have no address.
  @inlinable @inline(__always) package init(_ buffer: UnsafeBufferPointer<UInt8>) {
    if let base = buffer.baseAddress {
      self.init(base, count: buffer.count)
    } else {
      self = .empty
    }
  }

  /// No bytes.
  @inlinable @inline(__always) package static var empty: ByteView { ByteView(emptyAddress, count: 0) }

  /// Whether there are no bytes.
  @inlinable @inline(__always) package var isEmpty: Bool { count == 0 }

  /// The byte at `index`, which must be in `0..<count` (checked in debug builds only).
  @inlinable @inline(__always) package subscript(index: Int) -> UInt8 {
    assert(index >= 0 && index < count)
    return start[index]
  }

  /// The bytes in `range`, which must lie within `0...count` (checked in debug builds only).
  @inlinable @inline(__always) package subscript(range: Range<Int>) -> ByteView {
    assert(range.lowerBound >= 0 && range.upperBound <= count)
    return ByteView(start + range.lowerBound, count: range.count)
  }

  /// The bytes from `index` on.
  @inlinable @inline(__always) package func dropFirst(_ index: Int) -> ByteView { self[min(index, count)..<count] }

  /// The same bytes as a standard buffer, for the library's own algorithms.
  @inlinable @inline(__always) package var buffer: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: start, count: count)
  }

  /// Where `byte` first stands at or after `index`, or nil.
  @inlinable package func firstIndex(of byte: UInt8, from index: Int = 0) -> Int? {
    guard index < count, let found = memchr(start + index, Int32(byte), count - index) else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(start)
  }

  /// Where the bytes of `needle` first stand at or after `index`, or nil. An empty needle stands at `index`.
  package func firstRange(of needle: ByteView, from index: Int = 0) -> Int? {
    guard let first = needle.isEmpty ? nil : needle[0] else { return index <= count ? index : nil }
    var at = index
    while let candidate = firstIndex(of: first, from: at), candidate + needle.count <= count {
      if memcmp(start + candidate, needle.start, needle.count) == 0 { return candidate }
      at = candidate + 1
    }
    return nil
  }

  /// Whether the bytes begin with those of `prefix`.
  @inlinable package func hasPrefix(_ prefix: ByteView) -> Bool {
    count >= prefix.count && memcmp(start, prefix.start, prefix.count) == 0
  }

  /// Whether the bytes begin with the literal `prefix`.
  @inlinable package func hasPrefix(_ prefix: StaticString) -> Bool {
    count >= prefix.utf8CodeUnitCount && memcmp(start, prefix.utf8Start, prefix.utf8CodeUnitCount) == 0
  }

  /// The bytes without the white space (space, tab, CR, LF) at either end.
  @inlinable package var trimmed: ByteView {
    var low = 0
    var high = count
    while low < high, isWhiteSpace(start[low]) { low += 1 }
    while high > low, isWhiteSpace(start[high - 1]) { high -= 1 }
    return self[low..<high]
  }

  /// A text with these bytes, ill-formed UTF-8 replaced by U+FFFD. For messages, never for data.
  package var text: String { String(decoding: buffer, as: UTF8.self) }

  /// A 64-bit hash of the bytes: the same for equal bytes within one run of the program, and not of use outside it.
  @inlinable package var hash: UInt64 {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: count)
    let raw = UnsafeRawPointer(start)
    var index = 0
    while index &+ 8 <= count {
      state = mixed(state ^ raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      index &+= 8
    }
    var tail: UInt64 = 0
    while index < count {
      tail = (tail &<< 8) | UInt64(start[index])
      index &+= 1
    }
    return mixed(state ^ tail)
  }
}

/// An address for views of no bytes; never read.
@usableFromInline nonisolated(unsafe) let emptyAddress = UnsafePointer<UInt8>(UnsafeMutablePointer<UInt8>.allocate(capacity: 1))

/// One round of a multiply-and-fold mix: both halves of the 128-bit product.
@inlinable @inline(__always) package func mixed(_ value: UInt64) -> UInt64 {
  let product = value.multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
  return product.high ^ product.low
}

/// Whether `byte` is a space, tab, line feed or carriage return.
@inlinable @inline(__always) package func isWhiteSpace(_ byte: UInt8) -> Bool {
  byte == 0x20 || (byte >= 0x09 && byte <= 0x0D && byte != 0x0B && byte != 0x0C)
}

/// Whether `byte` is an ASCII digit.
@inlinable @inline(__always) package func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

/// Whether `byte` is an ASCII letter.
@inlinable @inline(__always) package func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

/// The value of an ASCII hexadecimal digit, or nil.
@inlinable package func hexValue(_ byte: UInt8) -> UInt8? {
  if isDigit(byte) { return byte &- 0x30 }
  let letter = (byte | 0x20) &- 0x61
  return letter < 6 ? letter &+ 10 : nil
}

extension ByteView: Equatable {
  /// Whether two views hold the same bytes.
  @inlinable package static func == (left: ByteView, right: ByteView) -> Bool {
    left.count == right.count && memcmp(left.start, right.start, left.count) == 0
  }

  /// Whether the view holds just the bytes of the literal `right`.
  @inlinable package static func == (left: ByteView, right: StaticString) -> Bool {
    left.count == right.utf8CodeUnitCount && memcmp(left.start, right.utf8Start, left.count) == 0
  }
}

extension ByteView: Comparable {
  /// The order of unsigned bytes, a prefix first: for UTF-8 the order of code points.
  @inlinable package static func < (left: ByteView, right: ByteView) -> Bool {
    let order = memcmp(left.start, right.start, min(left.count, right.count))
    return order == 0 ? left.count < right.count : order < 0
  }
}
