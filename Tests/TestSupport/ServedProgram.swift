import Glibc
import Testing

/// The built program as a server: started, asked, and stopped when nobody holds it any more.
package final class ServedProgram: Sendable {
  /// The port that it listens on.
  package let port: Int
  /// What it said before it was ready.
  package let said: [String]
  private let program: ChildProgram
  /// Where its standard error is read; kept open, so that it never writes to nobody.
  private let errors: Int32

  /// Starts the program with `serve` on a free port and waits until it says that it serves.
  /// - Parameter openFiles: how many files and connections it may have open; nil for as many as this process.
  /// - Throws: ``NotServed`` with what it said, where it ends instead.
  package init(_ arguments: [String], environment: [String: String] = [:], in folder: String, openFiles: Int? = nil) throws {
    let ends = try ChildProgram.ends()
    errors = ends.near
    do {
      // The far end is the program's alone, so that its end is seen here.
      defer { close(ends.far) }
      let serve = [ProgramRun.executable, "serve", "--port", "0", "--lang", "en"] + arguments
      let command = openFiles.map { ["/bin/sh", "-c", "ulimit -n \($0) && exec \"$0\" \"$@\""] + serve } ?? serve
      program = try ChildProgram(
        command[0], Array(command.dropFirst()),
        environment: environment.merging(["PATH": "/usr/bin:/bin"]) { $1 }, in: folder, errors: .open(ends.far))
    } catch {
      close(errors)
      throw error
    }
    var lines: [String] = []
    var text: [UInt8] = []
    var byte: UInt8 = 0
    var found: Int?
    while found == nil, read(errors, &byte, 1) == 1 {
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
      close(errors)
      throw NotServed(status: program.wait(seconds: 60), said: lines)
    }
    port = found
  }

  deinit {
    program.terminate()
    if program.wait(seconds: 60) == 128 + SIGKILL { Issue.record("the server did not stop within a minute of being told to") }
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

/// The program ended instead of serving.
package struct NotServed: Error {
  /// Its exit status.
  package let status: Int32
  /// The lines that it wrote on standard error.
  package let said: [String]
}
