import Bytes
import Glibc
import Problems
import RDF
import Resources

/// Reads RDF/XML in another process (``Confinement``): feeds it the document, and takes its triples as N-Triples. Nothing that the process
/// says is trusted: it is read and checked as any input is, and blank nodes get the prefix of the document here.
final class ConfinedReading: ByteStream {
  private static let block = 1 << 16
  private static let longestLine = 1 << 16

  let name: String
  private let stream: any ByteStream
  private let options: RDFReader.Options
  private let sink: WatchedSink
  private let problems: any ProblemSink
  private let limits: Confinement
  private let child: ChildProcess
  /// What the process has yet to read, beginning with the base and a zero byte.
  private var input = ByteBuffer(capacity: block)
  private var sent = 0
  private var isInputOpen = true
  private var fed = 0
  private var received = 0
  /// A line that speaks to the reader, as far as it has come.
  private var line = ByteBuffer(capacity: 256)
  private var isAtLineStart = true
  private var result: Result<Void, Failure>?
  private var hasEnded = false
  private var failure: Failure?

  /// Starts to read a document.
  /// - Throws: ``ProblemCode/readerFailed`` where the process can't be started.
  init(_ stream: any ByteStream, options: RDFReader.Options, sink: any QuadSink, problems: any ProblemSink) throws(Failure) {
    name = stream.name
    self.stream = stream
    self.options = options
    self.sink = WatchedSink(sink)
    self.problems = problems
    limits = options.confinement
    var arguments = limits.arguments
    arguments += ["--memory", "\(limits.memory)", "--processor-seconds", "\(limits.processorSeconds)"]
    arguments += ["--depth", "\(options.depthLimit)"] + (options.keepGoing ? ["--keep-going"] : [])
    do throws(StartFailure) {
      child = try ChildProcess(limits.program, arguments)
    } catch {
      throw Failure(
        .readerFailed, at: Place(file: stream.name),
        ["name": .text(stream.name), "reason": .phrase("reader-start", ["reason": SystemError.reason(error.number)])])
    }
    if let base = options.base { input.append(bytes: base) }
    input.append(0)
  }

  /// Reads the whole document.
  /// - Throws: what ``RDFXMLReader/readAll()`` throws, and ``ProblemCode/readerFailed`` where the process fails.
  func readAll() throws(Failure) {
    // The process can't outlive this call.
    defer { _ = child.end() }
    var lines = options
    lines.keepGoing = false
    var reader = LineReader(self, hasGraphs: false, options: lines, sink: sink, problems: problems)
    do throws(Failure) {
      try reader.readAll()
    } catch {
      throw sink.failure ?? failure ?? failed(.phrase("reader-garbled"))
    }
    guard let result else { throw brokenDown() }
    try result.get()
  }

  // MARK: - The triples that the process gives

  /// Gives the next bytes of N-Triples, and feeds the process meanwhile.
  func read(into target: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
    do throws(Failure) {
      return try receive(into: target)
    } catch {
      failure = error
      throw error
    }
  }

