import Bytes
import Problems
import Testing

@Suite("Problems and lists of them") struct ProblemTests {
  @Test("as JSON, with what is known and nothing else")
  func json() {
    var out = ByteBuffer()
    let place = Place(file: "å \"x\".csv", line: 2, column: 3, row: 1, tableColumn: "kod")
    Problem(.tableEmpty, at: place, value: "18\n80").append(jsonTo: &out, in: .en)
    #expect(
      out.view.text
        == #"{"code":"table-empty","severity":"error","file":"å \"x\".csv","tableColumn":"kod","value":"18\n80","line":2,"column":3,"row":1,"#
        + #""message":"the file is empty.","help":"A table needs a line of headers."}"#)
    out.truncate()
    Problem(.tableEmpty).append(jsonTo: &out, in: .sv)
    #expect(!out.view.text.contains("\"file\"") && !out.view.text.contains("\"value\"") && !out.view.text.contains("\"line\""))
  }

  @Test("long values are cut")
  func longValue() {
    let problem = Problem(.cellDatatype, value: String(repeating: "å", count: 1000))
    #expect(problem.value?.count == 201)
    #expect(problem.value?.last == "…")
  }

  @Test("the first hundred of a code are kept and all are counted")
  func bounded() {
    let list = ProblemList()
    for line in 1...250 { list.report(Problem(.cellDatatype, at: Place(line: line))) }
    for _ in 0..<3 { list.report(Problem(.columnExtra)) }
    #expect(list.problems.count == 103)
    #expect(list.problems.prefix(100).map(\.place.line) == Array(1...100))
    #expect(list.counts == [.cellDatatype: 250, .columnExtra: 3])
    #expect(list.errorCount == 250)
  }

  @Test("warnings and secrets are no errors unless whoever reports them says so")
  func severities() {
    #expect(Problem(.columnExtra).severity == .warning)
    #expect(Problem(.rowUndecided).severity == .secret)
    #expect(Problem(.columnExtra, severity: .error).severity == .error)
  }
}
