import TestSupport
import Testing

/// Statistics of Skolverket and its register of school units, as they come and as people change them.
struct SchoolTests {
  private static let lines = """
    Statistik från Skolverket, https://www.skolverket.se;;;;;;;;
    ;;;;;;;;
    Grundskola - Slutbetyg årskurs 9, samtliga elever;;;;;;;;
    Valt läsår: 2024/25;;;;;;;;
    ;;;;;;;;

    """
  private static let header =
    "Skola;Skol-enhetskod;Skolkommun;Kommun-kod;Typ av huvudman;Huvudman;Huvudman orgnr;Antal elever;Genomsnittligt meritvärde (17 ämnen)"
  private static let row = "Ekskolan;99000011;Upplands Väsby;0114;Kommunal;Exempelstads kommun;2120009903;85;231,5"
  private static let merit = "skolstatistik/99000011/2024-25/meritvarde-17"

  /// The rows, triples, problems and facts were counted by hand in the file: 34 schools with four measures each, of which two have a value.
  @Test func theRealStatisticsConvertAsTheyAre() throws {
    let sample = "skolor/slutbetyg_ak9_2025_skolenhet.truncated.csv"
    guard let file = try MappedFile("skolor", sample: sample, ["--set", "datamangd=slutbetyg-ak9-2025"]) else { return }
    #expect(file.run.status == 0, "\(file.run.errors)")
    #expect(file.report.contains(#""rows":{"read":34,"published":34,"withheld":{}"#), "\(file.report)")
    #expect(file.report.contains(#""problemCounts":{"header-found":1}"#), "\(file.report)")
    #expect(file.subjects("type", "http://purl.org/linked-data/cube#Observation").count == 136)
    #expect(file.subjects("obsStatus", "http://purl.org/linked-data/sdmx/2009/code#obsStatus-M").count == 134)
    #expect(file.subjects("type", "https://w3id.org/kommungraf/ns/Skolenhet").count == 34)
    let organisations = file.subjects("type", "http://www.w3.org/ns/org#FormalOrganization")
    let isPublic = file.subjects("type", "http://data.europa.eu/m8g/PublicOrganisation")
    // Seven triples of every observation, five of every school, four of every owner and one more of a public one, three of the cube.
    #expect(file.count == 136 * 7 + 34 * 5 + organisations.count * 4 + isPublic.count + 3)
    #expect(file.values("skolstatistik/82520504/2024-25/antal-elever", "antal-elever") == ["10"])
    #expect(file.values("skolstatistik/24147931/2024-25/antal-elever", "antal-elever") == ["11"])
    #expect(file.values("skolstatistik/48000763/2024-25/antal-elever", "antal-elever") == [])
    #expect(file.values("skolstatistik/48000763/2024-25/antal-elever", "refPeriod") == ["lasar/2024-25"])
    #expect(file.values("skolenhet/82520504", "label") == ["Åkerboskolan"])
    #expect(file.values("skolenhet/82520504", "spatial") == ["kommun/0885"])
    #expect(file.values("skolenhet/82520504", "unitOf") == ["organisation/2120000795"])
    #expect(file.values("organisation/2120000795", "classification") == ["huvudmannatyp/KOMMUN"])
    #expect(file.values("organisation/5566501796", "label") == ["Oasen Utbildningscenter AB"])
    // Two schools of one owner: one organisation.
    #expect(file.subjects("unitOf", "organisation/2120000803") == ["skolenhet/23656786", "skolenhet/64662433"])
    #expect(
      file.values("https://data.example.se/dataset/slutbetyg-ak9-2025", "structure") == ["datastruktur/skolenhet-lasar"])
  }

  @Test(arguments: [
    (lines + header + "\n" + row, []), (lines + header.uppercased() + "\n" + row, []), ("\u{FEFF}" + lines + header + "\r\n" + row, []),
    (lines + header.replacing("Skol-enhetskod", with: "Skolenhetskod") + "\n" + row, []),
    (lines + header.replacing("Kommun-kod", with: "kommun_id") + "\n" + row.replacing("0114", with: "114"), []),
    (lines + header.replacing(";Kommun-kod", with: "") + "\n" + row.replacing(";0114", with: ""), []),
    (lines + header + "\n" + row.replacing("2120009903", with: "16212000-9903"), []),
    (lines + header + "\n" + row.replacing("231,5", with: "231.5"), []),
    (lines.replacing("Valt läsår: 2024/25", with: "Läsår 2024/2025") + header + "\n" + row, []),
    (header + "\n" + row, ["--set", "lasar=2024/25"]), (header + "\n" + row, ["--set", "lasar=2024-25"]),
    ((lines + header + "\n" + row).replacing(",", with: " ").replacing("231 5", with: "231.5").replacing(";", with: ","), []),
    ((lines + header + "\n" + row).replacing(";", with: "\t"), []),
    (
      header.replacing(";Skolkommun;Kommun-kod", with: ";läsår") + "\n" + row.replacing("Upplands Väsby;0114", with: "2024/25"),
      [
        "--set", "kommun=Upplands Väsby",
      ]
    ),
  ])
  func whatVariesMakesNoDifference(_ table: String, _ options: [String]) throws {
    let file = try MappedFile("skolor", table + "\n", options)
    #expect(file.run.status == 0, "\(file.run.errors)")
    #expect(file.values(Self.merit, "meritvarde-17") == ["231.5"], "\(file.run.text)")
    #expect(file.values("skolstatistik/99000011/2024-25/antal-elever", "antal-elever") == ["85"])
    #expect(file.values(Self.merit, "avserSkolenhet") == ["skolenhet/99000011"])
    #expect(file.values("skolenhet/99000011", "spatial") == ["kommun/0114"])
    #expect(file.values("skolenhet/99000011", "unitOf") == ["organisation/2120009903"])
  }

  @Test func aWorkbookGivesTheSame() throws {
    let rows: [[TestWorkbook.Cell]] = (Self.lines + Self.header).split(separator: "\n").map { line in
      line.split(separator: ";", omittingEmptySubsequences: false).map { $0.isEmpty ? .empty : .text(String($0)) }
    }
    let school: [TestWorkbook.Cell] = ["Ekskolan", 99_000_011, "Upplands Väsby", 114, "Kommunal", "Exempelstads kommun", 2_120_009_903, 85]
    let book = TestWorkbook(sheets: [TestWorkbook.Sheet("Tabell", rows + [school + [.number("231.5")]])])
    let file = try MappedFile("skolor", try book.bytes(), named: "slutbetyg.xlsx")
    #expect(file.values(Self.merit, "meritvarde-17") == ["231.5"], "\(file.everything)")
    #expect(file.values("skolenhet/99000011", "spatial") == ["kommun/0114"])
  }

  @Test(arguments: [".", ".."]) func aMissingValueIsAnObservationWithoutOne(_ mark: String) throws {
    let file = try MappedFile("skolor", Self.lines + Self.header + "\n" + Self.row.replacing("231,5", with: mark) + "\n")
    #expect(file.values(Self.merit, "obsStatus") == ["http://purl.org/linked-data/sdmx/2009/code#obsStatus-M"])
    #expect(file.values(Self.merit, "meritvarde-17") == [])
  }

  @Test(arguments: ["", "-"]) func nothingIsNoObservation(_ mark: String) throws {
    let file = try MappedFile("skolor", Self.lines + Self.header + "\n" + Self.row.replacing("231,5", with: mark) + "\n")
    #expect(file.values(Self.merit, "type") == [])
    #expect(file.values("skolenhet/99000011", "label") == ["Ekskolan"])
  }

  @Test func anUnknownMeasureIsToldOfAndTheOthersAreRead() throws {
    let table = Self.lines + Self.header + ";Antal elever i kören\n" + Self.row + ";7\n"
    let file = try MappedFile("skolor", table)
    #expect(file.run.status == 0)
    #expect(file.run.errors.contains("table.csv:6: warning: the column «Antal elever i kören» is not in the mapping and is left out."))
    #expect(file.values(Self.merit, "meritvarde-17") == ["231.5"])
    let misspelt = try MappedFile("skolor", Self.lines + Self.header.replacing("meritvärde", with: "meritverde") + "\n" + Self.row + "\n")
    #expect(misspelt.run.errors.contains("Is «Genomsnittligt meritvärde (17 ämnen)» meant?"), "\(misspelt.run.errors)")
  }

  @Test func withoutASchoolYearNothingIsGuessed() throws {
    let file = try MappedFile("skolor", Self.header + "\n" + Self.row + "\n")
    #expect(file.run.status == 65)
    #expect(file.run.errors.contains("läsår"), "\(file.run.errors)")
  }

  @Test(arguments: ["850132-1234", "19850132-1234", "8501321234"]) func anOwnerThatIsAPersonIsWithheld(_ number: String) throws {
    let row = Self.row.replacing("2120009903", with: number).replacing("Exempelstads kommun", with: "Skolförare Exempelsson")
    let file = try MappedFile("skolor", Self.lines + Self.header + "\n" + row + "\n")
    #expect(!file.everything.contains("Exempelsson"))
    #expect(!file.everything.contains("850132"))
    #expect(file.report.contains("\"enskild-person\""))
    #expect(file.values("skolenhet/99000011", "label") == ["Ekskolan"])
  }

  // MARK: The register

  @Test(arguments: [
    (
      "Skolenhetskod;Skolenhetsnamn;Status;Kommunkod;PeOrgNr;Skolformer",
      "99000011;Ekskolan;Aktiv;1880;212000-9903;Grundskola, Förskoleklass"
    ),
    ("schoolUnitCode;name;status;municipalityCode;organizationNumber;schoolTypes", "99000011;Ekskolan;AKTIV;1880;2120009903;GR;FKLASS"),
    (
      "SCHOOLUNITCODE;NAME;STATUS;MUNICIPALITYCODE;ORGANIZATIONNUMBER;SCHOOLTYPES",
      "99000011;Ekskolan;aktiv;Örebro;162120009903;\"[\"\"GR\"\",\"\"FKLASS\"\"]\""
    ),
  ])
  func codesAndWordsOfTheRegisterAreTheSame(_ header: String, _ row: String) throws {
    let row = row.hasSuffix("GR;FKLASS") ? row.replacing("GR;FKLASS", with: "\"GR; FKLASS\"") : row
    let file = try MappedFile("skolor", header + "\n" + row + "\n")
    #expect(file.run.status == 0, "\(file.run.errors)")
    #expect(file.values("skolenhet/99000011", "status") == ["skolenhetsstatus/AKTIV"])
    #expect(file.values("skolenhet/99000011", "spatial") == ["kommun/1880"])
    #expect(file.values("skolenhet/99000011", "skolform") == ["skolform/FKLASS", "skolform/GR"], "\(file.run.errors)")
    #expect(file.values("skolenhet/99000011", "unitOf") == ["organisation/2120009903"])
  }

  @Test func noHeadTeacherAndNoPersonsAddressGetsOut() throws {
    let file = try MappedFile(
      "skolor", "Skolenhetskod;Status;Rektorsnamn;E-post\n99000011;Aktiv;Rektor Exempelsson;eva.exempelsson@example.se\n")
    #expect(!file.everything.lowercased().contains("exempelsson"))
    #expect(file.report.contains("\"rektor\":1"))
    #expect(file.report.contains("\"personlig-epost\":1"))
  }

  // MARK: By municipality

  @Test func aMunicipalitysFiguresCarryTheKindOfOwner() throws {
    let table = Self.lines + "Kommun;Kommun-kod;Typ av huvudman;Antal elever\nÖrebro;1880;Samtliga;1 204\nÖrebro;1880;Enskild;304\n"
    let file = try MappedFile("skolor", table)
    #expect(file.values("skolstatistik/1880-samtliga/2024-25/antal-elever", "antal-elever") == ["1204"])
    #expect(file.values("skolstatistik/1880-enskild/2024-25/antal-elever", "refArea") == ["kommun/1880"])
    let plain = try MappedFile("skolor", Self.lines + "Kommun;Antal elever\nÖrebro;1204\n")
    #expect(plain.values("skolstatistik/1880-samtliga/2024-25/antal-elever", "type").contains("huvudmannatyp/SAMTLIGA"))
  }
}
