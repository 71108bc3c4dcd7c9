import Bytes
import Problems
import Resources

/// A window over a stream of UTF-8 that holds what is not consumed yet.
///
/// At ``end`` stands a LF that does not belong to the text, so that every search ends there.
struct SlidingText: ~Copyable {
  private let stream: any ByteStream
  private let blockSize: Int
  private var buffer = ByteBuffer()
  /// The byte of the stream whose place the LF at ``end`` has taken.
  private var held: UInt8 = 0x0A
  private var isStreamEnded = false
  /// Where the first byte of the window stands in the text.
  private var position = TextPosition()

  /// The first byte that is not consumed.
  var at = 0
  /// Where the well-formed text that is there ends.
  private(set) var end = 0
  /// Whether nothing comes after ``end``.
  private(set) var isFinished = false
  /// Whether the bytes at ``end`` are not UTF-8.
  private(set) var isIllFormed = false

  init(_ stream: any ByteStream, blockSize: Int) {
    self.stream = stream
    self.blockSize = max(blockSize, 1)
    buffer.address[0] = 0x0A
  }

  /// The input's name, for messages.
  var name: String { stream.name }

  /// The window's bytes, with 16 more that may be read after ``end``. Valid until the next ``refill()``.
  @inline(__always) var bytes: UnsafePointer<UInt8> { UnsafePointer(buffer.address) }

  /// A part of the window. Valid until the next ``refill()``.
  @inline(__always) func view(_ range: Range<Int>) -> ByteView { ByteView(bytes + range.lowerBound, count: range.count) }

  /// Forgets what is consumed and reads on: as much as is kept, or a block. ``at`` becomes 0.
  mutating func refill() throws(Failure) {
    position.advance(over: view(0..<at))
    buffer.address[end] = held
    buffer.removeFirst(at)
    let unchecked = end - at
    at = 0
    let wanted = buffer.count + max(blockSize, buffer.count)
    if wanted > RDFReader.tokenLimit * 2 {
      end = unchecked
      throw Failure(FaultKind.tooLong.problem(at: place(of: 0), rest: .empty, quoted: .empty, isLineBound: false))
    }
    buffer.reserve(wanted - buffer.count)
    while buffer.count < wanted, !isStreamEnded {
      let count = buffer.count
      let read = try stream.read(into: UnsafeMutableRawBufferPointer(start: buffer.address + count, count: wanted - count))
      isStreamEnded = read == 0
      buffer.commit(read)
    }
    check(from: unchecked)
  }

  /// Takes the byte at ``end`` that is not UTF-8 for a question mark, so that the text after it can be read.
  mutating func replaceIllFormed() {
    buffer.address[end] = UInt8(ascii: "?")
    check(from: end)
  }

  /// Where the byte at `index` of the window stands.
  func place(of index: Int) -> Place {
    var position = position
    position.advance(over: view(0..<index))
    return Place(file: stream.name, line: position.line, column: position.column)
  }

  private mutating func check(from unchecked: Int) {
    let count = buffer.count
    let foreign = ByteScan.foreign(bytes, unchecked, count)
    let offset = buffer.view(foreign..<count).firstIllFormedUTF8
    end = offset.map { foreign + $0 } ?? count
    isIllFormed = end < count && !(isCutOff && !isStreamEnded)
    isFinished = isStreamEnded && end == count
    held = buffer.address[end]
    buffer.address[end] = 0x0A
  }

  /// Whether what stands at ``end`` may be the beginning of a character.
  private var isCutOff: Bool {
    let rest = buffer.view(end..<buffer.count)
    let lead = rest[0]
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
    return lead >= 0xC2 && lead <= 0xF4 && rest.count < length
  }
}
