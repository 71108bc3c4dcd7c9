import Problems

/// A way in which a single file is packed, so that its bytes are no text: told of where it is opened, since whatever read on would give
/// advice about characters that nobody has written.
///
/// An archive with several parts is another matter: workbooks are such.
enum PackedFile: String, CaseIterable {
  case gzip, bzip2, xz, zstd

  /// How the bytes of a file may begin: RFC 1952 §2.3.1, the magic numbers of bzip2's stream and its first block, of xz (§2.1.1.1) and
  /// RFC 8878 §3.1.1. A byte that may be any is nil.
  private var beginnings: [[UInt8?]] {
    switch self {
    case .gzip: [[0x1F, 0x8B, 0x08]]
    case .bzip2: [[0x31, 0x41, 0x59, 0x26, 0x53, 0x59], [0x17, 0x72, 0x45, 0x38, 0x50, 0x90]].map { [0x42, 0x5A, 0x68, nil] + $0 }
    case .xz: [[0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]]
    case .zstd: [[0x28, 0xB5, 0x2F, 0xFD]]
    }
  }

  /// The program that unpacks it, the option by which it leaves the packed file, and what the names of such files end in.
  private var unpacking: (program: String, option: String, ending: String) {
    switch self {
    case .gzip: ("gunzip", " -k", ".gz")
    case .bzip2: ("bunzip2", " -k", ".bz2")
    case .xz: ("unxz", " -k", ".xz")
    case .zstd: ("unzstd", "", ".zst")
    }
  }

  /// The way in which a file is packed that begins with these bytes; nil where it is in none.
  init?(_ bytes: UnsafeRawBufferPointer) {
    let found = Self.allCases.first { kind in
      kind.beginnings.contains { $0.count <= bytes.count && zip($0, bytes).allSatisfy { $0 == nil || $0 == $1 } }
    }
    guard let found else { return nil }
    self = found
  }

  /// The failure that says how to unpack what the user calls `name`.
  func failure(_ name: String) -> Failure {
    var command = unpacking.program
    // What has no such ending, or is no file here, has no name that the program would take.
    if name.hasSuffix(unpacking.ending), !name.contains("://") {
      command += unpacking.option + " " + (name.contains { " '\"$`\\&;()<>|*?!#".contains($0) } ? name.quotedForShell : name)
    }
    return Failure(.inputPacked, at: Place(file: name), ["kind": rawValue, "command": command])
  }
}

extension String {
  /// The text within single quotes, as a shell takes it.
  fileprivate var quotedForShell: String { "'" + split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'" }
}
