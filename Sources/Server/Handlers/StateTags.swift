import Bytes
import RDF

/// The entity tag of an answer that is sent before all its bytes are known: it names the state of the data and the request, from which a
/// document, a download or a graph comes out the same each time.
struct StateTags {
  /// The folders and paths of answers that are made of data alone. A query's is not: it may ask for the time, or another endpoint.
  private static let folders: Set<Substring> = [
    "id", "doc", "dataset", "register", "ns", "catalog", "download", "graph-store", "psidata", "datasets",
  ]
  /// Snapshots are numbered within one run of the program.
  private static let run = "\(UInt64.random(in: .min ... .max))"

  /// The state.
  let state: DataState
  /// The tag.
  let tag: String
  /// Whether the client has what it would get.
  let isKnown: Bool

  /// Nil for a request whose answer is made of more than the data.
  /// - Parameter path: the path below the site's folder.
  init?(_ request: WebRequest, _ path: RequestPath, _ state: DataState?) {
    guard let state, request.method == .get || request.method == .head, let first = path.segments.first else { return nil }
    guard Self.folders.contains(first.prefix { $0 != "." }) else { return nil }
    self.state = state
    let parts = [Self.run, state.version.text, state.day.text].joined(separator: "\n") + "\n"
    tag = EntityTags.tag(of: ByteString(Array(parts.utf8) + request.key.bytes.bytes))
    isKnown = EntityTags(request.headers["if-none-match"]).names(tag)
  }
}

extension WebRequest {
  /// Whether an answer to the request is made of data alone. Pages about datasets tell besides how these were built.
  func isAboutThings(_ answer: WebResponse) -> Bool {
    guard method == .get || method == .head else { return false }
    switch path.segments.first {
    case "id", "doc", "ns": return true
    case "dataset", "register", "catalog": return answer.header("Content-Type")?.hasPrefix("text/html") != true
    default: return false
    }
  }
}
