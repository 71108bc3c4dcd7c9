import Problems
import Resources
import Tables

/// Names of which the stream may have been opened already, because somebody had to see how it begins: each is handed out once.
///
/// It is `Sendable` because one job uses it, on one thread.
final class OpenedStreams: ByteSource, @unchecked Sendable {
  private let resources: any ByteSource
  private var streams: [String: PeekStream] = [:]

  init(_ resources: any ByteSource) { self.resources = resources }

  /// Opens a name, and keeps its stream for whoever asks for it next.
  func peeking(_ name: String) throws(Failure) -> PeekStream {
    let stream = PeekStream(try resources.open(name))
    streams[name] = stream
    return stream
  }

  /// The stream of a name that was opened, if it was.
  func taken(_ name: String) -> (any ByteStream)? { streams.removeValue(forKey: name) }

  func open(_ name: String) throws(Failure) -> any ByteStream {
    if let stream = taken(name) { return stream }
    return try resources.open(name)
  }
}
