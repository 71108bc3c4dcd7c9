import Foundation
import Glibc

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
  /// that it has written something. It can be no further ahead than the connection holds.
  package init(_ arguments: [String], in folder: TemporaryFolder) throws {
    let ends = try ChildProgram.ends()
    defer { close(ends.near) }
    let program: ChildProgram
    do {
      defer { close(ends.far) }
      program = try ChildProgram(
        ProgramRun.executable, arguments, environment: ["PATH": "/usr/bin:/bin"], in: folder.path, output: .open(ends.far))
    }
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    var peak = 0
    var count = 0
    while true {
      let read = read(ends.near, &chunk, chunk.count)
      if read <= 0 { break }
      count += read
      peak = max(peak, Self.peak(of: program.pid) ?? 0)
    }
    status = program.wait(seconds: 60)
    (self.peak, self.count) = (peak, count)
  }

  private static func peak(of process: Int32) -> Int? {
    guard let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8) else { return nil }
    return status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
  }
}
