import TestSupport
import Testing

/// `reformat`: the same graph in other clothes (contract §1).
struct ReformatTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("graph.ttl", Self.graph)
    try folder.write("graphs.trig", Self.graph + "<http://example.org/g> { ex:a ex:b _:x . _:x ex:b \"å\"@sv . }\n")
  }

  private static let graph = """
    @prefix ex: <http://example.org/> .
    ex:a a ex:Thing ; ex:label "Å\\n\\"ä\\"\\u00F6 \\U0001F600"@sv, "x"^^ex:type, "" ; ex:number 1, 1.50, 1e3, true ;
      ex:list (1 [ ex:b ex:c ] ()) ; ex:knows [ ex:knows ex:a ] .
    ex:å%20 ex:b <http://example.org/q?a=b#c> .

    """

  private func canonical(_ file: String) throws -> String {
    let run = try ProgramRun(["reformat", "--canonical", file], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    return run.text
  }

  static let endings = ["turtle": ".ttl", "trig": ".trig", "ntriples": ".nt", "nquads": ".nq"]

  @Test(arguments: ["turtle", "trig", "ntriples", "nquads"], ["turtle", "trig", "ntriples", "nquads"])
  func aGraphGoesThereAndBack(_ first: String, _ second: String) throws {
    for sorted in [[], ["--sorted"]] {
      let there = try ProgramRun(["reformat", "--to", first, "-o", "one"] + sorted + ["graph.ttl"], in: folder)
      #expect(there.status == 0, "\(there.errors)")
      let back = try ProgramRun(
        ["reformat", "--from", first, "--to", second, "-o", "two" + (Self.endings[second] ?? "")] + sorted + ["one"], in: folder)
      #expect(back.status == 0, "\(back.errors)")
      #expect(try canonical("two" + (Self.endings[second] ?? "")) == canonical("graph.ttl"))
    }
  }

  @Test(arguments: ["trig", "nquads"]) func namedGraphsGoThereAndBack(_ format: String) throws {
    let name = "copy" + (Self.endings[format] ?? "")
    #expect(try ProgramRun(["reformat", "-o", name, "graphs.trig"], in: folder).status == 0)
    #expect(try canonical(name) == canonical("graphs.trig"))
    #expect(try canonical(name).contains("<http://example.org/g> ."))
  }

  @Test(arguments: ["turtle", "ntriples"]) func namedGraphsDoNotFitAFormatOfTriples(_ format: String) throws {
    let run = try ProgramRun(["reformat", "--to", format, "graphs.trig"], in: folder)
    #expect(run.status == 0)
    #expect(run.errors.contains("[graphs-dropped]"), "\(run.errors)")
  }

  @Test(arguments: ["turtle", "trig", "ntriples", "nquads"]) func sortedIsTheSameForAnyOrder(_ format: String) throws {
    let lines = (0..<50).map { number in
      "<http://example.org/s\(number % 7)> <http://example.org/p\(number % 3)> \(number % 2 == 0 ? "\"\(number)\"" : "_:b\(number % 5)") ."
    }
    var outputs: Set<[UInt8]> = []
    for step in [1, 7, 11, 31] {
      let shuffled = (0..<50).map { lines[($0 * step) % 50] }.joined(separator: "\n") + "\n"
      let run = try ProgramRun(
        ["reformat", "--from", "ntriples", "--to", format, "--sorted", "-"], input: Array(shuffled.utf8), in: folder)
      #expect(run.status == 0)
      outputs.insert(run.output)
    }
    #expect(outputs.count == 1)
  }

  @Test func countSaysHowManyAndWritesNothing() throws {
    let run = try ProgramRun(["reformat", "--count", "-o", "none.ttl", "graph.ttl", "graphs.trig"], in: folder)
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
    let triples = try ProgramRun(["reformat", "--to", "nquads", "graph.ttl", "graphs.trig"], in: folder).lines.count
    #expect(run.text == "\(triples)\n")
    #expect(try folder.names == ["graph.ttl", "graphs.trig"])
  }

  @Test(arguments: ["ntriples", "turtle"]) func keepGoingReportsEachFaultAndKeepsTheRest(_ format: String) throws {
    let document =
      "<http://a/1> <http://b/> \"1\" .\n<http://a/2> <http://b/ \"2\" .\n<http://a/3> <http://b/> \"3\" .\n<http://a/4> .\n<http://a/5> <http://b/> \"5\" .\n"
    let arguments = ["reformat", "--from", format, "--to", "ntriples"]
    let run = try ProgramRun(arguments + ["--keep-going", "-"], input: Array(document.utf8), in: folder)
    #expect(run.status == 1)
    #expect(run.lines == ["1", "3", "5"].map { "<http://a/\($0)> <http://b/> \"\($0)\" ." })
    #expect(run.errorLines.map { $0.prefix(4) } == ["-:2:", "-:4:"])
    let strict = try ProgramRun(arguments + ["-"], input: Array(document.utf8), in: folder)
    #expect(strict.status == 65)
    #expect(strict.errorLines.count == 1)
  }

  @Test func blankNodesOfSeveralDocumentsStayApart() throws {
    try folder.write("one.ttl", "_:x <http://b/> \"one\" .")
    try folder.write("two.ttl", "_:x <http://b/> \"two\" .")
    let run = try ProgramRun(["reformat", "--to", "ntriples", "one.ttl", "two.ttl"], in: folder)
    #expect(run.status == 0)
    #expect(Set(run.lines.compactMap { $0.split(separator: " ").first }).count == 2)
  }

  @Test func relativeIRIsAreRelativeToTheDocumentOrTheGivenBase() throws {
    try folder.write("relative.ttl", "<a> <b> <#c> .")
    let own = try ProgramRun(["reformat", "--to", "ntriples", "relative.ttl"], in: folder)
    #expect(own.text.hasPrefix("<file:///") && own.text.contains("/relative.ttl#c>"))
    let given = try ProgramRun(["reformat", "--to", "ntriples", "--document-base", "http://example.org/d/x", "relative.ttl"], in: folder)
    #expect(given.text == "<http://example.org/d/a> <http://example.org/d/b> <http://example.org/d/x#c> .\n")
    let none = try ProgramRun(["reformat", "--to", "ntriples", "-"], input: Array("<a> <b> <c> .".utf8), in: folder)
    #expect(none.status == 65)
    #expect(none.errors.contains("[iri-relative]"))
  }

  @Test func theNameOfTheFileTellsTheFormat() throws {
    #expect(try ProgramRun(["reformat", "-o", "copy.nt", "graph.ttl"], in: folder).status == 0)
    #expect(try folder.text(of: "copy.nt").hasPrefix("<http://example.org/a> "))
    #expect(try ProgramRun(["reformat", "copy.nt"], in: folder).text.contains("@prefix") == true)
  }

  @Test func resolveReadsFromAFolderWhatIsOnTheNetwork() throws {
    try folder.write("mirror/data/one.ttl", "<> <http://b/> <http://c/> .")
    let run = try ProgramRun(
      ["reformat", "--to", "ntriples", "--resolve", "https://example.org/=mirror", "https://example.org/data/one.ttl"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.text == "<https://example.org/data/one.ttl> <http://b/> <http://c/> .\n")
  }
}
