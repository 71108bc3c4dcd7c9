package import Problems
import Resources

/// A release of a site: a folder with all that is published, and a manifest that says what stands in it.
///
/// `datasets/NAME.nq`, `registers/NAME.nq`, `codes/NAME.nq`, `crosswalks/NAME.nq`, `terms/NAME.nq` and `catalog.nq` hold a graph each as sorted
/// N-Quads, `ledgers/NAME.ledger` the ledgers of the registers as they were, and ``manifestName`` what is said here.
package struct Release: Sendable, Equatable {
  /// A file of a release.
  package struct File: Sendable, Equatable {
    /// Its path in the folder.
    package var name: String
    /// What it holds: a ``SitePart/Kind``, `ledger`, or what a later version adds.
    package var kind: String
    /// The IRI of its graph; nil where it is none.
    package var graph: String?
    /// How many quads it has; nil where it is no graph.
    package var triples: Int?
    /// How many identifiers it speaks of as subjects; nil where it is no graph.
    package var identifiers: Int?
    /// How many bytes.
    package var bytes = 0
    /// The SHA-256 of its bytes, in lower-case hexadecimal.
    package var sha256 = ""
    /// When what it says was first said, as xsd:dateTime: a file that did not change keeps it from release to release.
    package var moment = ""

    /// Whether it is a graph.
    package var isGraph: Bool { graph != nil }
  }

  /// An identifier that was given up although nothing says what became of it.
  package struct Loss: Sendable, Equatable {
    /// Its IRI.
    package var identifier: String
    /// The file that had it.
    package var file: String
    /// The moment of the release from which on it was missing.
    package var moment: String
  }

  /// The version of the layout and the manifest.
  package static let version = 1
  /// The file that says what the others are.
  package static let manifestName = "manifest.json"

  /// What the site's own identifiers begin with, without a slash at the end.
  package var base: String
  /// When the release was made, as xsd:dateTime.
  package var moment: String
  /// The patterns of the registers' identifiers that are in force, by the register's name.
  package var patterns: [String: String] = [:]
  /// The files but the manifest, by name.
  package var files: [File] = []
  /// What was given up with `--allow-loss`, in this release and those before it, and has not come back.
  package var lost: [Loss] = []

  /// A release of nothing.
  package init(base: String, moment: String) {
    self.base = base
    self.moment = moment
  }

  /// The file of a name, or nil.
  package func file(named name: String) -> File? { files.first { $0.name == name } }

  /// How many quads all graphs have together.
  package var triples: Int { files.reduce(0) { $0 + ($1.triples ?? 0) } }
}

extension SitePart {
  /// The path of its graph in a release.
  var releaseFile: String {
    switch kind {
    case .terms: "terms/\(name).nq"
    case .codeList: "codes/\(name).nq"
    case .register: "registers/\(name).nq"
    case .crosswalk: "crosswalks/\(name).nq"
    case .dataset: "datasets/\(name).nq"
    case .catalog: "catalog.nq"
    }
  }
}

/// A release in its folder.
package struct ReleaseFolder: Sendable {
  /// The folder, as the user named it.
  package let path: String
  /// What its manifest says.
  package let release: Release

  /// Opens a release.
  /// - Returns: nil where there is nothing at the path, or an empty folder.
  /// - Throws: ``ProblemCode/releaseForeign`` for a folder with something else in it, ``ProblemCode/releaseInvalid`` for a manifest that can't be
  ///   read, ``ProblemCode/inputUnreadable``.
  package static func open(_ path: String) throws(Failure) -> ReleaseFolder? {
    let names = try FolderListing.readableNames(in: path)
    if names.isEmpty {
      // A file of that name is no folder that could be replaced.
      if exists(path), !isFolder(path) { throw Failure(.releaseForeign, at: Place(file: path), ["name": path]) }
      return nil
    }
    guard names.contains(Release.manifestName) else { throw Failure(.releaseForeign, at: Place(file: path), ["name": path]) }
    let manifest = path + "/" + Release.manifestName
    let bytes = try FileSource().open(manifest).readAll()
    return ReleaseFolder(path: path, release: try Release(manifest: bytes, file: manifest))
  }

  /// Whether a path is that of a folder.
  package static func isFolder(_ path: String) -> Bool { exists(path + "/.") }

  /// The path of one of its files.
  package func path(of name: String) -> String { path + "/" + name }

  /// The bytes of one of its files.
  func bytes(of name: String) throws(Failure) -> MappedFile { try MappedFile(path: path(of: name), name: path(of: name)) }

  /// Something in the folder that the manifest does not name, and that would be gone with the folder; nil where there is none.
  var stranger: String? {
    let known = Set(release.files.map(\.name) + [Release.manifestName])
    let folders = Set(known.flatMap(Self.folders))
    func search(_ folder: String) -> String? {
      for name in FolderListing.names(in: folder.isEmpty ? path : path + "/" + folder) {
        let full = folder.isEmpty ? name : folder + "/" + name
        if known.contains(full) { continue }
        guard folders.contains(full) else { return full }
        if let found = search(full) { return found }
      }
      return nil
    }
    return search("")
  }

  /// The folders above a file.
  private static func folders(of name: String) -> [String] {
    let parts = name.split(separator: "/").dropLast()
    return parts.indices.map { parts[...$0].joined(separator: "/") }
  }
}
