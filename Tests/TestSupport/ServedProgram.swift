import Foundation
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// The built program as a server: started, asked, and stopped when nobody holds it any more.
package final class ServedProgram: Sendable {
  /// The port that it listens on.
  package let port: Int
  /// What it said before it was ready.
  package let said: [String]
  private let pid: pid_t
  /// Where its standard error is read; kept open, so that it never writes to nobody.
  private let errors: Int32

  /// Starts the program with `serve` on a free port and waits until it says that it serves.
  /// - Throws: ``NotServed`` with what it said, where it ends instead.
  package init(_ arguments: [String], environment: [String: String] = [:], in folder: String) throws {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw SpawnFailure(path: "pipe", reason: String(cString: strerror(errno))) }
    _ = fcntl(ends[0], F_SETFD, FD_CLOEXEC)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO)
    posix_spawn_file_actions_addclose(&actions, ends[1])
    let command =
      ["sh", "-c", "cd \"$0\" && exec \"$@\"", folder, ProgramRun.executable, "serve", "--port", "0", "--lang", "en"] + arguments
    var words: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
    var pairs: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0)=\($1)") } + [strdup("PATH=/usr/bin:/bin"), nil]
    defer { for word in words + pairs { free(word) } }
    var child = pid_t()
    let failure = posix_spawn(&child, "/bin/sh", &actions, nil, &words, &pairs)
    close(ends[1])
    guard failure == 0 else { throw SpawnFailure(path: "/bin/sh", reason: String(cString: strerror(failure))) }
    pid = child
    var lines: [String] = []
    var text: [UInt8] = []
    var byte: UInt8 = 0
    var found: Int?
    while found == nil, read(ends[0], &byte, 1) == 1 {
      if byte != UInt8(ascii: "\n") {
        text.append(byte)
        continue
      }
      let line = String(decoding: text, as: UTF8.self)
      text = []
      lines.append(line)
      if line.hasPrefix("kommungraf: serving http://127.0.0.1:") {
        found = line.split(separator: ":").last.flatMap { Int($0.dropLast()) }
      }
    }
    said = lines
    guard let found else {
      close(ends[0])
      var state: Int32 = 0
      waitpid(child, &state, 0)
      throw NotServed(status: (state >> 8) & 0xFF, said: lines)
    }
    port = found
    errors = ends[0]
    LeftServers.note(child)
  }

  deinit {
    LeftServers.forget(pid)
    kill(pid, SIGTERM)
    var state: Int32 = 0
    waitpid(pid, &state, 0)
    close(errors)
  }

  /// The next line that it writes on standard error after it was ready; nil where none comes within half a minute.
  package func nextLine() -> String? {
    var text: [UInt8] = []
    var byte: UInt8 = 0
    var waited = pollfd(fd: errors, events: Int16(POLLIN), revents: 0)
    while poll(&waited, 1, 30_000) == 1, read(errors, &byte, 1) == 1 {
      if byte == UInt8(ascii: "\n") { return String(decoding: text, as: UTF8.self) }
      text.append(byte)
    }
    return nil
  }

  /// The address of a path.
  package func url(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }

  /// The answer to a request, sent as it is written.
  package func exchange(_ request: String) throws -> HTTPExchange { try HTTPExchange(port: port, request) }

  /// The answer to GET.
  package func get(_ target: String, _ headers: [String: String] = [:]) throws -> HTTPExchange {
    let lines = headers.map { "\($0): \($1)\r\n" }.joined()
    return try exchange("GET \(target) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n\(lines)\r\n")
  }
}

/// Servers that tests hold until the process ends, such as in static properties: they are stopped then.
private enum LeftServers {
  private static let running = Mutex<Set<pid_t>>([])
  private static let atEnd: Void = { atexit { LeftServers.running.withLock { for pid in $0 { kill(pid, SIGTERM) } } } }()

  static func note(_ pid: pid_t) {
    _ = atEnd
    running.withLock { _ = $0.insert(pid) }
  }

  static func forget(_ pid: pid_t) { running.withLock { _ = $0.remove(pid) } }
}

/// The program ended instead of serving.
package struct NotServed: Error {
  /// Its exit status.
  package let status: Int32
  /// The lines that it wrote on standard error.
  package let said: [String]
}
