import Foundation
import TestSupport
import Testing

/// Supplier ledgers as municipalities publish them: the same facts come out of every dialect.
struct LedgerDialectTests {
  @Test func göteborgWritesUTF16AndCommas() throws {
    let noBreak = "\u{A0}"
    let text = """
      kopare,leverantor,leverantor_id,konto_nr,konto_text,datum,belopp,verifikationsnummer\r
      Göteborgs Stad,Påhittade Kontorsmöbler AB,559999-0016,64100,Förbrukning,2025-03-31,"1 234,50",V1\r
      Göteborgs Stad,Fantasi Energi AB,5599990024,61200,"El, övrigt",2025-03-31,"1\(noBreak)234\(noBreak)567,50",V1\r
      Göteborgs Stad,Fantasi Energi AB,5599990024,61200,"El, övrigt",2025-04-01,"-12,00",V2\r

      """
    let bytes: [UInt8] = [0xFF, 0xFE] + text.utf16.flatMap { unit -> [UInt8] in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    let ledger = try LedgerRun(named: "göteborg.csv", bytes, ["--set", "kopare_id=2120001355"])
    #expect(ledger.run.status == 0, "\(ledger.run.errors)")
    #expect(
      ledger.values("netAmount") == [
        "verifikat/2120001355/2025-V1/1": ["1234.50"], "verifikat/2120001355/2025-V1/2": ["1234567.50"],
        "verifikat/2120001355/2025-V2/1": ["-12.00"],
      ])
    #expect(
      ledger.values("date") == ["verifikat/2120001355/2025-V1": ["2025-03-31"], "verifikat/2120001355/2025-V2": ["2025-04-01"]])
    #expect(
      ledger.values("payee") == [
        "verifikat/2120001355/2025-V1": ["organisation/5599990016", "organisation/5599990024"],
        "verifikat/2120001355/2025-V2": ["organisation/5599990024"],
      ])
    #expect(ledger.values("prefLabel")["konto/2120001355/61200"] == ["El, övrigt"])
    #expect(ledger.values("label")["organisation/2120001355"] == ["Göteborgs Stad"])
  }

  @Test func göteborg2020HasNoDateAndNoVoucher() throws {
    let ledger = try LedgerRun(
      named: "leverantorsfakturor-202005.csv",
      """
      forvaltning;leverantor;leverantor_id;faktura_nr;konto_nr;konto_text;belopp
      Grundskoleförvaltningen;Fantasi Energi AB;5599990024;0012;61200;El;1 234,50
      Grundskoleförvaltningen;Fantasi Energi AB;5599990024;0012;61200;El;1 234,50

      """, ["--set", "kopare_id=2120001355"])
    #expect(ledger.run.status == 0, "\(ledger.run.errors)")
    // Two equal rows are two postings.
    #expect(
      ledger.values("netAmount") == [
        "kontering/2120001355/leverantorsfakturor-202005-1": ["1234.50"],
        "kontering/2120001355/leverantorsfakturor-202005-2": ["1234.50"],
      ])
    // The file's name says the month.
    #expect(ledger.values("date").values.allSatisfy { $0 == ["2020-05"] })
    #expect(ledger.run.text.contains("\"2020-05\"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>"))
    #expect(ledger.values("unit").values.allSatisfy { $0 == ["enhet/2120001355/grundskoleforvaltningen"] })
    #expect(ledger.values("identifier").values.contains(["0012"]))
  }

  /// What spreadsheets add: a declaration of the delimiter, a delimiter at the end of every line, a blank end.
  @Test(arguments: [
    ("sep=;\r\n", "", ""), ("", ";", ""), ("", "", "\r\n\r\n"), ("\r\n", "", ";;;;;;;\r\n;;;;;;;\r\n"), ("sep=;\r\n", ";", ";;;;;;;;\r\n"),
  ])
  func spreadsheetsAddTheirOwn(_ before: String, _ eachEnd: String, _ after: String) throws {
    let lines = [
      "kopare_id;kopare;verifikationsnummer;leverantor;leverantor_id;datum;belopp;kommun_id",
      "2120009903;Exempelstad;1;Fantasi Energi AB;5599990024;2019-01-02;12,00;180",
      "2120009903;Exempelstad;2;Fantasi Energi AB;5599990024;2019-01-02;13,00;180",
    ]
    let ledger = try LedgerRun(before + lines.map { $0 + eachEnd + "\r\n" }.joined() + after)
    #expect(ledger.run.status == 0)
    #expect(!ledger.run.errors.contains("["), "\(ledger.run.errors)")
    #expect(ledger.report.contains("\"read\":2"))
    #expect(ledger.values("netAmount")["verifikat/2120009903/2019-2/1"] == ["13.00"])
  }

  @Test func olderExportsAreWindows1252() throws {
    let text =
      "kopare_id;kopare;verifikationsnummer;leverantor;leverantor_id;datum;belopp\n"
      + "2120009903;Åmåls påhitt – kommun;1;Räksmörgås AB;5599990024;2019-01-02;12,00\n"
    let bytes = try #require(text.data(using: .windowsCP1252))
    let ledger = try LedgerRun(named: "cp1252.csv", [UInt8](bytes))
    #expect(ledger.run.status == 0, "\(ledger.run.errors)")
    #expect(ledger.values("label")["organisation/2120009903"] == ["Åmåls påhitt – kommun"])
    #expect(ledger.values("label")["organisation/5599990024"] == ["Räksmörgås AB"])
  }

  @Test func varbergWritesThatANameIsLeftOut() throws {
    let ledger = try LedgerRun(
      """
      kopare_id;kopare;verifikationsnummer;leverantor;leverantor_id;konto_nr;konto_text;datum;belopp;kommun_id
      2120009911;Påhittköping;11;[innehåller personuppgifter];;56000;Bidrag;2025-02-03;1500,00;1383
      2120009911;Påhittköping;12;Fantasi Energi AB;559999-0024;61200;El;2025-02-03;99,00;1383

      """)
    #expect(ledger.run.status == 0, "\(ledger.run.errors)")
    #expect(!ledger.everything.contains("innehåller personuppgifter"))
    #expect(ledger.values("netAmount")["verifikat/2120009911/2025-11/1"] == ["1500.00"])
    let payee = try #require(ledger.values("payee")["verifikat/2120009911/2025-11"]?.first)
    #expect(ledger.values("type")[payee] == ["http://reference.data.gov.uk/def/payment#Redaction"])
    #expect(ledger.values("payee")["verifikat/2120009911/2025-12"] == ["organisation/5599990024"])
    #expect(ledger.values("spatial")["verifikat/2120009911/2025-12/1"] == ["kommun/1383"])
    #expect(ledger.report.contains("\"maskerad\":2"))
  }

  @Test func umeåMasksWithStarsAndGivesAMonth() throws {
    let ledger = try LedgerRun(
      """
      kopare_id;kopare;verifikationsnummer;leverantor;leverantor_id;datum;belopp;kommun_id
      2120009911;Påhittköping;11;*;*;202502;-1500,00;2480
      2120009911;Påhittköping;12;Fantasi Energi AB;5599990024;202512;1500,00;2480

      """)
    #expect(ledger.run.status == 0, "\(ledger.run.errors)")
    #expect(
      ledger.values("date") == ["verifikat/2120009911/2025-11": ["2025-02"], "verifikat/2120009911/2025-12": ["2025-12"]])
    #expect(ledger.run.text.contains("\"2025-02\"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>"))
    #expect(ledger.things("organisation/") == ["organisation/2120009911", "organisation/5599990024"])
  }

  /// What a workbook's days become on their way through a program that writes text.
  @Test(arguments: ["2025-03-31", "2025-03-31 00:00:00", "2025-03-31T00:00:00", "202503"]) func daysAreReadHoweverTheyCameOutOfAWorkbook(
    _ day: String
  ) throws {
    let ledger = try LedgerRun(
      """
      köpare_id;köpare;verifikationsnummer;leverantör;leverantör_id;konto;bokföringsdatum;förvaltning;fakturanr;nettobelopp;Kommun;Kommunkod
      2120009911;Påhittköping;11;Fantasi Energi AB;5599990024;61200 El;\(day);Teknik;12;10.50;Stockholm;180

      """)
    #expect(ledger.run.status == 0, "\(ledger.run.errors)")
    #expect(!ledger.run.errors.contains("["), "\(ledger.run.errors)")
    #expect(ledger.values("date")["verifikat/2120009911/2025-11"] == [day == "202503" ? "2025-03" : "2025-03-31"])
    #expect(ledger.values("prefLabel")["konto/2120009911/61200"] == ["El"])
    #expect(ledger.values("notation")["konto/2120009911/61200"] == ["61200"])
    #expect(ledger.values("spatial")["verifikat/2120009911/2025-11/1"] == ["kommun/0180"])
  }

  /// An invoice is known by buyer, supplier and number; without the supplier's number it has a name and no identifier.
  @Test func invoicesHaveIdentifiersWhereTheirKeysAreThere() throws {
    let ledger = try LedgerRun(
      """
      kopare_id;kopare;verifikationsnummer;leverantor;leverantor_id;datum;fakturanummer;belopp
      2120009911;Påhittköping;11;Fantasi Energi AB;559999-0024;2025-03-01;INV 9/2025;1,00
      2120009911;Påhittköping;12;Fantasi Energi AB;5599990024;2025-04-01;INV 9/2025;2,00
      2120009911;Påhittköping;13;Inköpsgruppen;10004711;2025-04-01;7;2,00
      2120009911;Påhittköping;14;Imaginary Maps Ltd;;2025-04-01;8;2,00
      2120009911;Påhittköping;15;Anna Exempel;850132-1234;2025-04-01;9;2,00

      """)
    let own = "faktura/2120009911/5599990024/INV%209%2F2025"
    let invoices = ledger.values("invoice")
    #expect(invoices["verifikat/2120009911/2025-11"] == [own] && invoices["verifikat/2120009911/2025-12"] == [own])
    #expect(invoices["verifikat/2120009911/2025-13"] == ["faktura/2120009911/10004711/7"])
    #expect(ledger.values("identifier")[own] == ["INV 9/2025"])
    for voucher in [14, 15] {
      let node = try #require(invoices["verifikat/2120009911/2025-\(voucher)"]?.first)
      #expect(node.hasPrefix("_:"))
      #expect(ledger.values("identifier")[node] == nil)
      #expect(ledger.values("label")[node] == ["Faktura \(voucher - 6)"])
    }
  }

  @Test func version10CallsTheNumberKopareAndTheNameKopareText() throws {
    let ledger = try LedgerRun(
      """
      kopare,kopare_text,faktura_nr,leverantor,leverantor_id,konto_nr,konto_text,belopp,datum,kommun_id,valuta
      2120009911,Påhittköping,4711,Fantasi Energi AB,559999-0024,6120,El,"3270,50",2018-03-04,1880,

      """)
    #expect(ledger.run.status == 0, "\(ledger.run.errors)")
    #expect(ledger.values("label")["organisation/2120009911"] == ["Påhittköping"])
    #expect(ledger.values("netAmount") == ["kontering/2120009911/ledger-1": ["3270.50"]])
    #expect(ledger.values("payer") == ["kontering/2120009911/ledger-1": ["organisation/2120009911"]])
    #expect(ledger.values("payee") == ["kontering/2120009911/ledger-1": ["organisation/5599990024"]])
  }

  @Test func örebroHasTheAccountsNumberAndNameInOneCell() throws {
    let ledger = try LedgerRun(
      """
      datum;forvaltning;leverantor;leverantor_id;faktura_nr;konto_nr;belopp
      2019-05-04;Tekniska förvaltningen;Sagolika Fastigheter AB;559999-0032;9001;60150 Lokalhyror, parkering;1234,5

      """, ["--set", "kopare_id=2120001967", "--set", "kommun=1880"])
    #expect(ledger.run.status == 0, "\(ledger.run.errors)")
    #expect(ledger.values("netAmount").values.map(\.self) == [["1234.5"]])
    #expect(ledger.values("spatial").values.allSatisfy { $0 == ["kommun/1880"] })
    #expect(ledger.run.text.contains("Lokalhyror, parkering"))
  }

  @Test func västeråsPublishesARowStore() throws {
    let ledger = try LedgerRun(
      named: "vasteras.json",
      """
      {"next": "https://data.example.se/json?_offset=2", "resultCount": 2, "results": [
        {"datum": "2025-01-01", "konto_nr": "64510", "\u{FEFF}kopare_id": "2120009903", "kommun_id": "1980", "leverantor_id": "10004711",
         "belopp": "-1302,03", "konto_text": "Hjälpmedel", "leverantor": "PÅHITTADE HJÄLPMEDEL AB", "verifikationsnummer": "9000001",
         "kopare": "EXEMPELSTAD"},
        {"datum": "2025-01-02", "konto_nr": "64510", "\u{FEFF}kopare_id": "2120009903", "kommun_id": "1980", "leverantor_id": "*",
         "belopp": "12 500,00", "konto_text": "Hjälpmedel", "leverantor": "*", "verifikationsnummer": "9000002", "kopare": "EXEMPELSTAD"}
      ]}
      """)
    #expect(ledger.run.status == 0, "\(ledger.run.errors)")
    #expect(
      ledger.values("netAmount") == [
        "verifikat/2120009903/2025-9000001/1": ["-1302.03"], "verifikat/2120009903/2025-9000002/1": ["12500.00"],
      ])
    // A number of the buyer's own is no organisation number.
    #expect(ledger.values("payee")["verifikat/2120009903/2025-9000001"] == ["leverantor/2120009903/10004711"])
    #expect(ledger.values("label")["leverantor/2120009903/10004711"] == ["PÅHITTADE HJÄLPMEDEL AB"])
  }

  private static let västerås = ProgramRun.repository + "/../shared/domain/samples/leverantorsreskontra/vasteras_2025_rowstore_sample.json"

  @Test(.enabled(if: FileManager.default.fileExists(atPath: västerås), "the city's own sample is not here"))
  func västeråsOwnSample() throws {
    let ledger = try LedgerRun(named: "vasteras.json", [UInt8](Data(contentsOf: URL(fileURLWithPath: Self.västerås))))
    #expect(ledger.run.status == 0, "\(ledger.run.errors)")
    #expect(
      ledger.values("netAmount") == [
        "verifikat/2120002080/2025-2002498/1": ["-1302.03"], "verifikat/2120002080/2025-2002499/1": ["-400.68"],
      ])
    #expect(ledger.values("payee")["verifikat/2120002080/2025-2002498"] == ["leverantor/2120002080/10004007"])
    #expect(ledger.values("spatial")["verifikat/2120002080/2025-2002498/1"] == ["kommun/1980"])
    #expect(ledger.values("label")["organisation/2120002080"] == ["VÄSTERÅS STAD"])
  }

  @Test func theRegionsFileEndsItsLinesWithCR() throws {
    let path = ProgramRun.repository + "/mappings/leverantorsreskontra/examples/vgr_2026-01_sample.CR-only.csv"
    let ledger = try LedgerRun(named: "vgr.csv", [UInt8](Data(contentsOf: URL(fileURLWithPath: path))))
    #expect(ledger.run.status == 0)
    #expect(ledger.run.errors.hasPrefix("vgr.csv:1: warning: the column «s_kod_nr»"))
    #expect(
      ledger.values("netAmount") == [
        "verifikat/2321000131/2026-3010147/1": ["136.98"], "verifikat/2321000131/2026-3007244/1": ["5058332.75"],
        "verifikat/2321000131/2026-3007258/1": ["-14250.00"], "verifikat/2321000131/2026-3007259/1": ["3285.00"],
      ])
    #expect(ledger.values("payee")["verifikat/2321000131/2026-3010147"] == ["organisation/6630000138"])
    #expect(ledger.values("label")["organisation/6630000138"] == ["Swedbank AB"])
    #expect(ledger.values("label")["konto/2321000131/7551"] == ["Konsulter spec utredn (ej IT)"])
    // The invoice number is «-» in all rows, and the column of municipalities is empty.
    #expect(ledger.values("invoice").isEmpty)
    #expect(!ledger.run.text.contains("/id/kommun/"))
  }

  @Test func severalFilesAreOneLedger() throws {
    let folder = try TemporaryFolder()
    let header = "kopare_id;verifikationsnummer;leverantor;leverantor_id;datum;belopp\n"
    try folder.write("a.csv", header + "2120009903;1;Fantasi Energi AB;5599990024;2025-01-02;1,00\n")
    try folder.write("b.csv", header + "2120009903;1;Fantasi Energi AB;5599990024;2025-01-02;2,00\n2120009903;2;x\n")
    let run = try ProgramRun(
      ["convert", "--mapping", "leverantorsreskontra", "--base", "https://data.example.se", "--format", "ntriples", "a.csv", "b.csv"],
      in: folder)
    for amount in [
      "2025-1/1> <http://reference.data.gov.uk/def/payment#netAmount> \"1.00\"",
      "2025-1/2> <http://reference.data.gov.uk/def/payment#netAmount> \"2.00\"",
    ] {
      #expect(run.text.contains(amount))
    }
  }
}
