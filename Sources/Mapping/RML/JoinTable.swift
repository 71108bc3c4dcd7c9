import Bytes
import RDF

/// The subjects of a triples map by the keys that others join them by, in memory: it grows with the number of rows, by the key, the subject
/// and about 24 bytes.
///
/// It is `Sendable` because it is filled before anybody looks things up in it.
final class JoinTable: @unchecked Sendable {
  private var keys = ByteTable()
  private var subjects = ByteTable()
  /// What kind of term each subject is.
  private var kinds: ContiguousArray<TermKind> = []
  /// The first entry of each key, and of each entry its subject and the next one of the same key.
  private var first: ContiguousArray<Int32> = []
  private var entries: ContiguousArray<(subject: Int32, next: Int32)> = []

  /// How many pairs of a key and a subject there are.
  var count: Int { entries.count }

  /// Adds a subject under a key, once.
  func add(_ kind: TermKind, _ subject: ByteView, key: ByteView) {
    var named = ByteBuffer(capacity: subject.count + 1)
    named.append(kind.rawValue)
    named.append(subject)
    let (number, isNewSubject) = subjects.insert(named.view)
    if isNewSubject { kinds.append(kind) }
    let (place, isNew) = keys.insert(key)
    if isNew { first.append(-1) }
    // Rows of the same key and subject often stand together.
    if first[place] >= 0, entries[Int(first[place])].subject == number { return }
    entries.append((Int32(truncatingIfNeeded: number), first[place]))
    first[place] = Int32(truncatingIfNeeded: entries.count - 1)
  }

  /// Tells `body` of each subject under a key.
  func find(_ key: ByteView, _ body: (TermKind, ByteView) -> Void) {
    guard let place = keys.find(key) else { return }
    var entry = first[place]
    while entry >= 0 {
      let (subject, next) = entries[Int(entry)]
      body(kinds[Int(subject)], subjects.view(Int(subject)).dropFirst(1))
      entry = next
    }
  }
}
