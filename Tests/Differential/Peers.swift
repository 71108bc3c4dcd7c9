import Foundation
import TestSupport

/// pyoxigraph and rdflib, which answer the same queries in one process of Python.
enum Peers {
  /// A dataset, and what is asked of it.
  struct Case: Encodable {
    let data: String
    let queries: [String]
  }

  /// The answers of each peer that is there, in the order of the cases' queries; nil where there is no Python or neither peer.
  static func answers(_ cases: [Case]) throws -> [String: [Answer]]? {
    let folder = try TemporaryFolder()
    let encoder = JSONEncoder()
    try folder.write("cases.jsonl", cases.map { String(decoding: try encoder.encode($0), as: UTF8.self) + "\n" }.joined())
    try folder.write("out", "")
    try folder.write("errors", "")
    let script = ProgramRun.repository + "/Tests/Differential/peers.py"
    guard
      let python = try? ChildProgram(
        "/usr/bin/env", ["python3", script, folder.path], output: .file(folder.file("out")), errors: .file(folder.file("errors")))
    else { return nil }
    let status = python.wait(seconds: 1800)
    if status == 127 || status == 3 { return nil }
    guard status == 0 else { throw PeerFailure(message: try folder.text(of: "errors")) }
    var answers: [String: [Answer]] = [:]
    for name in try folder.text(of: "out").split(whereSeparator: \.isWhitespace).map(String.init) {
      answers[name] = try folder.text(of: name + ".jsonl").split(separator: "\n").map { try Answer(peer: $0) }
    }
    return answers
  }
}

/// Python ended otherwise than it should.
struct PeerFailure: Error {
  let message: String
}
