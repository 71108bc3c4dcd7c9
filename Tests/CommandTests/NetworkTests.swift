import TestSupport
import Testing

/// Tables and metadata from a web server: named, by a `Link` header, and by `/.well-known/csvm` (tabular data model §5).
struct NetworkTests {
  private static let table = "id,namn\n1,Örebro\n"
  private static let metadata = """
    {"@context": "http://www.w3.org/ns/csvw", "url": "t.csv", "tableSchema": {"columns":
     [{"titles": "id", "propertyUrl": "dc:identifier"}, {"titles": "namn", "propertyUrl": "rdfs:label"}]}}
    """
  private static let label = "<http://www.w3.org/2000/01/rdf-schema#label> \"Örebro\""

  private func convert(_ answers: [String: LocalServer.Answer], _ path: String, _ options: [String] = []) throws -> (ProgramRun, [String]) {
    let server = try LocalServer(answers)
    defer { server.stop() }
    let run = try ProgramRun(
      ["convert", "--format", "ntriples", "--allow-host", "127.0.0.1:\(server.port)"] + options + [server.address + path],
      in: try TemporaryFolder())
    return (run, server.requests)
  }

  @Test func aLinkNamesTheMetadata() throws {
    let link = "<folder/own.json>; rel=\"describedby\"; type=\"application/csvm+json\""
    let answers = [
      "/t.csv": LocalServer.Answer(Self.table, headers: ["Link": link]),
      "/folder/own.json": LocalServer.Answer(Self.metadata.replacing("\"t.csv\"", with: "\"../t.csv\"")),
      "/t.csv-metadata.json": LocalServer.Answer("{"),
    ]
    let (run, requests) = try convert(answers, "/t.csv")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.text.contains(Self.label))
    #expect(requests == ["/t.csv", "/folder/own.json"])
  }

  @Test func theDefaultPlaceIsLookedInto() throws {
    let answers = ["/t.csv": LocalServer.Answer(Self.table), "/t.csv-metadata.json": LocalServer.Answer(Self.metadata)]
    let (run, requests) = try convert(answers, "/t.csv")
    #expect(run.status == 0 && run.text.contains(Self.label), "\(run.errors)")
    #expect(requests == ["/t.csv", "/.well-known/csvm", "/t.csv-metadata.json"])
  }

  @Test func aSiteNamesItsOwnPlaces() throws {
    let answers = [
      "/t.csv": LocalServer.Answer(Self.table), "/.well-known/csvm": LocalServer.Answer("{+url}.meta\n/all.json\n"),
      "/all.json": LocalServer.Answer(Self.metadata), "/t.csv-metadata.json": LocalServer.Answer("{"),
    ]
    let (run, requests) = try convert(answers, "/t.csv")
    #expect(run.status == 0 && run.text.contains(Self.label), "\(run.errors)")
    #expect(requests == ["/t.csv", "/.well-known/csvm", "/t.csv.meta", "/all.json"])
  }

  @Test func metadataMayBeTheInput() throws {
    let answers = ["/t.csv": LocalServer.Answer(Self.table), "/m.json": LocalServer.Answer(Self.metadata)]
    let (run, requests) = try convert(answers, "/m.json")
    #expect(run.status == 0 && run.text.contains(Self.label), "\(run.errors)")
    #expect(requests == ["/m.json", "/t.csv"])
  }

  @Test func aTableOfJSONIsFetchedOnce() throws {
    let answers = ["/t.json": LocalServer.Answer(#"[{"id": 1, "namn": "Örebro"}]"#)]
    let (run, requests) = try convert(answers, "/t.json")
    #expect(run.status == 0 && run.text.contains("t.json#namn> \"Örebro\""), "\(run.errors)")
    #expect(requests.filter { $0 == "/t.json" }.count == 1)
  }

  @Test func withoutLeaveNothingIsFetched() throws {
    let server = try LocalServer(["/t.csv": LocalServer.Answer(Self.table)])
    defer { server.stop() }
    for (options, code) in [([], "network-refused"), (["--offline", "--allow-host", "127.0.0.1"], "network-unavailable")] {
      let run = try ProgramRun(["convert"] + options + [server.address + "/t.csv"], in: try TemporaryFolder())
      #expect(run.status == 69 && run.output.isEmpty)
      #expect(run.errors.contains("[\(code)]"), "\(run.errors)")
    }
    #expect(server.requests == [])
    #expect(try ProgramRun(["convert", "--allow-host", "a:b", "t.csv"], in: try TemporaryFolder()).status == 64)
  }
}
