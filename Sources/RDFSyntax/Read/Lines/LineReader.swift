import Bytes
import Problems
import RDF
import Resources

/// Reads N-Triples and N-Quads (RDF 1.1) block by block.
///
/// A block of whole lines stands in the batch's own arena, and terms without escapes point into it. What must be decoded
/// or made longer is appended after the block; room for that is reserved beforehand, so that nothing moves meanwhile.
struct LineReader: ~Copyable {
  private let stream: any ByteStream
  private let sink: any QuadSink
  private let problems: any ProblemSink
  private let keepGoing: Bool
  private let blockSize: Int
  private var carry = ByteBuffer()
  private var isFirst = true
  private var isEnded = false

  let hasGraphs: Bool
  let labelPrefix: ByteString
  var batch = QuadBatch()
  var cache = TermCache()
  let xsdString: TermID
  let noGraph = QuadBatch.defaultGraph
  /// The line that is read, from 1.
  var line = 1
  /// What was wrong with the statement that failed last.
  var fault = Fault()
  /// The subject, predicate and graph of the statement before, where they stand in the block.
  var subject = Repeated()
  var predicate = Repeated()
  var graph = Repeated()
  /// The term that was read last.
  var found: TermID = 0
  /// Where the string that was decoded last begins in the arena.
  var decodedStart = 0

  init(
    _ stream: any ByteStream, hasGraphs: Bool, options: RDFReader.Options, sink: any QuadSink, problems: any ProblemSink
  ) {
    self.stream = stream
    self.hasGraphs = hasGraphs
    self.sink = sink
    self.problems = problems
    keepGoing = options.keepGoing
    blockSize = max(options.blockSize, 1)
    labelPrefix = options.blankNodePrefix
    let start = batch.terms.bytes.count
    batch.terms.bytes.append(bytes: XSD.string)
    xsdString = cache.internLast(.iri, start: start, in: &batch.terms)
    batch.terms.keepAsConstants()
    cache.keepAsConstants()
  }

  /// Reads the whole stream.
  mutating func readAll() throws(Failure) {
    repeat {
      let start = try fill()
      let end = cutAtLineEnd(from: start)
      guard end > start else { continue }
      batch.terms.bytes.reserve((end - start) + labelPrefix.count * ((end - start) / 4 + 1))
      try checkAndParse(from: start, to: end)
      if batch.count > 0 { try sink.append(batch) }
    } while !isEnded
  }

  /// Begins a new batch with the rest of the last block and reads on until there is a block. Says where it begins.
  private mutating func fill() throws(Failure) -> Int {
    batch.reset()
    cache.reset()
    subject.forget()
    predicate.forget()
    graph.forget()
    let start = batch.terms.bytes.count
    // A line that did not fit makes the next block as much larger, so that a long one is not gone over again and again.
    let wanted = max(blockSize, carry.count)
    let filled = start + carry.count + wanted
    batch.terms.bytes.append(carry.view)
    carry.truncate()
    if filled - start > RDFReader.tokenLimit + blockSize { throw failure(Fault(.tooLong, at: start), lineStart: start, end: start) }
    batch.terms.bytes.reserve(wanted + 1)
    while batch.terms.bytes.count < filled {
      let count = batch.terms.bytes.count
      let space = UnsafeMutableRawBufferPointer(start: batch.terms.bytes.address + count, count: filled - count)
      let read = try stream.read(into: space)
      if read == 0 {
        isEnded = true
        break
      }
      batch.terms.bytes.commit(read)
    }
    return start
  }

