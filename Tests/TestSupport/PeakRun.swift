import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// One run of the built program whose output is read as it comes, and the most memory that it had until its last output.
package struct PeakRun {
  /// The exit status.
  package let status: Int32
  /// The most that was resident, in KiB.
  package let peak: Int
  /// How many bytes came on standard output.
  package let count: Int

  /// Runs the program to its end.
  ///
  /// What the system says of a child that has ended counts the memory of the one that started it; so the child itself is asked, each time
  /// that it has written something. It can be no further ahead than a pipe holds.
  package init(_ arguments: [String], in folder: TemporaryFolder) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: ProgramRun.executable)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.environment = ["PATH": "/usr/bin:/bin"]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    var peak = 0
    var count = 0
    while true {
      let data = pipe.fileHandleForReading.availableData
      if data.isEmpty { break }
      count += data.count
      peak = max(peak, Self.peak(of: process.processIdentifier) ?? 0)
    }
    process.waitUntilExit()
    (status, self.peak, self.count) = (process.terminationStatus, peak, count)
  }

  private static func peak(of process: Int32) -> Int? {
    guard let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8) else { return nil }
    return status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
  }
}
