import Bytes
import RDF
import Synchronization

/// A clock that stands still until it is told to go on: at first it is noon.
final class TestClock: Sendable {
  private let seconds = Mutex<Int64>(1_795_694_400)

  /// The moment.
  var now: Instant { Instant(seconds: seconds.withLock { $0 }, attoseconds: 0) }

  /// Lets time pass.
  func wait(seconds count: Int) { seconds.withLock { $0 += Int64(count) } }

  /// Lets minutes pass.
  func wait(minutes: Int) { wait(seconds: minutes * 60) }

  /// The time so many minutes from now, as xsd:dateTime.
  func time(inMinutes minutes: Int) -> String {
    var text = ByteBuffer()
    DateTimeValue(now.adding(seconds: Int64(minutes) * 60))?.append(to: &text)
    return text.view.text
  }
}
