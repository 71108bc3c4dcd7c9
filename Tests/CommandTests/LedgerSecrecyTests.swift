import TestSupport
import Testing

/// What must not be published appears nowhere: not on standard output, not on standard error, not in the report
/// (contract §4, `withhold`). The numbers of persons are made up: they have the day 32, or a wrong check digit.
struct LedgerSecrecyTests {
  private static let header = [
    "kopare_id", "kopare", "verifikationsnummer", "leverantor", "leverantor_id", "konto_nr", "konto_text", "datum", "forvaltning",
    "fakturanummer", "belopp", "grund", "avtal", "kommun_id", "valuta",
  ]
  private static let good = [
    "kopare_id": "2120009903", "kopare": "Exempelstad", "verifikationsnummer": "77", "leverantor": "Fantasi Energi AB",
    "leverantor_id": "5599990024", "konto_nr": "61200", "konto_text": "El", "datum": "2025-03-03", "forvaltning": "Teknik",
    "fakturanummer": "12", "belopp": "10,00", "grund": "", "avtal": "", "kommun_id": "180", "valuta": "",
  ]

  /// A line of a ledger, right but for `cells`.
  private static func row(_ cells: [String: String] = [:], after: String = "") -> String {
    let line = header.map { name in cells[name] ?? good[name] ?? "" }
    return line.joined(separator: ";") + after + "\n"
  }

  /// A ledger of two good rows, one before and one after `rows`.
  private static func ledger(_ rows: String, extra: String = "", mark: String = "") -> String {
    let first = row(["verifikationsnummer": "1"], after: mark)
    let last = row(["verifikationsnummer": "99"], after: mark)
    return header.joined(separator: ";") + extra + "\n" + first + rows + last
  }

  struct Case: CustomTestStringConvertible {
    let name: String
    let cells: [String: String]
    /// What may stand nowhere.
    let hidden: [String]
    /// What the report must count.
    let counts: [String]
    var testDescription: String { name }

    init(_ name: String, _ cells: [String: String], hidden: [String], counts: String...) {
      (self.name, self.cells, self.hidden, self.counts) = (name, cells, hidden, counts)
    }

    /// A supplier that is a person, under this number, with something else about the row.
    static func person(_ number: String, _ other: [String: String] = [:], rule: String = "enskild-firma") -> Case {
      let cells = ["leverantor": "Hemlig Persson", "leverantor_id": number].merging(other) { $1 }
      let digits = String(number.filter(\.isNumber).suffix(8))
      return Case(
        number + " " + other.keys.sorted().joined(), cells,
        hidden: ["Hemlig Persson", "hemlig-persson"] + (digits.count == 8 ? [digits, number] : []), counts: "\"\(rule)\":2")
    }
  }

  static let suppliers: [Case] = [
    .person("850132-1234"), .person("8501321234"), .person("19850132-1234"), .person("198501321234"), .person("850132+1234"),
    .person("850132–1234"), .person("850132 1234"), .person("850192-1234"), .person("850132-XXXX"), .person("850132****"),
    .person("SE850132123401"), .person("501010000"), .person("8.50132E+09"), .person(" 850132-1234 "), .person("8501321234.0"),
    .person("*", rule: "maskerad"), .person("skyddad", rule: "maskerad"), .person("[personuppgift]", rule: "maskerad"),
    .person("XXXXXX-XXXX", rule: "maskerad"), .person("-", rule: "maskerad"),
    .person("850132\u{202F}1234"), .person("850132\u{AD}1234"), .person("850132\u{200B}-1234"), .person("85 01 32 12 34"),
    .person("850132.1234"), .person("850132/1234"), .person("850132_1234"), .person("850132:1234"), .person("850132\u{FF0D}1234"),
    .person("８５０１３２-１２３４"), .person("1985-01-32-1234"), .person("8501321234/AB"), .person("(850132-1234)"), .person("'8501321234"),
    .person("EF 850132-1234"), .person("8.501321234E9"), .person("19850132"), .person("50132-1234"),
  ]

