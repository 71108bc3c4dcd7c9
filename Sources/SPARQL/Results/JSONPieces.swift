import Bytes
import JSON
import Problems
import Resources

/// The tokens of a JSON text that comes as a stream. What is kept of it is a piece that ends after a closing brace, since no token goes
/// on from there: a result is read object by object, however long it is.
struct JSONPieces: ~Copyable {
  private static let block = 1 << 16

  private let stream: any ByteStream
  /// How long a piece may become.
  private let limit: Int
  /// The piece at hand, and after it what has come of the next one.
  private var bytes = ByteBuffer(capacity: block * 2)
  /// Where the piece at hand ends.
  private var end = 0
  /// The byte that is looked at next for the end of a piece, and what is known of it from those before.
  private var looked = 0
  private var isInString = false
  private var isEscaped = false
  private var isFirst = true
  private var hasEnded = false
  private var scanner: JSONScanner

  /// The tokens of a stream.
  init(_ stream: any ByteStream, limits: ResultReader.Limits) {
    self.stream = stream
    limit = limits.solution
    scanner = JSONScanner(.empty, file: stream.name, depthLimit: limits.depth)
  }

  /// The next token.
  /// - Throws: ``ProblemCode/jsonSyntax``, ``ProblemCode/jsonDepth``, ``ProblemCode/limitExceeded``, and what the stream throws.
  mutating func next() throws(Failure) -> JSONToken {
    while !scanner.hasMore(), !(hasEnded && end == bytes.count) { try advance() }
    return try scanner.next()
  }

  /// Passes over the value whose first token was just read; a scalar is already behind.
  mutating func skipRest(of token: JSONToken) throws(Failure) {
    var depth = 0
    var token = token
    while true {
      switch token {
      case .beginObject, .beginArray: depth += 1
      case .endObject, .endArray: depth -= 1
      default: break
      }
      if depth == 0 { return }
      token = try next()
    }
  }

  /// Copies what the last key says into `buffer`.
  func copy(textTo buffer: inout ByteBuffer) {
    let content = scanner.text[scanner.content]
    buffer.truncate()
    if scanner.isEscaped { buffer.append(jsonContent: content) } else { buffer.append(content) }
  }

  /// Copies what the last token says, which must be a string, into `buffer`.
  func text(of token: JSONToken, into buffer: inout ByteBuffer) throws(Failure) {
    guard token == .string else { throw expected("\"…\"") }
    copy(textTo: &buffer)
  }

  /// A problem at the last token.
  func failure(_ code: ProblemCode, _ arguments: [String: Words]) -> Failure { scanner.failure(code, at: scanner.start, arguments) }

  /// Says that something else should stand where the last token does.
  func expected(_ form: String) -> Failure { failure(.resultsInvalid, ["found": .phrase("results-expected", ["form": form])]) }

  /// Goes on to the next piece.
  private mutating func advance() throws(Failure) {
    // The scanner counts the lines of the old piece before its bytes go.
    scanner.resume(on: .empty)
    bytes.removeFirst(end)
    looked -= end
    end = 0
    while true {
      look()
      if end > 0 { break }
      if bytes.count > limit {
        throw Failure(.limitExceeded, at: Place(file: stream.name), ["what": .phrase("solution-bytes"), "limit": "\(limit)"])
      }
      if hasEnded {
        end = bytes.count
        break
      }
      try fill()
    }
    scanner.resume(on: bytes.view(0..<end))
  }

  private mutating func fill() throws(Failure) {
    // So many that a byte order mark comes whole.
    let start = bytes.count
    bytes.reserve(Self.block)
    while bytes.count - start < (isFirst ? 3 : 1), !hasEnded {
      let space = UnsafeMutableRawBufferPointer(start: bytes.address + bytes.count, count: Self.block - (bytes.count - start))
      let read = try stream.read(into: space)
      bytes.commit(read)
      hasEnded = read == 0
    }
    if isFirst, bytes.view.hasPrefix("\u{FEFF}") { bytes.removeFirst(3) }
    isFirst = false
  }

  /// Looks for the last brace outside strings that closes an object.
  private mutating func look() {
    let start = bytes.address
    for index in looked..<bytes.count {
      let byte = start[index]
      if isEscaped {
        isEscaped = false
      } else if isInString {
        if byte == UInt8(ascii: "\"") { isInString = false } else if byte == UInt8(ascii: "\\") { isEscaped = true }
      } else if byte == UInt8(ascii: "\"") {
        isInString = true
      } else if byte == UInt8(ascii: "}") {
        end = index + 1
      }
    }
    looked = bytes.count
  }
}
