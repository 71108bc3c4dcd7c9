import TestSupport
import Testing

/// Lists of data for re-use as people keep them.
struct PSIDataTests {
  private static let dataset = "https://data.example.se/dataset/badplatser"
  private static let publisher = ["--set", "orgnr=2120009903", "--set", "utgivare=Exempelstads kommun"]
  private static let agent = "http://dataportal.se/organisation/SE2120009903"

  /// What DCAT-AP-SE demands of every dataset, its publisher and a distribution is there even where the row says little.
  @Test func whatTheProfileDemandsIsThere() throws {
    let file = try MappedFile("psidata", "Benämning;Format;Länk\nBadplatser;CSV;www.example.se/bad\n", Self.publisher)
    #expect(file.run.status == 0, "\(file.run.errors)")
    for property in ["title", "description", "label"] { #expect(file.values(Self.dataset, property) == ["Badplatser"], "\(property)") }
    #expect(file.values(Self.dataset, "publisher") == [Self.agent])
    #expect(file.values(Self.agent, "name") == ["Exempelstads kommun"])
    #expect(file.values(Self.agent, "type").contains("http://purl.org/adms/publishertype/LocalAuthority"))
    let distribution = "https://data.example.se/distribution/dataset/badplatser/text-csv"
    #expect(file.values(Self.dataset, "distribution") == [distribution])
    #expect(file.values(distribution, "accessURL") == ["https://www.example.se/bad"])
    #expect(file.values(distribution, "format") == ["text/csv"])
  }

  @Test(arguments: [
    ("CSV, Excel", ["CSV", "XLSX"]), ("csv;xlsx", ["CSV", "XLSX"]), ("text/csv", ["CSV"]), ("GeoJSON", ["GEOJSON"]), ("Shapefil", ["SHP"]),
    ("JSON-LD", ["JSON_LD"]), ("ttl", ["RDF_TURTLE"]),
  ])
  func formatsAreFileTypes(_ cell: String, _ types: [String]) throws {
    let file = try MappedFile("psidata", "Benämning,Format\nBadplatser,\"\(cell)\"\n", Self.publisher)
    #expect(file.run.status == 0, "\(file.run.errors)")
    #expect(
      file.values(Self.dataset, "format") == types.map { "http://publications.europa.eu/resource/authority/file-type/" + $0 })
    #expect(file.values(Self.dataset, "distribution") == [], "nothing can be fetched without an address")
  }

  @Test(arguments: [
    ("Offentlig", "PUBLIC"), ("Ja", "PUBLIC"), ("begränsad", "RESTRICTED"), ("Ej offentlig", "NON_PUBLIC"), ("NON_PUBLIC", "NON_PUBLIC"),
  ])
  func accessIsACode(_ cell: String, _ code: String) throws {
    let file = try MappedFile("psidata", "Benämning;Tillgång\nBadplatser;\(cell)\n", Self.publisher)
    #expect(file.values(Self.dataset, "accessRights") == ["http://publications.europa.eu/resource/authority/access-right/" + code])
  }

  @Test(arguments: ["", "Ingen", "0 kr", "Avgiftsfritt"]) func noFeeIsNoOffer(_ cell: String) throws {
    let file = try MappedFile("psidata", "Benämning;Avgift\nBadplatser;\(cell)\n", Self.publisher)
    #expect(file.values(Self.dataset, "offers") == [])
    #expect(file.run.status == 0)
  }

  @Test func aFeeIsTold() throws {
    let file = try MappedFile("psidata", "Benämning;Avgift;Villkor\nBadplatser;100 kr per uttag;CC BY 4.0\n", Self.publisher)
    let offer = file.values(Self.dataset, "offers")
    #expect(offer.count == 1)
    #expect(offer.flatMap { file.values($0, "description") } == ["100 kr per uttag"])
  }

  @Test func theContactMayBeAnAddressAlone() throws {
    let file = try MappedFile("psidata", "Benämning;Kontakt\nBadplatser;OppnaData@Example.se\n", Self.publisher)
    #expect(file.run.status == 0, "\(file.run.errors)")
    #expect(file.values(Self.dataset, "contactPoint") == ["kontakt/oppnadata-example-se"])
    #expect(file.values("kontakt/oppnadata-example-se", "hasEmail") == ["mailto:OppnaData@example.se"])
  }

  @Test func anUnknownFormatIsAnErrorAndTheRestIsWritten() throws {
    let file = try MappedFile("psidata", "Benämning;Format\nBadplatser;Papper\n", Self.publisher)
    #expect(file.run.status == 1)
    #expect(file.run.errors.contains("«Papper»"), "\(file.run.errors)")
    #expect(file.values(Self.dataset, "title") == ["Badplatser"])
  }

  @Test func withoutAPublisherThereIsNoDataset() throws {
    let file = try MappedFile("psidata", "Benämning\nBadplatser\n")
    #expect(file.run.status == 65)
    #expect(file.run.errors.contains("organisationsnummer"), "\(file.run.errors)")
  }
}
