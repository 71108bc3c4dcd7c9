import Bytes
import Problems
import RDF
import Resources
import Site
import Store
import Synchronization
import TestSupport

/// A site with a dataset of readings that come in files, minute by minute, and a clock of its own.
struct ReadingSite {
  /// The graph of the readings.
  static let graph = LedgerSite.graph("matningar")

  let folder: TemporaryFolder
  let site: LiveSite
  let problems = ProblemList()
  let opened = OpenedNames()
  private let clock: TestClock

  private static func column(_ name: String, _ property: String, _ more: String) -> String {
    "{\"name\": \"\(name)\", \"titles\": \"\(name)\", \"propertyUrl\": \"http://www.w3.org/ns/sosa/\(property)\", \(more)}"
  }

  private static func mapping(about: String, _ more: String) -> String {
    """
    {"@context": "http://www.w3.org/ns/csvw", "url": "t.csv", "https://w3id.org/kommungraf/ns/csvw/columnMatching": "title",
     "tableSchema": {\(about) "columns": [
       \(column("givare", "madeBySensor", "\"required\": true, \"valueUrl\": \"id/givare/{givare}\"")),
       \(column("tid", "resultTime", "\"required\": true, \"datatype\": \"dateTime\"")),
       \(column("varde", "hasSimpleResult", "\"datatype\": \"decimal\""))\(more)]}}
    """
  }

  /// A site in a folder of its own.
  /// - Parameters:
  ///   - about: the template of what readings are called; nil for blank nodes.
  ///   - more: more columns of the mapping, after a comma.
  ///   - specification: lines of specification.yaml.
  init(
    keep: String = "PT10M", about: String? = "id/matning/{givare}/{tid}", more: String = "",
    specification: String = "moment: http://www.w3.org/ns/sosa/resultTime"
  ) throws {
    let folder = try TemporaryFolder()
    let subject = about.map { "\"aboutUrl\": \"\($0)\"," } ?? ""
    try folder.write("mappings/matningar/csv.json", Self.mapping(about: subject, more))
    try folder.write(
      "mappings/matningar/specification.yaml", "title: Mätningar\n\(specification)\nvariants: [{file: csv.json, for: csv}]\n")
    try folder.writeSite(datasets: ["{name: matningar, mapping: matningar, source: \"data/*.csv\", keep: \(keep)}"])
    try self.init(folder, TestClock())
  }

  /// A site whose readings come as JSON, each with a result that is a blank node of its own.
  static func nested() throws -> ReadingSite {
    let folder = try TemporaryFolder()
    try folder.write(
      "mappings/matningar/json.rml.ttl",
      """
      @prefix rml: <http://w3id.org/rml/> .
      @prefix sosa: <http://www.w3.org/ns/sosa/> .
      @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
      <#svar> rml:source "svar.json" ; rml:referenceFormulation rml:JSONPath ; rml:iterator "$.matningar[*]" .
      <#matning> rml:logicalSource <#svar> ; rml:subjectMap [ rml:template "id/matning/{$.givare}/{$.tid}" ; rml:class sosa:Observation ] ;
        rml:predicateObjectMap [ rml:predicate sosa:resultTime ; rml:objectMap [ rml:reference "$.tid" ; rml:datatype xsd:dateTime ] ] ,
          [ rml:predicate sosa:hasResult ; rml:objectMap [ rml:template "resultat {$.givare} {$.tid}" ; rml:termType rml:BlankNode ] ] .
      <#resultat> rml:logicalSource <#svar> ;
        rml:subjectMap [ rml:template "resultat {$.givare} {$.tid}" ; rml:termType rml:BlankNode ; rml:class sosa:Result ] ;
        rml:predicateObjectMap [ rml:predicate sosa:hasSimpleResult ; rml:objectMap [ rml:reference "$.varde" ; rml:datatype xsd:decimal ] ] .
      """)
    try folder.write(
      "mappings/matningar/specification.yaml",
      "title: Mätningar\nmoment: [http://www.w3.org/ns/sosa/resultTime]\nvariants: [{file: json.rml.ttl, for: json}]\n")
    try folder.writeSite(datasets: ["{name: matningar, mapping: matningar, source: \"data/*.json\", keep: PT10M}"])
    return try ReadingSite(folder, TestClock())
  }

  private init(_ folder: TemporaryFolder, _ clock: TestClock) throws {
    self.folder = folder
    self.clock = clock
    let file = try SiteFile(path: folder.file("site.yaml"), resources: FileSource(), problems: problems)
    site = LiveSite(
      file, library: Library(roots: [folder.path]), resources: opened, problems: problems, moment: { clock.time(inMinutes: 0) },
      now: { clock.now })
  }

  /// The site of the same folder at the same moment, of which nothing has been built.
  func anew() throws -> ReadingSite { try ReadingSite(folder, clock) }

  /// All that the graph says, in order, where the same folder is read as a whole at the same moment.
  func triplesAnew() throws -> [String] {
    let anew = try anew()
    _ = try anew.site.build()
    return try anew.triples
  }

  /// Lets minutes pass.
  func wait(minutes: Int) { clock.wait(minutes: minutes) }

  /// Writes a file of readings that sensors make now, one each.
  func write(_ name: String, _ sensors: Range<Int>) throws { try folder.write("data/" + name, readings(sensors)) }

  /// Writes such a file as JSON.
  func writeJSON(_ name: String, _ sensors: Range<Int>) throws {
    let time = clock.time(inMinutes: 0)
    let list = sensors.map { "{\"givare\": \"g\($0)\", \"tid\": \"\(time)\", \"varde\": \($0).5}" }
    try folder.write("data/" + name, "{\"matningar\": [\(list.joined(separator: ", "))]}")
  }

  /// The text of such a file.
  func readings(_ sensors: Range<Int>, minutesAgo: Int = 0) -> String {
    let time = clock.time(inMinutes: -minutesAgo)
    return "givare;tid;varde\n" + sensors.map { "g\($0);\(time);\($0).5\n" }.joined()
  }

  /// How many readings there are.
  var count: Int {
    get throws(Failure) {
      Int(try site.rows("SELECT (COUNT(?t) AS ?n) { ?s <http://www.w3.org/ns/sosa/resultTime> ?t }").first ?? "") ?? -1
    }
  }

  /// All that the graph says, in order.
  var triples: [String] {
    get throws(Failure) { try site.rows("SELECT ?s ?p ?o { GRAPH <https://data.example.se/dataset/matningar> { ?s ?p ?o } }").sorted() }
  }

  /// Reads what is new.
  @discardableResult func refresh() throws(Failure) -> SiteReport { try site.rebuild(dataset: "matningar") }
}

/// Files, with note of those that were opened.
final class OpenedNames: ByteSource {
  private let names = Mutex<[String]>([])

  /// The names in the order in which they were opened since it was asked last, without folders.
  func taken() -> [String] {
    names.withLock { names in
      defer { names = [] }
      return names.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
    }
  }

  func open(_ name: String) throws(Failure) -> any ByteStream {
    names.withLock { $0.append(name) }
    return try FileSource().open(name)
  }
}
