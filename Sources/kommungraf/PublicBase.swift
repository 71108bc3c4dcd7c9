import Bytes
import RDF

/// What the identifiers of a publisher's own things begin with: a web address that can stay for ever, as the national rules for
/// persistent identifiers ask (BI-1 to BI-5).
enum PublicBase {
  /// Why a text is no such address, or nil where it is one.
  static func fault(of text: String) -> String? {
    guard let scheme = ["http://", "https://"].first(where: { text.hasPrefix($0) }) else { return "must begin with http:// or https://" }
    if ByteString(text).withView({ $0.firstForbiddenInIRI }) != nil { return "holds a character that no IRI has" }
    if text.contains("?") { return "can't have a query: identifiers have none" }
    if text.contains("#") { return "can't have a fragment: identifiers have none" }
    let host = text.dropFirst(scheme.count).prefix { $0 != "/" }
    if host.contains("@") { return "can't have a user name: identifiers have none" }
    if host.contains(":") { return "can't have a port or an IP address: identifiers have none" }
    return isDomain(host) ? nil : "needs a domain name"
  }

  /// Whether a host is a name that everybody can look up: labels between dots, the last of which is no number.
  private static func isDomain(_ host: Substring) -> Bool {
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    let areLabels = labels.allSatisfy { label in
      !label.isEmpty && label.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" } && label.first != "-" && label.last != "-"
    }
    return labels.count > 1 && areLabels && !(labels.last?.allSatisfy(\.isNumber) ?? true)
  }
}
