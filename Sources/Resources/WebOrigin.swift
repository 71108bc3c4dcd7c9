/// The scheme, host and port of a web address (RFC 6454 §4): what a server is told apart by from all others.
package struct WebOrigin: Equatable, Sendable {
  private let scheme: String
  private let host: String
  private let port: Int

  /// The origin of an address; nil for what is no web address, or names a user.
  package init?(_ address: String) {
    guard let mark = address.firstRange(of: "://") else { return nil }
    scheme = address[..<mark.lowerBound].lowercased()
    let authority = address[mark.upperBound...].prefix { !"/?#".contains($0) }
    guard scheme == "http" || scheme == "https", !authority.isEmpty, !authority.contains("@") else { return nil }
    let colon = authority.lastIndex(of: ":").flatMap { authority[$0...].contains("]") ? nil : $0 }
    host = authority[..<(colon ?? authority.endIndex)].lowercased()
    let digits = colon.map { authority[authority.index(after: $0)...] } ?? ""
    guard let port = digits.isEmpty ? (scheme == "https" ? 443 : 80) : Int(digits) else { return nil }
    self.port = port
  }

  /// Whether this is the protected form of an open one, to which servers lead on.
  package func isUpgrade(of other: WebOrigin) -> Bool {
    host == other.host && scheme == "https" && other.scheme == "http" && port == 443 && other.port == 80
  }
}