  static let troubles: [Case] = [
    .person("850132-1234", ["belopp": "tio"]), .person("850132-1234", ["datum": "2025-13-45"]),
    .person("850132-1234", ["kommun_id": "99999"]), .person("850132-1234", ["kopare_id": "1"]),
    .person("850132-1234", ["konto_text": "ett \"citat"]), .person("850132-1234", ["valuta": "kr"]),
    .person("850132-1234", ["belopp": ""]), .person("850132-1234", ["avtal": "http://[trasig"]),
  ]

  static let texts: [Case] =
    ["konto_text", "konto_nr", "forvaltning", "grund", "avtal"].map { column in
      Case(
        "number in " + column, [column: "Ersättning 850132-1234"], hidden: ["850132", "Ersättning", "ersattning"],
        counts: "\"personuppgift-i-text\":1")
    } + [
      Case("number in fakturanummer", ["fakturanummer": "850101-0000"], hidden: ["850101"], counts: "\"personuppgift-i-text\":1"),
      Case(
        "number in leverantor", ["leverantor": "Hemlig Persson 850132-1234", "leverantor_id": ""], hidden: ["850132", "Hemlig"],
        counts: "\"personuppgift-i-text\":2"),
      Case(
        "masked name", ["leverantor": "[innehåller personuppgifter]", "leverantor_id": "850132-1234"],
        hidden: ["850132", "innehåller"], counts: "\"enskild-firma\":2"),
    ]

