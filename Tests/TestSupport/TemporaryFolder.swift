import Foundation

/// A folder of a test's own, gone when nobody holds it any more.
package final class TemporaryFolder: Sendable {
  /// The folder's path, without a slash at the end.
  package let path: String

  /// Makes an empty folder.
  package init() throws {
    path = NSTemporaryDirectory().trimmingTrailingSlash + "/kommungraf-tests-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of a file in the folder.
  package func file(_ name: String) -> String { path + "/" + name }

  /// Writes a file of these bytes, with the folders above it, and gives its name.
  @discardableResult package func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let url = URL(fileURLWithPath: file(name))
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
    return name
  }

  /// Writes a file of this text in UTF-8, and gives its name.
  @discardableResult package func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }

  /// The bytes of a file.
  package func bytes(of name: String) throws -> [UInt8] { try [UInt8](Data(contentsOf: URL(fileURLWithPath: file(name)))) }

  /// A file's text, read as UTF-8.
  package func text(of name: String) throws -> String { String(decoding: try bytes(of: name), as: UTF8.self) }

  /// The names of what stands in the folder, in order.
  package var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
  }
}

extension String {
  /// The text without `/` at its end.
  fileprivate var trimmingTrailingSlash: String { hasSuffix("/") ? String(dropLast()) : self }
}
