import Bytes
import Problems
import XML

/// The texts that the cells of a workbook share (ECMA-376 part 1, §18.4), as bytes side by side.
struct SharedStrings: ~Copyable {
  /// How many bytes all texts may have, and how many texts there may be.
  static let mostBytes = 512 << 20
  static let mostStrings = 1 << 25

  fileprivate var bytes: ByteBuffer
  /// Where each text ends.
  fileprivate var ends: ContiguousArray<UInt32> = []
  /// The texts that hold a control character, in order.
  fileprivate var damaged: [UInt32] = []

  /// No texts.
  init(capacity: Int = 0) { bytes = ByteBuffer(capacity: capacity) }

  /// How many texts.
  var count: Int { ends.count }

  /// A text, whose number must be below ``count``.
  @inline(__always) func view(_ number: Int) -> ByteView {
    bytes.view((number == 0 ? 0 : Int(ends[number &- 1]))..<Int(ends[number]))
  }

  @inline(never) private func isAmongDamaged(_ number: UInt32) -> Bool {
    let at = Search.firstIndex(in: 0..<damaged.count) { damaged[$0] >= number }
    return at < damaged.count && damaged[at] == number
  }

  /// Whether a text holds a control character.
  @inline(__always) func isDamaged(_ number: Int) -> Bool {
    damaged.isEmpty ? false : isAmongDamaged(UInt32(truncatingIfNeeded: number))
  }
}

/// Reads the part of the shared strings. Rich text is read as its characters; how they are pronounced is left out.
final class SharedStringsPart: XMLPart {
  private enum State { case start, table, item, run, text }

  let file: String
  let part: String
  private(set) var strings: SharedStrings
  private var state = State.start
  private var isInRun = false
  /// How many elements are open within one that is passed over.
  private var passed = 0
  private var textStart = 0

  /// A reader of a part whose bytes, unpacked, are about `size`.
  init(file: String, part: String, size: Int) {
    // Memory that is asked for and not written to is not used; so the texts never move.
    strings = SharedStrings(capacity: min(size, SharedStrings.mostBytes))
    self.file = file
    self.part = part
  }

  /// Takes the texts out.
  func take() -> SharedStrings {
    var taken = SharedStrings()
    swap(&taken, &strings)
    return taken
  }

  func begin(_ tag: XMLTag) throws(Failure) {
    if passed > 0 {
      passed += 1
      return
    }
    switch state {
    case .start:
      if !tag.isNamed("sst") || !tag.isMain { throw damaged(.phrase("part-other", ["part": part])) }
      state = .table
    case .table where tag.isNamed("si"): state = .item
    case .item where tag.isNamed("r"):
      isInRun = true
      state = .run
    case .item where tag.isNamed("t"), .run where tag.isNamed("t"):
      textStart = strings.bytes.count
      state = .text
    default: passed = 1
    }
  }

  func end(at position: XMLPosition) throws(Failure) {
    if passed > 0 {
      passed -= 1
      return
    }
    switch state {
    case .text:
      strings.bytes.decodeCellEscapes(from: textStart)
      state = isInRun ? .run : .item
    case .run:
      isInRun = false
      state = .item
    case .item:
      try finish()
      state = .table
    case .start, .table: state = .start
    }
  }

  func text(_ text: ByteView, at position: XMLPosition) throws(Failure) {
    if passed > 0 || state != .text { return }
    if strings.bytes.count + text.count > SharedStrings.mostBytes { throw exceeded(.phrase("shared-bytes"), SharedStrings.mostBytes) }
    strings.bytes.append(text)
  }

  private func finish() throws(Failure) {
    if strings.count == SharedStrings.mostStrings { throw exceeded(.phrase("shared-strings"), SharedStrings.mostStrings) }
    let start = Int(strings.ends.last ?? 0)
    let end = strings.bytes.count
    if strings.bytes.view(start..<end).firstControlCharacter != nil { strings.damaged.append(UInt32(strings.count)) }
    strings.ends.append(UInt32(end))
  }

  private func exceeded(_ what: Words, _ limit: Int) -> Failure {
    Failure(.limitExceeded, at: Place(file: file), ["what": what, "limit": "\(limit)"])
  }
}
