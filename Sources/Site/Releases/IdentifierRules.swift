import Bytes
import Identifiers
import Problems
import Resources

/// Which IRIs of a site are identifiers that it answers for: those below its base that name things, and those of its registers.
///
/// What describes a thing comes and goes with it: its documents and distributions, and what the catalog says of how a dataset came to be (the
/// files that it was made of, the run that made it, what was withheld).
struct IdentifierRules: Sendable {
  /// A register by the shape of its identifiers.
  private typealias Shape = (name: String, identifiers: IdentifierShape)

  /// What stands after the base in IRIs that name no thing.
  private static let descriptions: [StaticString] = ["doc/", "download/", "distribution/"]

  private let bases: [ByteString]
  private let shapes: [Shape]

  /// The rules of a release.
  /// - Parameter last: the release before it, of which the base counts too, and the registers that are no more. A register that was moved
  ///   leaves its old identifiers to the server, which leads from them to the new ones.
  init(_ release: Release, after last: Release? = nil) {
    bases = Set([release.base, last?.base ?? release.base]).sorted().map { ByteString($0 + "/") }
    let (base, patterns) = (release.base, release.patterns.merging(last?.patterns ?? [:]) { new, _ in new })
    shapes = patterns.sorted { $0.key < $1.key }.compactMap { name, pattern in
      guard let open = pattern.firstIndex(of: "{"), let close = pattern[open...].firstIndex(of: "}") else { return nil }
      let prefix = (pattern.contains("://") ? "" : base + "/") + pattern[..<open]
      return (name, IdentifierShape(prefix: ByteString(prefix), suffix: ByteString(String(pattern[pattern.index(after: close)...]))))
    }
  }

  /// Whether an IRI that is a subject of a file's graph is an identifier.
  func isIdentifier(_ iri: ByteView, in file: Release.File) -> Bool {
    for base in bases where base.withView({ iri.count > $0.count && iri.hasPrefix($0) }) {
      let rest = iri.dropFirst(base.count)
      if file.kind == SitePart.Kind.catalog.rawValue, rest.hasPrefix("id/") { return false }
      return !Self.descriptions.contains { rest.hasPrefix($0) }
    }
    return shapes.contains { key(of: iri, $0) != nil }
  }

  /// The register that an identifier is of, and its key there; of several whose patterns fit the one that says most. Nil for another.
  func register(of iri: ByteView) -> (name: String, key: ByteString)? {
    let fitting = shapes.compactMap { shape in key(of: iri, shape).map { (shape, $0) } }
    return fitting.max { $0.0.identifiers.prefix.count < $1.0.identifiers.prefix.count }.map {
      ($0.0.name, ByteString(percentDecoded($0.1.text)))
    }
  }

  /// The key as it stands in the IRI, without what would be a further segment of its path.
  private func key(of iri: ByteView, _ shape: Shape) -> ByteView? {
    guard let key = shape.identifiers.key(of: iri) else { return nil }
    return key.firstIndex(of: UInt8(ascii: "/")) == nil ? key : nil
  }
}
