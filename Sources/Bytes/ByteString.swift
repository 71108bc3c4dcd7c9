/// An owned, immutable text as bytes.
///
/// Swift's `String ==` holds canonically equivalent texts for equal; RDF does not. So terms, names and keys that are
/// compared or hashed are byte strings.
@frozen @usableFromInline package struct ByteString: Sendable {
  /// The bytes.
  @usableFromInline package let bytes: [UInt8]

  /// Owns `bytes`.
  @inlinable package init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Copies a borrowed run of bytes.
  @inlinable package init(_ view: ByteView) { bytes = Array(view.buffer) }

  /// The UTF-8 of a text.
  package init(_ text: String) { bytes = Array(text.utf8) }

  /// How many bytes.
  @inlinable package var count: Int { bytes.count }

  /// Whether there are no bytes.
  @inlinable package var isEmpty: Bool { bytes.isEmpty }

  /// A text with these bytes; ill-formed UTF-8 is replaced.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Lends the bytes for the length of a call.
  @inlinable @inline(__always)
  package func withView<Result, Failure: Error>(_ body: (ByteView) throws(Failure) -> Result) throws(Failure) -> Result {
    try bytes.withUnsafeBufferPointer { buffer throws(Failure) in try body(ByteView(buffer)) }
  }
}

extension ByteString: Hashable, Comparable {
  /// Whether two strings hold the same bytes.
  @usableFromInline package static func == (left: ByteString, right: ByteString) -> Bool {
    left.withView { left in right.withView { left == $0 } }
  }

  /// The order of unsigned bytes.
  @usableFromInline package static func < (left: ByteString, right: ByteString) -> Bool {
    left.withView { left in right.withView { left < $0 } }
  }

  /// Feeds the bytes to a hasher.
  @usableFromInline package func hash(into hasher: inout Hasher) {
    bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
  }
}

extension ByteString: ExpressibleByStringLiteral, CustomStringConvertible {
  /// The UTF-8 of a literal.
  @usableFromInline package init(stringLiteral value: String) { self.init(value) }

  /// The text.
  @usableFromInline package var description: String { text }
}
