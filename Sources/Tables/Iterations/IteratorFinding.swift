/// What an iterator has found in a file that has been read to its end.
package enum IteratorFinding: Sendable {
  /// Items of which something is known that is asked for.
  case items
  /// The place where its items stand, and none there: a list without elements.
  case emptyPlace
  /// Not even that place: the file is about something else, perhaps about an error.
  case noPlace
  /// Items of which nothing is known that is asked for.
  case strangers

  /// Whether the file is of the kind that the iterator is meant for.
  package var isPlace: Bool { self == .items || self == .emptyPlace }
}
