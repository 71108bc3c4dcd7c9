import Bytes
import Problems

/// What a snapshot file begins with: what it is, how it is laid out, and the checksums of this and of the directory behind it.
///
/// All numbers are in the byte order of the machine that wrote the file, as the columns are, which are read where they lie.
struct SnapshotHeader {
  /// How many bytes the header has.
  static let size = 64
  /// Changes whenever files of before can't be read any more.
  static let version: UInt32 = 2
  /// Sections and the data as a whole begin at multiples of this.
  static let alignment = 64

  /// A name, and line ends that a transfer as text would change.
  private static let magic: [UInt8] = Array("KGRAF\r\n".utf8) + [0]
  private static let byteOrder: UInt32 = 0x0102_0304

  /// Whether bytes begin as those of a snapshot file do.
  static func begins(_ file: UnsafeRawBufferPointer) -> Bool { file.count >= magic.count && file.starts(with: magic) }

  let directorySize: Int
  let directorySum: UInt64
  let dataSize: Int

  var dataStart: Int { Self.aligned(Self.size + directorySize) }
  var fileSize: Int { dataStart + dataSize }

  static func aligned(_ offset: Int) -> Int { (offset + alignment - 1) / alignment * alignment }

  init(directory: UnsafeRawBufferPointer, dataSize: Int) {
    directorySize = directory.count
    directorySum = BlockChecksum.of(directory)
    self.dataSize = dataSize
  }

  /// The bytes of the header.
  var bytes: [UInt8] {
    var out = Self.magic
    func put<Number: FixedWidthInteger>(_ number: Number) { withUnsafeBytes(of: number) { out.append(contentsOf: $0) } }
    put(Self.byteOrder)
    put(Self.version)
    put(UInt64(fileSize))
    put(UInt64(directorySize))
    put(directorySum)
    put(UInt64(dataSize))
    put(UInt64(0))
    put(out.withUnsafeBytes { BlockChecksum.of($0) })
    return out
  }

  /// Reads and verifies the header of a file that lies in memory as a whole.
  /// - Throws: ``ProblemCode/snapshotInvalid``: not a snapshot, of another version or byte order, damaged, cut short.
  init(_ file: UnsafeRawBufferPointer, name: String) throws(Failure) {
    guard file.count >= Self.size, file.starts(with: Self.magic) else { throw Self.failure(.phrase("snapshot-foreign"), name) }
    let order = file.loadUnaligned(fromByteOffset: 8, as: UInt32.self)
    if order == Self.byteOrder.byteSwapped { throw Self.failure(.phrase("snapshot-byte-order"), name) }
    let sum = BlockChecksum.of(UnsafeRawBufferPointer(rebasing: file[0..<Self.size - 8]))
    guard order == Self.byteOrder, file.loadUnaligned(fromByteOffset: Self.size - 8, as: UInt64.self) == sum else {
      throw Self.failure(.phrase("snapshot-damaged"), name)
    }
    let version = file.loadUnaligned(fromByteOffset: 12, as: UInt32.self)
    if version != Self.version {
      throw Self.failure(.phrase("snapshot-version", ["version": "\(version)", "known": "\(Self.version)"]), name)
    }
    func number(_ offset: Int) -> Int { Int(truncatingIfNeeded: file.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) }
    directorySize = number(24)
    directorySum = file.loadUnaligned(fromByteOffset: 32, as: UInt64.self)
    dataSize = number(40)
    let most = file.count
    guard number(16) == most, (0...most).contains(directorySize), (0...most).contains(dataSize), fileSize == most else {
      throw Self.failure(.phrase("snapshot-truncated", ["size": "\(most)", "expected": "\(number(16))"]), name)
    }
    let directory = UnsafeRawBufferPointer(rebasing: file[Self.size..<Self.size + directorySize])
    guard BlockChecksum.of(directory) == directorySum else { throw Self.failure(.phrase("snapshot-damaged"), name) }
  }

  /// That a file is no snapshot that can be used, and why.
  static func failure(_ reason: Words, _ name: String) -> Failure {
    Failure(.snapshotInvalid, at: Place(file: name), ["name": .text(name), "reason": reason])
  }
}
