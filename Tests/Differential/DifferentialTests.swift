import Foundation
import TestSupport
import Testing

/// The same queries asked of the product, of pyoxigraph and of rdflib. Where answers differ, the specification decides; where it is a peer
/// that is wrong, ``KnownDifference`` says why. What was ours to mend is a test of its own in SPARQLTests.
struct DifferentialTests {
  /// How many datasets, and how many queries each.
  static let size =
    TestTier.isFull ? (datasets: 100, queries: 60) : (datasets: 12, queries: 30)
  static let seed = ProcessInfo.processInfo.environment["KOMMUNGRAF_SEED"].flatMap(UInt64.init) ?? 2024

  @Test func answersAreThoseOfPeersOrBetter() throws {
    var random = Randomness(seed: Self.seed)
    let cases = (0..<Self.size.datasets).map { number in
      random.hasDerivedTypes = number % 5 == 0
      let graph = RandomGraph(&random)
      return Peers.Case(data: graph.text, queries: (0..<Self.size.queries).map { _ in RandomQuery.make(&random) })
    }
    guard let peers = try Peers.answers(cases) else {
      print("DifferentialTests: skipped, there is no Python with pyoxigraph or rdflib")
      return
    }
    let ours = try cases.flatMap { item in
      let engine = try Ours(item.data)
      return item.queries.map { engine.answer($0) }
    }
    let queries = cases.flatMap { item in item.queries.map { (item.data, $0) } }
    for (name, answers) in peers.sorted(by: { $0.key < $1.key }) {
      guard answers.count == ours.count else {
        Issue.record("\(name) gave \(answers.count) answers to \(ours.count) queries")
        continue
      }
      var known: [String: Int] = [:]
      for (index, answer) in answers.enumerated() where answer != ours[index] {
        let difference = Difference(
          peer: name, query: queries[index].1, data: queries[index].0, ours: ours[index], theirs: answer,
          others: peers.filter { $0.key != name }.map { $0.value[index] })
        if let reason = KnownDifference.reason(for: difference) {
          known[reason, default: 0] += 1
        } else {
          Issue.record("\(difference)")
        }
      }
      let counts = known.sorted { $0.value > $1.value }.map { "  \($0.value)× \($0.key)" }.joined(separator: "\n")
      print("DifferentialTests: \(ours.count) queries beside \(name), \(known.values.reduce(0, +)) known differences\n\(counts)")
    }
    #expect(ours.compactMap(\.error) == [])
  }
}
