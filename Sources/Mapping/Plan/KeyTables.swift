import Bytes
import Problems
import RDF
import Tables

/// The keys of a conversion's tables: that primary keys are unique and foreign keys lead somewhere (tabular data model §6.6).
///
/// Memory grows with the number of different keys.
struct KeyTables {
  /// The primary keys of each table.
  var primary: [KeyTable] = []
  /// For each foreign key of the group: the keys that stand in the table it refers to, and those that refer.
  var referenced: [KeyTable] = []
  var referring: [KeyTable] = []
}

/// Keys with where they first stood.
final class KeyTable {
  private var keys = ByteTable()
  private var places: [Place] = []
  /// The numbers of the keys that may not be told.
  private var secrets: Set<Int> = []
  /// The numbers of the keys that came more than once.
  private var repeated: Set<Int> = []

  /// Takes note of a key; gives the place where it stood already, or nil for a new one.
  func insert(_ key: ByteView, at place: Place, isSecret: Bool = false) -> Place? {
    let (number, isNew) = keys.insert(key)
    if !isNew {
      repeated.insert(number)
      return places[number]
    }
    places.append(place)
    if isSecret { secrets.insert(number) }
    return nil
  }

  /// The keys that don't lead to one row of another table, each with what is wrong and where it first stood; nil for keys that may not
  /// be told.
  func faults(in other: KeyTable) -> [(code: ProblemCode, key: String?, place: Place)] {
    (0..<keys.count).compactMap { number in
      let found = other.keys.find(keys.view(number))
      if let found, !other.repeated.contains(found) { return nil }
      return (found == nil ? .keyUnresolved : .keyAmbiguous, secrets.contains(number) ? nil : keyText(keys.view(number)), places[number])
    }
  }
}

/// What stands between the parts of a key; no cell holds it.
private let keySeparator: UInt8 = 0x1F

/// A key as people read it.
func keyText(_ key: ByteView) -> String {
  key.text.split(separator: Character(Unicode.Scalar(keySeparator)), omittingEmptySubsequences: false).joined(separator: ", ")
}

extension RowRunner {
  /// Checks and takes note of the current row's keys.
  mutating func checkKeys(_ row: Int, _ input: borrowing RowBatch) {
    if !plan.primaryKey.isEmpty, gatherKey(plan.primaryKey) {
      let own = place(of: plan.primaryKey[0], row, input)
      if let first = keys.primary[plan.number].insert(spare.view, at: own) {
        let key = isSecretKey(spare.view, of: plan.primaryKey) ? nil : keyText(spare.view)
        var arguments = ["first": first.row.map { "\($0)" } ?? "?"]
        arguments["key"] = key
        report(Problem(.keyDuplicate, at: own, value: key, arguments))
      }
    }
    for index in 0..<plan.referencedKeys.count where gatherKey(plan.referencedKeys[index].columns) {
      let reference = plan.referencedKeys[index].reference
      _ = keys.referenced[reference].insert(spare.view, at: Place())
    }
    for index in 0..<plan.foreignKeys.count where gatherKey(plan.foreignKeys[index].columns) || asksForAllKeys {
      let (columns, reference) = plan.foreignKeys[index]
      let own = columns.first.map { place(of: $0, row, input) } ?? Place()
      _ = keys.referring[reference].insert(spare.view, at: own, isSecret: isSecretKey(spare.view, of: columns))
    }
  }

  /// Whether rows without a foreign key are told of too: those who check a table by CSVW's own rules ask for a row that each of its rows
  /// refers to (metadata vocabulary §5.5.2.1); who converts one is not kept from leaving a cell empty.
  private var asksForAllKeys: Bool { context.isValidation && !plan.leavesOutFaults && !plan.isSecretive }

  /// Writes the values of some columns, as one key, to ``spare``; false where all of them are null.
  private mutating func gatherKey(_ numbers: [Int]) -> Bool {
    spare.truncate()
    var isSet = false
    for (position, number) in numbers.enumerated() {
      if position > 0 { spare.append(keySeparator) }
      let cell = values.cells[number]
      switch cell.state {
      case .value:
        isSet = true
        spare.append(batch.terms.bytes.view(Int(cell.start)..<Int(cell.start + cell.length)))
      case .list:
        for item in values.items[Int(cell.start)..<Int(cell.start + cell.length)] {
          isSet = true
          spare.append(batch.terms.bytes.view(Int(item.start)..<Int(item.start + item.length)))
          spare.append(UInt8(ascii: ","))
        }
      default: break
      }
    }
    return isSet
  }
}