  private func receive(into target: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: min(target.count, Self.block), alignment: 16)
    defer { block.deallocate() }
    while !hasEnded {
      try refill()
      let wanted = POLLIN | (sent < input.count ? POLLOUT : 0)
      var state = pollfd(fd: child.socket, events: Int16(wanted), revents: 0)
      let ready = poll(&state, 1, Int32(clamping: limits.idleSeconds * 1000))
      if ready < 0, errno == EINTR { continue }
      if ready <= 0 { throw failed(.phrase("reader-stuck", ["limit": "\(limits.idleSeconds)"])) }
      let events = Int32(state.revents)
      if events & Int32(POLLOUT) != 0 { send() }
      guard events & ~Int32(POLLOUT) != 0 else { continue }
      let count = recv(child.socket, block.baseAddress, block.count, Int32(MSG_DONTWAIT))
      if count < 0, errno == EAGAIN || errno == EINTR { continue }
      hasEnded = count <= 0
      received += max(count, 0)
      let most = max(limits.output, fed * limits.outputRatio)
      if received > most { throw Failure(.limitExceeded, at: Place(file: name), ["what": .phrase("bytes"), "limit": "\(most)"]) }
      let given = try divide(UnsafeRawBufferPointer(rebasing: block[..<max(count, 0)]), target)
      if given > 0 { return given }
    }
    return 0
  }

  /// Copies what is N-Triples to `target`, and heeds the other lines.
  private func divide(_ bytes: UnsafeRawBufferPointer, _ target: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
    var given = 0
    var rest = bytes
    while !rest.isEmpty {
      let end = rest.firstIndex(of: 0x0A).map { $0 + 1 } ?? rest.count
      let piece = UnsafeRawBufferPointer(rebasing: rest[..<end])
      let isEnd = piece[end - 1] == 0x0A
      if !line.isEmpty || isAtLineStart && piece[0] == UInt8(ascii: "#") {
        line.append(ByteView(piece.bindMemory(to: UInt8.self)))
        if line.count > Self.longestLine { throw failed(.phrase("reader-garbled")) }
        if isEnd {
          try heed()
          line.truncate()
        }
      } else {
        UnsafeMutableRawBufferPointer(rebasing: target[given...]).copyMemory(from: piece)
        given += end
      }
      isAtLineStart = isEnd
      rest = UnsafeRawBufferPointer(rebasing: rest[end...])
    }
    return given
  }

  private func heed() throws(Failure) {
    switch ConfinedLine(line.view, file: name) {
    case .prefix(let prefix, let namespace): sink.suggest(prefix: prefix, namespace: namespace)
    case .problem(let problem): problems.report(problem)
    case .failure(let problem):
      result = .failure(problem.code == .readerFailed ? .outOfMemory(name, limit: limits.memory) : Failure(problem))
    case .end: result = .success(())
    case nil: throw failed(.phrase("reader-garbled"))
    }
  }

  // MARK: - The document that the process is given

  private func refill() throws(Failure) {
    guard isInputOpen, sent == input.count else { return }
    input.truncate()
    sent = 0
    input.reserve(Self.block)
    let count = try stream.read(into: UnsafeMutableRawBufferPointer(start: input.address, count: Self.block))
    input.commit(count)
    if count == 0 { closeInput() }
  }

  private func send() {
    let count = Glibc.send(
      child.socket, input.address + sent, input.count - sent, Int32(MSG_DONTWAIT | MSG_NOSIGNAL))
    if count >= 0 {
      sent += count
      fed += count
    } else if errno != EAGAIN, errno != EINTR {
      // It does not want to read more; it says why, or is no longer there to say.
      closeInput()
    }
  }

  private func closeInput() {
    isInputOpen = false
    input.truncate()
    sent = 0
    shutdown(child.socket, Int32(SHUT_WR))
  }

  // MARK: - What goes wrong with the process

  /// Why the process ended without a word.
  private func brokenDown() -> Failure {
    guard let ending = child.wait(seconds: limits.idleSeconds) else {
      return failed(.phrase("reader-stuck", ["limit": "\(limits.idleSeconds)"]))
    }
    if ending.signal == SIGXCPU { return failed(.phrase("reader-slow", ["limit": "\(limits.processorSeconds)"])) }
    if ending.status == ConfinedProgram.outOfMemory { return .outOfMemory(name, limit: limits.memory) }
    return failed(ending.signal == 0 ? .phrase("reader-garbled") : .phrase("reader-broke", ["signal": "\(ending.signal)"]))
  }

  private func failed(_ reason: Words) -> Failure {
    Failure(.readerFailed, at: Place(file: name), ["name": .text(name), "reason": reason])
  }
}

/// Passes quads on, and remembers what the sink had against them.
private final class WatchedSink: QuadSink {
  private let sink: any QuadSink
  private(set) var failure: Failure?

  init(_ sink: any QuadSink) { self.sink = sink }

  func append(_ batch: borrowing QuadBatch) throws(Failure) {
    do throws(Failure) {
      try sink.append(batch)
    } catch {
      failure = error
      throw error
    }
  }

  func suggest(prefix: String, namespace: String) { sink.suggest(prefix: prefix, namespace: namespace) }

  func finish() throws(Failure) {}
}