  /// Keeps what follows the last line end for the next block, and says where this one ends.
  private mutating func cutAtLineEnd(from start: Int) -> Int {
    let count = batch.terms.bytes.count
    if isEnded {
      // Every line ends in a line end from here on, the last one too.
      if count > start, batch.terms.bytes.address[count - 1] != 0x0A { batch.terms.bytes.append(0x0A) }
      return batch.terms.bytes.count
    }
    let bytes = batch.terms.bytes.address
    var end = count
    while end > start, bytes[end - 1] != 0x0A { end -= 1 }
    if end == start {
      // A file of lines that end in CR alone. The last CR may be half of a CR LF.
      end = count - 1
      while end > start, bytes[end - 1] != 0x0D { end -= 1 }
    }
    carry.append(batch.terms.bytes.view(max(end, start)..<count))
    batch.terms.bytes.truncate(to: max(end, start))
    return max(end, start)
  }

  private mutating func checkAndParse(from start: Int, to end: Int) throws(Failure) {
    var from = start
    if isFirst {
      isFirst = false
      if batch.terms.bytes.view(start..<end).hasPrefix("\u{FEFF}") { from += 3 }
    }
    let block = UnsafePointer(batch.terms.bytes.address)
    while true {
      let foreign = ByteScan.foreign(block, from, end)
      guard foreign < end, let offset = batch.terms.bytes.view(foreign..<end).firstIllFormedUTF8 else { break }
      let bad = foreign + offset
      var lineStart = bad
      while lineStart > from, block[lineStart - 1] != 0x0A, block[lineStart - 1] != 0x0D { lineStart -= 1 }
      try parse(from: from, to: lineStart)
      try handle(failure(Fault(.illFormed, at: bad), lineStart: lineStart, end: end))
      from = nextLine(after: bad)
      if from >= end { return }
    }
    try parse(from: from, to: end)
  }

  private mutating func parse(from start: Int, to end: Int) throws(Failure) {
    let block = UnsafePointer(batch.terms.bytes.address)
    var at = start
    while at < end {
      let next = statement(block, at, end)
      if next > 0 {
        at = next
        line &+= 1
      } else {
        try handle(failure(fault, lineStart: at, end: end))
        at = nextLine(after: fault.at)
      }
    }
  }

  /// Where the line after the one with the byte at `index` begins.
  private mutating func nextLine(after index: Int) -> Int {
    let bytes = batch.terms.bytes.address
    var at = index
    while bytes[at] != 0x0A, bytes[at] != 0x0D { at += 1 }
    line += 1
    return bytes[at] == 0x0D && bytes[at + 1] == 0x0A ? at + 2 : at + 1
  }

  private func handle(_ failure: Failure) throws(Failure) {
    guard keepGoing, failure.problem.code != .limitExceeded else { throw failure }
    problems.report(failure.problem)
  }

  private func failure(_ fault: Fault, lineStart: Int, end: Int) -> Failure {
    var position = TextPosition(line: line)
    position.advance(over: batch.terms.bytes.view(lineStart..<fault.at))
    let place = Place(file: stream.name, line: line, column: position.column)
    let quoted = batch.terms.bytes.view(fault.start..<end).buffer.prefix(800)
      .prefix { $0 != UInt8(ascii: ">") && $0 != 0x0A && $0 != 0x0D }
    let rest = batch.terms.bytes.view(fault.at..<end)
    return Failure(
      fault.kind.problem(at: place, rest: rest, quoted: ByteView(UnsafeBufferPointer(rebasing: quoted)), isLineBound: true))
  }
}

/// A term of the statement before, and where it stands in the block, with all that ends it.
struct Repeated {
  /// Where the term as it is written begins.
  var start = 0
  /// How many bytes it has as written; 0 where there is none.
  var length = 0
  /// Its id.
  var id: TermID = 0
  /// The byte after it, which ended it.
  var terminator: UInt8 = 0

  /// No term.
  init() {}

  /// A term that stands from `start` to `end`. A label that is followed by a dot may go on elsewhere, so it is not kept.
  @inline(__always) init(_ block: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ id: TermID) {
    self.start = start
    self.id = id
    terminator = block[end]
    length = terminator == UInt8(ascii: ".") || terminator >= 0x80 ? 0 : end &- start
  }

  /// Forgets the term.
  mutating func forget() { length = 0 }
}
