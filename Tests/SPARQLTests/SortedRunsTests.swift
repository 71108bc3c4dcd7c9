import Problems
import Testing

@testable import SPARQL

/// Sorting that can be ended.
struct SortedRunsTests {
  /// Keys of few values with the places that they came from, as many as take three runs and two rounds of merging.
  private static let elements = (0..<600_000).map { UInt64($0 &* 2_654_435_761 % 1000) << 32 | UInt64($0) }

  @Test("Gives the order of a sort at once, and keeps that of equal ones", arguments: [0, 1, 1000, 262_144, 262_145, 600_000])
  func order(count: Int) throws {
    var sorted = Array(Self.elements.prefix(count))
    try SortedRuns.sort(&sorted, { $0 >> 32 < $1 >> 32 }, check: { () throws(Failure) in })
    #expect(sorted == Self.elements.prefix(count).sorted())
  }

  @Test("Ends when it is told to")
  func ends() {
    var elements = Self.elements
    var checks = 0
    let failure = #expect(throws: Failure.self) {
      try SortedRuns.sort(&elements, <) { () throws(Failure) in
        checks += 1
        if checks == 2 { throw Failure(.queryCancelled) }
      }
    }
    #expect(failure?.problem.code == .queryCancelled)
    #expect(checks == 2)
  }
}
