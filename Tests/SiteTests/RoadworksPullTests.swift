import Bytes
import Fetching
import Problems
import RDF
import Resources
import Site
import Store
import Synchronization
import TestSupport
import Testing

/// Trafikverket's API as the mapping `vagarbeten` asks it: for what has changed since the last time.
struct RoadworksPullTests {
  private static func situation(_ number: Int, _ deviation: Int, isDeleted: Bool = false) -> String {
    """
    {"Id":"SE_STA_TRISSID_\(number)","Deleted":\(isDeleted),"Deviation":[{"Id":"SE_STA_TRISSID_\(number)_\(deviation)",
    "Header":"Arbete \(deviation)","MessageType":"Vägarbete","MessageTypeValue":"MaintenanceWorks","CountyNo":[18]}]}
    """
  }

  private static func answer(_ situations: [String], last: String) -> LocalServer.Answer {
    let list = situations.isEmpty ? "" : "\"Situation\":[\(situations.joined(separator: ","))],"
    return LocalServer.Answer(
      "{\"RESPONSE\":{\"RESULT\":[{\(list)\"INFO\":{\"LASTCHANGEID\":\"\(last)\"}}]}}", headers: ["Content-Type": "application/json"])
  }

  @Test func situationsComeAndGo() throws {
    let asked = Mutex<[String]>([])
    let server = try LocalServer { request in
      let body = String(decoding: request.body, as: UTF8.self)
      asked.withLock { $0.append("\(request.method) \(request.headers["content-type"] ?? "") \(body)") }
      guard body.contains("authenticationkey=\"0123abc\""), body.contains("includedeletedobjects=\"true\"") else {
        return LocalServer.Answer("{\"RESPONSE\":{\"RESULT\":[{\"ERROR\":{\"SOURCE\":\"Security\"}}]}}", status: 401)
      }
      if body.contains("changeid=\"0\"") { return Self.answer([Self.situation(1, 1), Self.situation(2, 1)], last: "7426311386101186961") }
      // A situation that changes may lose a deviation, and another is deleted.
      if body.contains("changeid=\"7426311386101186961\"") {
        return Self.answer([Self.situation(1, 2), Self.situation(2, 1, isDeleted: true)], last: "7426311386101187000")
      }
      return Self.answer([], last: "7426311386101187000")
    }
    defer { server.stop() }
    let folder = try TemporaryFolder()
    let key = "variant: trafikverket, source: \"\(server.address)/v2/data.json\", headers: nyckel.yaml, schedule: PT10M"
    try folder.write("site.yaml", SiteFileTests.smallest + "\ndatasets: [{name: a, mapping: vagarbeten, \(key)}]\n")
    try folder.writePrivate("nyckel.yaml", "nyckel: 0123abc\n")
    let problems = ProblemList()
    let file = try SiteFile(path: folder.file("site.yaml"), resources: FileSource(), problems: problems)
    let library = Library(roots: [ProgramRun.repository])
    let fetcher = HTTPSource.ofThisMachine
    let clock = TestClock()
    let pulls = Pulls(file, library: library, resources: fetcher, fetcher: fetcher) { clock.now }
    let site = LiveSite(file, library: library, resources: fetcher, problems: problems, pulls: pulls)
    func has(_ id: String, _ property: String) -> Bool {
      !site.holder.current.objects(of: .iri(.init("\(PulledSite.base)/id/vagarbete/SE_STA_TRISSID_\(id)")), property).isEmpty
    }
    let label = "http://www.w3.org/2000/01/rdf-schema#label"
    let ended = "http://www.w3.org/ns/prov#invalidatedAtTime"
    #expect(try site.build().failed.isEmpty, "\(problems.problems.map { $0.line(in: .en) })")
    #expect(has("1_1", label) && has("2_1", label) && !has("1_2", label))
    clock.wait(seconds: 600)
    #expect(pulls.pull("a"))
    #expect(try site.rebuild(dataset: "a").failed.isEmpty)
    #expect(!has("1_1", label) && !has("2_1", label) && has("1_2", label))
    #expect(has("1_1", ended) && has("2_1", ended) && !has("1_2", ended))
    clock.wait(seconds: 600)
    #expect(!pulls.pull("a") && pulls.statuses.first?.problem == nil)
    #expect(asked.withLock { $0.count } == 3)
    #expect(asked.withLock { $0.allSatisfy { $0.hasPrefix("POST text/xml <REQUEST>") } })
  }
}
