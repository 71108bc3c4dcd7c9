import TestSupport
import Testing

/// A ledger that a data platform gives in pages is one ledger.
struct LedgerPagesTests {
  private func triples(_ pages: [String]) throws -> Set<String> {
    let folder = ProgramRun.repository + "/mappings/leverantorsreskontra/examples/"
    let arguments = ["convert", "--mapping", "leverantorsreskontra", "--base", "https://data.example.se/", "--format", "ntriples"]
    let run = try ProgramRun(arguments + pages.map { folder + $0 }, in: try TemporaryFolder())
    #expect(run.status == 0, "\(run.errors)")
    return Set(run.lines)
  }

  @Test func aVoucherGoesOnOnTheNextPage() throws {
    let pages = ["synthetic-rowstore-sida-1.json", "synthetic-rowstore-sida-2.json"]
    let voucher = "<https://data.example.se/id/verifikat/2120009937/2026-9100002"
    let amount = "<http://reference.data.gov.uk/def/payment#netAmount>"
    let decimal = "^^<http://www.w3.org/2001/XMLSchema#decimal> ."
    let both = try triples(pages)
    #expect(both.contains("\(voucher)/1> \(amount) \"12500.00\"\(decimal)"))
    #expect(both.contains("\(voucher)/2> \(amount) \"1250.00\"\(decimal)"))
    // What a page holds of vouchers of its own is the same by itself.
    for page in pages {
      let alone = try triples([page]).filter { !$0.contains("9100002") }
      #expect(alone.isSubset(of: both))
      #expect(alone.contains { $0.contains(amount) })
    }
  }
}
