import Foundation

/// One run of the built program, as its user would run it.
///
/// Input and output go through files, so that no pipe can fill up or be inherited by another run at the same time.
package struct ProgramRun {
  /// The exit status; 128 and the signal's number where a signal ended the program.
  package let status: Int32
  /// All that came on standard output.
  package let output: [UInt8]
  /// All that came on standard error.
  package let errors: String

  /// Standard output, read as UTF-8.
  package var text: String { String(decoding: output, as: UTF8.self) }
  /// The lines of standard output.
  package var lines: [String] { text.split(separator: "\n").map(String.init) }
  /// The lines of standard error.
  package var errorLines: [String] { errors.split(separator: "\n").map(String.init) }

  /// Runs the program to its end. After a minute it is killed.
  /// - Parameters:
  ///   - input: what stands on standard input, which ends there.
  ///   - environment: all of the environment but `PATH`.
  ///   - folder: the working directory.
  ///   - outputPath: what standard output is opened on, such as `/dev/full`; nil to catch it.
  package init(
    _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:], in folder: TemporaryFolder,
    outputPath: String? = nil
  ) throws {
    let streams = try TemporaryFolder()
    try streams.write("in", input)
    try streams.write("errors", "")
    var variables = environment
    variables["PATH"] = variables["PATH"] ?? "/usr/bin:/bin"
    status = try ChildProgram(
      Self.executable, arguments, environment: variables, in: folder.path, input: .file(streams.file("in")),
      output: .file(outputPath ?? streams.file("out")), errors: .file(streams.file("errors"))
    ).wait(seconds: 60)
    output = outputPath == nil ? try streams.bytes(of: "out") : []
    errors = try streams.text(of: "errors")
  }

  /// The program: beside the tests, or the optimised one where `KOMMUNGRAF_TESTS=full` and it has been built.
  package static let executable: String = {
    let folder = Bundle.main.executableURL?.deletingLastPathComponent() ?? URL(fileURLWithPath: repository + "/.build/debug")
    let release = repository + "/.build/release/kommungraf"
    if TestTier.isFull, FileManager.default.isExecutableFile(atPath: release) { return release }
    let beside = folder.appendingPathComponent("kommungraf").path
    if FileManager.default.isExecutableFile(atPath: beside) { return beside }
    return repository + "/.build/debug/kommungraf"
  }()

  /// Starts the program, for a test that does not wait for its end.
  /// - Parameter output: the file in the folder that standard output goes to; nil for none.
  package static func started(_ arguments: [String], in folder: TemporaryFolder, output: String? = nil) throws -> ChildProgram {
    try ChildProgram(executable, arguments, in: folder.path, output: output.map { .file(folder.file($0)) } ?? .none)
  }

  /// The folder of the repository.
  package static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
}
