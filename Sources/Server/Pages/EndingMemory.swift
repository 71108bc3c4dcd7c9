import Bytes
import Problems
import SPARQL
import Synchronization

/// The things of which registers say an end, known as long as the data are the same: most things have none, and need not be asked about.
final class EndingMemory: Sendable {
  /// More than so many are not kept.
  static let limit = 20_000

  private struct State {
    var version: ByteString?
    var things: Set<String> = []
    var isComplete = false
  }

  private let state = Mutex(State())

  /// Whether a thing may have ended; nil where nothing is known of this version of the data.
  func mayHaveEnded(_ iri: String, version: ByteString) -> Bool? {
    state.withLock { state in state.version == version ? !state.isComplete || state.things.contains(iri) : nil }
  }

  /// Keeps what is known of a version.
  /// - Parameter things: nil where there are too many.
  func keep(_ things: Set<String>?, version: ByteString) {
    state.withLock { $0 = State(version: version, things: things ?? [], isComplete: things != nil) }
  }
}

extension Pages {
  /// Whether registers say that a thing's identifier has ended, or will. True where that can't be told without asking about the thing.
  func mayHaveEnded(_ iri: String, base: String) async throws(Failure) -> Bool {
    guard let version = publication.pages.version else { return true }
    if let known = endings.mayHaveEnded(iri, version: version) { return known }
    let table = try await ask(LifeCycle.query(ofAllBelow: base, limit: EndingMemory.limit + 1), limit: EndingMemory.limit + 1)
    let things = table.count > EndingMemory.limit ? nil : Set(table.rows.compactMap { $0[0]?.iri })
    endings.keep(things, version: table.version)
    return things?.contains(iri) ?? true
  }
}
