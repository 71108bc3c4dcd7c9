import Bytes
package import Problems
import RDF

/// What may stand at the beginning of persistent identifiers (DIGG's rules BI-1 to BI-5).
package enum IdentifierBase {
  /// The base without a slash at its end.
  /// - Throws: the problem that it has, at that place, such as ``ProblemCode/basePort``.
  package static func checked(_ text: String, at place: Place) throws(Failure) -> String {
    func fault(_ code: ProblemCode, shown: Bool = true) -> Failure { Failure(code, at: place, value: shown ? text : nil) }
    let scheme = ["https://", "http://"].first { text.lowercased().hasPrefix($0) }
    guard let scheme else { throw fault(.baseScheme) }
    let rest = text.dropFirst(scheme.count)
    let authority = rest.prefix { !"/?#".contains($0) }
    if authority.contains("@") { throw fault(.baseUser, shown: false) }
    if text.contains("#") { throw fault(.baseFragment) }
    if text.contains("?") { throw fault(.baseQuery) }
    if authority.hasPrefix("[") { throw fault(.baseHost) }
    let host = authority.prefix { $0 != ":" }
    if !isDomain(host.lowercased()) { throw fault(.baseHost) }
    if host.count < authority.count { throw fault(.basePort) }
    let isForbidden = ByteString(text).withView { IRICharacters.firstForbidden(in: $0) != nil }
    if isForbidden { throw Failure(.iriInvalid, at: place, value: text) }
    var path = rest.dropFirst(authority.count)
    while path.hasSuffix("/") { path = path.dropLast() }
    return scheme + host.lowercased() + path
  }

  /// Whether a host is a domain name: labels of letters, digits and hyphens, the last one not a number, and more than one of them.
  private static func isDomain(_ host: String) -> Bool {
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count > 1, let last = labels.last, last != "localhost" else { return false }
    let areNames = labels.allSatisfy { label in
      !label.isEmpty && !label.hasPrefix("-") && !label.hasSuffix("-")
        && label.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") }
    }
    return areNames && last.utf8.contains { isLetter($0) }
  }
}
