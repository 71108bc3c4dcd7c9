import Problems
import RDF
import Site
import Store
import Synchronization
import TestSupport
import Testing

/// An API of things with changes, of which each answers with the objects after a number.
final class ChangingServer: Sendable {
  private let changes = Mutex<[(id: String, name: String?)]>([])
  let server: LocalServer
  private let seen: Mutex<[String]>

  init() throws {
    let answer = Mutex<(@Sendable (LocalServer.Request) -> LocalServer.Answer)?>(nil)
    seen = Mutex([])
    server = try LocalServer { request in answer.withLock { $0 }?(request) ?? LocalServer.Answer("", status: 500) }
    answer.withLock { body in body = { [self] in self.answer($0) } }
  }

  /// A thing gets a name, or is deleted.
  func change(_ id: String, _ name: String?) { change(id, json: name.map { "\"\($0)\"" }) }

  /// A thing gets a name, as it stands in JSON, or is deleted.
  func change(_ id: String, json name: String?) { changes.withLock { $0.append((id, name)) } }

  /// What was asked for.
  var asked: [String] { seen.withLock { $0 } }

  private func answer(_ request: LocalServer.Request) -> LocalServer.Answer {
    let text = request.body.isEmpty ? request.target : String(decoding: request.body, as: UTF8.self)
    seen.withLock { $0.append(text) }
    let digits = text.firstRange(of: "changeid=").map { text[$0.upperBound...].drop { $0 == "\"" }.prefix { $0.isNumber } }
    let from = digits.flatMap { Int($0) } ?? 0
    let all = changes.withLock { $0 }
    let objects = all.dropFirst(from).map { change in
      "{\"id\":\"\(change.id)\"," + (change.name.map { "\"namn\":\($0),\"Deleted\":false}" } ?? "\"Deleted\":true}")
    }
    let info = "\"INFO\":{\"LASTCHANGEID\":\"\(all.count)\"}"
    return LocalServer.Answer(
      "{\(info)\(objects.isEmpty ? "" : ",\"results\":[\(objects.joined(separator: ","))]")}",
      headers: ["Content-Type": "application/json"])
  }
}

/// A site whose only dataset is pulled from an API that numbers its changes.
enum ChangingSite {
  static let changes =
    "changes: {last: $.INFO.LASTCHANGEID, objects: $.results, key: $.id, deleted: $.Deleted, parameter: changeid}"
  static let variants = "[{name: api, file: prov.rml.ttl, for: json, pull: {\(changes)}}]"

  /// Calls `body` with such a site and its API.
  /// - Parameter more: further keys of the dataset.
  static func with(
    _ more: String = "", variants: String = variants, _ body: (PulledSite, ChangingServer) throws -> Void
  ) throws {
    let changing = try ChangingServer()
    defer { changing.server.stop() }
    try body(
      try PulledSite(changing.server, "source: \"\(changing.server.address)/api?x=1\", schedule: PT1M\(more)", variants: variants), changing
    )
  }

  /// Pulls a minute later, and builds what has come; whether anything has.
  static func pull(_ site: LiveSite, _ pulled: PulledSite) throws -> Bool {
    pulled.clock.wait(seconds: 60)
    let isNew = site.pulls?.pull("a") ?? false
    #expect(site.status?.problem == nil)
    if isNew { #expect(try site.rebuild(dataset: "a").failed.isEmpty) }
    return isNew
  }
}

extension LiveSite {
  /// Whether the graphs say of a thing of the site, by its path below `/id/`, that it is no more.
  func isRetired(_ path: String) -> Bool {
    let thing = Term.iri(.init("\(PulledSite.base)/id/\(path)"))
    return !holder.current.objects(of: thing, "http://www.w3.org/ns/prov#invalidatedAtTime").isEmpty
  }
}
