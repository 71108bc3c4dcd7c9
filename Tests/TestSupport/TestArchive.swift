import CLibZip
import Foundation

/// Makes archives of the ZIP format for tests.
package enum TestArchive {
  /// The bytes of an archive with these entries, in this order.
  /// - Parameters:
  ///   - isPacked: whether entries are deflated; else they stand in the archive as they are.
  ///   - password: what all entries are encrypted with.
  package static func bytes(_ entries: [(name: String, bytes: [UInt8])], isPacked: Bool = true, password: String? = nil) throws -> [UInt8] {
    let folder = try TemporaryFolder()
    let path = folder.file("archive")
    var code: Int32 = 0
    guard let archive = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code) else { throw ArchiveFailure(code: code) }
    // libzip reads the bytes when the archive is closed.
    let copies = entries.map { entry in
      let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(entry.bytes.count, 1), alignment: 1)
      copy.copyBytes(from: entry.bytes)
      return copy
    }
    defer { for copy in copies { copy.deallocate() } }
    for (entry, copy) in zip(entries, copies) {
      let source = zip_source_buffer(archive, copy.baseAddress, UInt64(entry.bytes.count), 0)
      let number = zip_file_add(archive, entry.name, source, UInt32(ZIP_FL_ENC_UTF_8))
      if number < 0 { throw ArchiveFailure(code: -1) }
      zip_set_file_compression(archive, UInt64(number), isPacked ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 0)
      if let password { zip_file_set_encryption(archive, UInt64(number), UInt16(ZIP_EM_AES_256), password) }
    }
    if zip_close(archive) != 0 { throw ArchiveFailure(code: zip_error_code_zip(zip_get_error(archive))) }
    return try folder.bytes(of: "archive")
  }
}

/// An archive could not be made.
package struct ArchiveFailure: Error {
  let code: Int32
}
