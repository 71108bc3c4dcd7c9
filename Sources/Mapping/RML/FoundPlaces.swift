import Problems
import Tables

/// What iterators have found in files, to tell a list that is empty from a file that is about something else: a service that can't answer often says so
/// in JSON or XML, as if all was well.
///
/// A mapping has iterators of which some find nothing in lawful data, and a source may have files that are meant for some of them only. So files are
/// judged together, by all iterators over them.
struct FoundPlaces {
  private var all: [(source: LogicalSource, input: String, rows: any RowSource)] = []

  /// Adds a file that is read by a source.
  mutating func add(_ source: LogicalSource, _ input: String, _ rows: any RowSource) { all.append((source, input, rows)) }

  /// Checks the files of each source that the mapping names, once they have been read.
  /// - Parameter groups: files that must have a place among them too.
  /// - Throws: ``ProblemCode/iteratorAbsent`` where none of some files has the place that any of the iterators over them leads to.
  func check(_ groups: [[String]]) throws(Failure) {
    for name in Set(all.map(\.source.name)) { try check { $0.source.name == name } }
    for group in groups { try check { group.contains($0.input) } }
  }

  private func check(_ isMeant: ((source: LogicalSource, input: String, rows: any RowSource)) -> Bool) throws(Failure) {
    let files = all.filter(isMeant)
    guard !files.isEmpty, !files.contains(where: { $0.rows.finding.isPlace }) else { return }
    guard let told = files.first(where: { $0.rows.finding == .strangers }) ?? files.first else { return }
    let iterator = ["iterator": Words.text(told.source.iterator ?? "")]
    let isAbsent = told.rows.finding != .strangers
    throw Failure(
      .iteratorAbsent, at: Place(file: told.rows.name),
      [
        "reason": isAbsent ? .phrase("iterator-no-place", iterator) : .phrase("iterator-strangers", iterator),
        "mapping": .text(told.source.iteratorPlace.prefix),
      ])
  }
}
