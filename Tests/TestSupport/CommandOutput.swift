import Foundation

/// What another program of the machine, such as a browser or Python, gives when it is run.
package struct CommandOutput {
  /// The exit status.
  package let status: Int32
  /// Standard output, read as UTF-8.
  package let text: String

  /// Runs a program to its end; what it says on standard error is nobody's.
  package init(_ path: String, _ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    status = process.terminationStatus
  }
}
