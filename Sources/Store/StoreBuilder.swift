import Bytes
package import Problems
package import RDF

/// Gathers quads, in any order and as often as they come, and makes a ``Snapshot`` of them.
///
/// Blank nodes with one label are one node in all that a builder is given. A builder belongs to one thread at a time.
package final class StoreBuilder: ProvenanceSink {
  private var gathered = GatheredQuads()
  private var files: [String] = []
  private var fileNumbers: [ByteString: Int] = [:]
  private let memoryLimit: Int

  /// An empty builder.
  /// - Parameter memoryLimit: how many bytes all that comes may need until a snapshot is made of it; without it what the machine has left now.
  package init(memoryLimit: Int? = nil) { self.memoryLimit = memoryLimit ?? AvailableMemory.bytes ?? .max }

  /// How many quads have come, equal ones included.
  package var count: Int { gathered.count }

  /// A point among the quads that have come.
  package struct Mark {
    let quads: GatheredQuads.Mark
  }

  /// Where the builder is now.
  package var mark: Mark { Mark(quads: gathered.mark) }

  /// Forgets all quads that have come since, as if they never had: when what they came from turns out to be wrong.
  package func forget(since mark: Mark) { gathered.truncate(to: mark.quads) }

  /// Says into which graph those quads go that come without one: a named graph, or nil for the default graph.
  package func begin(graph: Term?) { gathered.begin(graph) }

  /// A number for a file, the same for the same name.
  package func file(named name: String) -> Int {
    // Names are compared as bytes: two files may differ in how an å is composed.
    let key = ByteString(name)
    if let number = fileNumbers[key] { return number }
    fileNumbers[key] = files.count
    files.append(name)
    return files.count - 1
  }

  /// Takes a batch.
  /// - Throws: ``ProblemCode/limitExceeded`` beyond 4 GiB of terms, 2³¹ terms, 2³² − 1 quads or the memory that there is for them.
  package func append(_ batch: borrowing QuadBatch) throws(Failure) {
    try gathered.add(batch, rows: nil, file: 0)
    try checkMemory()
  }

  /// Takes a batch and remembers which rows its subjects came from.
  package func append(_ batch: borrowing QuadBatch, rows: UnsafeBufferPointer<UInt32>?, file: Int) throws(Failure) {
    try gathered.add(batch, rows: rows, file: UInt32(truncatingIfNeeded: file))
    try checkMemory()
  }

  private func checkMemory() throws(Failure) {
    guard gathered.neededBytes > memoryLimit else { return }
    throw Failure(.limitExceeded, ["what": .phrase("memory-of-triples"), "limit": .text("\(memoryLimit >> 20) MiB")])
  }

  /// Does nothing: several documents may feed one builder.
  package func finish() throws(Failure) {}

  /// Sorts what has come and makes a snapshot of it. The builder is empty afterwards.
  /// - Throws: ``ProblemCode/limitExceeded``.
  package func makeSnapshot() throws(Failure) -> Snapshot {
    let (quads, files) = take()
    let hasUnusedTerms = quads.hasUnusedTerms
    let snapshot = try SnapshotAssembly.build(quads, files: files)
    return hasUnusedTerms ? try snapshot.withoutUnusedTerms() : snapshot
  }

  /// What has come; the builder is empty afterwards.
  func take() -> (quads: GatheredBox, files: [String]) {
    var quads = GatheredQuads()
    swap(&quads, &gathered)
    quads.interner.stopInterning()
    let files = files
    self.files = []
    fileNumbers = [:]
    return (GatheredBox(quads), files)
  }
}
