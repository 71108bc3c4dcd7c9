import Foundation
import TestSupport
import Testing

/// Outdoor gyms: both specifications and the forms without one.
struct UtegymTests {
  /// A published file, what it gives, and triples that were checked against it by hand.
  struct Sample: CustomTestStringConvertible, Sendable {
    let file: String
    var kommun: String?
    let read: Int
    var published: Int?
    let triples: Int
    var problems: [String: Int] = [:]
    let facts: [String]
    var testDescription: String { file }
  }

  static let samples = [
    Sample(
      file: "sundbyberg_utegym_specifikation.csv", read: 5, triples: 119,
      facts: [
        "utegym/0183_Utegym_00001 rdfs:label \"Lötsjöns utegym\"@sv", "utegym/0183_Utegym_00001 skos:altLabel \"Golfängarna\"@sv",
        "utegym/0183_Utegym_00001 dcterms:spatial id:kommun/0183", "utegym/0183_Utegym_00001 dcterms:created \"2019\"^^xsd:gYear",
        "utegym/0183_Utegym_00001 kg:utrustning id:utrustning/rullstol-begransat",
        "utegym/0183_Utegym_00001 kg:saknarUtrustning id:utrustning/parkering",
        "utegym/0183_Utegym_00001 wgs:lat \"59.371357\"^^xsd:decimal", "utegym/0183_Utegym_00001 wgs:long \"17.972889\"^^xsd:decimal",
        "utegym/0183_Utegym_00001 schema:email \"servicecenter@sundbyberg.se\"",
        "utegym/0183_Utegym_00004 dcterms:created \"2017-09-01\"^^xsd:date",
        "utegym/0183_Utegym_00004 kg:utrustning id:utrustning/parkering",
        "utegym/0183_Utegym_00005 kg:saknarUtrustning id:utrustning/rullstol",
      ]),
    Sample(
      file: "stockholmsomradet_utegym.csv", read: 111, triples: 2155,
      facts: [
        "utegym/0123_Utegym_00001 wgs:lat \"59.398195\"^^xsd:decimal", "utegym/0123_Utegym_00001 dcterms:spatial id:kommun/0123",
        "utegym/0180_Utegym_00001 dcterms:spatial id:kommun/0180",
      ]),
    Sample(
      file: "sodertalje_gym.pandas-derived.csv", read: 8, triples: 316, problems: ["column-untitled": 1],
      facts: [
        "utegym/0181_Utegym_00001 kg:utrustning id:utrustning/skylt", "utegym/0181_Utegym_00001 dcterms:spatial id:kommun/0181",
        "utegym/0181_Utegym_00001 kg:saknarUtrustning id:utrustning/horisontell-stang",
        "utegym/0181_Utegym_00007 kg:saknarUtrustning id:utrustning/armgang",
        "utegym/0181_Utegym_00001 schema:telephone \"+46852301000\"",
        "utegym/0181_Utegym_00008 skos:altLabel \"Pershagen\"@sv", "utegym/0181_Utegym_00008 kg:utrustning id:utrustning/belysning",
      ]),
    Sample(
      file: "dataportal_vast_gym.pandas-derived.csv", read: 3, published: 2, triples: 74,
      problems: ["column-untitled": 1, "cell-required": 3],
      facts: [
        "utegym/1495-skara-utegym dcterms:identifier \"Skara utegym\"", "utegym/1495-skara-utegym wgs:lat \"58.373345\"^^xsd:decimal",
        "utegym/1495-skara-utegym rdfs:label \"Petersburgs friluftsomr†de, utegym\"@sv",
        "utegym/1495-skara-utegym kg:utrustning id:utrustning/parallella-stanger",
        "utegym/1445_Utegym_00001 dcterms:modified \"2021-10-19\"^^xsd:date", "utegym/1445_Utegym_00001 dcterms:spatial id:kommun/1445",
        "utegym/1445_Utegym_00001 kg:saknarUtrustning id:utrustning/hopplada",
      ]),
    Sample(
      file: "umea_utegym.pandas-derived.csv", read: 10, triples: 122, problems: ["column-untitled": 1],
      facts: [
        "utegym/2480_BrantbergetUtegym wgs:lat \"63.840855\"^^xsd:decimal", "utegym/2480_BrantbergetUtegym dcterms:spatial id:kommun/2480",
        "utegym/2480_BettnessandUtegym dcterms:modified \"2022-11-15\"^^xsd:date",
      ]),
    Sample(
      file: "gavle_gym.pandas-derived.csv", kommun: "2180", read: 12, triples: 108, problems: ["column-untitled": 1],
      facts: [
        "utegym/2180-stora-vall rdfs:label \"Stora Vall\"@sv", "utegym/2180-hedesunda-utegym wgs:lat \"60.4135\"^^xsd:decimal",
        "utegym/2180-hedesunda-utegym wgs:long \"16.9886\"^^xsd:decimal",
      ]),
    Sample(
      file: "orebro_utegym.pandas-derived.csv", kommun: "1880", read: 12, triples: 144, problems: ["column-untitled": 1],
      facts: [
        "utegym/1880-1601 rdfs:label \"Utegym Baronbackarma\"@sv", "utegym/1880-1601 rdfs:seeAlso https://www.orebro.se/utegym",
        "utegym/1880-1423 rdfs:seeAlso http://www.orebro.se/13503.html",
      ]),
    Sample(
      file: "uppsala_gym.pandas-derived.csv", kommun: "380", read: 25, triples: 248, problems: ["column-untitled": 1],
      facts: ["utegym/0380-sunnerstaasens-stockgym dcterms:spatial id:kommun/0380"]),
    Sample(
      file: "jonkoping_gym.pandas-derived.csv", kommun: "Jönköping", read: 27, triples: 293, problems: ["column-untitled": 1],
      facts: [
        "utegym/0680-axamobadet-utegym dcterms:modified \"2022-05-09T08:46:02+02:00\"^^xsd:dateTime",
        "utegym/0680-esplanaden dcterms:spatial id:kommun/0680",
      ]),
    Sample(
      file: "file2.json", kommun: "2260", read: 10, triples: 40, problems: ["column-nested": 1],
      facts: ["utegym/2260-51939 rdfs:label \"Utegym Ånge Norra\"@sv"]),
  ]

