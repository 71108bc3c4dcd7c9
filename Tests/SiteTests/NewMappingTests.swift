import Foundation
import Mapping
import Problems
import RDF
import Resources
import Site
import TestSupport
import Testing

/// What `mapping new` proposes.
struct NewMappingTests {
  /// A proposal for a file, read as JSON.
  struct Proposed {
    let text: String
    let notes: [String]
    let doubts: [String]
    let mapping: [String: Any]
    let folder: TemporaryFolder
    let file: String

    init(_ bytes: [UInt8], name: String = "t.csv") throws {
      folder = try TemporaryFolder()
      file = folder.file(name)
      try folder.write(name, bytes)
      let new = try NewMapping(file, library: CheckedTable.library, resources: FileSource())
      text = new.proposal.text
      notes = new.proposal.notes.filter { !$0.isDoubt }.map { $0.words.text(in: .en) }
      doubts = new.proposal.notes.filter(\.isDoubt).map { $0.words.text(in: .en) }
      mapping = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
    }

    init(_ table: String, name: String = "t.csv") throws { try self.init(Array(table.utf8), name: name) }

    var schema: [String: Any] { mapping["tableSchema"] as? [String: Any] ?? [:] }
    var columns: [[String: Any]] { schema["columns"] as? [[String: Any]] ?? [] }
    func column(_ title: String) -> [String: Any] { columns.first { $0["titles"] as? String == title } ?? [:] }

    /// A member of a column as JSON; empty where there is none.
    func json(_ title: String, _ member: String) -> String {
      guard let value = column(title)[member] else { return "" }
      let data = try? JSONSerialization.data(withJSONObject: value, options: [.fragmentsAllowed, .sortedKeys, .withoutEscapingSlashes])
      return String(decoding: data ?? Data(), as: UTF8.self)
    }

    /// The errors of the file by the proposed mapping, which must be none but those of the file itself.
    func errors() throws -> [String] {
      try folder.write("new.json", text)
      let report = CheckedTable(mapping: folder.file("new.json"), file: file, in: folder).report
      return report.problems.problems.filter { $0.severity == .error }.map(\.code.rawValue)
    }
  }

  static let annotation = CheckedTable.annotation

  struct Column: CustomTestStringConvertible {
    let title: String
    let cells: [String]
    let datatype: String
    var testDescription: String { "\(title) \(cells.prefix(2))" }

    init(_ title: String, _ cells: [String], _ datatype: String) {
      self.title = title
      self.cells = cells
      self.datatype = datatype
    }
  }

