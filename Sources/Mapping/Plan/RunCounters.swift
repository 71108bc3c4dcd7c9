import Bytes

/// What a run counts over all its files: withheld rows and cells by rule, those pointed out, and running numbers by key.
struct RunCounters {
  /// The names of the rules, by number.
  private(set) var ruleNames: [String] = []
  var rows: [Int] = []
  var cells: [Int] = []
  /// Rows and cells that were only pointed out to a person.
  var pointedOut: [Int] = []
  private var ordinalKeys: [ByteString] = []
  /// The keys within which rows agree, each with the names of the columns in which they do.
  private var agreementKeys: [(key: ByteString, columns: [ByteString])] = []
  private var firstKeys: [ByteString] = []

  /// How many keys there are within which rows agree, and how many tables of first objects.
  var agreementCount: Int { agreementKeys.count }
  var firstCount: Int { firstKeys.count }

  /// How many kinds of running numbers there are.
  var ordinalCount: Int { ordinalKeys.count }

  /// The same rules and running numbers, of which nothing has been counted.
  var emptied: RunCounters {
    var result = self
    result.rows = rows.map { _ in 0 }
    result.cells = cells.map { _ in 0 }
    result.pointedOut = pointedOut.map { _ in 0 }
    return result
  }

  /// Adds what a run over the same rules has counted.
  mutating func add(_ other: RunCounters) {
    for number in other.rows.indices { rows[number] += other.rows[number] }
    for number in other.cells.indices { cells[number] += other.cells[number] }
    for number in other.pointedOut.indices { pointedOut[number] += other.pointedOut[number] }
  }

  /// The number of a rule.
  mutating func rule(_ name: String) -> Int {
    if let number = ruleNames.firstIndex(of: name) { return number }
    ruleNames.append(name)
    rows.append(0)
    cells.append(0)
    pointedOut.append(0)
    return ruleNames.count - 1
  }

  /// The number of the running numbers within a key: the same key, the same numbers, in every file of the run.
  mutating func ordinal(_ key: ByteString) -> Int {
    if let number = ordinalKeys.firstIndex(of: key) { return number }
    ordinalKeys.append(key)
    return ordinalKeys.count - 1
  }

  /// The number of the table of what rows with the same key say, and a column's place in it.
  mutating func agreement(_ key: ByteString, column: ByteString) -> (table: Int, place: Int) {
    let table = agreementKeys.firstIndex { $0.key == key } ?? agreementKeys.count
    if table == agreementKeys.count { agreementKeys.append((key, [])) }
    let place = agreementKeys[table].columns.firstIndex(of: column) ?? agreementKeys[table].columns.count
    if place == agreementKeys[table].columns.count { agreementKeys[table].columns.append(column) }
    return (table, place)
  }

  /// The number of the table of the first objects that things have of a property, in a language where they have one.
  mutating func firsts(_ property: ByteString, language: ByteString?) -> Int {
    let key = ByteString(property.text + "@" + (language?.text ?? ""))
    if let number = firstKeys.firstIndex(of: key) { return number }
    firstKeys.append(key)
    return firstKeys.count - 1
  }
}

/// Running numbers, one sequence a key. Memory grows with the number of keys, by the key and about 20 bytes.
final class OrdinalTable {
  private var keys = ByteTable()
  private var last: ContiguousArray<UInt32> = []

  /// The next number within `key`, from 1.
  func next(_ key: ByteView) -> Int {
    let (number, isNew) = keys.insert(key)
    if isNew { last.append(0) }
    last[number] += 1
    return Int(last[number])
  }
}
