import Glibc

/// How much memory a process may still take without driving the machine to its swap space.
enum AvailableMemory {
  /// Bytes that are free or can be made so at once, or what the control group leaves where that is less; nil where the system does not tell.
  static var bytes: Int? {
    [systemBytes, groupBytes].compactMap { $0 }.min()
  }

  private static var systemBytes: Int? {
    number(in: "/proc/meminfo", after: "MemAvailable:").map { $0 * 1024 }
  }

  private static var groupBytes: Int? {
    guard let most = number(in: "/sys/fs/cgroup/memory.max", after: ""), let used = number(in: "/sys/fs/cgroup/memory.current", after: "")
    else { return nil }
    return max(0, most - used)
  }

  /// The number at the beginning of what stands after `name` in a line.
  private static func number(in path: String, after name: String) -> Int? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, 256, file) != nil {
      let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      if text.hasPrefix(name) { return Int(text.dropFirst(name.utf8.count).drop { $0 == " " }.prefix { $0.isNumber }) }
    }
    return nil
  }
}
