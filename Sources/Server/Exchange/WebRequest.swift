import Bytes

/// A request as handlers see it, free of the server that read it.
package struct WebRequest: Sendable {
  /// The methods that are answered; any other gets 405.
  package enum Method: String, Sendable {
    case get = "GET"
    case head = "HEAD"
    case post = "POST"
    case options = "OPTIONS"
  }

  /// The method, or nil for one that nothing here answers.
  package var method: Method?
  /// The method as it was sent.
  package let methodName: String
  /// The host that was asked for: lower case, without port; empty where the client did not say.
  package var host: String
  /// The host and port that were asked for; empty where the client did not say, or said what none can be.
  package let authority: String
  /// The Host header as it was sent; empty where there was none.
  package let hostField: String
  /// The path and the parameters as they were sent.
  package let target: String
  /// The path, checked.
  package var path: RequestPath
  /// The parameters after `?`.
  package var query: FormFields
  /// The header fields by name in lower case; several of one name are joined by commas.
  package var headers: [String: String]
  /// The body; empty where there is none.
  package var body: [UInt8]

  /// A request.
  /// - Parameters:
  ///   - target: the path and, after `?`, the parameters, as in the request line.
  ///   - host: the Host header, with or without port.
  ///   - headers: by name in lower case.
  /// - Throws: what ``RequestPath/init(_:)`` and ``FormFields/init(_:)`` throw.
  package init(
    _ method: String = "GET", _ target: String, host: String = "", headers: [String: String] = [:], body: [UInt8] = []
  ) throws(RequestFault) {
    self.method = Method(rawValue: method)
    methodName = method
    self.target = target
    hostField = host
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    path = try RequestPath(parts.first.map(String.init) ?? "/")
    query = try FormFields(parts.count > 1 ? String(parts[1]) : "")
    self.host = Self.name(ofHost: host)
    let isName = host.utf8.allSatisfy { isLetter($0) || isDigit($0) || ".-_:[]".utf8.contains($0) }
    authority = isName ? host : ""
    self.headers = headers
    self.body = body
  }

  /// The host without its port, in lower case.
  private static func name(ofHost host: String) -> String {
    if host.hasPrefix("["), let close = host.firstIndex(of: "]") { return host[...close].lowercased() }
    return host.prefix { $0 != ":" }.lowercased()
  }
}

/// Why a request can't be read: it gets 400.
package enum RequestFault: Error, Sendable, Equatable {
  /// The path has an escape that is no byte or no UTF-8, or a control character.
  case escape
  /// The path has `.` or `..` as a segment, as such or percent-encoded, or an empty one.
  case segment
  /// There are more parameters than anybody needs.
  case tooMany
  /// The Host header is not there, or there more than once (RFC 9112 §3.2).
  case host
}
