import Bytes
import Glibc
import Problems
import Resources

/// The document of a confined reader. Before more of it is read, it is seen to that there is memory left: Raptor says nothing where it is
/// refused some, and goes on without.
final class WatchedDocument: ByteStream {
  let name = "-"
  /// Where the system tells what memory the process has; open from the beginning, since nothing can be opened later.
  let watch: Int32
  private let stream: any ByteStream
  private let memory: Int
  private var first: ArraySlice<UInt8> = []
  private var initial = 0

  /// A document, of which the first bytes are read.
  /// - Parameter memory: how many bytes more the process may take; where three quarters of them are taken, no more is read.
  init(_ stream: any ByteStream, memory: Int) throws(Failure) {
    self.stream = stream
    self.memory = memory
    watch = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: 1024, alignment: 1)
    defer { bytes.deallocate() }
    var count = 0
    while count < bytes.count, case let read = try stream.read(into: .init(rebasing: bytes[count...])), read > 0 { count += read }
    first = Array(bytes[..<count])[...]
    initial = size
  }

  deinit { close(watch) }

  /// How many bytes of addresses the process has taken.
  var size: Int {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { text in
      let count = pread(watch, text.baseAddress, text.count - 1, 0)
      guard let start = text.baseAddress, count > 0 else { return 1 << 30 }
      text[count] = 0
      return strtol(start, nil, 10) * sysconf(Int32(_SC_PAGESIZE))
    }
  }

  /// The encoding that the XML declaration names; nil for none.
  var encoding: String? {
    let text = first.prefix { $0 != UInt8(ascii: ">") }.map { $0 < 0x80 ? Character(Unicode.Scalar($0)) : "?" }
    let words = String(text).split(separator: "encoding", maxSplits: 1)
    guard words.count == 2, words[0].hasPrefix("<?xml") else { return nil }
    let value = words[1].drop { $0 == " " || $0 == "=" || $0 == "\t" || $0 == "\n" || $0 == "\r" }
    guard let quote = value.first, quote == "\"" || quote == "'" else { return nil }
    let name = value.dropFirst().prefix { $0 != quote }
    return name.utf8.allSatisfy { isLetter($0) || isDigit($0) || "._-".utf8.contains($0) } ? String(name) : nil
  }

  func read(into target: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
    if size - initial > memory / 4 * 3 { throw .outOfMemory(name) }
    if first.isEmpty { return try stream.read(into: target) }
    let count = min(first.count, target.count)
    target.copyBytes(from: first.prefix(count))
    first = first.dropFirst(count)
    return count
  }
}
