import Bytes
import Problems
import Resources

/// A stream that gives UTF-8 whatever the encoding of its source.
///
/// The encoding is, in this order: what a byte order mark says (it is taken away), what was declared, UTF-16 where every
/// other byte is NUL, and otherwise found out at the first bytes beyond ASCII: UTF-8 from there on if they are well-formed,
/// Windows-1252 if not. What cannot be decoded is never replaced: it comes out as bytes that are ill-formed UTF-8, so that
/// the reader of the table finds it at its cell.
final class UTF8Stream: ByteStream {
  /// Room that a target must have, so that what was left over and one more character always fit.
  static let leastTarget = 64

  let name: String
  private let source: PeekStream
  private var encoding: TextEncoding?
  /// Bytes of the source that are not decoded yet.
  private var raw = ByteBuffer()

  /// - Throws: ``ProblemCode/encodingUnknown`` for a label that is not known.
  init(_ stream: any ByteStream, declared: String?) throws(Failure) {
    name = stream.name
    source = (stream as? PeekStream) ?? PeekStream(stream)
    if let declared {
      guard let known = TextEncoding(label: declared) else {
        throw Failure(.encodingUnknown, at: Place(file: name), value: declared)
      }
      encoding = known
    }
    let beginning = try source.peek(256)
    if let mark = TextEncoding.mark(beginning) {
      encoding = mark.encoding
      source.drop(mark.length)
    } else if encoding == nil {
      encoding = TextEncoding.unmarkedUTF16(beginning)
    }
  }

  /// The encoding's name for messages; UTF-8 as long as nothing beyond ASCII was met.
  var encodingName: String { (encoding ?? .utf8).name }

  func read(into target: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
    assert(target.count >= Self.leastTarget)
    switch encoding {
    case .utf8: return try source.read(into: target)
    case nil: return try readUndecided(into: target)
    case .windows1252, .ascii: return try readBytes(into: target)
    case .utf16LittleEndian: return try readUTF16(into: target, high: 1)
    case .utf16BigEndian: return try readUTF16(into: target, high: 0)
    }
  }

  /// Passes ASCII on, and decides at the first byte that is not.
  private func readUndecided(into target: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
    let count = try source.read(into: target)
    guard let first = target[..<count].firstIndex(where: { $0 >= 0x80 }) else { return count }
    source.unread(UnsafeRawBufferPointer(rebasing: target[first..<count]))
    let isWellFormed = ByteString(try source.peek(4)).withView { $0.utf8Length(at: 0) > 0 }
    encoding = isWellFormed ? .utf8 : .windows1252
    return first > 0 ? first : try read(into: target)
  }

  /// Windows-1252, and ASCII, of which anything beyond comes out as 0xFF.
  private func readBytes(into target: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
    _ = try fill(target.count / 3)
    var written = 0
    for byte in raw.view.buffer {
      if byte < 0x80 {
        target[written] = byte
        written &+= 1
      } else if encoding == .ascii {
        target[written] = 0xFF
        written &+= 1
      } else if let unit = TextEncoding.windows1252(byte) {
        written &+= put(UInt32(unit), target, at: written)
      } else {
        target[written] = byte
        written &+= 1
      }
    }
    raw.truncate()
    return written
  }

  /// UTF-16, whose unpaired surrogates come out as the three bytes that UTF-8 forbids for them.
  private func readUTF16(into target: UnsafeMutableRawBufferPointer, high: Int) throws(Failure) -> Int {
    var written = 0
    while written == 0 {
      let before = raw.count
      let count = try fill(target.count / 3)
      let isLast = count == before
      let bytes = raw.view
      var index = 0
      while index + 2 <= count {
        var value = UInt32(bytes[index + high]) << 8 | UInt32(bytes[index + 1 - high])
        index += 2
        if value & 0xFC00 == 0xD800 {
          if index + 2 > count, !isLast {
            index -= 2
            break
          }
          let low = index + 2 <= count ? UInt32(bytes[index + high]) << 8 | UInt32(bytes[index + 1 - high]) : 0
          if low & 0xFC00 == 0xDC00 {
            value = 0x10000 + ((value & 0x3FF) << 10) + (low & 0x3FF)
            index += 2
          }
        }
        written &+= put(value, target, at: written)
      }
      if isLast, index < count {
        target[written] = 0xFF
        written += 1
        index = count
      }
      raw.removeFirst(index)
      if isLast { break }
    }
    return written
  }

  /// Reads so that `raw` holds up to `limit` bytes, and says how many it holds.
  private func fill(_ limit: Int) throws(Failure) -> Int {
    let room = max(limit - raw.count, 1)
    raw.reserve(room)
    raw.commit(try source.read(into: UnsafeMutableRawBufferPointer(start: raw.address + raw.count, count: room)))
    return raw.count
  }

  /// Writes a code point in the manner of UTF-8 and says how many bytes that took.
  @inline(__always)
  private func put(_ value: UInt32, _ target: UnsafeMutableRawBufferPointer, at index: Int) -> Int {
    func continuation(_ shift: UInt32) -> UInt8 { 0x80 | UInt8(truncatingIfNeeded: value >> shift & 0x3F) }
    if value < 0x80 {
      target[index] = UInt8(truncatingIfNeeded: value)
      return 1
    }
    if value < 0x800 {
      target[index] = 0xC0 | UInt8(truncatingIfNeeded: value >> 6)
      target[index + 1] = continuation(0)
      return 2
    }
    if value < 0x10000 {
      target[index] = 0xE0 | UInt8(truncatingIfNeeded: value >> 12)
      target[index + 1] = continuation(6)
      target[index + 2] = continuation(0)
      return 3
    }
    target[index] = 0xF0 | UInt8(truncatingIfNeeded: value >> 18)
    target[index + 1] = continuation(12)
    target[index + 2] = continuation(6)
    target[index + 3] = continuation(0)
    return 4
  }
}
