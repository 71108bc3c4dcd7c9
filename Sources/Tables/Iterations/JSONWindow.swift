import Bytes
import JSON
import Problems
import Resources

/// A window over a stream of JSON that holds the value at hand whole, however the stream cuts it.
///
/// What ends at the window's end may go on in the stream, so such a piece is read again when more has come; the same is done with what
/// looks wrong, once.
struct JSONWindow: ~Copyable {
  private static let block = 1 << 18

  private let stream: any ByteStream
  /// How long a value may be that is held whole.
  private let limit: Int
  private var buffer = ByteBuffer(capacity: block * 2)
  private(set) var isAtEnd = false
  private var isFirst = true
  /// A place in the window from which on others are found.
  private var cursor = TextCursor()
  /// Reads the tokens of the window.
  var scanner: JSONScanner

  init(_ stream: any ByteStream, limit: Int) {
    self.stream = stream
    self.limit = limit
    scanner = JSONScanner(.empty, file: stream.name)
  }

  /// Reads what `body` reads of the scanner, again with more of the stream where the window ends within it.
  ///
  /// What stood before is dropped from the window first.
  mutating func read<Result>(
    _ body: (inout JSONScanner) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    // Moving what is left costs as much as reading it, so it is done once a block.
    if scanner.offset > Self.block || buffer.isEmpty { try load() }
    var before: Failure?
    while true {
      let saved = scanner
      do throws(Failure) {
        let result = try body(&scanner)
        if isAtEnd || scanner.offset < buffer.count { return result }
      } catch {
        if isAtEnd || before?.problem.place == error.problem.place { throw error }
        before = error
      }
      scanner = saved
      try load()
    }
  }

  /// Where a byte of the window stands; cheap where each is asked for after those before it.
  mutating func place(of offset: Int) -> (line: Int, column: Int) {
    if offset < cursor.offset { return scanner.place(of: offset) }
    cursor.advance(to: offset, in: buffer.view)
    return (cursor.line, cursor.column)
  }

  /// Drops what has been read, and reads on: as much as is kept, or a block.
  private mutating func load() throws(Failure) {
    let dropped = scanner.offset
    cursor.advance(to: dropped, in: buffer.view)
    cursor = TextCursor(offset: cursor.offset - dropped, line: cursor.line, column: cursor.column)
    // The scanner counts the lines of what is dropped while it is there.
    scanner.slide(to: .empty, dropping: dropped)
    buffer.removeFirst(dropped)
    if buffer.count > limit {
      let place = scanner.place(of: 0)
      throw Failure(
        .limitExceeded, at: Place(file: stream.name, line: place.line, column: place.column),
        ["what": .phrase("iteration-bytes"), "limit": "\(limit)"])
    }
    let wanted = max(Self.block, buffer.count)
    let start = buffer.count
    buffer.reserve(wanted)
    while buffer.count - start < wanted, !isAtEnd {
      let room = UnsafeMutableRawBufferPointer(start: buffer.address + buffer.count, count: wanted - (buffer.count - start))
      let count = try stream.read(into: room)
      buffer.commit(count)
      isAtEnd = count == 0
    }
    if isFirst, buffer.view.hasPrefix("\u{FEFF}") { buffer.removeFirst(3) }
    isFirst = false
    scanner.slide(to: buffer.view, dropping: 0)
  }
}
