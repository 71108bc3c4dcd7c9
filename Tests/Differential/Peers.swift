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
    let python = Process()
    python.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    python.arguments = ["python3", ProgramRun.repository + "/Tests/Differential/peers.py", folder.path]
    try folder.write("out", "")
    try folder.write("errors", "")
    python.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.file("out")))
    python.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.file("errors")))
    do { try python.run() } catch { return nil }
    python.waitUntilExit()
    if python.terminationStatus == 127 || python.terminationStatus == 3 { return nil }
    guard python.terminationStatus == 0 else {
      throw PeerFailure(message: try folder.text(of: "errors"))
    }
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
