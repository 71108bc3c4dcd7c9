import Bytes
import Mapping
import Problems
import RDF
import Resources
import Site
import Tables
import TestSupport
import Testing

/// A site moves a register by one line, `registers: {kommun: "https://kommunkoder.scb.se/{kod}"}`: the same mapping and the
/// same file then give the new identifiers, wherever the mapping speaks of the register (contract §3).
struct MovedRegisterTests {
  private let folder: TemporaryFolder
  private let moved = ["kommun": "https://kommunkoder.scb.se/{kod}"]

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(
      "m.json",
      """
      {"@context": "http://www.w3.org/ns/csvw", "url": "t.csv", "tableSchema": {"aboutUrl": "https://example.org/{_row}", "columns": [
        {"name": "kommun", "titles": "kommun", "propertyUrl": "https://example.org/by-register",
         "https://w3id.org/kommungraf/ns/csvw/register": "kommun"},
        {"name": "text", "titles": "text", "propertyUrl": "https://example.org/text"},
        {"name": "mall", "virtual": true, "propertyUrl": "https://example.org/by-template",
         "valueUrl": "https://w3id.org/kommungraf/id/kommun/{kommun}"}]}}
      """)
    try folder.write("t.csv", "kommun,text\n1880,1880\n180,180\nÖrebro,Örebro\n")
  }

  /// The IRIs that the rows of the table give under each property, row by row.
  private func objects(_ patterns: [String: String]) throws -> [String: [String]] {
    let problems = ProblemList()
    let resources = FileSource()
    let group = try MetadataLocator(resources: resources, problems: problems).read(fileIRI(folder.file("m.json")), file: "m.json")
    let shelf = RegisterShelf(Library(roots: [ProgramRun.repository]), patterns: patterns, resources: resources)
    let context = ConversionContext(mode: .minimal, registers: try shelf.registers(for: group, problems: problems), problems: problems)
    let collector = QuadCollector()
    let conversion = Conversion(group, context: context, sink: collector)
    try conversion.convert(try TableReader.open(try resources.open(folder.file("t.csv")), problems: problems), asTable: 0)
    _ = try conversion.finish()
    #expect(problems.problems.map { $0.line(in: .en) } == [])
    return Dictionary(grouping: collector.quads, by: { $0.predicate.text }).mapValues { quads in
      quads.sorted { $0.subject.text < $1.subject.text }.map { $0.object.text }
    }
  }

  @Test func theShippedPatternHoldsUntilASiteMovesIt() throws {
    let objects = try objects([:])
    let expected = ["1880", "0180", "1880"].map { "https://w3id.org/kommungraf/id/kommun/" + $0 }
    #expect(objects["https://example.org/by-register"] == expected)
    #expect(objects["https://example.org/by-template"] == expected)
  }

  @Test func oneLineMovesAllIdentifiers() throws {
    let objects = try objects(moved)
    let expected = ["1880", "0180", "1880"].map { "https://kommunkoder.scb.se/" + $0 }
    #expect(objects["https://example.org/by-register"] == expected)
    #expect(objects["https://example.org/by-template"] == expected)
  }

  @Test func aRegisterOfTheSitesOwnMovesWhoseTemplateIsRelative() throws {
    let folder = try TemporaryFolder()
    try folder.write("registers/sak.csv", "nyckel,namn\na,Ett\n")
    try folder.write(
      "registers/sak.csv-metadata.json",
      """
      {"@context": "http://www.w3.org/ns/csvw", "url": "sak.csv", "tableSchema": {"aboutUrl": "id/sak/{nyckel}", "columns": [
        {"name": "nyckel", "titles": "nyckel", "suppressOutput": true},
        {"name": "namn", "titles": "namn", "propertyUrl": "rdfs:label"}]}}
      """)
    try folder.write("site.yaml", SiteFileTests.smallest + "\nregisters: {sak: \"https://ny.example.se/{nyckel}\"}\n")
    let problems = ProblemList()
    let file = try SiteFile(path: folder.file("site.yaml"), resources: FileSource(), problems: problems)
    let site = LiveSite(file, library: Library(roots: [folder.path]), resources: FileSource(), problems: problems)
    #expect(try site.build().failed.isEmpty, "\(problems.problems.map { $0.line(in: .en) })")
    #expect(try site.rows("SELECT ?s { ?s ?p 'Ett' }") == ["https://ny.example.se/a"])
  }

  @Test func whatIsNoIdentifierStaysAsItIs() throws {
    #expect(try objects(moved)["https://example.org/text"] == ["1880", "180", "Örebro"])
  }
}

extension Term {
  /// The IRI, the label or the lexical form.
  fileprivate var text: String {
    switch self {
    case .iri(let text), .blankNode(let text), .literal(let text, _): text.text
    }
  }
}
