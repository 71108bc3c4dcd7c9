import Foundation
import TestSupport
import Testing

/// Bathing places as tables of municipalities.
struct BathingPlaceTests {
  /// Samples have no number: the second of a day is told from the first by its place in the answer.
  @Test func twoSamplesOfOneDayAreTwo() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "svar.json",
      """
      {"bathingWater": {"id": "SE0441264000000999", "name": "Sagoviken"}, "results": [
        {"takenAt": "2026-06-30T22:00:00Z", "waterTemp": "17.5"}, {"takenAt": "2026-06-30T22:00:00Z", "waterTemp": "18.5"},
        {"takenAt": "2026-06-29T22:00:00Z", "waterTemp": "16"}]}
      """)
    let run = try SampleRun(folder.file("svar.json"), mapping: "badplatser")
    #expect(run.status == 0, "\(run.errors)")
    for (name, value) in [("2026-07-01", "17.5"), ("2026-07-01-2", "18.5"), ("2026-06-30", "16")] {
      let sample = "badvattenprov/SE0441264000000999/" + name
      #expect(run.triples.contains { $0.hasPrefix(sample + " ") && $0.hasSuffix(" " + sample + "/vattentemperatur") }, "\(name)")
      #expect(run.triples.contains { $0.hasPrefix(sample + "/vattentemperatur ") && $0.contains("\"\(value)\"^^xsd:decimal") }, "\(name)")
    }
    #expect(run.triples.count { $0.hasSuffix(" http://www.w3.org/ns/sosa/ObservationCollection") } == 3)
  }

  @Test(.enabled(if: SampleRun.isThere("badplatser"))) func härrydasFileConvertsAsItIs() throws {
    let run = try SampleRun(
      SampleRun.folder("badplatser") + "harryda_badplatser.csv", mapping: "badplatser", options: ["--set", "kommun=1401"])
    #expect(run.status == 0)
    #expect(run.problems == [:], "\(run.errors)")
    #expect((run.read, run.published, run.count) == (9, 9, 138))
    for fact in [
      "badplats/1401-frokens-udde rdfs:label \"Frökens udde\"@sv", "badplats/1401-frokens-udde dcterms:spatial id:kommun/1401",
      "badplats/1401-sateriet-hastviken rdfs:label \"Säteriet/Hästviken\"@sv",
      "badplats/1401-gingsjon wgs:lat \"57.631794613\"^^xsd:decimal",
      "badplats/1401-palen rdfs:seeAlso https://www.harryda.se/upplevaochgora/idrottmotionochfriluftsliv/friluftslivochmotion/badplatser.4.42a851691818a5d975f2322.html",
    ] { #expect(run.triples.contains(fact), "\(fact)") }
    // 43896 is written as on a letter.
    #expect(run.triples.contains { $0.hasSuffix("locn:postCode \"438 96\"") })
  }

  /// A comma without quotes has moved the cells of the only row: nothing of it is published, and it is told where.
  @Test(.enabled(if: SampleRun.isThere("badplatser"))) func mariestadsShiftedRowIsLeftOut() throws {
    let run = try SampleRun(
      SampleRun.folder("badplatser") + "mariestad_1493.csv", mapping: "badplatser", options: ["--set", "kommun=1493"])
    #expect(run.status == 1)
    #expect(run.problems == ["row-shifted": 1, "column-untitled": 1], "\(run.errors)")
    #expect((run.read, run.published, run.count) == (1, 0, 0))
    #expect(run.errors.contains("from the column «toilet» on"), "\(run.errors)")
  }

  /// With the quotes in their place the same row is right.
  @Test(.enabled(if: SampleRun.isThere("badplatser"))) func mariestadsRowWithQuotesIsPublished() throws {
    let folder = try TemporaryFolder()
    var text = try String(contentsOfFile: SampleRun.folder("badplatser") + "mariestad_1493.csv", encoding: .utf8)
    text = text.replacingOccurrences(of: "Naturstrand", with: "\"Naturstrand").replacingOccurrences(
      of: "är möjligt. ,", with: "är möjligt. \",")
    text = text.replacingOccurrences(of: "mariestad.se,\n", with: "mariestad.se,,\n")
    try folder.write("m.csv", text)
    let run = try SampleRun(folder.file("m.csv"), mapping: "badplatser", options: ["--set", "kommun=1493"])
    #expect(run.status == 0, "\(run.errors)")
    for fact in [
      "badplats/SE0A21493000001930 rdfs:label \"Hattarevikens Badplats\"@sv",
      "badplats/SE0A21493000001930 owl:sameAs http://www.wikidata.org/entity/Q106636433",
      "badplats/SE0A21493000001930 dcterms:type id:vattentyp/3", "badplats/SE0A21493000001930 kg:utrustning id:utrustning/toalett",
      "badplats/SE0A21493000001930 kg:saknarUtrustning id:utrustning/dusch",
      "badplats/SE0A21493000001930 schema:telephone \"+46501756100\"",
      "badplats/SE0A21493000001930 schema:email \"info.va-gata@mariestad.se\"",
    ] { #expect(run.triples.contains(fact), "\(fact)") }
  }

  @Test(.enabled(if: SampleRun.isThere("badplatser"))) func aFileThatIsNoJSONIsRefusedAtItsPlace() throws {
    let path = SampleRun.folder("badplatser") + "harryda_badplatser.json"
    let run = try ProgramRun(["convert", "--mapping", "badplatser", "--set", "kommun=1401", path], in: try TemporaryFolder())
    #expect(run.status == 65)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("harryda_badplatser.json:404:2: error: ") && run.errors.contains("[json-syntax]"), "\(run.errors)")
  }

  private func convert(_ header: String, _ row: String, _ options: [String] = ["--set", "kommun=1401"]) throws -> SampleRun {
    let folder = try TemporaryFolder()
    try folder.write("bad.csv", header + "\n" + row + "\n")
    return try SampleRun(folder.file("bad.csv"), mapping: "badplatser", options: options)
  }

  // MARK: Keys

  private static let national = "SE0441264000099901"

  /// The national id is found wherever it stands, and nothing else is taken for it.
  @Test(arguments: [
    ("hov_ref", national, national), ("HOV_REF", " \(national) ", national), ("nutskod", national, national),
    ("place_id", national, national),
    ("place_id", national.lowercased(), national),
    ("extra_url", "https://badplatsen.havochvatten.se/badplatsen/karta/#/bath/\(national)", national),
    ("extra_url", "https://www.example.se/\(national)/karta", "1401-langa-badet"), ("place_id", "1477-Langa", "1401-1477-Langa"),
    ("place_id", "Långa badet 2", "1401-langa-badet-2"),
    ("nutskod", "https://badplatsen.havochvatten.se/badplatsen/karta/#/bath/\(national)", national),
    ("place_id", "12", "1401-12"), ("place_id", "", "1401-langa-badet"), ("place_id", "SE0110138000002104A", "1401-SE0110138000002104A"),
  ])
  func theNationalIdIsTheKeyWhereverItStands(_ column: String, _ cell: String, _ key: String) throws {
    let run = try convert("name,\(column)", "Långa badet,\(cell)")
    #expect(run.problems == [:], "\(run.errors)")
    #expect(run.triples.contains("badplats/\(key) rdfs:label \"Långa badet\"@sv"), "\(run.triples)")
  }

  @Test func theColumnForTheNationalIdCountsBeforeTheOthers() throws {
    let other = "SE0441264000099902"
    let run = try convert("name,place_id,extra_url,hov_ref", "Badet,\(other),https://www.example.se/\(other),\(Self.national)")
    #expect(run.triples.contains("badplats/\(Self.national) dcterms:identifier \"\(Self.national)\""))
    #expect(!run.triples.contains { $0.hasPrefix("badplats/\(other)") })
  }

  @Test func whatIsNoNationalIdIsToldOf() throws {
    let run = try convert("name,hov_ref", "Badet,badet-1")
    #expect(run.problems == ["cell-format": 1], "\(run.errors)")
    #expect(run.triples.contains("badplats/1401-badet rdfs:label \"Badet\"@sv"))
  }

  /// The same place from a file of the agency's id and from one with it at the end of a link is one thing.
  @Test func twoFilesMeanTheSamePlace() throws {
    let one = try convert("name,nutskod,toilet", "Badet,\(Self.national),true")
    let other = try convert("name,place_id,wc", "Badet,\(Self.national),Y")
    #expect(one.triples == other.triples)
  }

  // MARK: Values

  @Test(arguments: [("Ja", "Nej"), ("ja", "nej"), ("Y", "N"), ("true", "false"), ("TRUE", "FALSE"), ("1", "0"), ("J", "N"), ("x", "no")])
  func answersInAllForms(_ yes: String, _ no: String) throws {
    let run = try convert("name,toilet,shower,camping", "Badet,\(yes),\(no),")
    #expect(run.problems == [:], "\(run.errors)")
    #expect(run.triples.contains("badplats/1401-badet kg:utrustning id:utrustning/toalett"))
    #expect(run.triples.contains("badplats/1401-badet kg:saknarUtrustning id:utrustning/dusch"))
    #expect(!run.triples.contains { $0.contains("camping") })
  }

  @Test(arguments: [
    ("watertype", "lake", "3"), ("water", "Lake", "3"), ("watertype", "SEA", "1"), ("watertype", "Sjö", "3"), ("watertype", "3", "3"),
  ])
  func kindsOfWater(_ column: String, _ cell: String, _ code: String) throws {
    let run = try convert("name,\(column)", "Badet,\(cell)")
    #expect(run.triples.contains("badplats/1401-badet dcterms:type id:vattentyp/\(code)"), "\(run.errors)")
  }

  @Test(arguments: [
    ("watertype", "2", "register-unknown"), ("watertype", "bäck", "register-unknown"), ("toilet", "kanske", "cell-datatype"),
    ("wikidata", "Mossbylund", "cell-format"), ("postcode", "4353", "cell-datatype"), ("phone", "växeln", "cell-datatype"),
    ("email", "bad@harryda", "cell-datatype"), ("visit_url", "se hemsidan", "cell-datatype"), ("updated", "i maj", "cell-datatype"),
  ])
  func aWrongCellIsToldOfAndTheRestPublished(_ column: String, _ cell: String, _ code: String) throws {
    let run = try convert("name,\(column)", "Badet,\(cell)")
    #expect(run.problems == [code: 1], "\(run.errors)")
    #expect(run.status == 1)
    #expect(run.triples.contains("badplats/1401-badet rdfs:label \"Badet\"@sv"))
  }

  @Test(arguments: [
    "Kommunkod", "Kommunid", "Id_kommun", "kommun_id", "Kommun-kod", "Kommun-KOD", "kommunnr", "municipality_id", "Municipality_ID",
    "municipalityCode", "source", "Kommun", "Kommunnamn",
  ])
  func theMunicipalityIsFoundUnderAnyOfItsTitles(_ title: String) throws {
    for cell in ["0180", "180", "Stockholm"] {
      let run = try convert("name,\(title)", "Badet,\(cell)", [])
      #expect(run.triples.contains("badplats/0180-badet dcterms:spatial id:kommun/0180"), "\(run.errors)")
    }
  }

  @Test(arguments: [("sv", "ange --set kommun="), ("en", "give it: --set kommun=")])
  func withoutAMunicipalityThePersonIsToldWhatToDo(_ language: String, _ help: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("bad.csv", "name,latitude,longitude\nBadet,58.1,13.1\n")
    let run = try ProgramRun(["convert", "--lang", language, "--mapping", "badplatser", "bad.csv"], in: folder)
    #expect(run.status != 0)
    #expect(run.errors.contains(help), "\(run.errors)")
  }
}
