import Bytes
import Glibc
package import Problems
import RDF
import Resources

/// The other side of ``ConfinedReading``: what the program does in a process of its own.
///
/// Standard input is the document's base (empty for none), a zero byte and the document; standard output is N-Triples with lines of
/// ``ConfinedLine`` among them. Whatever the document makes of the process, it can open no file and no connection, start nothing and write no
/// file, and has so much memory and processor time.
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

    /// Options.
    package init(memory: Int, processorSeconds: Int, depthLimit: Int, keepGoing: Bool) {
      self.memory = memory
      self.processorSeconds = processorSeconds
      self.depthLimit = depthLimit
      self.keepGoing = keepGoing
    }
  }

  /// Reads standard input to its end. What is wrong with it stands in the output.
  /// - Throws: ``ProblemCode/writeFailed`` where nobody reads the output.
  package static func run(_ options: Options) throws(Failure) {
    let input = FileStream(descriptor: STDIN_FILENO, name: "-", owned: false)
    let base = try readBase(input)
    let beginning = try Beginning(of: input)
    confine(options, encoding: beginning.encoding)
    let output = DescriptorOutput()
    let sink = ConfinedSink(output)
    let listener = ConfinedProblems(output)
    let reading = RDFReader.Options(
      base: base.isEmpty ? nil : base, depthLimit: options.depthLimit, keepGoing: options.keepGoing)
    do throws(Failure) {
      try RDFXMLReader(beginning, options: reading, sink: sink, problems: listener).readAll()
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
  private static func confine(_ options: Options, encoding: String?) {
    // The tables of an encoding are files, which can't be opened later; once they are there they stay.
    if let encoding { _ = iconv_open("UTF-8", encoding) }
    let size = addressSpace
    closeInherited()
    func limit(_ resource: __rlimit_resource, _ amount: Int, hard: Int? = nil) {
      var value = rlimit(rlim_cur: rlim_t(amount), rlim_max: rlim_t(hard ?? amount))
      setrlimit(__rlimit_resource_t(resource.rawValue), &value)
    }
    limit(RLIMIT_CORE, 0)
    limit(RLIMIT_FSIZE, 0)
    limit(__RLIMIT_NPROC, 0)
    limit(RLIMIT_NOFILE, 3)
    limit(RLIMIT_CPU, options.processorSeconds, hard: options.processorSeconds + 1)
    limit(RLIMIT_AS, size + options.memory)
  }

  /// How many bytes of addresses the process has taken.
  private static var addressSpace: Int {
    guard let file = fopen("/proc/self/statm", "r") else { return 1 << 30 }
    defer { fclose(file) }
    var text = [CChar](repeating: 0, count: 64)
    fgets(&text, Int32(text.count), file)
    return strtol(text, nil, 10) * sysconf(Int32(_SC_PAGESIZE))
  }

  /// Closes what another thread of the parent may have had open when the process was started.
  private static func closeInherited() {
    guard let folder = opendir("/proc/self/fd") else { return }
    var found: [Int32] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if let descriptor = Int32(name), descriptor > STDERR_FILENO { found.append(descriptor) }
    }
    closedir(folder)
    for descriptor in found { close(descriptor) }
  }
}

/// A document whose first bytes have been looked at.
private final class Beginning: ByteStream {
  let name = "-"
  private let stream: any ByteStream
  private var first: ArraySlice<UInt8> = []

  init(of stream: any ByteStream) throws(Failure) {
    self.stream = stream
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: 1024, alignment: 1)
    defer { bytes.deallocate() }
    var count = 0
    while count < bytes.count, case let read = try stream.read(into: .init(rebasing: bytes[count...])), read > 0 { count += read }
    first = Array(bytes[..<count])[...]
  }

  /// The encoding that the XML declaration names; nil for none.
  var encoding: String? {
    let text = first.prefix { $0 != UInt8(ascii: ">") }.map { $0 < 0x80 ? Character(Unicode.Scalar($0)) : "?" }
    let words = String(text).split(separator: "encoding", maxSplits: 1)
    guard words.count == 2, words[0].hasPrefix("<?xml") else { return nil }
    let value = words[1].drop { $0 == " " || $0 == "=" || $0 == "\t" || $0 == "\n" || $0 == "\r" }
    guard let quote = value.first, quote == "\"" || quote == "'" else { return nil }
    return String(value.dropFirst().prefix { $0 != quote })
  }

  func read(into target: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
    if first.isEmpty { return try stream.read(into: target) }
    let count = min(first.count, target.count)
    target.copyBytes(from: first.prefix(count))
    first = first.dropFirst(count)
    return count
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
