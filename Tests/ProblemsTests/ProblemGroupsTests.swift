import Testing

@testable import Problems

@Suite("Problems by kind and column") struct ProblemGroupsTests {
  private func cell(_ code: ProblemCode, _ column: String?, row: Int, _ value: String? = nil) -> Problem {
    Problem(code, at: Place(file: "t.csv", line: row + 1, row: row, tableColumn: column), value: value)
  }

  @Test("are counted, with the first of them, errors before secrecy before warnings")
  func groups() {
    let groups = ProblemGroups(ProblemList())
    groups.report(cell(.columnExtra, "x", row: 0))
    groups.report(cell(.columnExtra, "y", row: 0))
    groups.report(cell(.rowUndecided, nil, row: 0))
    for row in 1...30 { groups.report(cell(.cellFormat, "datum", row: row, "\(row)")) }
    groups.report(cell(.cellFormat, "belopp", row: 1, "a"))
    let found = groups.groups
    #expect(found.map(\.code) == [.cellFormat, .cellFormat, .rowUndecided, .columnExtra])
    #expect(found.map(\.column) == ["datum", "belopp", nil, nil])
    #expect(found.map(\.count) == [30, 1, 1, 2])
    #expect(found[0].first.compactMap(\.place.row) == Array(1...20))
    #expect([Severity.error, .secret, .warning].map { groups.count($0) } == [31, 1, 2])
    #expect(groups.list.counts[.cellFormat] == 31)
  }

  @Test("take no more memory for a million of them than for a thousand")
  func bounds() {
    let groups = ProblemGroups(ProblemList())
    for row in 1...1_000_000 { groups.report(cell(.cellFormat, "k\(row % 1000)", row: row, "value \(row)")) }
    let found = groups.groups
    #expect(found.count <= ProblemGroups.most + 1)
    #expect(found.reduce(0) { $0 + $1.count } == 1_000_000)
    for group in found {
      #expect(group.first.count <= ProblemGroups.kept)
      #expect(group.values.texts.count <= group.values.size)
    }
    #expect(groups.list.problems.count == groups.list.kept)
  }

  @Test("have a sample of texts in which late ones are as likely as early ones")
  func sample() {
    var sample = ValueSample(size: 400)
    for number in 0..<100_000 { sample.take("\(number)") }
    #expect(sample.count == 100_000)
    #expect(!sample.isWhole)
    let mean = sample.texts.compactMap(Int.init).reduce(0, +) / 400
    #expect((44_000...56_000).contains(mean), "\(mean)")
    var again = ValueSample(size: 400)
    for number in 0..<100_000 { again.take("\(number)") }
    #expect(again.texts == sample.texts)
  }

  @Test("tell which texts are the most frequent")
  func frequencies() {
    var sample = ValueSample()
    for text in ["-", "i går", "-", "?", "?", "-"] { sample.take(text) }
    #expect(sample.frequencies.map(\.text) == ["-", "?", "i går"])
    #expect(sample.frequencies.map(\.count) == [3, 2, 1])
  }

  @Test("hold no text that a problem keeps to itself")
  func secrets() {
    let groups = ProblemGroups(ProblemList())
    DiscreetSink(groups).report(
      Problem(.cellControlCharacter, at: Place(file: "t.csv", line: 3, tableColumn: "namn"), ["character": "Hemlig"]))
    #expect(groups.groups.first?.values.texts.isEmpty == true)
    #expect(groups.groups.first?.column == nil)
  }

  @Test(
    "are named by what they have in common",
    arguments: [
      (ProblemCode.cellFormat, "cellen följer inte kolumnens format", "the cell does not follow the column's format"),
      (.tableEmpty, "filen är tom", "the file is empty"),
    ])
  func kinds(_ code: ProblemCode, _ sv: String, _ en: String) {
    let groups = ProblemGroups(ProblemList())
    groups.report(Problem(code, value: "x", ["format": "yyyy"]))
    #expect(groups.groups.map { Wording.shared.kind(of: $0, in: .sv) } == [sv])
    #expect(groups.groups.map { Wording.shared.kind(of: $0, in: .en) } == [en])
  }

  @Test(
    "are counted as people write numbers",
    arguments: [(0, "0", "0"), (999, "999", "999"), (1000, "1\u{A0}000", "1,000"), (-1_234_567, "-1\u{A0}234\u{A0}567", "-1,234,567")])
  func numbers(_ number: Int, _ sv: String, _ en: String) {
    #expect(Language.sv.number(number) == sv)
    #expect(Language.en.number(number) == en)
    #expect(Language.sv.grouped("12345678901234567890") == "12\u{A0}345\u{A0}678\u{A0}901\u{A0}234\u{A0}567\u{A0}890")
  }

  @Test("are listed within a sentence")
  func lists() {
    #expect(Language.sv.list(["a", "b", "c"]) == "a, b och c")
    #expect(Language.en.list(["a", "b"]) == "a and b")
    #expect(Language.en.list(["a"]) == "a")
    #expect(Language.en.list([]).isEmpty)
    #expect(Wording.shared.counted("errors", 1, in: .en) == "1 error")
    #expect(Wording.shared.counted("warnings", 2000, in: .sv) == "2\u{A0}000 varningar")
  }
}
