import Glibc

/// Another process, whose standard input and output are the two directions of one socket. It is killed and buried when nobody holds it.
final class ChildProcess {
  /// How a process ended.
  struct Ending {
    /// The signal that ended it; 0 for none.
    let signal: Int32
    /// The status that it exited with; 0 where a signal ended it.
    let status: Int32
  }

  /// The near end of the socket.
  let socket: Int32
  private let pid: pid_t
  private var ending: Ending?

  /// Starts a program. Of the environment it gets no more than where to find its libraries.
  /// - Throws: the `errno` of what failed.
  init(_ program: String, _ arguments: [String]) throws(StartFailure) {
    var ends: [Int32] = [0, 0]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
      throw StartFailure(number: errno)
    }
    defer { close(ends[1]) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // A signal that this thread holds back, or this process ignores, is none of the child's business.
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    let library = getenv("LD_LIBRARY_PATH").map { ["LD_LIBRARY_PATH=" + String(cString: $0)] } ?? []
    var words: [UnsafeMutablePointer<CChar>?] = (["kommungraf"] + arguments).map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] = (["SWIFT_BACKTRACE=enable=no"] + library).map { strdup($0) } + [nil]
    defer { for word in words + variables { free(word) } }
    var child = pid_t()
    let failure = posix_spawn(&child, program, &actions, &attributes, &words, &variables)
    guard failure == 0 else {
      close(ends[0])
      throw StartFailure(number: failure)
    }
    socket = ends[0]
    pid = child
  }

  deinit {
    _ = end()
    close(socket)
  }

  /// Ends the process, where it has not ended by itself, and says how it ended.
  func end() -> Ending {
    if let ending { return ending }
    kill(pid, SIGKILL)
    return bury()
  }

  /// Waits for the process, which has closed its end, to end by itself.
  /// - Returns: how it ended; nil where it does not within so many seconds.
  func wait(seconds: Int) -> Ending? {
    if let ending { return ending }
    let deadline = ContinuousClock.now + .seconds(seconds)
    var information = siginfo_t()
    while ContinuousClock.now < deadline {
      // Looks without burying: `si_signo` stays 0 while it lives.
      if waitid(P_PID, id_t(pid), &information, WEXITED | WNOHANG | WNOWAIT) == 0, information.si_signo != 0 { return bury() }
      usleep(2_000)
    }
    return nil
  }

  private func bury() -> Ending {
    var state: Int32 = 0
    while waitpid(pid, &state, 0) < 0 && errno == EINTR {}
    let signal = state & 0x7F
    let ended = Ending(signal: signal, status: signal == 0 ? (state >> 8) & 0xFF : 0)
    ending = ended
    return ended
  }
}

/// Why a process could not be started.
struct StartFailure: Error {
  /// The `errno`.
  let number: Int32
}
