import Bytes
import RDF

/// The entity tags that a client knows, as `If-None-Match` lists them (RFC 9110 §13.1.2).
package struct EntityTags: Sendable {
  /// The most tags that are looked at.
  private static let limit = 100

  /// Whether any representation is known (`*`).
  private let isAny: Bool
  /// The tags with their quotation marks, without `W/`: for this field weak ones are as good (RFC 9110 §8.8.3.2).
  private let tags: [Substring]

  /// Reads a field; nil is one that was not sent. What has not the form of a tag names nothing.
  package init(_ field: String?) {
    var tags: [Substring] = []
    var rest = (field ?? "")[...]
    isAny = rest.filter { $0 != " " && $0 != "\t" } == "*"
    while tags.count < Self.limit, let open = rest.firstIndex(of: "\"") {
      // A comma may stand in a tag; a quotation mark can't.
      guard let close = rest[rest.index(after: open)...].firstIndex(of: "\"") else { break }
      tags.append(rest[open...close])
      rest = rest[rest.index(after: close)...]
    }
    self.tags = tags
  }

  /// The strong tag of what has these bytes.
  static func tag(of bytes: ByteString) -> String {
    let digest = bytes.withView { Digest(.sha256).hex(of: $0).text }
    return "\"\(digest.prefix(32))\""
  }

  /// Whether the client knows the representation with this strong tag.
  package func contains(_ tag: String) -> Bool { isAny || tags.contains { $0 == tag } }

  /// Whether the client names this tag itself.
  package func names(_ tag: String) -> Bool { tags.contains { $0 == tag } }
}