  @Test(.enabled(if: SampleRun.isThere("utegym")), arguments: samples) func publishedFilesConvertAsTheyAre(_ sample: Sample) throws {
    let options = sample.kommun.map { ["--set", "kommun=" + $0] } ?? []
    let run = try SampleRun(SampleRun.folder("utegym") + sample.file, mapping: "utegym", options: options)
    #expect(run.problems == sample.problems, "\(run.errors)")
    #expect(run.status == (sample.problems["cell-required"] == nil ? 0 : 1))
    #expect(run.read == sample.read)
    #expect(run.published == sample.published ?? sample.read)
    #expect(run.withheld == [:])
    #expect(run.count == sample.triples)
    for fact in sample.facts { #expect(run.triples.contains(fact), "\(fact)") }
  }

  /// E-mail addresses lose the zero width spaces that came along from a web page.
  @Test(.enabled(if: SampleRun.isThere("utegym"))) func nothingInvisibleIsPublished() throws {
    let run = try SampleRun(SampleRun.folder("utegym") + "stockholmsomradet_utegym.csv", mapping: "utegym")
    #expect(run.triples.contains { $0.hasSuffix("schema:email \"friluft.idrott@stockholm.se\"") })
    #expect(!run.triples.contains { $0.contains("schema:email") && $0.contains("\u{200B}") })
  }

  // MARK: One file in all the ways in which it may be written

  private static let header = [
    "Kommun-KOD", "Utegym-ID", "Namn", "Koordinat_Lat_(WGS84)", "Koordinat_Long_(WGS84)", "Belysning", "Horisontell stång", "Sit ups",
    "E-post", "Datum skapad",
  ]
  private static let rows = [
    ["0183", "0183_Utegym_00001", "Parkens utegym, \"Ekbacken\"", "59.371", "17.972", "Ja", "Nej", "", "park@example.se", "2019"],
    ["0183", "0183_Utegym_00002", "Åsens utegym", "59.373", "17.958", "Nej", "Ja", "Ja", "", "2016-11-01"],
  ]

  /// A way of writing a file.
  struct Writing: CustomTestStringConvertible, Sendable {
    let testDescription: String
    var separator = ","
    var mark = ""
    var end = "\n"
    var order = Array(0..<10)
    var title: @Sendable (String) -> String = { $0 }
    var cell: @Sendable (Int, String) -> String = { $1 }
    var options: [String] = []
  }

  static let writings = [
    Writing(testDescription: "a byte order mark", mark: "\u{FEFF}"), Writing(testDescription: "small letters") { $0.lowercased() },
    Writing(testDescription: "capital letters") { $0.uppercased() }, Writing(testDescription: "spaces around titles") { " \($0) " },
    Writing(testDescription: "a mark within the header", order: [1, 0, 2, 3, 4, 5, 6, 7, 8, 9]) {
      $0 == "Kommun-KOD" ? "\u{FEFF}" + $0 : $0
    },
    Writing(testDescription: "the wrong spelling") { $0.replacingOccurrences(of: "Horisontell", with: "Horistontell") },
    Writing(testDescription: "another order", order: [9, 7, 5, 3, 1, 8, 6, 4, 2, 0]), Writing(testDescription: "line ends", end: "\r\n"),
    Writing(testDescription: "semicolons", separator: ";"), Writing(testDescription: "tabs", separator: "\t"),
    Writing(
      testDescription: "decimal commas", separator: ";", cell: { [3, 4].contains($0) ? $1.replacingOccurrences(of: ".", with: ",") : $1 }),
    Writing(testDescription: "no leading zero", cell: { $0 == 0 ? "183" : $1 }),
    Writing(testDescription: "the municipality's name", cell: { $0 == 0 ? "Sundbyberg" : $1 }),
    Writing(testDescription: "small answers", cell: { $1 == "Ja" || $1 == "Nej" ? $1.lowercased() : $1 }),
    Writing(testDescription: "English answers", cell: { $1 == "Ja" ? "Y" : $1 == "Nej" ? "N" : $1 }),
    Writing(testDescription: "truth values", cell: { $1 == "Ja" ? "TRUE" : $1 == "Nej" ? "FALSE" : $1 }),
    Writing(testDescription: "ones and zeros", cell: { $1 == "Ja" ? "1" : $1 == "Nej" ? "0" : $1 }),
    Writing(testDescription: "no column for the municipality", order: [1, 2, 3, 4, 5, 6, 7, 8, 9], options: ["--set", "kommun=0183"]),
    Writing(testDescription: "spaces around cells", cell: { $1.isEmpty ? $1 : " \($1) " }),
    Writing(testDescription: "a zero width space", cell: { $0 == 8 ? $1.replacingOccurrences(of: "@", with: "@\u{200B}") : $1 }),
  ]

  private func triples(_ writing: Writing) throws -> (Set<String>, String) {
    func line(_ cells: [String]) -> String {
      cells.map { cell in
        let isPlain = !cell.contains(writing.separator) && !cell.contains("\"")
        return isPlain ? cell : "\"" + cell.replacingOccurrences(of: "\"", with: "\"\"") + "\""
      }.joined(separator: writing.separator) + writing.end
    }
    var text = writing.mark + line(writing.order.map { writing.title(Self.header[$0]) })
    for row in Self.rows { text += line(writing.order.map { writing.cell($0, row[$0]) }) }
    let folder = try TemporaryFolder()
    try folder.write("gym.csv", text)
    let run = try SampleRun(folder.file("gym.csv"), mapping: "utegym", options: writing.options)
    return (run.triples, run.errors)
  }

  @Test(arguments: writings) func howAFileIsWrittenMakesNoDifference(_ writing: Writing) throws {
    let (plain, _) = try triples(Writing(testDescription: "plain"))
    let (found, errors) = try triples(writing)
    #expect(plain.count == 28)
    #expect(found == plain, "\(errors)")
  }

  @Test(arguments: [
    "Kommunkod", "Kommunid", "Id_kommun", "kommun_id", "Kommun-kod", "Kommun-KOD", "kommunnr", "municipality_id", "Municipality_ID",
    "municipalityCode", "source", "Kommun", "Kommunnamn",
  ])
  func theMunicipalityIsFoundUnderAnyOfItsTitles(_ title: String) throws {
    let (found, errors) = try triples(Writing(testDescription: title) { $0 == "Kommun-KOD" ? title : $0 })
    #expect(found.contains("utegym/0183_Utegym_00001 dcterms:spatial id:kommun/0183"), "\(errors)")
  }

  /// A workbook holds texts and numbers as it likes.
  @Test func aWorkbookGivesTheSame() throws {
    let folder = try TemporaryFolder()
    let cells: [[TestWorkbook.Cell]] = [
      Self.header.map { .text($0) },
      [
        183, "0183_Utegym_00001", "Parkens utegym, \"Ekbacken\"", .number("59.371"), "17.972", "Ja", .boolean(false), .empty,
        "park@example.se", 2019,
      ],
      ["183", "0183_Utegym_00002", "Åsens utegym", "59.373", .number("17.958"), "Nej", .boolean(true), "Ja", .empty, "2016-11-01"],
    ]
    try folder.write("gym.xlsx", TestWorkbook(cells).bytes())
    let run = try SampleRun(folder.file("gym.xlsx"), mapping: "utegym")
    #expect(run.triples == (try triples(Writing(testDescription: "plain"))).0, "\(run.errors)")
  }

  // MARK: Cells that are wrong

  @Test(arguments: [
    (5, "kanske", "cell-datatype", 1), (3, "0", "coordinates-outside", 1), (8, "info(at)example.se", "cell-datatype", 1),
    (9, "våren 2014", "cell-datatype", 1), (9, "2019-02-29", "cell-datatype", 1), (0, "18880", "register-unknown", 1),
    (1, "", "cell-required", 1), (1, "0183_Utegym_00002", "key-duplicate", 1), (3, "norr", "coordinates-form", 1),
  ])
  func aWrongCellIsToldOfAndTheRestPublished(_ column: Int, _ text: String, _ code: String, _ status: Int32) throws {
    var rows = Self.rows
    rows[0][column] = text
    let folder = try TemporaryFolder()
    let lines = ([Self.header] + rows).map {
      $0.map { "\"" + $0.replacingOccurrences(of: "\"", with: "\"\"") + "\"" }.joined(separator: ";")
    }
    try folder.write("gym.csv", lines.joined(separator: "\n") + "\n")
    let run = try SampleRun(folder.file("gym.csv"), mapping: "utegym")
    #expect(run.problems == [code: 1], "\(run.errors)")
    #expect(run.status == status)
    #expect(run.triples.contains("utegym/0183_Utegym_00002 rdfs:label \"Åsens utegym\"@sv"))
  }

  @Test(
    arguments: [
      ("59.371357;17.972889;6585171;668919", [:], "59.371357"),
      ("59.371357;17.972889;6585471;668919", ["coordinates-differ": 1], "59.371357"),
      (";;6585171;668919", [:], "59.371"), ("17.972889;59.371357;;", ["coordinates-swapped": 1], nil),
      ("0;0;;", ["coordinates-zero": 1], nil),
      (";;668919;6585171", ["coordinates-swapped": 1], nil), ("59.371357;;;", [:], nil),
    ] as [(String, [String: Int], String?)])
  func wgs84CountsAndIsCompared(_ cells: String, _ problems: [String: Int], _ latitude: String?) throws {
    let folder = try TemporaryFolder()
    let titles = "Koordinat_Lat_(WGS84);Koordinat_Long_(WGS84);Koordinat_Lat_(Sweref-99-TM);Koordinat_Long_(Sweref-99-TM)"
    try folder.write("gym.csv", "Kommun-KOD;Utegym-ID;Namn;\(titles)\n0183;0183_Utegym_1;Parken;\(cells)\n")
    let run = try SampleRun(folder.file("gym.csv"), mapping: "utegym")
    #expect(run.problems == problems, "\(run.errors)")
    #expect(run.triples.contains { $0.hasPrefix("utegym/0183_Utegym_1 wgs:lat \"" + (latitude ?? "")) } == (latitude != nil))
  }

  /// By the English specification the publisher may be an organisation; then `--set` tells the municipality.
  @Test(arguments: [([], "2120001264-gym-1", 0), (["--set", "kommun=1495"], "1495-gym-1", 1)])
  func thePublisherMayBeAnOrganisation(_ options: [String], _ key: String, _ places: Int) throws {
    let folder = try TemporaryFolder()
    try folder.write("gym.csv", "source;id;name;lighting\n\"21 20 00-12 64\";Gym 1;Gymmet;TRUE\n")
    let run = try SampleRun(folder.file("gym.csv"), mapping: "utegym", options: options)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.triples.contains("utegym/\(key) dcterms:publisher id:organisation/2120001264"))
    #expect(run.triples.contains("utegym/\(key) kg:utrustning id:utrustning/belysning"))
    #expect(run.triples.count { $0.contains("dcterms:spatial id:kommun/1495") } == places)
  }

  @Test func theEnglishSpecificationDoesWithoutItsSource() throws {
    let folder = try TemporaryFolder()
    try folder.write("gym.csv", "id,name,latitude,longitude\nGym 1,Gymmet,58.3,13.4\n")
    let run = try SampleRun(folder.file("gym.csv"), mapping: "utegym", options: ["--set", "kommun=1495"])
    #expect(run.triples.contains("utegym/1495-gym-1 dcterms:spatial id:kommun/1495"), "\(run.errors)")
  }

  @Test func withoutAMunicipalityThePersonIsToldWhatToDo() throws {
    let folder = try TemporaryFolder()
    try folder.write("gym.csv", "geometry.coordinates,properties.NAMN\n\"[17.1, 60.6]\",Vallen\n")
    let run = try ProgramRun(["convert", "--mapping", "utegym", "gym.csv"], in: folder)
    #expect(run.status != 0)
    #expect(run.errors.contains("--set kommun="), "\(run.errors)")
  }
}
