import Bytes
import Problems

/// The sources of a dataset that grows, as they were when they were read: what is new of them is added, and anything else that happened to
/// them makes it read as a whole.
struct GrowingSources: Sendable {
  /// What has happened since.
  enum Change {
    case none
    /// Files have come, or lines have at the end of files: these files in their order, and those of them that were there before.
    case added([String], longer: Set<String>)
    /// All is to be read again, for a reason that the log tells, and the file that gave it.
    case whole(Reason, file: String)
  }

  /// Why a dataset that grows is read as a whole.
  enum Reason: String {
    case changed = "a file was changed"
    case removed = "a file was removed"
    case mapping = "the mapping was changed"
  }

  private let names: [String]
  /// The files that can be looked at; what is fetched can't, and is new each time.
  private let files: [String: FileTrace]
  private let mapping: [String: FileTrace]
  /// The lines of the last files that were read, by name.
  private var lines: [String: ReadLines] = [:]
  /// The IRIs of the properties that tell the moment of a thing.
  let moments: [ByteString]

  /// The sources of a dataset as they are now; nil where there are none.
  init?(_ dataset: SiteFile.Dataset, of plan: SiteBuild) {
    guard dataset.keep != nil, let names = try? plan.sources(of: dataset) else { return nil }
    self.names = names
    files = Self.traces(names)
    mapping = Self.traces(plan.mappingFiles(of: dataset))
    moments = plan.moments(of: dataset).map { ByteString($0) }
  }

  /// All that is read when the dataset is.
  var all: DatasetReading { DatasetReading(files: names, rowsBefore: 0) }

  /// Takes note of files that have just been read, beside those of which an earlier note was taken.
  /// - Parameter torn: those of them whose last row has no end: what is added to them changes that row.
  mutating func note(_ read: [String], torn: Set<String>, after before: GrowingSources?) {
    for name in read where !torn.contains(name) { lines[name] = files[name].flatMap { ReadLines($0) } }
    for (name, known) in before?.lines ?? [:] where !read.contains(name) && before?.files[name] == files[name] { lines[name] = known }
  }

  /// What has happened until `other`.
  /// - Parameter used: the files of whose rows something is left. That another one is gone changes nothing.
  func change(to other: GrowingSources, used: [String]) -> Change {
    for file in mapping.keys.sorted() + other.mapping.keys.sorted() where mapping[file] != other.mapping[file] {
      return .whole(.mapping, file: file)
    }
    var longer: Set<String> = []
    for name in names where other.files[name] != files[name] {
      if let now = other.files[name] {
        guard let known = lines[name], known.begin(now) else { return .whole(.changed, file: name) }
        longer.insert(name)
        continue
      }
      if Self.isUsed(name, among: used) { return .whole(.removed, file: name) }
    }
    let added = other.names.filter { files[$0] == nil || longer.contains($0) }
    return added.isEmpty ? .none : .added(added, longer: longer)
  }

  /// Whether a source is one of the files of whose rows something is left. A sheet that the source does not name stands after the file's name.
  static func isUsed(_ name: String, among used: [String]) -> Bool { used.contains { $0 == name || $0.hasPrefix(name + "!") } }

  private static func traces(_ names: [String]) -> [String: FileTrace] {
    Dictionary(names.compactMap { FileTrace($0) }.map { ($0.path, $0) }) { first, _ in first }
  }
}
