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
  /// - Parameter last: the release before it, of which the base and the patterns of registers count too.
  init(_ release: Release, after last: Release? = nil) {
    let releases = [release] + (last.map { [$0] } ?? [])
    bases = Set(releases.map(\.base)).sorted().map { ByteString($0 + "/") }
    var shapes: [Shape] = []
    for release in releases {
      for (name, pattern) in release.patterns.sorted(by: { $0.key < $1.key }) {
        guard let shape = IdentifierShape(pattern: pattern, base: release.base) else { continue }
        if !shapes.contains(where: { $0.name == name && $0.identifiers == shape }) { shapes.append((name, shape)) }
      }
    }
    self.shapes = shapes
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

extension IdentifierShape {
  /// The shape of a pattern as a manifest has it; nil where it has no variable.
  init?(pattern: String, base: String) {
    guard let open = pattern.firstIndex(of: "{"), let close = pattern[open...].firstIndex(of: "}") else { return nil }
    self.init(
      prefix: ByteString((pattern.contains("://") ? "" : base + "/") + pattern[..<open]),
      suffix: ByteString(String(pattern[pattern.index(after: close)...])))
  }
}
