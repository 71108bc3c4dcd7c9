import Bytes
import Glibc
package import Problems
import RDF
import Resources

/// The other side of ``ConfinedReading``: what the program does in a process of its own.
///
/// Standard input is the document's base (empty for none), a zero byte and the document; standard output is N-Triples with lines of
/// ``ConfinedLine`` among them. Whatever the document makes of the process, it can open no file and no connection and start nothing, and
/// has so much memory and processor time.
package enum ConfinedProgram {
  /// What the process may use, and how it reads.
  package struct Options: Sendable {
    /// Bytes of memory beyond what the process has.
    package var memory: Int
    /// Seconds of processor time.
    package var processorSeconds: Int
    /// How deep elements may be nested.
    package var depthLimit: Int
    /// Whether to go on after what can be gone on after.
    package var keepGoing: Bool

    /// Options; amounts that no process can have become those that one can.
    package init(memory: Int, processorSeconds: Int, depthLimit: Int, keepGoing: Bool) {
      self.memory = min(max(memory, 0), 1 << 40)
      self.processorSeconds = min(max(processorSeconds, 0), 1 << 30)
      self.depthLimit = depthLimit
      self.keepGoing = keepGoing
    }
  }

  /// What the process exits with where it breaks down with little of its memory left: what is refused memory seldom can say so.
  static let outOfMemory: Int32 = 12
  /// How much memory is little, in bytes; set before it is looked at.
  private nonisolated(unsafe) static var little = 0

  /// Reads standard input to its end. What is wrong with it stands in the output.
  /// - Throws: ``ProblemCode/writeFailed`` where nobody reads the output.
  package static func run(_ options: Options) throws(Failure) {
    let input = FileStream(descriptor: STDIN_FILENO, name: "-", owned: false)
    let base = try readBase(input)
    let document = try WatchedDocument(input, memory: options.memory)
    confine(options, encoding: document.encoding, keeping: document)
    let output = DescriptorOutput()
    let sink = ConfinedSink(output)
    let listener = ConfinedProblems(output)
    let reading = RDFReader.Options(
      base: base.isEmpty ? nil : base, depthLimit: options.depthLimit, keepGoing: options.keepGoing)
    do throws(Failure) {
      try RDFXMLReader(document, options: reading, sink: sink, problems: listener).readAll()
      try sink.finish()
      try output.write(.end)
    } catch {
      try sink.finish()
      try output.write(.failure(error.problem))
    }
  }

  private static func readBase(_ input: FileStream) throws(Failure) -> ByteString {
    var base: [UInt8] = []
    while true {
      var byte: UInt8 = 0
      let count = try withUnsafeMutableBytes(of: &byte) { bytes throws(Failure) in try input.read(into: bytes) }
      if count == 0 || byte == 0 { return ByteString(base) }
      base.append(byte)
    }
  }

  /// Gives up all that reading does not need.
  private static func confine(_ options: Options, encoding: String?, keeping document: WatchedDocument) {
    // The tables of an encoding are files, which can't be opened later; once they are there they stay.
    if let encoding { _ = iconv_open("UTF-8", encoding) }
    closeInherited(but: document.watch)
    func limit(_ resource: __rlimit_resource, _ amount: Int, hard: Int? = nil) {
      var value = rlimit(rlim_cur: rlim_t(clamping: amount), rlim_max: rlim_t(clamping: hard ?? amount))
      setrlimit(__rlimit_resource_t(resource.rawValue), &value)
    }
    limit(RLIMIT_CORE, 0)
    limit(__RLIMIT_NPROC, 0)
    limit(RLIMIT_NOFILE, 3)
    limit(RLIMIT_CPU, options.processorSeconds, hard: options.processorSeconds + 1)
    limit(RLIMIT_AS, document.size + options.memory)
    little = options.memory / 2
    for number in [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT] { signal(number) { ConfinedProgram.breakDown($0) } }
  }

  /// Ends the process after a signal that says that it has broken down. Nothing that takes memory may be done here.
  private static func breakDown(_ number: Int32) {
    if mmap(nil, little, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED { _exit(outOfMemory) }
    signal(number, SIG_DFL)
    raise(number)
  }

  /// Closes what another thread of the parent may have had open when the process was started.
  private static func closeInherited(but kept: Int32) {
    guard let folder = opendir("/proc/self/fd") else { return }
    var found: [Int32] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if let descriptor = Int32(name), descriptor > STDERR_FILENO, descriptor != kept { found.append(descriptor) }
    }
    closedir(folder)
    for descriptor in found { close(descriptor) }
  }
}

/// Writes quads as lines, and prefixes among them.
private final class ConfinedSink: QuadSink {
  private let output: any ByteOutput
  private let lines: LineWriter

  init(_ output: any ByteOutput) {
    self.output = output
    lines = LineWriter(output, hasGraphs: false)
  }

  func append(_ batch: borrowing QuadBatch) throws(Failure) { try lines.append(batch) }

  func suggest(prefix: String, namespace: String) {
    // Where nobody reads any more, the next quads will tell.
    try? output.write(.prefix(prefix, namespace))
  }

  func finish() throws(Failure) { try lines.finish() }
}

/// Writes problems among the lines. It is used by one thread.
private final class ConfinedProblems: ProblemSink, @unchecked Sendable {
  private let output: any ByteOutput

  init(_ output: any ByteOutput) { self.output = output }

  func report(_ problem: Problem) { try? output.write(.problem(problem)) }
}

extension ByteOutput {
  fileprivate func write(_ line: ConfinedLine) throws(Failure) {
    var out = ByteBuffer()
    line.append(to: &out)
    try write(out.view)
  }
}
