import Bytes
import Identifiers
import Mapping
import Problems
import RDF
import RDFSyntax
import Resources
import Site
import TestSupport
import Testing

/// What the catalog says of where data come from and of what is left out, and that it is the same each time.
struct ProvenanceTests {
  private static let base = "https://data.example.se"
  private static let moment = "2026-04-01T12:00:00+02:00"
  private static let header = "kopare_id;kopare;verifikationsnummer;leverantor;leverantor_id;datum;belopp;kommun_id\n"

  /// A site built in memory with a fixed time.
  private final class Built {
    let report: SiteReport
    let quads: [Quad]

    init(_ path: String, asOf day: CivilDate? = CivilDate(year: 2026, month: 4, day: 1)) throws {
      let problems = ProblemList()
      let site = try SiteFile(path: path, resources: FileSource(), problems: problems)
      let today = try #require(day)
      let build = SiteBuild(
        site, library: Library(roots: [String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.endIndex)), ProgramRun.repository]),
        resources: FileSource(), problems: problems,
        today: { today }, moment: { ProvenanceTests.moment })
      let collector = QuadCollector()
      report = try build.run(into: collector)
      quads = collector.quads
      #expect(report.failed.isEmpty)
    }

    convenience init(_ files: [String: String], datasets: String) throws {
      let folder = try TemporaryFolder()
      for (name, text) in files { try folder.write(name, text) }
      try folder.write("site.yaml", SiteFileTests.smallest + "\ndatasets:\n" + datasets)
      try self.init(folder.file("site.yaml"))
    }

    /// The objects of a subject's property in a graph, as text.
    func objects(_ subject: String, _ property: String, graph: String = base + "/catalog") -> [String] {
      quads.filter { $0.graph == .iri(graph) && $0.subject == .iri(subject) && $0.predicate == .iri(property) }.map { quad in
        switch quad.object {
        case .iri(let text), .literal(let text, _), .blankNode(let text): text.text
        }
      }.sorted()
    }

    /// The graphs in which something is said of a thing.
    func graphs(of subject: String) -> [String] {
      Set(
        quads.filter { $0.subject == .iri(subject) }.compactMap { quad -> String? in
          if case .iri(let graph)? = quad.graph { graph.text } else { nil }
        }
      ).sorted()
    }
  }

  private static func prov(_ name: String) -> String { "http://www.w3.org/ns/prov#" + name }

  @Test func aDatasetSaysItsFilesItsTimeAndWhatItWasMadeWith() throws {
    let built = try Built(
      ["r-1.csv": Self.header + "2120009903;Exempelstad;1;Luftslott IT AB;559999-0164;2025-03-01;1,00;1880\n"],
      datasets: "  - {name: a, mapping: leverantorsreskontra, source: r-1.csv}\n")
    let own = Self.base + "/dataset/a"
    #expect(built.objects(own, Self.prov("wasDerivedFrom")) == [Self.base + "/id/kalla/a/r-1.csv"])
    #expect(built.objects(Self.base + "/id/kalla/a/r-1.csv", "http://www.w3.org/2000/01/rdf-schema#label") == ["r-1.csv"])
    #expect(built.objects(own, Self.prov("generatedAtTime")) == [Self.moment])
    let activity = try #require(built.objects(own, Self.prov("wasGeneratedBy")).first)
    #expect(
      built.objects(activity, Self.prov("used")) == [
        Self.base + "/register/kommun", Self.base + "/register/organisation", Self.base + "/spec/leverantorsreskontra",
      ])
    #expect(built.objects(own, "http://reference.data.gov.uk/def/payment#currency") == ["http://qudt.org/vocab/unit/CCY_SEK"])
    #expect(built.objects(own, "http://purl.org/dc/terms/provenance").isEmpty)
  }

  @Test("a dataset by a mapping of RML says the same: what it was made with, what is kept back and what was withheld")
  func ofTriplesMaps() throws {
    let mapping = """
      @prefix rml: <http://w3id.org/rml/> . @prefix kgm: <https://w3id.org/kommungraf/ns/csvw/> . @prefix ex: <http://example.org/> .
      @prefix pay: <http://reference.data.gov.uk/def/payment#> .
      <> pay:currency <http://qudt.org/vocab/unit/CCY_SEK> .
      <#m> rml:logicalSource [ rml:source "t.json" ; rml:referenceFormulation rml:JSONPath ; rml:iterator "$[*]" ;
          kgm:withhold "$.s = ja; rule: enskild-firma" ; kgm:embargo "$.dag; P21D" ] ;
        rml:subjectMap [ rml:template "id/sak/{$.id}" ] ;
        rml:predicateObjectMap [ rml:predicate ex:k ; rml:objectMap [ rml:reference "$.k" ; kgm:register "kommun" ] ] ,
          [ rml:predicate ex:n ; rml:objectMap [ rml:reference "$.n" ; kgm:withhold "$.n hasPersonalNumber; rule: personnummer" ] ] .
      """
    let built = try Built(
      [
        "mappings/saker/specification.yaml": "title: Saker\nvariants: [{file: m.rml.ttl, for: json}]\n",
        "mappings/saker/m.rml.ttl": mapping,
        "t.json": """
        [{"id":1,"k":"1880","n":"a","s":"nej","dag":"2026-01-01"},{"id":2,"k":"1880","n":"19811228-9874","s":"nej","dag":"2026-01-01"},
         {"id":3,"k":"1880","n":"b","s":"ja","dag":"2026-01-01"},{"id":4,"k":"1880","n":"c","s":"nej","dag":"2026-03-31"}]
        """,
      ], datasets: "  - {name: a, mapping: saker, source: t.json}\n")
    let own = Self.base + "/dataset/a"
    let activity = try #require(built.objects(own, Self.prov("wasGeneratedBy")).first)
    #expect(built.objects(activity, Self.prov("used")) == [Self.base + "/register/kommun", Self.base + "/spec/saker"])
    #expect(built.objects(own, "http://reference.data.gov.uk/def/payment#currency") == ["http://qudt.org/vocab/unit/CCY_SEK"])
    let statement = try #require(built.objects(own, "http://purl.org/dc/terms/provenance").first)
    let said = built.objects(statement, "http://purl.org/dc/terms/description")
    #expect(said.contains { $0.contains("kept back for 21 days, counted from the day in the column «$.dag»") }, "\(said)")
    #expect(said.contains { $0.contains("1 rows were withheld entirely, and 1 values in other rows") }, "\(said)")
    #expect(!built.quads.contains { quad in if case .literal(let text, _) = quad.object { text.text.contains("19811228") } else { false } })
  }

  /// Keys of services stand in addresses; the catalog tells none.
  @Test(arguments: [
    ("https://data.example.se/a.csv", "https://data.example.se/a.csv"), ("data/a.csv", nil),
    ("https://nobil.example/datadump.php?apikey=hemlig&format=json", "https://nobil.example/datadump.php"),
    ("https://kalle:hemlig@data.example.se:8443/a.csv#x", "https://data.example.se:8443/a.csv"),
  ])
  func theAddressOfASourceTellsNoKey(_ source: String, _ address: String?) {
    #expect(SourceFiles.publicAddress(of: source) == address)
  }

  @Test func whatIsWithheldIsCountedWithItsReasons() throws {
    let rows = ["850132-1234", "559999-0164"].enumerated().map { number, id in
      "2120009903;Exempelstad;\(number);Luftslott;\(id);2025-03-01;1,00;1880;\(number == 1 ? "J" : "N")\n"
    }
    let built = try Built(
      ["r.csv": Self.header.replacing("\n", with: ";sekretess\n") + rows.joined()],
      datasets: "  - {name: a, mapping: leverantorsreskontra, source: r.csv}\n")
    let own = Self.base + "/dataset/a"
    #expect(built.objects(own, "https://w3id.org/kommungraf/ns/undantagnaRader") == ["1"])
    let reason = "https://w3id.org/kommungraf/id/undantagsgrund/"
    #expect(
      built.objects(own, "https://w3id.org/kommungraf/ns/undantagsgrund") == [reason + "enskild-firma", reason + "sekretess"])
    let statement = try #require(built.objects(own, "http://purl.org/dc/terms/provenance").first)
    let said = built.objects(statement, "http://purl.org/dc/terms/description")
    #expect(said.contains { $0.contains("undantogs 1 rader helt, och 2 uppgifter i andra rader.") }, "\(said)")
    #expect(said.contains { $0.contains("1 rows were withheld entirely, and 2 values in other rows.") }, "\(said)")
  }

  @Test func everyReasonOfTheMappingsHasAConcept() throws {
    let library = Library(roots: [ProgramRun.repository])
    let path = try #require(library.file("vocabularies/codes/undantagsgrund.ttl"))
    let list = try CodeListLoader(resources: FileSource(), problems: ProblemList()).load("undantagsgrund", path: path)
    let known = Set(list.members.map(\.key.text))
    for mapping in library.mappingNames {
      let specification = try Specification(
        folder: ProgramRun.repository + "/mappings/" + mapping, resources: FileSource(), problems: ProblemList())
      for variant in specification.variants {
        let text = String(decoding: try FileSource().open(variant.path).readAll(), as: UTF8.self)
        for part in text.split(separator: "; rule: ").dropFirst() where !part.contains("only: review") {
          let rule = String(part.prefix { $0 != ";" && $0 != "\"" }.prefix { $0 != " " })
          let isOnlyPointedOut = part.prefix { $0 != "\"" }.contains("only: review")
          #expect(known.contains(rule) || isOnlyPointedOut, "\(mapping)/\(variant.name): \(rule)")
        }
      }
    }
  }

  @Test func theCatalogStatesTheEmbargo() throws {
    let built = try Built(ProgramRun.repository + "/mappings/site.yaml")
    let statement = try #require(
      built.objects(Self.base + "/dataset/livsmedelskontroller-1880", "http://purl.org/dc/terms/provenance").first)
    let said = built.objects(statement, "http://purl.org/dc/terms/description")
    #expect(said.contains { $0.contains("21 dygn") && $0.contains("«inspection.date»") }, "\(said)")
    #expect(said.contains { $0.contains("21 days") && $0.contains("«inspection.date»") }, "\(said)")
    #expect(built.objects(statement, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type") == ["http://purl.org/dc/terms/ProvenanceStatement"])
  }

  @Test func anOrganisationInTwoPublishersFilesIsOneWithBothProvenances() throws {
    func row(_ buyer: String, _ name: String, _ kommun: String) -> String {
      Self.header + "\(buyer);\(name);1;Luftslott IT AB;559999-0164;2025-03-01;1,00;\(kommun)\n"
    }
    let built = try Built(
      ["a.csv": row("2120009903", "Exempelstad", "1880"), "b.csv": row("2120009911", "Påhittköping", "Västerås")],
      datasets: """
          - {name: a, mapping: leverantorsreskontra, source: a.csv}
          - {name: b, mapping: leverantorsreskontra, source: b.csv}

        """)
    let supplier = "https://w3id.org/kommungraf/id/organisation/5599990164"
    let graphs = built.graphs(of: supplier)
    #expect(graphs == [Self.base + "/dataset/a", Self.base + "/dataset/b"])
    #expect(
      graphs.flatMap { built.objects($0, Self.prov("wasDerivedFrom")) } == [
        Self.base + "/id/kalla/a/a.csv", Self.base + "/id/kalla/b/b.csv",
      ])
    let named = built.quads.filter {
      $0.predicate == .iri("http://www.w3.org/2000/01/rdf-schema#label") && $0.object == .string("Luftslott IT AB")
    }
    #expect(Set(named.map(\.subject)) == [.iri(.init(supplier))])
  }

  /// Every municipality's own file, each with another heading, code and spelling, speaks of the same 290 areas.
  @Test func örebroFrom290FilesIsOne() throws {
    let library = Library(roots: [ProgramRun.repository])
    let table = String(
      decoding: try FileSource().open(try #require(library.file("vocabularies/kommun.csv"))).readAll(), as: UTF8.self)
    // Those that are municipalities today: the register has those that were as well.
    let all = table.split(whereSeparator: \.isNewline).map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    let end = try #require(all.first?.firstIndex(of: "giltigTill"))
    let kommuner = all.dropFirst().filter { $0[end].isEmpty }
    #expect(kommuner.count == 290)
    let titles = ["kommun_id", "Kommunid", "Id_kommun", "Kommun-kod", "KOMMUN"]
    var files: [String: String] = [:]
    for (number, kommun) in kommuner.enumerated() {
      // Each buys once in its own area and once in Örebro, which it writes as a code or by name.
      let cells = [number.isMultiple(of: 3) ? kommun[1] : kommun[0], number.isMultiple(of: 2) ? "1880" : "örebro"]
      let rows = cells.enumerated().map { "2120009903;Exempelstad;\(number)-\($0);Luftslott IT AB;559999-0164;2025-03-01;1,00;\($1)\n" }
      files["\(kommun[0]).csv"] = Self.header.replacing("kommun_id", with: titles[number % titles.count]) + rows.joined()
    }
    let built = try Built(
      files,
      datasets: kommuner.map { "  - {name: k-\($0[0]), mapping: leverantorsreskontra, source: \($0[0]).csv}\n" }.joined())
    let areas = built.quads.compactMap { quad -> (String, String)? in
      guard quad.predicate == .iri("http://purl.org/dc/terms/spatial"), case .iri(let area) = quad.object,
        case .iri(let graph)? = quad.graph
      else { return nil }
      return graph.text.hasPrefix(Self.base + "/dataset/k-") ? (area.text, graph.text) : nil
    }
    let orebro = "https://w3id.org/kommungraf/id/kommun/1880"
    #expect(Set(areas.filter { $0.0 == orebro }.map(\.1)).count == 290)
    #expect(Set(areas.map(\.0)).count == 290)
    let called = built.quads.filter {
      $0.predicate == .iri("http://www.w3.org/2000/01/rdf-schema#label") && $0.object == .literal("Örebro", .language("sv"))
    }
    #expect(Set(called.map(\.subject)) == [.iri(.init(orebro))])
  }

  /// Built twice with a time that is given, everything is the same to the byte: N-Quads as they come, and the catalog in Turtle, sorted.
  @Test func theSameIsBuiltTwice() throws {
    let path = ProgramRun.repository + "/mappings/site.yaml"
    let builds = try [Built(path), Built(path)].map { built -> [[UInt8]] in
      try [Format.nquads, .trig].map { format in
        let output = MemoryOutput()
        let writer = try RDFWriter.make(format, to: output, prefixes: Prefixes(), sorted: true)
        var batch = QuadBatch(capacity: built.quads.count)
        for quad in built.quads { batch.append(quad) }
        try writer.append(batch)
        try writer.finish()
        return output.bytes
      }
    }
    #expect(builds[0] == builds[1])
    #expect(builds[0].allSatisfy { !$0.isEmpty })
  }
}
