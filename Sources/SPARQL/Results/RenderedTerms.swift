import Bytes
import RDF

/// The last terms that a writer of one result has written, as it has written them: solutions that follow each other share subjects, and all
/// of them the predicates.
final class RenderedTerms {
  private static let placeCount = 512
  /// Longer terms are not kept.
  private static let longest = 240

  private let ids: UnsafeMutablePointer<TermID>
  private let lengths: UnsafeMutablePointer<UInt8>
  private let bytes: UnsafeMutablePointer<UInt8>

  init() {
    ids = .allocate(capacity: Self.placeCount)
    ids.initialize(repeating: SolutionBatch.unbound, count: Self.placeCount)
    lengths = .allocate(capacity: Self.placeCount)
    bytes = .allocate(capacity: Self.placeCount * Self.longest)
  }

  deinit {
    ids.deallocate()
    lengths.deallocate()
    bytes.deallocate()
  }

  /// Appends a term that is kept; false where it is not.
  @inline(__always) func append(_ id: TermID, to out: inout ByteBuffer) -> Bool {
    let place = Int(id) & (Self.placeCount &- 1)
    guard ids[place] == id else { return false }
    out.append(ByteView(bytes + place &* Self.longest, count: Int(lengths[place])))
    return true
  }

  /// Keeps what was written for a term.
  func keep(_ id: TermID, _ view: ByteView) {
    guard view.count <= Self.longest else { return }
    let place = Int(id) & (Self.placeCount &- 1)
    ids[place] = id
    lengths[place] = UInt8(truncatingIfNeeded: view.count)
    (bytes + place &* Self.longest).update(from: view.start, count: view.count)
  }
}
