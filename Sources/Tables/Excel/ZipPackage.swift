import Bytes
import CLibZip
import Glibc
import Problems
import Resources

/// The parts of a package: an archive of the ZIP format, as a workbook is one (Open Packaging Conventions, ECMA-376 part 2).
///
/// Nothing is ever unpacked to disk. What is wrong with the archive as a whole is a failure when it is opened; what is wrong with a part,
/// when that is read.
final class ZipPackage {
  /// How many entries an archive may have.
  private static let mostEntries: Int64 = 100_000
  /// How long a part may be, unpacked, to be read twice: this much is unpacked in some hundredths of a second.
  private static let mostChecked = 16 << 20

  /// The file as the user named it.
  let name: String
  private let archive: OpaquePointer
  /// The number of each part; names of parts do not differ by case alone (part 2, §6.2.2.3).
  private var numbers: [String: UInt64] = [:]
  /// The parts that have been checked.
  private var checked: Set<String> = []

  /// Opens the archive in a file.
  /// - Throws: ``ProblemCode/workbookDamaged`` for what is no whole archive, or has entries that no package has, and
  ///   ``ProblemCode/limitExceeded``.
  init(_ file: RandomAccessFile) throws(Failure) {
    name = file.name
    archive = try Self.open(file)
    let count = zip_get_num_entries(archive, 0)
    if count > Self.mostEntries {
      throw Failure(.limitExceeded, at: Place(file: name), ["what": .phrase("archive-entries"), "limit": "\(Self.mostEntries)"])
    }
    for number in 0..<UInt64(max(count, 0)) {
      guard let raw = zip_get_name(archive, number, 0) else { throw damaged(.phrase("archive-broken")) }
      let entry = String(cString: raw)
      if entry.contains("\\") || entry.hasPrefix("/") || entry.split(separator: "/").contains("..") {
        throw damaged(.phrase("archive-path", ["entry": entry]))
      }
      if entry.hasSuffix("/") { continue }
      if numbers.updateValue(number, forKey: entry.lowercased()) != nil { throw damaged(.phrase("archive-twice", ["entry": entry])) }
    }
  }

  deinit { zip_discard(archive) }

  private static func open(_ file: RandomAccessFile) throws(Failure) -> OpaquePointer {
    let descriptor = file.duplicate()
    guard descriptor >= 0, let stream = fdopen(descriptor, "rb") else {
      if descriptor >= 0 { close(descriptor) }
      throw Failure(.inputUnreadable, at: Place(file: file.name), ["name": .text(file.name), "reason": SystemError.reason(errno)])
    }
    var error = zip_error_t()
    zip_error_init(&error)
    defer { zip_error_fini(&error) }
    guard let source = zip_source_filep_create(stream, 0, 0, &error) else {
      fclose(stream)
      throw Failure(.workbookDamaged, at: Place(file: file.name), ["reason": .phrase("archive-broken")])
    }
    if let archive = zip_open_from_source(source, ZIP_RDONLY, &error) { return archive }
    zip_source_free(source)
    throw Failure(.workbookDamaged, at: Place(file: file.name), ["reason": .phrase("archive-broken")])
  }

  /// Whether there is a part with a name, such as `xl/workbook.xml`.
  func has(_ part: String) -> Bool { numbers[part.lowercased()] != nil }

  /// Opens a part.
  /// - Parameter limit: how many bytes it may have when it is unpacked.
  /// - Throws: ``ProblemCode/workbookDamaged`` where there is none or it can't be read, ``ProblemCode/workbookProtected``, and
  ///   ``ProblemCode/limitExceeded``.
  func open(_ part: String, limit: Int) throws(Failure) -> ZipPart {
    guard let number = numbers[part.lowercased()] else { throw damaged(.phrase("part-missing", ["part": part])) }
    var status = zip_stat_t()
    zip_stat_init(&status)
    guard zip_stat_index(archive, number, 0, &status) == 0 else { throw damaged(.phrase("part-unreadable", ["part": part])) }
    if status.valid & UInt64(ZIP_STAT_SIZE) != 0, status.size > UInt64(limit) { throw ZipPart.tooLong(name, limit) }
    guard let handle = zip_fopen_index(archive, number, 0) else {
      let code = zip_error_code_zip(zip_get_error(archive))
      if code == ZIP_ER_NOPASSWD || code == ZIP_ER_WRONGPASSWD { throw Failure(.workbookProtected, at: Place(file: name)) }
      throw damaged(.phrase("part-unreadable", ["part": part]))
    }
    return ZipPart(self, handle, part: part, status, limit: limit)
  }

  /// Reads a part to its end and lets it go, where it is no longer than ``mostChecked``: what is wrong with its bytes is told before any of
  /// them are used. Of a longer part it is told at its end.
  /// - Throws: as ``open(_:limit:)`` and ``ZipPart/read(into:)``.
  func check(_ part: String) throws(Failure) {
    if checked.contains(part) { return }
    let source = try open(part, limit: Workbook.mostSheetBytes)
    guard source.size <= Self.mostChecked else { return }
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { block.deallocate() }
    while try source.read(into: block) > 0 {}
    checked.insert(part)
  }

  /// The failure of an archive that is not what it should be.
  func damaged(_ reason: Words) -> Failure { Failure(.workbookDamaged, at: Place(file: name), ["reason": reason]) }
}

/// A part of a package that is being read.
final class ZipPart {
  /// No table is packed to less than one byte in so many; only an archive that is made to fill memory is …
  private static let mostRatio = 200
  /// … once this much has been unpacked.
  private static let freeOfRatio = 64 << 20

  /// The part's name.
  let name: String
  private let package: ZipPackage
  private let handle: OpaquePointer
  private let packed: Int
  private let limit: Int
  private var count = 0
  /// How many bytes it has, unpacked, if what the archive says is true; no more than what is packed can hold.
  let size: Int

  fileprivate init(_ package: ZipPackage, _ handle: OpaquePointer, part: String, _ status: zip_stat_t, limit: Int) {
    self.package = package
    self.handle = handle
    name = part
    packed = Int(min(status.comp_size, 1 << 40))
    // A byte of deflated data is at most some thousand bytes.
    size = min(Int(clamping: status.size), packed * 1100)
    self.limit = limit
  }

  deinit { zip_fclose(handle) }

  /// Reads into `target` and says how many bytes came; 0 at the end, where the checksum is compared.
  /// - Throws: ``ProblemCode/workbookDamaged``, and ``ProblemCode/limitExceeded`` for more than a part may unpack to.
  func read(into target: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
    let got = zip_fread(handle, target.baseAddress, UInt64(target.count))
    if got < 0 {
      let isChanged = zip_error_code_zip(zip_file_get_error(handle)) == ZIP_ER_CRC
      throw package.damaged(isChanged ? .phrase("part-checksum", ["part": name]) : .phrase("part-unreadable", ["part": name]))
    }
    count += Int(got)
    if count > limit { throw Self.tooLong(package.name, limit) }
    if count > Self.freeOfRatio, count / Self.mostRatio > packed {
      throw Failure(
        .limitExceeded, at: Place(file: package.name), ["what": .phrase("unpacked-ratio"), "limit": "\(Self.mostRatio)"])
    }
    return Int(got)
  }

  fileprivate static func tooLong(_ file: String, _ limit: Int) -> Failure {
    Failure(.limitExceeded, at: Place(file: file), ["what": .phrase("unpacked-bytes"), "limit": "\(limit)"])
  }
}
