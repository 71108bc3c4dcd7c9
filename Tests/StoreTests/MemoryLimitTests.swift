import Bytes
import Problems
import RDF
import TestSupport
import Testing

@testable import Store

/// A graph that does not fit ends with a problem.
struct MemoryLimitTests {
  @Test("What needs more memory than there is for it is refused before a snapshot is made", arguments: [200, 20_000])
  func limit(count: Int) throws {
    var random = SeededGenerator(seed: 3)
    let quads = randomQuads(count, terms: 1 << 20, graphs: 1, &random)
    let builder = StoreBuilder(memoryLimit: 1 << 20)
    var batch = QuadBatch()
    for quad in quads { batch.append(quad) }
    if count < 1000 {
      try builder.append(batch)
      #expect(try builder.makeSnapshot().quadCount == Set(quads).count)
      return
    }
    let failure = #expect(throws: Failure.self) { try builder.append(batch) }
    #expect(failure?.problem.code == .limitExceeded)
    #expect(failure?.problem.line(in: .en).contains("the limit for the memory that triples may take is 1 MiB") == true)
  }

  @Test("The machine tells how much memory it has left")
  func available() throws { #expect(try #require(AvailableMemory.bytes) > 1 << 20) }
}
