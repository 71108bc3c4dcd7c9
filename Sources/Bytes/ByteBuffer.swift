public import Glibc

/// A growable run of bytes with one owner.
///
/// It is `Sendable` because it is the only owner of its memory. It keeps ``slack`` writable bytes beyond its capacity, so that a kernel may copy or read whole vectors without
/// running past its memory.
@usableFromInline package struct ByteBuffer: ~Copyable, @unchecked Sendable {
  /// Bytes that may be read or scribbled on past the end.
  @usableFromInline package static let slack = 64

  @usableFromInline var storage: UnsafeMutablePointer<UInt8>
  @usableFromInline var capacity: Int
  /// How many bytes are held.
  @inlinable @inline(__always) package var count: Int { used }
  @usableFromInline var used = 0

  /// An empty buffer with room for `capacity` bytes.
  package init(capacity: Int = 256) {
    self.capacity = max(capacity, 64)
    storage = .allocate(capacity: self.capacity + Self.slack)
  }

  deinit { storage.deallocate() }

  /// Whether nothing is held.
  @inlinable package var isEmpty: Bool { used == 0 }

  /// All bytes. Valid until the buffer next changes.
  @inlinable @inline(__always) package var view: ByteView { ByteView(UnsafePointer(storage), count: used) }

  /// The bytes in `range`. Valid until the buffer next grows.
  @inlinable @inline(__always) package func view(_ range: Range<Int>) -> ByteView {
    assert(range.lowerBound >= 0 && range.upperBound <= used)
    return ByteView(UnsafePointer(storage + range.lowerBound), count: range.count)
  }

  /// The address of the first byte, for kernels that write within what ``reserve(_:)`` promised.
  @inlinable @inline(__always) package var address: UnsafeMutablePointer<UInt8> { storage }

  /// Makes room for `extra` more bytes.
  @inlinable @inline(__always) package mutating func reserve(_ extra: Int) {
    if used &+ extra > capacity { grow(extra) }
  }

  @inline(never) @usableFromInline mutating func grow(_ extra: Int) {
    let wanted = max(capacity * 2, used + extra)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: wanted + Self.slack)
    memcpy(larger, storage, used)
    storage.deallocate()
    storage = larger
    capacity = wanted
  }

  /// Appends one byte.
  @inlinable @inline(__always) package mutating func append(_ byte: UInt8) {
    reserve(1)
    storage[used] = byte
    used &+= 1
  }

  /// Appends the bytes of `view`, which must not be this buffer's own.
  @inlinable @inline(__always) package mutating func append(_ view: ByteView) {
    reserve(view.count)
    memcpy(storage + used, view.start, view.count)
    used &+= view.count
  }

  /// Appends a literal's bytes.
  @inlinable @inline(__always) package mutating func append(_ literal: StaticString) {
    append(ByteView(literal.utf8Start, count: literal.utf8CodeUnitCount))
  }

  /// Appends the bytes of an owned text.
  @inlinable package mutating func append(bytes: ByteString) {
    bytes.withView { append($0) }
  }

  /// Appends a text as UTF-8. Not for inner loops.
  package mutating func append(text: String) {
    var text = text
    text.withUTF8 { append(ByteView($0)) }
  }

  /// Appends a scalar value as UTF-8.
  package mutating func append(scalar: Unicode.Scalar) {
    if scalar.value < 0x80 {
      append(UInt8(scalar.value))
    } else if scalar.value < 0x800 {
      append(UInt8(0xC0 | scalar.value >> 6))
      append(UInt8(0x80 | scalar.value & 0x3F))
    } else {
      for byte in String(scalar).utf8 { append(byte) }
    }
  }

  /// Appends a number in decimal digits.
  package mutating func append(decimal number: Int) {
    if number < 0 {
      append(UInt8(ascii: "-"))
      append(decimal: number.magnitude)
    } else {
      append(decimal: number.magnitude)
    }
  }

  /// Appends a number in decimal digits.
  package mutating func append(decimal number: UInt) {
    reserve(20)
    var rest = number
    var digits = 1
    while rest >= 10 {
      rest /= 10
      digits += 1
    }
    rest = number
    var at = used + digits
    repeat {
      at -= 1
      storage[at] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    } while rest > 0
    used += digits
  }

  /// Counts `extra` bytes that a kernel has written past the end, within what was reserved.
  @inlinable @inline(__always) package mutating func commit(_ extra: Int) {
    assert(used &+ extra <= capacity)
    used &+= extra
  }

  /// Forgets all bytes from `length` on; the memory is kept.
  @inlinable @inline(__always) package mutating func truncate(to length: Int = 0) {
    assert(length <= used)
    used = length
  }

  /// Forgets the first `length` bytes and moves the rest to the front.
  package mutating func removeFirst(_ length: Int) {
    memmove(storage, storage + length, used - length)
    used -= length
  }
}
