import Problems
import RDF
import SPARQL

extension Pages {
  func home(_ context: PageContext) async throws(Failure) -> String { "<h1>home</h1>" }
  func thing(_ iri: String, _ context: PageContext) async throws(Failure) -> String? { "<h1>\(iri)</h1>" }
  func dataset(_ iri: String, _ context: PageContext) async throws(Failure) -> String? { "<h1>\(iri)</h1>" }
  func catalog(_ context: PageContext) async throws(Failure) -> String { "" }
  func terms(_ context: PageContext) async throws(Failure) -> String { "" }
  func specification(_ name: String, _ context: PageContext) async throws(Failure) -> String? { nil }
  func queryForm(_ text: String?, _ context: PageContext) async throws(Failure) -> String { "" }
  func queryResult(_ text: String, _ table: ResultTable, milliseconds: Int, _ context: PageContext) -> String { "" }
  func queryProblem(_ text: String, _ problem: Problem, _ context: PageContext) -> String { "" }
  func problem(status: Int, _ title: String, _ detail: String, choices: [(label: String, href: String)], _ context: PageContext) -> String {
    "<h1>\(title)</h1><p>\(detail)"
  }
  static var stylesheet: [UInt8] { [] }
  static func stylesheetPath() -> String { "/assets/style.css" }
}
final class ResultTable: AnswerSink {
  var iris: [String] { [] }
  func begin(_ head: AnswerHead) throws(Failure) {}
  func append(_ solutions: SolutionBatch) throws(Failure) {}
  func append(_ quads: borrowing QuadBatch) throws(Failure) {}
  func finish() throws(Failure) {}
}
