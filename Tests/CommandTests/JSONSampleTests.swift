import Foundation
import TestSupport
import Testing

/// JSON and GeoJSON as they were published, by the mappings of their specifications: how much comes out, facts that were read in the file, and what
/// must not be seen.
@Suite(.enabled(if: SampleRun.isThere("badplatser"), "the folder of samples does not stand beside the repository"))
struct JSONSampleTests {
  /// A published file with what is known of it.
  struct Sample: CustomTestStringConvertible, Sendable {
    let file: String
    let published: Int
    let triples: Int
    /// Facts that were read in the file, among those that come out.
    let facts: [String]
    /// Texts of the file that must not come out.
    var hidden: [String] = []
    var problems: [String: Int] = [:]
    var testDescription: String { file }
    var mapping: String { String(file.prefix { $0 != "/" }) }
  }

  private static let mossbylund = "badvattenprov/SE0441264000000306/"

  static let samples: [Sample] = [
    Sample(
      file: "vagarbeten/sundsvall_vaxer_trafikstorningar_simple.geojson", published: 2, triples: 28,
      facts: [
        "vagarbete/2281-490 rdfs:label \"Begränsad framkomlighet Norbergsvägen\"@sv",
        "vagarbete/2281-490 dcterms:spatial id:kommun/2281",
        "vagarbete/2281-490 kg:paverkan id:paverkan/SMALL",
        "vagarbete/2281-490 schema:startDate \"2022-05-01\"^^xsd:date",
        "vagarbete/2281-490 wgs:lat \"62.41422538\"^^xsd:decimal",
        "vagarbete/2281-490 wgs:long \"17.33777262\"^^xsd:decimal",
        "vagarbete/2281-471 schema:endDate \"2022-05-31\"^^xsd:date",
      ], hidden: ["contact person"]),
    // An accident, which is no roadwork, in a situation that is deleted.
    Sample(
      file: "vagarbeten/trafikverket_situation_roadaccident_sample.json", published: 0, triples: 0, facts: [], hidden: ["Olycka"],
      problems: ["iterator-empty": 1]),
    Sample(
      file: "laddstationer/synthetic-thirdparty-nobil-v3-test.json", published: 3, triples: 30,
      facts: [
        "laddstation/NOR_00041 rdfs:label \"IKEA Slependen\"",
        "laddstation/NOR_00041 kg:antalLaddpunkter \"2\"^^xsd:integer",
        "laddstation/NOR_00041 wgs:lat \"59.87447\"^^xsd:decimal",
        "laddpunkt/NOR_00041-1 dcterms:identifier \"NO*NOB*E1\"",
        "laddpunkt/NOR_00041-1 kg:kontakt id:laddkontakt/32",
        "laddpunkt/NOR_00041-2 kg:kontakt id:laddkontakt/39",
        "laddpunkt/NOR_00041-1 http://www.w3.org/ns/adms#status id:laddpunktsstatus/0",
        "laddpunkt/NOR_00041-2 http://www.w3.org/ns/adms#status id:laddpunktsstatus/1",
      ], hidden: ["Busy"]),
    Sample(
      file: "badplatser/hav_v2_list.json", published: 5, triples: 41,
      facts: [
        "badplats/SE0441264000000306 dcterms:spatial id:kommun/1264",
        "badplats/SE0110180000007461 dcterms:spatial id:kommun/0180",
        "badplats/SE0110180000007461 dcterms:description \"Avrådan från bad från 2026-06-15: Misstänkt algblomning.\"@sv",
        "badplats/SE0110180000007461 dcterms:type id:vattentyp/3",
      ], hidden: ["@skurup.se", "0411-"]),
    Sample(
      file: "badplatser/hav_v2_bath_coastal.json", published: 23, triples: 799,
      facts: [
        mossbylund + "2026-06-10/vattentemperatur http://www.w3.org/ns/sosa/hasSimpleResult \"11\"^^xsd:decimal",
        mossbylund + "2026-06-10/vattentemperatur http://www.w3.org/ns/sosa/resultTime \"2026-06-09T22:00:00Z\"^^xsd:dateTime",
        mossbylund + "2026-06-10/vattentemperatur dcterms:date \"2026-06-10\"^^xsd:date",
        mossbylund + "2025-08-06/enterokocker kg:mindreAn \"10\"^^xsd:decimal",
        mossbylund + "2025-08-06/enterokocker kg:bedomning id:provbedomning/1",
        mossbylund + "2024-06-12/enterokocker http://www.w3.org/ns/sosa/hasSimpleResult \"240\"^^xsd:decimal",
        mossbylund + "2024-06-12 kg:bedomning id:provbedomning/2",
      ], hidden: [mossbylund + "2025-08-06/enterokocker http://www.w3.org/ns/sosa/hasSimpleResult", "person name", "Tegelgatan"]),
    // Of thirteen samples one has no temperature.
    Sample(
      file: "badplatser/hav_v2_bath_stale.json", published: 18, triples: 575,
      facts: [], hidden: ["Miljö- och byggnadsförvaltningen"]),
    Sample(
      file: "maltidsinformation/index.json", published: 1, triples: 6,
      facts: [
        "maltidsleverantor/mashie dcterms:identifier \"0\"",
        "maltidsleverantor/mashie rdfs:seeAlso https://mpi.mashie.com/api/open-meal",
      ]),
    // The telephone number and the organisation's number are invented, and none.
    Sample(
      file: "skolor/synthetic-thirdparty-school_unit_v2.json", published: 3, triples: 41,
      facts: [
        "id:skolenhet/12345678 rdfs:label \"Storskolan\"@sv",
        "id:skolenhet/12345678 dcterms:spatial id:kommun/0180",
        "id:skolenhet/12345678 kg:skolform id:skolform/VUXSFI",
        "id:skolenhet/12345678 dcterms:subject id:gymnasieprogram/BA",
        "id:skolenhet/12345678 wgs:lat \"59.162865452\"^^xsd:decimal",
      ], hidden: ["Förnamn Efternamn", "Box 123"], problems: ["cell-datatype": 1, "register-rule": 1]),
    Sample(
      file: "skolor/v1_SkolenhetInfo_fjallskolan.from-test.json", published: 1, triples: 33,
      facts: [
        "id:skolenhet/57004269 dcterms:spatial id:kommun/1485",
        "id:skolenhet/57004269 org:unitOf id:organisation/2120001397",
        "id:skolenhet/57004269 dcterms:type id:skolenhetstyp/RESURSSKOLA",
        "id:skolenhet/57004269 kg:arskurs \"4\"^^xsd:integer",
        "id:organisation/2120001397 rdfs:label \"UDDEVALLA KOMMUN\"",
      ].map { $0.replacing("org:", with: "http://www.w3.org/ns/org#") }, hidden: ["kg:arskurs \"3\""]),
  ]

