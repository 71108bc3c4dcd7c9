import Foundation
import TestSupport
import Testing

/// `query --time`: a line of JSON for what was read, and one for each query (contract §1).
struct QueryTimeTests {
  @Test(arguments: [("01-point.rq", "01-point"), ("a\"b.rq", "a\"b"), ("a\\b\u{1}.rq", "a\\b\u{1}"), ("å.sparql", "å.sparql")])
  func aLineIsJSONWhateverTheFileIsCalled(_ file: String, _ name: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("graph.ttl", "<http://a/> <http://b/> \"c\" .\n")
    try folder.write(file, "SELECT * { ?s ?p ?o }")
    let run = try ProgramRun(["query", "--data", "graph.ttl", "--time", "--query-file", file], in: folder)
    #expect(run.status == 0)
    #expect(run.errorLines.count == 2)
    let line = try JSONSerialization.jsonObject(with: Data((run.errorLines.last ?? "").utf8)) as? [String: Any]
    #expect(line?["query"] as? String == name)
    #expect(line?["rows"] as? Int == 1)
  }
}
