import Glibc

/// How many files and connections the process may have open at once (RLIMIT_NOFILE).
package enum OpenFiles {
  /// The most connections that are held, however many there may be: each takes memory too.
  private static let mostConnections = 10_000

  /// Raises the limit as far as the system lets the process.
  /// - Returns: the limit.
  static func raiseLimit() -> Int {
    var limit = rlimit()
    let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    guard getrlimit(files, &limit) == 0 else { return 1024 }
    let raised = rlimit(rlim_cur: limit.rlim_max, rlim_max: limit.rlim_max)
    if limit.rlim_cur < limit.rlim_max, setrlimit(files, [raised]) == 0 { limit = raised }
    return Int(clamping: limit.rlim_cur)
  }

  /// How many connections may be open where there may be so many files. Without a descriptor to spare the process can't so much as look after its
  /// threads: the rest is for these, for the files of the site and for what it fetches.
  package static func connections(ofFiles limit: Int, cores: Int = sysconf(Int32(_SC_NPROCESSORS_ONLN))) -> Int {
    // Each thread of the network has three.
    let others = 64 + 4 * max(1, cores)
    return min(max(limit - others, limit / 4, 1), mostConnections)
  }
}
