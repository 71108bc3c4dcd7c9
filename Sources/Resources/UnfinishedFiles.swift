import Glibc
import Synchronization

/// The files that are being written beside their targets, so that a signal that ends the program can take them away.
///
/// A handler of a signal may do little (POSIX.1-2017, System Interfaces §2.4.3): it looks through a table that never moves, and unlinks.
package enum UnfinishedFiles {
  /// A place for one path, with its zero byte.
  private struct Slot: ~Copyable {
    /// Whether somebody has the slot.
    let isTaken = Atomic(false)
    /// Whether the path is whole.
    let isSet = Atomic(false)
    let path = UnsafeMutablePointer<CChar>.allocate(capacity: UnfinishedFiles.longest)
  }

  /// How many files there may be at once, and how long the path of each; what goes beyond is left behind as it always was.
  private static let count = 16
  private static let longest = Int(PATH_MAX)

  /// Made once and never freed; what changes in it are atomics, and paths while no handler looks at them.
  private static nonisolated(unsafe) let slots: UnsafeMutablePointer<Slot> = {
    let slots = UnsafeMutablePointer<Slot>.allocate(capacity: count)
    for number in 0..<count { (slots + number).initialize(to: Slot()) }
    return slots
  }()

  /// Notes a file that is being written.
  /// - Returns: its number, for ``forget(_:)``; nil where there is no place for it.
  static func note(_ path: String) -> Int? {
    let bytes = path.utf8CString
    guard bytes.count <= longest else { return nil }
    for number in 0..<count
    where slots[number].isTaken.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged {
      for (index, byte) in bytes.enumerated() { slots[number].path[index] = byte }
      slots[number].isSet.store(true, ordering: .releasing)
      return number
    }
    return nil
  }

  /// Forgets a file that is in its place or gone.
  static func forget(_ number: Int?) {
    guard let number else { return }
    slots[number].isSet.store(false, ordering: .releasing)
    slots[number].isTaken.store(false, ordering: .releasing)
  }

  /// From now on the signals by which a program is asked to end take away what it has not finished, and then end it as they do without this.
  /// A signal that is ignored stays so.
  package static func removeAtSignals() {
    _ = slots
    for number in [SIGTERM, SIGINT, SIGHUP] {
      var action = sigaction()
      sigaction(number, nil, &action)
      if unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) { continue }
      signal(number) { number in
        for slot in 0..<UnfinishedFiles.count where UnfinishedFiles.slots[slot].isSet.load(ordering: .acquiring) {
          unlink(UnfinishedFiles.slots[slot].path)
        }
        signal(number, SIG_DFL)
        raise(number)
      }
    }
  }
}
