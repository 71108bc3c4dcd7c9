import Server
import Site
import Synchronization
import TestSupport
import Testing

/// A site that is built again while it is asked (contract §5; design, "Flow of one build").
struct RebuildTests {
  private static func ledger(_ amount: Int) -> String {
    "kopare_id;kopare;verifikationsnummer;leverantor;leverantor_id;datum;belopp;fakturanummer\n"
      + (1...200).map { "2120009903;Exempelstads kommun;\($0);Luftslott IT AB;559999-0164;2025-03-01;\(amount),00;17\n" }.joined()
  }

  /// Both ledgers always hold one amount, the same in both. Eight clients ask for the amounts while both are written and built again: no
  /// request fails, and no answer has two amounts.
  @Test func noAnswerMixesTwoStates() async throws {
    let folder = try TemporaryFolder()
    try folder.writeSite(datasets: ["a", "b"].map { "{name: \($0), mapping: leverantorsreskontra, source: \($0).csv}" })
    for name in ["a.csv", "b.csv"] { try folder.write(name, Self.ledger(100)) }
    let site = try ServedSite(file: folder.file("site.yaml"))
    let query = """
      SELECT ?amount (COUNT(?line) AS ?lines) (COUNT(DISTINCT ?g) AS ?graphs) {
        GRAPH ?g { ?line <http://reference.data.gov.uk/def/payment#netAmount> ?amount }
      } GROUP BY ?amount
      """
    let isOver = Flag()
    let clients = (0..<8).map { _ in
      Task {
        var answers: [String] = []
        while !isOver.isSet {
          let answer = try await site.query(query, ["accept": "text/csv"])
          #expect(answer.status == 200)
          answers.append(try await answer.text)
        }
        return answers
      }
    }
    var allowed: Set<String> = ["amount,lines,graphs\r\n100.00,400,2\r\n"]
    for round in 1...12 {
      for name in ["a.csv", "b.csv"] { try folder.write(name, Self.ledger(100 + round)) }
      let report = try site.site.build()
      #expect(report.failed.isEmpty)
      allowed.insert("amount,lines,graphs\r\n\(100 + round).00,400,2\r\n")
      // Every state is asked for at least once.
      #expect(try await site.query(query, ["accept": "text/csv"]).text == "amount,lines,graphs\r\n\(100 + round).00,400,2\r\n")
    }
    isOver.set()
    for client in clients {
      let answers = try await client.value
      #expect(!answers.isEmpty)
      #expect(Set(answers).subtracting(allowed).isEmpty)
    }
  }
}

/// Something that has happened or not, seen by all.
private final class Flag: Sendable {
  private let value = Atomic(false)
  var isSet: Bool { value.load(ordering: .acquiring) }
  func set() { value.store(true, ordering: .releasing) }
}
