import Bytes
import Identifiers

/// The registers that site.yaml has moved since a release: their old identifiers are not lost, as the server leads from them to the new ones.
struct MovedRegisters {
  private let moves: [(old: IdentifierShape, new: IdentifierShape)]

  /// The registers whose identifiers a site makes by a pattern of its own, and that the last release made by another.
  init(_ site: SiteFile, _ release: Release, after last: Release) {
    moves = site.registers.keys.sorted().compactMap { name in
      guard let before = last.patterns[name], let now = release.patterns[name],
        let old = IdentifierShape(pattern: before, base: last.base), let new = IdentifierShape(pattern: now, base: release.base), old != new
      else { return nil }
      return (old, new)
    }
  }

  /// The identifier that the server leads to from an old one; nil where it leads nowhere.
  func target(of iri: ByteView) -> ByteString? {
    for (old, new) in moves {
      guard let key = old.key(of: iri) else { continue }
      var target = ByteBuffer()
      target.append(bytes: new.prefix)
      target.append(key)
      target.append(bytes: new.suffix)
      return ByteString(target.view)
    }
    return nil
  }
}