  @Test(arguments: [
    Column("Antal", ["1", "20", "-3", "0"], #""integer""#),
    Column("Antal", ["1 000", "20", "12 345"], #"{"base":"integer","format":{"decimalChar":".","groupChar":" "}}"#),
    Column("Belopp", ["1.5", "20"], #""decimal""#),
    Column("Belopp", ["1,5", "20"], #"{"base":"decimal","format":{"decimalChar":","}}"#),
    Column("Belopp", ["1 234,50", "20,00", "-17,25"], #"{"base":"decimal","format":{"decimalChar":",","groupChar":" "}}"#),
    Column("Belopp", ["1\u{A0}234,50", "20,00"], #"{"base":"decimal","format":{"decimalChar":",","groupChar":" "}}"#),
    Column("Belopp", ["1,234.50", "20.00"], #"{"base":"decimal","format":{"decimalChar":".","groupChar":","}}"#),
    Column("Belopp", ["1.234,50", "20,00"], #"{"base":"decimal","format":{"decimalChar":",","groupChar":"."}}"#),
    Column("Mätvärde", ["1.5E3", "2E-4"], #""double""#),
    Column("Dag", ["2026-01-31", "2026-02-28"], #""date""#),
    Column("Dag", ["20260131", "20260228"], #"{"base":"date","format":"yyyyMMdd"}"#),
    Column("Dag", ["31/01/2026", "28/02/2026"], #"{"base":"date","format":"dd/MM/yyyy"}"#),
    Column("Dag", ["01/02/2026", "03/04/2026"], #"{"base":"date","format":"dd/MM/yyyy"}"#),
    Column("Dag", ["01/31/2026", "02/28/2026"], #"{"base":"date","format":"MM/dd/yyyy"}"#),
    Column("Dag", ["31.1.2026", "1.12.2026"], #"{"base":"date","format":"d.M.yyyy"}"#),
    Column("Tid", ["2026-01-31T12:00:00", "2026-01-31T12:00:00Z"], #""dateTime""#),
    Column("Tid", ["2026-01-31 12:00", "2026-02-28 08:30"], #"{"base":"dateTime","format":"yyyy-MM-dd HH:mm"}"#),
    Column("Tid", ["12:00", "08:30"], #"{"base":"time","format":"HH:mm"}"#),
    Column("År", ["2019", "2020"], #""gYear""#),
    Column("Antal", ["2019", "2020"], #""integer""#),
    Column("Månad", ["2025-01", "2025-12"], #""gYearMonth""#),
    Column("Månad", ["202501", "202512"], #"{"base":"gYearMonth","format":"yyyyMM"}"#),
    Column("Aktiv", ["Ja", "Nej", "Ja"], #"{"base":"boolean","format":"Ja|Nej"}"#),
    Column("Aktiv", ["Nej", "Nej"], #"{"base":"boolean","format":"Ja|Nej"}"#),
    Column("Aktiv", ["J", "N"], #"{"base":"boolean","format":"J|N"}"#),
    Column("Väderstreck", ["N", "N"], ""),
    Column("Aktiv", ["TRUE", "FALSE"], #"{"base":"boolean","format":"TRUE|FALSE"}"#),
    Column("Aktiv", ["true", "false"], #""boolean""#),
    Column("Aktiv", ["Ja", "ja", "Nej"], #""boolean""#),
    Column("Sida", ["https://a.example/1", "http://b.example/å"], #""anyURI""#),
    Column("Kod", ["0180", "0181"], ""),
    Column("Tal", ["007", "12"], ""),
    Column("Kontonr", ["6110", "6120"], ""),
    Column("Postnummer", ["435 35", "701 35"], ""),
    Column("Telefon", ["08 523 010 00", "019-21 10 00"], #""anyURI""#),
    Column("Klockslag", ["08.30", "12.00"], #"{"base":"time","format":"HH.mm"}"#),
    Column("Öppnar", ["0830", "1200"], #"{"base":"time","format":"HHmm"}"#),
    Column("Belopp", ["08.30", "12.00"], #""decimal""#),
    Column("Text", ["a", "1"], ""),
    Column("Tom", ["", ""], ""),
    Column("Stort", ["12345678901234567890123", "1"], ""),
  ])
  func theDatatypeAndItsFormat(_ sample: Column) throws {
    let rows = sample.cells.enumerated().map { "r\($0);\"\($1)\"\n" }.joined()
    let proposed = try Proposed("ID;\(sample.title)\n" + rows)
    #expect(proposed.json(sample.title, "datatype") == sample.datatype)
    #expect(try proposed.errors() == [])
  }

  struct Reached: CustomTestStringConvertible {
    let title: String
    let cells: [String]
    let step: String?
    var testDescription: String { "\(title) \(cells.prefix(2))" }

    init(_ title: String, _ cells: [String], _ step: String?) {
      self.title = title
      self.cells = cells
      self.step = step
    }
  }

  @Test(
    "ways to reach somebody become IRIs, and texts lose the spaces at their ends",
    arguments: [
      Reached("E-post", ["info@example.se", "Bygg@Example.se"], "mail"),
      Reached("Kontakt", ["info@example.se", "", "saknas"], "mail"),
      Reached("E-post", ["info@example.se", "ring oss"], nil),
      Reached("Telefon", ["019-21 10 00", "+46 8 523 010 00"], "phone"),
      Reached("Telefon", ["21 10 00", "019-21 10 00"], nil),
      Reached("Objekt", ["0192110000", "0852301000"], nil),
      Reached("Länk", ["www.example.se/a", "https://example.se/b"], "url"),
      Reached("Hemsida", ["example.se/a", "example.se/b"], "url"),
      Reached("Sida", ["https://example.se/b", "www.example.se"], "url"),
      Reached("Bild", ["a.jpg", "b.png"], nil),
      Reached("Namn", ["Esplanaden ", "Torget"], "trim"),
      Reached("Antal", ["1 ", "2"], nil),
      Reached("Telefon", ["https://example.se/a", "https://example.se/b"], nil),
    ])
  func contacts(_ sample: Reached) throws {
    let rows = sample.cells.enumerated().map { "r\($0);\"\($1)\"\n" }.joined()
    let proposed = try Proposed("ID;\(sample.title)\n" + rows)
    #expect(proposed.json(sample.title, Self.annotation + "clean") == sample.step.map { "[\"\($0)\"]" } ?? "")
    let name = proposed.column(sample.title)["name"] as? String ?? ""
    #expect(proposed.json(sample.title, "valueUrl") == (["mail", "phone", "url"].contains(sample.step) ? "\"{+\(name)}\"" : ""))
    #expect(proposed.doubts.contains { $0.contains("private person") } == ["mail", "phone"].contains(sample.step))
    #expect(
      proposed.doubts.contains { $0.contains("rows may be shifted") }
        == (sample.title == "Telefon" && sample.cells.contains { $0.contains("//") }))
    #expect(try proposed.errors() == [])
  }

  @Test(
    "moments that no datatype has",
    arguments: [
      ("Ändrad", ["1652078762000", "1605102040000"], "epochMilliseconds"),
      ("Artikel", ["7310865004703", "7310865004710"], nil),
      ("Dag", ["2026-06-09T22:00:00Z", "2026-01-09T23:00:00Z"], "instantToLocalDate"),
      ("Dag", ["2026-06-09T22:00:00Z", "2026-01-09T22:00:00Z"], nil),
      ("Dag", ["2026-06-09T00:00:00+00:00", "2026-01-09T00:00:00+00:00"], nil),
    ] as [(String, [String], String?)])
  func moments(_ title: String, _ cells: [String], _ form: String?) throws {
    let proposed = try Proposed("ID;\(title)\n" + cells.enumerated().map { "r\($0);\($1)\n" }.joined())
    #expect(proposed.column(title)[Self.annotation + "time"] as? String == form)
    if form != nil { #expect(proposed.json(title, "datatype") == #""dateTime""#) }
    #expect(try proposed.errors() == [])
  }

  @Test func oneCellThatIsWrongDoesNotMakeNumbersText() throws {
    let rows = (1...200).map { "r\($0);\($0 == 77 ? "12o" : "\($0)")\n" }.joined()
    let proposed = try Proposed("ID;Antal\n" + rows)
    #expect(proposed.json("Antal", "datatype") == #""integer""#)
    #expect(proposed.doubts == ["«Antal» is whole numbers but for one cell, which validate shows"])
    #expect(try proposed.errors() == ["cell-datatype"])
  }

  @Test func manyThatAreWrongDo() throws {
    let rows = (1...200).map { "r\($0);\($0 % 20 == 0 ? "a\($0)" : "\($0)")\n" }.joined()
    let proposed = try Proposed("ID;Antal\n" + rows)
    #expect(proposed.json("Antal", "datatype").isEmpty)
    #expect(try proposed.errors() == [])
  }

  @Test func whatComesAfterTheSampleCounts() throws {
    // The last of 15,000 rows is most likely not in the sample: the trial meets it.
    let rows = (1...15_000).map { "r\($0);\($0);x\n" }.joined()
    let proposed = try Proposed("ID;Antal;Namn\n" + rows + "r15;saknas;\n")
    #expect(proposed.json("Antal", "null") == #"["","saknas"]"#)
    #expect(proposed.json("Namn", "required").isEmpty)
    #expect(proposed.schema["primaryKey"] as? String == "antal" || proposed.schema["primaryKey"] == nil)
    #expect(try proposed.errors() == [])
  }

  @Test(arguments: [
    ("1;..\n2;-\n3;17\n", #"["","-",".."]"#, ""),
    ("1;NULL\n2;*\n3;17\n", #"["","*","NULL"]"#, ""),
    ("1;saknas\n2;17\n3;17\n", "", #"["","saknas"]"#),
    ("1;vet ej\n2;vet ej\n3;1\n4;2\n5;3\n6;4\n7;5\n8;6\n9;7\n10;8\n", "", #"["","vet ej"]"#),
  ])
  func marksOfMissingValues(_ rows: String, _ all: String, _ own: String) throws {
    let proposed = try Proposed("ID;Antal\n" + rows)
    let nulls = try proposed.schema["null"].map { try JSONSerialization.data(withJSONObject: $0) }
    #expect(nulls.map { String(decoding: $0, as: UTF8.self) } ?? "" == all)
    #expect(proposed.json("Antal", "null") == own)
    #expect(proposed.json("Antal", "datatype") == #""integer""#)
    #expect(try proposed.errors() == [])
  }

  @Test func columnsAreNamedAfterTheirTitles() throws {
    let proposed = try Proposed("Åtgärds-ID,Yta (m²),Å,a,Är öppen?,\"Rad, två\"\n1,2,3,4,Ja,6\n")
    #expect(proposed.columns.prefix(6).map { $0["name"] as? String } == ["atgards_id", "yta", "a", "a_2", "ar_oppen", "rad_tva"])
    #expect(proposed.columns.prefix(6).map { $0["titles"] as? String } == ["Åtgärds-ID", "Yta (m²)", "Å", "a", "Är öppen?", "Rad, två"])
    #expect(proposed.mapping[Self.annotation + "columnMatching"] as? String == "title")
    #expect(try proposed.errors() == [])
  }

  struct Key: CustomTestStringConvertible {
    let table: String
    let about: String
    var testDescription: String { table }

    init(_ table: String, _ about: String) {
      self.table = table
      self.about = about
    }
  }

  @Test(arguments: [
    Key("Namn;ID\nA;1\nB;2\n", "id/t/{id}"),
    Key("Namn;Belopp\nVita huset;1\nGröna;2\n", "id/t/{namn.slug}"),
    Key("Typ;Belopp\na;1\na;2\n", "id/t/{_row}"),
    Key("Rad;Belopp\n1;7\n2;8\n", "id/t/{rad}"),
    Key("Kommunkod;År;Antal\n1880;2019;1\n1880;2020;1\n0180;2019;1\n", "id/t/{kommunkod}/{ar}"),
    Key("Typ;Antal\na;1\na;1\n", "id/t/{_row}"),
    Key("Konto;Verifikationsnummer;Text\n1;a77;x\n2;a78;y\n", "id/t/{verifikationsnummer}"),
    Key("Personnr;Beslut\n850132-1234;a\n860101-1234;a\n", "id/t/{_row}"),
    Key("Värde\n12\n", "id/t/{_row}"),
    Key("objekt_id;Värde\n12;1\n", "id/t/{objekt_id}"),
  ])
  func whatTellsRowsApart(_ sample: Key) throws {
    let proposed = try Proposed(sample.table)
    #expect(proposed.schema["aboutUrl"] as? String == sample.about)
    #expect(try proposed.errors() == [])
  }

  @Test func theKindOfThingsIsTheFilesName() throws {
    let proposed = try Proposed("ID;a\n1;2\n", name: "Lekplatser i kommunen 2025-01.csv")
    #expect(proposed.schema["aboutUrl"] as? String == "id/lekplatser-i-kommunen/{id}")
    #expect(proposed.columns.last?["valueUrl"] as? String == "ns/LekplatserIKommunen")
    #expect(proposed.mapping["url"] as? String == "Lekplatser i kommunen 2025-01.csv")
  }

  struct Coded: CustomTestStringConvertible {
    let title: String
    let cells: [String]
    let register: String
    var testDescription: String { title }

    init(_ title: String, _ cells: [String], _ register: String) {
      self.title = title
      self.cells = cells
      self.register = register
    }
  }

  @Test(arguments: [
    Coded("Kommunid", ["1880", "180"], #""kommun""#),
    Coded("Id_kommun", ["1880", "Stockholm"], #""kommun""#),
    Coded("Hemort", ["1880", "0180", "1480"], #""kommun""#),
    Coded("Org.nr", ["5599990016", "212000-1967"], #""organisation""#),
    Coded("Riskklass", ["1", "5"], #""riskklass""#),
    Coded("Antal", ["1", "5"], ""),
    Coded("Kommunkod", ["1880", "saknas", "-"], #""kommun""#),
    Coded("Kommunkod", ["1880", "9999", "0180"], ""),
  ])
  func codesOfRegisters(_ sample: Coded) throws {
    let proposed = try Proposed("ID;\(sample.title)\n" + sample.cells.enumerated().map { "r\($0);\($1)\n" }.joined())
    #expect(proposed.json(sample.title, Self.annotation + "register") == sample.register)
    #expect(try proposed.errors() == [])
    if sample.register == #""kommun""# {
      let name = try #require(proposed.column(sample.title)["name"] as? String)
      #expect(proposed.json(sample.title, "valueUrl") == "\"https://w3id.org/kommungraf/id/kommun/{\(name)}\"")
    }
  }

  struct Placed: CustomTestStringConvertible {
    let header: String
    let row: String
    let form: String?
    var testDescription: String { header }

    init(_ header: String, _ row: String, _ form: String?) {
      self.header = header
      self.row = row
      self.form = form
    }
  }

  @Test(arguments: [
    Placed("lat;long", "59.27;15.21", "wgs84 LatLon"),
    Placed("Latitud;Longitud", "59,27;15,21", "wgs84 LatLon"),
    Placed("X-koordinat;Y-koordinat", "15.21;59.27", "wgs84 LatLon"),
    Placed("N;E", "6571234;512345", "sweref99tm NE"),
    Placed("ykoordinat;xkoordinat", "512345;6571234", "sweref99tm NE"),
    Placed("geometry.coordinates;b", "[15.21, 59.27];1", "wgs84 LonLat"),
    Placed("Koordinater;b", "59.27, 15.21;1", "wgs84 LatLon"),
    Placed("lat;long", "1.5;2.5", nil),
    Placed("bredd;längd", "59.27;15.21", nil),
  ])
  func coordinates(_ sample: Placed) throws {
    let proposed = try Proposed("ID;\(sample.header)\n1;\(sample.row)\n2;\(sample.row)\n")
    let forms = proposed.columns.compactMap { $0[Self.annotation + "coordinates"] as? String }
    #expect(forms == sample.form.map { [$0] } ?? [])
    #expect(proposed.notes.contains { $0.contains("are coordinates") } == (sample.form != nil))
    #expect(try proposed.errors() == [])
    if sample.form == nil { return }
    let collector = QuadCollector()
    var job = ConversionJob(
      inputs: [proposed.file], mapping: proposed.folder.file("new.json"), library: CheckedTable.library, resources: FileSource(),
      problems: ProblemList())
    job.mode = .minimal
    job.base = "https://data.example.se/"
    _ = try job.run(into: collector)
    let points = collector.quads.filter { $0.predicate == .iri("http://www.opengis.net/ont/geosparql#asWKT") }
    #expect(points.count == 2)
    let latitudes = collector.quads.filter { $0.predicate == .iri("http://www.w3.org/2003/01/geo/wgs84_pos#lat") }
    #expect(latitudes.count == 2)
  }

  @Test(arguments: [
    ("Personnr", ["850132-1234"], "personnr present; rule: personnummer"),
    ("Sökande", ["19850101-1236", "19900215-2388"], "sokande present; rule: personnummer"),
    ("Sökande", ["850101-XXXX", "900215-XXXX"], "sokande present; rule: personnummer"),
    ("Not", ["ring", "gäller 850101-1236", "x", "y", "z"], "matches"),
    ("Org.nr", ["5599990016", "2120001967"], nil),
    ("Ordernr", ["8501011237", "1234567890"], nil),
  ])
  func numbersOfPersonsAreWithheld(_ title: String, _ cells: [String], _ rule: String?) throws {
    let proposed = try Proposed("ID;\(title)\n" + cells.enumerated().map { "r\($0);\($1)\n" }.joined())
    let found = proposed.column(title)[Self.annotation + "withhold"] as? String
    #expect(found?.contains(rule ?? "?") ?? (rule == nil), "\(found ?? "")")
    #expect(proposed.doubts.isEmpty == (rule == nil))
    #expect(try proposed.errors() == [])
    for cell in cells where rule != nil && cell.count > 9 { #expect(!(proposed.text + proposed.doubts.joined()).contains(cell)) }
  }

  @Test func organisationsAmongWhichArePersonsAreStillCodes() throws {
    let cells = (0..<40).map { $0 % 10 == 0 ? "850101-1236" : "5599990016" }
    let proposed = try Proposed("ID;orgnr\n" + cells.enumerated().map { "r\($0);\($1)\n" }.joined())
    #expect(proposed.json("orgnr", Self.annotation + "register") == #""organisation""#)
    #expect((proposed.column("orgnr")[Self.annotation + "withhold"] as? String)?.hasSuffix("rule: personnummer") == true)
    #expect(try proposed.errors() == [])
  }

  @Test(arguments: [
    ("Namn", #""rdfs:label""#), ("Beskrivning", #""dcterms:description""#), ("E-post", #""schema:email""#),
    ("Telefonnummer", #""schema:telephone""#), ("fields.webb", #""schema:url""#), ("Antal gungor", #""ns/antalGungor""#),
    ("Öppet (kl)", #""ns/oppet""#),
  ])
  func propertiesThatHeadersNamePlainly(_ title: String, _ property: String) throws {
    #expect(try Proposed("ID;\(title)\n1;x\n2;y\n").json(title, "propertyUrl") == property)
  }

  @Test(arguments: [
    ("Publicerad", "Ja;Nej", "ns/publicerad"), ("Publicerad", "2025-01-01;2025-02-01", "dcterms:issued"),
    ("Kommunkod", "x;y", "ns/kommunkod"), ("Kommunkod", "1880;0180", "dcterms:spatial"),
  ])
  func aPropertyNeedsWhatItSpeaksOf(_ title: String, _ cells: String, _ property: String) throws {
    let rows = cells.split(separator: ";").enumerated().map { "r\($0);\($1)\n" }.joined()
    #expect(try Proposed("ID;\(title)\n" + rows).json(title, "propertyUrl") == "\"\(property)\"")
  }

  @Test func aThingHasOneName() throws {
    let proposed = try Proposed("ID;Namn;Benämning\n1;a;b\n2;c;d\n")
    #expect(proposed.json("Namn", "propertyUrl") == #""rdfs:label""#)
    #expect(proposed.json("Benämning", "propertyUrl") == #""ns/benamning""#)
  }

  @Test(arguments: [
    ("Beskrivning", "Lekplats med gungor och sandlåda vid parken.", "sv"), ("Text", "A playground with swings by the park.", "en"),
    ("name_en", "Park", "en"), ("Namn", "Björkparken", "sv"), ("Namn", "Björk Bygg AB", nil), ("Ort", "Björkby", nil),
  ])
  func languagesOfTexts(_ title: String, _ cell: String, _ language: String?) throws {
    #expect(try Proposed("ID;\(title)\n1;\(cell)\n2;\(cell)\n").column(title)["lang"] as? String == language)
  }

  /// Names of organisations and people have no language: where their numbers tell the rows apart, and where numbers of people stand.
  @Test(arguments: [
    ("Orgnr;Namn\n5599990016;Björk\n2120001967;Ek\n", "Namn"), ("ID;Namn;Personnr\n1;Ek;850101-1236\n2;Al;900215-2388\n", "Namn"),
    ("ID;Namn;Benämning\n1;Ek;a\n2;Al;b\n", "Benämning"),
  ])
  func namesWithoutLanguage(_ table: String, _ title: String) throws {
    #expect(try Proposed(table).column(title)["lang"] == nil)
  }

  struct Written: CustomTestStringConvertible {
    let bytes: [UInt8]
    let dialect: [String: String]
    let testDescription: String

    init(_ name: String, _ bytes: [UInt8], _ dialect: [String: String]) {
      testDescription = name
      self.bytes = bytes
      self.dialect = dialect
    }
  }

  private static let windows1252: [UInt8] = Array("ID;Namn\n1;Sk".utf8) + [0xE5] + Array("ne\n2;b\n".utf8)
  private static let utf16: [UInt8] = [0xFF, 0xFE] + "ID\tNamn\n1\tSkåne\n2\tb\n".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }

  @Test(arguments: [
    Written("comma", Array("ID,Namn\n1,a\n2,b\n".utf8), ["delimiter": ",", "encoding": "utf-8"]),
    Written("semicolon, Windows-1252", windows1252, ["delimiter": ";", "encoding": "windows-1252"]),
    Written("tab, UTF-16", utf16, ["delimiter": "\t", "encoding": "utf-16le"]),
    Written(
      "titles before the header", Array("Lista över saker\nUttag, 2025\n\nID;Namn\n1;a\n2;b\n".utf8), ["delimiter": ";", "skipRows": "3"]),
    Written("titles within the table", Array("Statistik;\n;\nID;Namn\n1;a\n2;b\n".utf8), ["skipRows": "2"]),
    Written("sep=", Array("sep=;\nID;Namn\n1;a\n2;b\n".utf8), ["delimiter": ";", "skipRows": "1"]),
    Written("no header", Array("1;2025-01-01\n2;2025-01-02\n".utf8), ["header": "0"]),
    Written("years as titles", Array("Kommunkod;2023;2024\n1880;1;2\n0180;1;2\n".utf8), ["delimiter": ";"]),
  ])
  func howTheTextIsWritten(_ sample: Written) throws {
    let proposed = try Proposed(sample.bytes)
    let dialect = try #require(proposed.mapping["dialect"] as? [String: Any])
    for (name, value) in sample.dialect { #expect("\(dialect[name] ?? "none")" == value, "\(name)") }
    #expect(dialect.keys.contains("skipRows") == sample.dialect.keys.contains("skipRows"))
    #expect(try proposed.errors() == [])
  }

  @Test func jsonTablesHaveNoDialect() throws {
    let proposed = try Proposed(#"[{"id": "a", "antal": 1}, {"id": "b", "antal": 2}]"#, name: "t.json")
    #expect(proposed.mapping["dialect"] == nil)
    #expect(proposed.json("antal", "datatype") == #""integer""#)
    #expect(try proposed.errors() == [])
  }

  @Test func columnsThatShareATitleAreFoundByPosition() throws {
    let proposed = try Proposed("ID;Bild;Bild\n1;a;2\n2;b;3\n")
    #expect(proposed.mapping[Self.annotation + "columnMatching"] == nil)
    #expect(proposed.columns.map { $0["name"] as? String } == ["id", "bild", "bild_2", "typ"])
    #expect(try proposed.errors() == [])
  }

  @Test func aColumnWithoutTitleIsLeftOutAndTold() throws {
    let proposed = try Proposed(",ID,x\n0,a,1\n1,b,2\n")
    #expect(proposed.columns.compactMap { $0["titles"] as? String } == ["ID", "x"])
    #expect(proposed.doubts == ["column 1 has no header and is left out"])
    #expect(try proposed.errors() == [])
  }

  @Test func theSameFileGivesTheSameMapping() throws {
    let table = "ID;Antal;Namn\n" + (1...13_000).map { "r\($0);\($0 % 7);\($0 % 3 == 0 ? "" : "x")\n" }.joined()
    #expect(try Proposed(table).text == Proposed(table).text)
  }

  @Test(arguments: ["", "\n\n", "\u{FEFF}"])
  func anEmptyFileIsNoTable(_ text: String) throws {
    #expect(throws: Failure.self) { try Proposed(text) }
  }

  @Test func aHeaderAloneIsEnough() throws {
    let proposed = try Proposed("ID;Namn\n")
    #expect(proposed.columns.compactMap { $0["titles"] as? String } == ["ID", "Namn"])
    #expect(proposed.schema["aboutUrl"] as? String == "id/t/{_row}")
  }
}