  @Test(arguments: samples) func comesOut(_ sample: Sample) throws {
    let run = try SampleRun(SampleRun.folder(sample.mapping) + sample.file.dropFirst(sample.mapping.count + 1), mapping: sample.mapping)
    #expect(run.published == sample.published, "\(run.errors)")
    #expect(run.count == sample.triples)
    #expect(run.problems == sample.problems, "\(run.errors)")
    for fact in sample.facts { #expect(run.triples.contains(fact), "\(fact)") }
    for text in sample.hidden { #expect(!run.triples.contains { $0.contains(text) }, "\(text)") }
  }

  @Test("Nothing in JSON or GeoJSON is left out but what is a table, and what is refused")
  func whole() throws {
    let tables = ["leverantorsreskontra/vasteras_2025_rowstore_sample.json", "utegym/file2.json"]
    let known = Set(Self.samples.map(\.file) + tables + [Self.refusedFile])
    let folders = Set(known.map { String($0.prefix { $0 != "/" }) } + ["livsmedelskontroller"])
    let there = try folders.flatMap { folder in
      try FileManager.default.contentsOfDirectory(atPath: SampleRun.folder(folder)).map { folder + "/" + $0 }
    }
    #expect(Set(there.filter { $0.hasSuffix("json") }) == known)
  }

  private static let refusedFile = "badplatser/harryda_badplatser.json"

  @Test("JSON with text behind its end is refused at that place")
  func refused() throws {
    let path = SampleRun.folder("badplatser") + Self.refusedFile.dropFirst("badplatser/".count)
    let run = try ProgramRun(["convert", "--mapping", "badplatser", "--set", "kommun=1401", path], in: try TemporaryFolder())
    #expect(run.status == 65)
    #expect(run.errors.contains(":404:2: error: ") && run.errors.contains("[json-syntax]"), "\(run.errors)")
  }
}
