import Glibc

/// How much memory the process has, in MiB.
enum ProcessMemory {
  /// The most that was resident at any time.
  static var peak: Int { value("VmHWM:") }

  /// What is resident now.
  static var resident: Int { value("VmRSS:") }

  private static func value(_ name: String) -> Int {
    guard let file = fopen("/proc/self/status", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, 256, file) != nil {
      let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      if text.hasPrefix(name) { return (Int(text.filter(\.isNumber)) ?? 0) / 1024 }
    }
    return 0
  }
}
