/// Which files of a dataset are read, where that is not all of them anew.
package struct DatasetReading: Sendable {
  /// The names of the files.
  let files: [String]
  /// How many rows of the dataset were numbered before; blank nodes of rows go on from there.
  let rowsBefore: Int
  /// How many of the first rows of a file were read before, by its name.
  var rowsToSkip: [String: Int] = [:]
}
