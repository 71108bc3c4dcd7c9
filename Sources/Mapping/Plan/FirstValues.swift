import Bytes

/// The first value that each thing has of a property, by its hash. Memory grows with the number of things, by the thing's IRI and about 30
/// bytes.
final class FirstValues {
  private var things = ByteTable()
  private var values: ContiguousArray<UInt64> = []

  /// Whether a value is the first that a thing has, or the same again.
  func isFirst(_ value: ByteView, of thing: ByteView) -> Bool {
    let (number, isNew) = things.insert(thing)
    if isNew { values.append(value.hash) }
    return isNew || values[number] == value.hash
  }
}

/// What the first row of each key said in some columns, by its hash. Memory grows with the number of keys, by the key and about 20 bytes, and
/// 16 bytes a column.
final class AgreementTable {
  /// What a row said first.
  private struct First {
    /// The hash of the value; 0 where none was said.
    var value: UInt64 = 0
    var row: UInt32 = 0
    var file: UInt32 = 0
  }

  private var keys = ByteTable()
  private var firsts: [ContiguousArray<First>] = []
  private var files: [String] = []

  /// Takes note of the file in which the rows stand that come now.
  func begin(_ file: String) { files.append(file) }

  /// The number of a key.
  func number(of key: ByteView) -> Int { keys.insert(key).number }

  /// Takes note of what a row says in the column with a place; gives the row that said something else first, and its file where that is
  /// another one, or nil where none did.
  func contradicted(_ value: ByteView, key: Int, place: Int, row: Int) -> (row: Int, file: String?)? {
    while firsts.count <= place { firsts.append([]) }
    while firsts[place].count <= key { firsts[place].append(First()) }
    let hash = value.hash | 1
    let first = firsts[place][key]
    if first.value == 0 {
      firsts[place][key] = First(value: hash, row: UInt32(truncatingIfNeeded: row), file: UInt32(truncatingIfNeeded: files.count - 1))
      return nil
    }
    if first.value == hash { return nil }
    let file = files[Int(first.file)]
    return (Int(first.row), file == files.last ? nil : file)
  }
}
