import Glibc
import Store
import Tables

/// What was read of a delimited file, to tell later whether lines were only added at its end.
struct ReadLines: Sendable {
  private let trace: FileTrace
  private let sum: UInt64

  /// The lines of a file that has just been read; nil where it is not delimited text, does not end with a line's end, or is not as it was before
  /// it was read.
  init?(_ before: FileTrace) {
    guard TableReader.Kind(name: before.path) == .csv, let sum = Self.sum(of: before.path, size: before.size),
      FileTrace(before.path) == before
    else { return nil }
    trace = before
    self.sum = sum
  }

  /// Whether a file still begins with these lines, and has more.
  func begin(_ now: FileTrace) -> Bool {
    now.node == trace.node && now.size > trace.size && Self.sum(of: now.path, size: trace.size) == sum
  }

  /// A sum of the first bytes of a file, the last of which ends a line; nil where it does not, or can't be read.
  private static func sum(of path: String, size: Int) -> UInt64? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { piece.deallocate() }
    var sum: UInt64 = 0
    var at = 0
    var last: UInt8 = 0
    while at < size {
      // Pieces have the same bounds whatever follows, so that their sums can be compared.
      let wanted = min(piece.count, size - at)
      var filled = 0
      while filled < wanted {
        let count = pread(descriptor, piece.baseAddress.map { $0 + filled }, wanted - filled, off_t(at + filled))
        if count <= 0 { return nil }
        filled += count
      }
      sum = sum &* 0x9E37_79B1_85EB_CA87 ^ BlockChecksum.of(UnsafeRawBufferPointer(rebasing: piece[..<wanted]))
      last = piece[wanted - 1]
      at += wanted
    }
    return last == UInt8(ascii: "\n") ? sum : nil
  }
}
