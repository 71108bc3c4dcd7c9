package import Bytes

/// What stands before and after the key in the IRIs of a pattern.
package struct IdentifierShape: Sendable, Equatable {
  /// What stands before it.
  package let prefix: ByteString
  /// What stands after it; empty where nothing does.
  package let suffix: ByteString

  /// A shape by its ends.
  package init(prefix: ByteString, suffix: ByteString) {
    self.prefix = prefix
    self.suffix = suffix
  }

  /// The shape of a pattern; nil where it is more than text, one variable and text.
  package init?(_ pattern: URITemplate) {
    let parts = pattern.parts
    guard pattern.variableNames.count == 1, parts.count <= 3, case .literal(let prefix)? = parts.first else { return nil }
    guard parts.count > 1, case .expression(.simple, _) = parts[1] else { return nil }
    self.prefix = prefix
    if parts.count == 2 {
      suffix = ""
    } else if case .literal(let suffix) = parts[2] {
      self.suffix = suffix
    } else {
      return nil
    }
  }

  /// The key as it stands in an IRI; nil where the IRI has another shape.
  package func key(of iri: ByteView) -> ByteView? {
    guard iri.count > prefix.count + suffix.count, prefix.withView({ iri.hasPrefix($0) }) else { return nil }
    guard suffix.withView({ iri.dropFirst(iri.count - suffix.count) == $0 }) else { return nil }
    return iri[prefix.count..<(iri.count - suffix.count)]
  }
}
