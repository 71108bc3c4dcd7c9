import Foundation
package import Glibc
import Synchronization

/// A program that a test started: it has the three streams that it was given and nothing else that is open here.
///
/// What a child has open by accident lives as long as the child: another test would wait for the end of a pipe that a server holds.
/// So no test starts a program in another way.
package final class ChildProgram: Sendable {
  /// Where a stream comes from or goes to.
  package enum Stream: Sendable {
    /// Nowhere.
    case none
    /// A file, made where there is none.
    case file(String)
    /// What is open here under this number.
    case open(Int32)
  }

  private let child: Child

  /// The number of the process.
  package var pid: pid_t { child.pid }

  /// Starts a program.
  /// - Parameters:
  ///   - path: the program.
  ///   - environment: all of it; nil for that of this process.
  ///   - folder: the working directory; nil for that of this process.
  ///   - leadsGroup: whether what it starts is killed with it; what stops this process from a keyboard does not reach it then.
  package init(
    _ path: String, _ arguments: [String], environment: [String: String]? = nil, in folder: String? = nil, input: Stream = .none,
    output: Stream = .none, errors: Stream = .none, leadsGroup: Bool = false
  ) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, stream) in [input, output, errors].enumerated() {
      let number = Int32(number)
      let mode = number == STDIN_FILENO ? O_RDONLY : O_WRONLY | O_CREAT
      switch stream {
      case .none: posix_spawn_file_actions_addopen(&actions, number, "/dev/null", mode, 0)
      case .file(let path): posix_spawn_file_actions_addopen(&actions, number, path, mode, 0o600)
      case .open(let descriptor): posix_spawn_file_actions_adddup2(&actions, descriptor, number)
      }
    }
    for name in try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
      if let descriptor = Int32(name), descriptor > STDERR_FILENO { posix_spawn_file_actions_addclose(&actions, descriptor) }
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // The threads that tests run on let no signals through, and a child would inherit that.
    var blocked = sigset_t()
    sigemptyset(&blocked)
    posix_spawnattr_setsigmask(&attributes, &blocked)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | (leadsGroup ? POSIX_SPAWN_SETPGROUP : 0)))
    // The shell goes to the folder and becomes the program; not every C library lets a child change its folder by itself.
    let command = folder.map { ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", $0, path] } ?? [path]
    var words: [UnsafeMutablePointer<CChar>?] = (command + arguments).map { strdup($0) } + [nil]
    let variables = environment ?? ProcessInfo.processInfo.environment
    var pairs: [UnsafeMutablePointer<CChar>?] = variables.map { strdup("\($0)=\($1)") } + [nil]
    defer { for word in words + pairs { free(word) } }
    var pid = pid_t()
    let failure = posix_spawn(&pid, command[0], &actions, &attributes, &words, &pairs)
    guard failure == 0 else { throw SpawnFailure(path: path, reason: String(cString: strerror(failure))) }
    child = Child(pid, leadsGroup: leadsGroup)
    RunningPrograms.note(pid)
  }

  deinit {
    kill()
    _ = wait(seconds: 60)
  }

  /// Both ends of a connection, for a stream that is read as it comes. A pipe would be open to others until it is marked; this never is.
  package static func ends() throws -> (near: Int32, far: Int32) {
    var ends: [Int32] = [0, 0]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
      throw SpawnFailure(path: "socketpair", reason: String(cString: strerror(errno)))
    }
    return (ends[0], ends[1])
  }

  /// Asks it to end.
  package func terminate() { child.send(SIGTERM, to: pid) }

  /// Ends it.
  package func kill() { child.kill() }

  /// Whether it has not ended yet.
  package var isRunning: Bool { child.status(waiting: false) == nil }

  /// Waits for its end; after so many seconds it is killed.
  /// - Returns: the exit status; 128 and the signal's number where a signal ended it.
  package func wait(seconds: Int) -> Int32 {
    let hasEnded = DispatchSemaphore(value: 0)
    Thread.detachNewThread { [child] in
      if hasEnded.wait(timeout: .now() + .seconds(seconds)) == .timedOut { child.kill() }
    }
    defer { hasEnded.signal() }
    return child.status(waiting: true) ?? -1
  }
}

/// A process and how it ended, for all that look at it.
private final class Child: Sendable {
  let pid: pid_t
  private let leadsGroup: Bool
  private let ending = Mutex<Int32?>(nil)

  init(_ pid: pid_t, leadsGroup: Bool) {
    self.pid = pid
    self.leadsGroup = leadsGroup
  }

  func kill() { send(SIGKILL, to: leadsGroup ? -pid : pid) }

  func send(_ signal: Int32, to number: pid_t) {
    ending.withLock { if $0 == nil { _ = Glibc.kill(number, signal) } }
  }

  func status(waiting: Bool) -> Int32? {
    var information = siginfo_t()
    // Looks first and buries afterwards, so that its number is nobody else's while a signal may be on its way.
    let options = WEXITED | WNOWAIT | (waiting ? 0 : WNOHANG)
    while ending.withLock({ $0 }) == nil, waitid(P_PID, id_t(pid), &information, options) < 0, errno == EINTR {}
    return ending.withLock { ending in
      if ending != nil || (!waiting && information.si_signo == 0) { return ending }
      var state: Int32 = 0
      guard waitpid(pid, &state, 0) == pid else { return nil }
      RunningPrograms.forget(pid)
      let signal = state & 0x7F
      ending = signal == 0 ? (state >> 8) & 0xFF : 128 + signal
      return ending
    }
  }
}

/// The program could not be started.
package struct SpawnFailure: Error {
  let path: String
  let reason: String
}

/// Programs that tests hold until the process ends, such as in static properties: they are ended then.
private enum RunningPrograms {
  private static let running = Mutex<Set<pid_t>>([])
  private static let atEnd: Void = { atexit { RunningPrograms.running.withLock { for pid in $0 { kill(pid, SIGTERM) } } } }()

  static func note(_ pid: pid_t) {
    _ = atEnd
    running.withLock { _ = $0.insert(pid) }
  }

  static func forget(_ pid: pid_t) { running.withLock { _ = $0.remove(pid) } }
}
