import Dispatch
package import Foundation

#if canImport(Glibc)
  import Glibc
#endif

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
    let output = outputPath ?? streams.file("out")
    status = try Self.spawn(
      arguments, environment: environment, folder: folder.path, streams: [streams.file("in"), output, streams.file("errors")])
    self.output = outputPath == nil ? try streams.bytes(of: "out") : []
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
  package static func started(_ arguments: [String], in folder: TemporaryFolder, output: String? = nil) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.standardOutput = FileHandle.nullDevice
    if let output {
      try folder.write(output, "")
      process.standardOutput = FileHandle(forWritingAtPath: folder.file(output))
    }
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  /// The folder of the repository.
  package static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  private static func spawn(_ arguments: [String], environment: [String: String], folder: String, streams: [String]) throws -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, streams[0], O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, streams[1], O_WRONLY | O_CREAT, 0o600)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, streams[2], O_WRONLY | O_CREAT, 0o600)
    // The shell goes to the folder and becomes the program; not every C library lets a child change its folder by itself.
    let inFolder = ["sh", "-c", "cd \"$0\" && exec \"$@\"", folder]
    var variables = environment
    variables["PATH"] = variables["PATH"] ?? "/usr/bin:/bin"
    var words: [UnsafeMutablePointer<CChar>?] = (inFolder + [executable] + arguments).map { strdup($0) } + [nil]
    var pairs: [UnsafeMutablePointer<CChar>?] = variables.map { strdup("\($0)=\($1)") } + [nil]
    defer { for word in words + pairs { free(word) } }
    var child = pid_t()
    let failure = posix_spawn(&child, "/bin/sh", &actions, nil, &words, &pairs)
    guard failure == 0 else { throw SpawnFailure(path: "/bin/sh", reason: String(cString: strerror(failure))) }
    let pid = child
    let watchdog = DispatchWorkItem { _ = kill(pid, SIGKILL) }
    DispatchQueue.global().asyncAfter(deadline: .now() + 60, execute: watchdog)
    var state: Int32 = 0
    while waitpid(pid, &state, 0) < 0 && errno == EINTR {}
    watchdog.cancel()
    let signal = state & 0x7F
    return signal == 0 ? (state >> 8) & 0xFF : 128 + signal
  }
}

/// The program could not be started.
package struct SpawnFailure: Error {
  let path: String
  let reason: String
}
