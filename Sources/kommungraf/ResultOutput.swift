import Bytes
import Problems
import Resources

/// Where the result of a command goes: a file that appears when it is whole, or standard output.
struct ResultOutput {
  /// What takes the bytes.
  let target: any ByteOutput
  private let file: FileOutput?

  /// Opens the output.
  /// - Parameter path: the file; nil or `-` for standard output.
  /// - Throws: ``ProblemCode/writeFailed``.
  init(_ path: String?) throws(Failure) {
    file = if let path, path != "-" { try FileOutput(path: path) } else { nil }
    target = file ?? DescriptorOutput()
  }

  /// Writes all of the result, and puts the file in its place.
  /// - Throws: ``ProblemCode/writeFailed``.
  func finish(with view: ByteView) throws(Failure) {
    try target.write(view)
    try finish()
  }

  /// Puts the file in its place.
  /// - Throws: ``ProblemCode/writeFailed``.
  func finish() throws(Failure) { try file?.finish() }

  /// Leaves no trace of what was written to a file.
  func abandon() { file?.abandon() }
}
