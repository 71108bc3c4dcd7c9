/// What another program of the machine, such as a browser or Python, gives when it is run.
package struct CommandOutput {
  /// The exit status; 128 and the signal's number where a signal ended it.
  package let status: Int32
  /// Standard output, read as UTF-8.
  package let text: String

  /// Runs a program to its end; what it says on standard error is nobody's.
  /// - Parameter seconds: how long it may take before it is killed, with all that it has started.
  package init(_ path: String, _ arguments: [String], seconds: Int = 120) throws {
    let folder = try TemporaryFolder()
    try folder.write("out", "")
    status = try ChildProgram(path, arguments, output: .file(folder.file("out")), leadsGroup: true).wait(seconds: seconds)
    text = try folder.text(of: "out")
  }
}
