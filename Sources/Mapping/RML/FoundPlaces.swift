import Problems
import Tables

/// What iterators have found in files, to tell a list that is empty from a file that is about something else: a service that can't answer often says so
/// in JSON or XML, as if all was well.
///
/// A mapping has iterators of which some find nothing in lawful data, and a source may have files that are meant for some of them only. So files are
/// judged together, by all iterators over them.
struct FoundPlaces {
  /// A file as one source reads it.
  private struct File {
    let source: LogicalSource
    let input: String
    let rows: any RowSource
  }

  private var all: [File] = []

  /// Adds a file that is read by a source.
  mutating func add(_ source: LogicalSource, _ input: String, _ rows: any RowSource) {
    all.append(File(source: source, input: input, rows: rows))
  }

  /// Checks the files of each source that the mapping names, once they have been read.
  /// - Parameter groups: files that must have a place among them too.
  /// - Throws: ``ProblemCode/iteratorAbsent`` where none of some files has the place that any of the iterators over them leads to.
  func check(_ groups: [[String]]) throws(Failure) {
    var names: [String] = []
    for file in all where !names.contains(file.source.name) { names.append(file.source.name) }
    for name in names { try check(all.filter { $0.source.name == name }) }
    for group in groups.map(Set.init) { try check(all.filter { group.contains($0.input) }) }
  }

  private func check(_ files: [File]) throws(Failure) {
    guard !files.isEmpty, !files.contains(where: { $0.rows.finding.isPlace }) else { return }
    guard let told = files.first(where: { $0.rows.finding == .strangers }) ?? files.first else { return }
    throw Failure(.iteratorAbsent, at: Place(file: told.rows.name), words(told))
  }

  /// Tells of each file in which no iterator has found anything. That one of several finds nothing is no fault: an answer has no samples, or it is
  /// about one thing where another one is a list.
  func tell(_ problems: any ProblemSink) {
    let readings = Dictionary(grouping: all) { $0.rows.name }
    var told: Set<String> = []
    for file in all where told.insert(file.rows.name).inserted {
      let same = readings[file.rows.name] ?? []
      guard !same.contains(where: { $0.rows.finding == .items }) else { continue }
      let chosen = same.first { $0.rows.finding == .emptyPlace } ?? same.first { $0.rows.finding == .strangers } ?? file
      problems.report(Problem(.iteratorEmpty, at: Place(file: file.rows.name), words(chosen)))
    }
  }

  /// What was found, by which iterator, and perhaps why no more.
  private func words(_ file: File) -> [String: Words] {
    let iterator = file.source.iterator ?? ""
    let named = ["iterator": Words.text(iterator)]
    let reason: Words =
      switch file.rows.finding {
      case .items, .emptyPlace: .phrase("iterator-nothing", named)
      case .noPlace: .phrase("iterator-no-place", named)
      case .strangers: .phrase("iterator-strangers", named)
      }
    var words = ["reason": reason, "mapping": .text(file.source.iteratorPlace.prefix)]
    // A name without a prefix is in no namespace (XPath 1.0 §2.3), which who writes one seldom means.
    if let namespace = file.rows.namespace, !iterator.replacing("::", with: "").contains(":") { words["namespace"] = .text(namespace) }
    return words
  }
}