  @Test(arguments: suppliers + troubles + texts) func appearsNowhere(_ example: Case) throws {
    let ledger = try LedgerRun(Self.ledger(Self.row(example.cells)))
    #expect(ledger.run.status <= 1, "\(ledger.run.errors)")
    for text in example.hidden { #expect(!ledger.everything.contains(text), "\(text)") }
    for count in example.counts { #expect(ledger.report.contains(count), "\(ledger.report)") }
    // The good rows around it are there.
    #expect(ledger.values("netAmount")["verifikat/2120009903/2025-1/1"] == ["10.00"])
    #expect(ledger.values("netAmount")["verifikat/2120009903/2025-99/1"] == ["10.00"])
  }

  @Test(arguments: suppliers) func isNeverAnOrganisation(_ example: Case) throws {
    let ledger = try LedgerRun(Self.ledger(Self.row(example.cells)))
    #expect(ledger.run.status == 0, "\(ledger.run.errors)")
    #expect(ledger.things("organisation/") == ["organisation/2120009903", "organisation/5599990024"])
    #expect(ledger.things("leverantor/").isEmpty)
    // The amount and the account stay.
    #expect(ledger.values("netAmount")["verifikat/2120009903/2025-77/1"] == ["10.00"])
    let payee = try #require(ledger.values("payee")["verifikat/2120009903/2025-77"])
    #expect(payee.count == 1)
    #expect(ledger.values("label")[payee.first ?? ""] == ["Uppgift undantagen"])
  }

  @Test(arguments: ["5599990024", "559999-0024", "16559999-0024", " 559999-0024 "])
  func aCompanyIsPublished(_ number: String) throws {
    let ledger = try LedgerRun(Self.ledger(Self.row(["leverantor_id": number])))
    #expect(ledger.run.status == 0)
    #expect(ledger.values("payee")["verifikat/2120009903/2025-77"] == ["organisation/5599990024"])
    #expect(ledger.report.contains("\"cells\":{\"withheld\":{}}"))
  }

  static let damaged = [
    row(["leverantor": "Hemlig Persson", "leverantor_id": "850132-1234"], after: ";extra"),
    "2120009903;Exempelstad;77;Hemlig Persson;850132-1234\n",
    row(["leverantor": "Hemlig Persson", "leverantor_id": "850132\u{0}1234"]),
    row(["leverantor": "Hemlig \u{1} Persson", "leverantor_id": "850132-1234"]),
    row(["leverantor": "\"Hemlig Persson", "leverantor_id": "850132-1234"]), row(["leverantor": "\"Hemlig Persson"]),
  ]

  @Test(arguments: damaged) func aDamagedRowIsWithheldUnseen(_ row: String) throws {
    let ledger = try LedgerRun(Self.ledger(row))
    #expect(ledger.report.contains("\"withheld\":{\"undecided\":1}"), "\(ledger.report)")
    for text in ["Hemlig", "Persson", "850132", "2025-77"] { #expect(!ledger.everything.contains(text), "\(text)") }
    #expect(ledger.values("netAmount").count == 2)
  }

  /// What is wrong with a row that is published has a place, but for the column where a cell before it is withheld.
  @Test(arguments: [("5599990024", "ledger.csv:3:62: error: "), ("850132-1234", "ledger.csv:3: error: ")])
  func aStrayQuoteInARowThatIsPublishedHasAPlace(_ supplier: String, _ place: String) throws {
    let ledger = try LedgerRun(Self.ledger(Self.row(["leverantor_id": supplier, "konto_text": "ett \"citat"])))
    #expect(ledger.run.errorLines.contains { $0.hasPrefix(place) && $0.hasSuffix("[quote-stray]") }, "\(ledger.run.errors)")
    #expect(ledger.values("netAmount").count == 3)
  }

  @Test(arguments: damaged) func aDamagedRowIsNotPointedOut(_ row: String) throws {
    let ledger = try LedgerRun(Self.ledger(row))
    #expect(!ledger.run.errors.contains("ledger.csv:3"), "\(ledger.run.errors)")
    #expect(!ledger.report.contains("\"line\":3"))
    #expect(!ledger.report.contains("\"row\":2"))
  }

  struct Mark: CustomTestStringConvertible {
    let column: String
    let mark: String
    let isPublished: Bool
    var testDescription: String { "\(column)=\(mark)" }
  }

  @Test(arguments: [
    Mark(column: "sekretess", mark: "N", isPublished: true), Mark(column: "sekretess", mark: "nej", isPublished: true),
    Mark(column: "Sekretessmarkering", mark: "Nej", isPublished: true), Mark(column: "sekretess", mark: "J", isPublished: false),
    Mark(column: "sekretess", mark: "Ja", isPublished: false), Mark(column: "sekretess", mark: "", isPublished: false),
    Mark(column: "sekretess", mark: "?", isPublished: false), Mark(column: "sekretessmarkerad", mark: "Nja", isPublished: false),
    Mark(column: "sekretess", mark: " n ", isPublished: true), Mark(column: "sekretess", mark: "1", isPublished: false),
  ])
  func theSecrecyColumnDecides(_ mark: Mark) throws {
    let cells = ["leverantor": "Hemligt Bolag", "konto_text": "Hemligt konto", "belopp": "4711,00"]
    let rows = Self.row(cells, after: ";" + mark.mark)
    let ledger = try LedgerRun(Self.ledger(rows, extra: ";" + mark.column, mark: ";N"))
    #expect(ledger.run.status == 0, "\(ledger.run.errors)")
    #expect(ledger.everything.contains("Hemligt") == mark.isPublished)
    #expect(ledger.everything.contains("4711") == mark.isPublished)
    #expect(ledger.report.contains("\"sekretess\":1") == !mark.isPublished)
    #expect(ledger.values("netAmount")["verifikat/2120009903/2025-77/1"] == (mark.isPublished ? ["4711.00"] : nil))
  }

  static let secretTroubles: [[String: String]] = [
    ["belopp": "Hemligt belopp"], ["datum": "Hemligt datum"], ["kommun_id": "Hemlig kommun"], ["kopare_id": "Hemlig köpare"],
    ["konto_text": "Hemligt \"konto"], ["verifikationsnummer": ""], ["valuta": "Hemlig"], ["belopp": ""],
  ]

  @Test(arguments: secretTroubles) func nothingIsSaidOfASecretRow(_ cells: [String: String]) throws {
    let rows = Self.row(cells.merging(["leverantor": "Hemligt Bolag"]) { $1 }, after: ";J")
    let ledger = try LedgerRun(Self.ledger(rows, extra: ";sekretess", mark: ";N"))
    #expect(!ledger.everything.contains("Hemlig"))
    #expect(!ledger.run.errors.contains("ledger.csv:3"), "\(ledger.run.errors)")
    #expect(!ledger.report.contains("\"row\":2"))
    #expect(ledger.values("netAmount").count == 2)
    #expect(ledger.report.contains("\"sekretess\":1"), "\(ledger.report)")
  }

  @Test func aVoucherNumberThatIsAPersonsTakesTheRow() throws {
    let ledger = try LedgerRun(Self.ledger(Self.row(["verifikationsnummer": "850101-0000", "leverantor": "Hemligt Bolag"])))
    #expect(!ledger.everything.contains("850101"))
    #expect(!ledger.everything.contains("Hemligt"))
    #expect(ledger.report.contains("\"withheld\":{\"personuppgift-i-text\":1}"))
  }

  @Test func withoutSupplierNumbersNoSupplierIsNamed() throws {
    let ledger = try LedgerRun(
      "kopare_id;verifikationsnummer;leverantor;datum;belopp\n2120009903;1;Hemlig Persson;2025-01-02;10,00\n")
    #expect(!ledger.everything.contains("Hemlig"))
    #expect(ledger.values("netAmount")["verifikat/2120009903/2025-1/1"] == ["10.00"])
  }

  @Test func numbersOfJSONAreTextsToo() throws {
    let ledger = try LedgerRun(
      named: "ledger.json",
      """
      [{"kopare_id": 2120009903, "verifikationsnummer": 1, "leverantor": "Hemlig Persson", "leverantor_id": 8501321234,
        "datum": "2025-01-02", "belopp": 10.5},
       {"kopare_id": 2120009903, "verifikationsnummer": 2, "leverantor": "Fantasi Energi AB", "leverantor_id": 5599990024,
        "datum": "2025-01-02", "belopp": -1}]
      """)
    #expect(ledger.run.status == 0, "\(ledger.run.errors)")
    #expect(!ledger.everything.contains("Hemlig"))
    #expect(!ledger.everything.contains("8501321234"))
    #expect(ledger.values("payee")["verifikat/2120009903/2025-2"] == ["organisation/5599990024"])
    #expect(ledger.values("netAmount")["verifikat/2120009903/2025-1/1"] == ["10.5"])
  }

  @Test func anOpenQuoteHidesNobody() throws {
    let ledger = try LedgerRun(Self.ledger(Self.row(["leverantor": "\"Hemlig Persson", "leverantor_id": "850132-1234"])))
    #expect(!ledger.everything.contains("Hemlig"))
    #expect(!ledger.everything.contains("850132"))
    #expect(!ledger.run.errors.contains("ledger.csv:3"))
    // Where its cell ends nobody knows.
    #expect(ledger.report.contains("\"withheld\":{\"undecided\":1}"), "\(ledger.report)")
    #expect(ledger.values("netAmount").count == 2)
  }

  @Test(arguments: ["kopare_id", "kopare", "datum", "belopp", "kommun_id", "valuta"])
  func aNumberThatStrayedIntoAnotherColumn(_ column: String) throws {
    let ledger = try LedgerRun(Self.ledger(Self.row([column: "850132-1234"])))
    #expect(!ledger.everything.contains("850132"))
  }

  /// A name with an unquoted delimiter in it, in a row whose last cell is missing.
  @Test func aShiftedRowNamesNobody() throws {
    let row = "2120009903;Exempelstad;77;Hemlig; Persson;850132-1234;61200;2025-03-03;Teknik;12;10,00;;;180;\n"
    let ledger = try LedgerRun(Self.ledger(row))
    for text in ["Hemlig", "Persson", "850132"] { #expect(!ledger.everything.contains(text), "\(text)") }
  }

  @Test func anErrorBesideAWithheldCellTellsNeitherItsTextNorItsLength() throws {
    let ledger = try LedgerRun(
      Self.ledger(Self.row(["leverantor": "Hemlig Persson", "leverantor_id": "850132-1234", "belopp": "Persson"])))
    #expect(!ledger.everything.contains("Persson"))
    #expect(ledger.run.errors.contains("ledger.csv:3: error: "), "\(ledger.run.errors)")
  }

  static let strayed = ["850132-1234", "19850132-1234", "850132 1234", "850132/XXXX", "8.50132E+09", "８５０１３２１２３４", "Pnr 8501321234"]

  @Test(arguments: strayed) func noMessageShowsWhatCouldBeAPersonsNumber(_ number: String) throws {
    for column in ["kopare_id", "datum", "kommun_id", "valuta"] {
      let ledger = try LedgerRun(Self.ledger(Self.row([column: number])))
      #expect(ledger.run.status == 1)
      #expect(!ledger.everything.contains(number), "\(column)")
    }
  }

  @Test(arguments: ["18880", "Götebord"]) func otherValuesAreShown(_ code: String) throws {
    #expect(try LedgerRun(Self.ledger(Self.row(["kommun_id": code]))).run.errors.contains("«\(code)»"))
  }

  @Test(arguments: ["V 850112-0000", "850112 0000", "19850112-0000", "19850112/0000", "PNR850112-0000", "Lön (850112-0000)"])
  func aVoucherNumberWithAPersonsInItTakesTheRow(_ number: String) throws {
    let ledger = try LedgerRun(Self.ledger(Self.row(["verifikationsnummer": number, "leverantor": "Hemligt Bolag"])))
    #expect(!ledger.everything.contains("850112"))
    #expect(!ledger.everything.contains("Hemligt"))
  }

  @Test(arguments: ["700001", "V2025-00017", "LF250314-0012", "2025031400012", "1234567890"])
  func voucherNumbersStay(_ number: String) throws {
    let ledger = try LedgerRun(Self.ledger(Self.row(["verifikationsnummer": number])))
    #expect(ledger.values("reference")["verifikat/2120009903/2025-\(number)"] == [number])
  }

  @Test func anOptionNeverStandsInForTheFilesOwnMark() throws {
    let rows = Self.row(["leverantor": "Hemligt Bolag"], after: ";J")
    let ledger = try LedgerRun(Self.ledger(rows, extra: ";sekretessmarkering", mark: ";N"), ["--set", "sekretess=N"])
    #expect(!ledger.everything.contains("Hemligt"))
    #expect(ledger.report.contains("\"sekretess\":1"), "\(ledger.report)")
  }

  @Test func ofTwoColumnsWithTheSameMarkNeitherIsBelieved() throws {
    let rows = Self.row(["leverantor": "Hemligt Bolag"], after: ";N;J")
    let ledger = try LedgerRun(Self.ledger(rows, extra: ";sekretess;sekretess", mark: ";N;N"))
    #expect(!ledger.everything.contains("Hemligt"))
    #expect(ledger.run.errors.contains("[column-ambiguous]"), "\(ledger.run.errors)")
    #expect(ledger.run.output.isEmpty)
  }

  @Test func theByteThatDamagesARowIsNotTold() throws {
    let row = Array(Self.row(["leverantor": "Hemlig \u{1} Persson", "leverantor_id": "850132-1234"]).utf8)
    let bytes = row.map { $0 == 1 ? 0xFF : $0 }
    let header = Array((Self.header.joined(separator: ";") + "\nå;\n").utf8)
    for rows in [row, bytes] {
      let ledger = try LedgerRun(header + rows)
      for text in ["0xFF", "U+0001", "Hemlig"] { #expect(!ledger.everything.contains(text), "\(text)") }
    }
  }

  /// Which accounts are withheld is the municipality's own affair.
  @Test(arguments: ["61200", "61000..61999", "5700..5799, 61200"]) func anAccountThatIsListedTakesTheRow(_ accounts: String) throws {
    let ledger = try LedgerRun(
      Self.ledger(Self.row(["konto_nr": "61200", "leverantor": "Hemligt Bolag"])), ["--set", "undantagna_konton=\(accounts)"])
    #expect(ledger.run.status == 0, "\(ledger.run.errors)")
    #expect(ledger.report.contains("\"withheld\":{\"undantaget-konto\":3}"), "\(ledger.report)")
    #expect(!ledger.everything.contains("Hemligt"))
    let other = try LedgerRun(Self.ledger(Self.row(["konto_nr": "64100"])), ["--set", "undantagna_konton=\(accounts)"])
    #expect(other.values("netAmount").keys.sorted() == ["verifikat/2120009903/2025-77/1"])
  }

  @Test func aListOfAccountsThatIsNoneStopsTheRun() throws {
    let ledger = try LedgerRun(Self.ledger(""), ["--set", "undantagna_konton=5700..57x"])
    #expect(ledger.run.status == 65)
    #expect(ledger.run.output.isEmpty)
    #expect(ledger.run.errors.contains("5700..57x"))
  }

  /// A right check digit makes it certain; the numbers are Skatteverket's own for tests.
  @Test func onlyWhatLeavesADoubtIsListedForReview() throws {
    let folder = try TemporaryFolder()
    let rows =
      Self.row(["leverantor": "Säker Persson", "leverantor_id": "121212-1212"])
      + Self.row(["leverantor": "Oviss Persson", "leverantor_id": "850132-1234"])
      + Self.row(["leverantor": "Utan Nummer", "leverantor_id": ""]) + Self.row(["konto_text": "Bidrag 121212-1212"])
      + Self.row(["konto_text": "Bidrag 850132-1234"]) + "2120009903;Exempelstad\n"
    try folder.write("ledger.csv", Self.ledger(rows))
    try folder.write("review.csv", "an older one, which everybody may read")
    let run = try ProgramRun(
      ["convert", "--mapping", "leverantorsreskontra", "--lang", "sv", "--report", "r.json", "--review", "review.csv", "ledger.csv"],
      in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let review = try folder.text(of: "review.csv")
    let found = review.split(whereSeparator: \.isNewline).dropFirst().map {
      $0.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
    }
    #expect(
      found.map { $0[2] + " " + $0[3] } == [
        "3 enskild-firma", "3 enskild-firma", "4 leverantor-utan-nummer", "6 personuppgift-i-text", "7 undecided",
      ])
    #expect(review.contains("Oviss Persson") && review.contains("Utan Nummer") && !review.contains("Säker Persson"))
    #expect(review.hasPrefix("\u{FEFF}fil;rad i filen;rad;regel;utfall;kolumn;skäl;kopare_id;"))
    #expect(try folder.text(of: "r.json").contains("\"review\":{\"leverantor-utan-nummer\":1}"))
    #expect(!(run.text + run.errors).contains("Persson") && run.text.contains("Utan Nummer"))
    #expect(try folder.names == ["ledger.csv", "r.json", "review.csv"])
  }

  @Test func aListForReviewThatCannotBeWrittenEndsTheRun() throws {
    let folder = try TemporaryFolder()
    try folder.write("ledger.csv", Self.ledger(""))
    let run = try ProgramRun(
      ["convert", "--mapping", "leverantorsreskontra", "--review", "none/review.csv", "-o", "out.ttl", "ledger.csv"], in: folder)
    #expect(run.status == 74)
    #expect(try folder.names == ["ledger.csv"])
  }

  @Test func validateKeepsSecretsToo() throws {
    let folder = try TemporaryFolder()
    try folder.write("ledger.csv", Self.ledger(Self.damaged.joined() + Self.row(Self.troubles[0].cells)))
    for format in ["text", "json"] {
      let run = try ProgramRun(
        ["validate", "--mapping", "leverantorsreskontra", "--report-format", format, "--report", "r.json", "ledger.csv"], in: folder)
      let report = try folder.text(of: "r.json")
      for text in ["Hemlig", "Persson", "850132"] { #expect(!(run.text + run.errors + report).contains(text)) }
    }
  }
}
