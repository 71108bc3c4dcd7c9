import Bytes
import Problems
import Resources

/// A compound file: what programs before Office Open XML saved, and what a workbook with a password is put into (MS-CFB).
enum CompoundFile {
  /// What such a file begins with: the first half of its signature, which no text begins with.
  static let signature: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0]

  /// How many sectors of the directory are looked through.
  private static let mostSectors = 4096

  /// The failure that says what the file is and what to save instead.
  static func failure(of file: RandomAccessFile) throws(Failure) -> Failure {
    let names = try names(in: file)
    if names.contains("EncryptedPackage") { return Failure(.workbookProtected, at: Place(file: file.name)) }
    let isWorkbook = names.contains("Workbook") || names.contains("Book")
    return Failure(.workbookKind, at: Place(file: file.name), ["kind": isWorkbook ? .phrase("kind-xls") : .phrase("kind-document")])
  }

  /// The names in the directory, as far as it can be read (MS-CFB §2.6).
  private static func names(in file: RandomAccessFile) throws(Failure) -> Set<String> {
    let header = try file.read(at: 0, count: 512)
    guard header.count == 512, header[30] == 9 || header[30] == 12 else { return [] }
    let size = 1 << Int(header[30])
    func start(of sector: Int) -> Int { (sector + 1) * size }
    var names: Set<String> = []
    var sector = header.number(at: 48)
    var seen = 0
    while sector < 0xFFFF_FFFA, seen < mostSectors {
      seen += 1
      let bytes = try file.read(at: start(of: sector), count: size)
      for entry in stride(from: 0, to: bytes.count - 127, by: 128) {
        let length = Int(bytes[entry + 64]) | Int(bytes[entry + 65]) << 8
        guard length >= 2, length <= 64 else { continue }
        let units = stride(from: entry, to: entry + length - 2, by: 2).map { UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8 }
        names.insert(String(decoding: units, as: UTF16.self))
      }
      // The allocation table says which sector comes next. Its first 109 sectors are listed in the header.
      let table = sector / (size / 4)
      guard table < 109 else { break }
      let entry = try file.read(at: start(of: header.number(at: 76 + 4 * table)) + sector % (size / 4) * 4, count: 4)
      guard entry.count == 4 else { break }
      sector = entry.number(at: 0)
    }
    return names
  }
}

extension [UInt8] {
  /// The 32-bit number at `index`, least byte first.
  fileprivate func number(at index: Int) -> Int { (0..<4).reduce(0) { $0 | Int(self[index + $1]) << (8 * $1) } }
}
