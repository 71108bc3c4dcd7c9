import Synchronization

/// The snapshot that is served now. Readers take it once and keep theirs; a new one is put in its place.
package final class SnapshotHolder: Sendable {
  private let held: Mutex<Snapshot>

  /// Holds a first snapshot.
  package init(_ snapshot: Snapshot) { held = Mutex(snapshot) }

  /// The snapshot to use for the whole of a request.
  package var current: Snapshot { held.withLock { $0 } }

  /// Puts a new snapshot in place; requests that began before keep the old one.
  package func replace(with snapshot: Snapshot) {
    // The old one is let go outside the lock: to free it may take milliseconds.
    let old = held.withLock { held in
      let old = held
      held = snapshot
      return old
    }
    withExtendedLifetime(old) {}
  }
}
