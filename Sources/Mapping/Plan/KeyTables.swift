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

  /// Takes note of a key; gives the place where it stood already, or nil for a new one.
  func insert(_ key: ByteView, at place: Place, isSecret: Bool = false) -> Place? {
    let (number, isNew) = keys.insert(key)
    if !isNew { return places[number] }
    places.append(place)
    if isSecret { secrets.insert(number) }
    return nil
  }

  func contains(_ key: ByteView) -> Bool { keys.find(key) != nil }

  /// The keys that another table lacks, with where they first stood; nil for those that may not be told.
  func missing(in other: KeyTable) -> [(key: String?, place: Place)] {
    (0..<keys.count).filter { !other.contains(keys.view($0)) }.map { (secrets.contains($0) ? nil : keyText(keys.view($0)), places[$0]) }
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
    for index in 0..<plan.foreignKeys.count where gatherKey(plan.foreignKeys[index].columns) {
      let (columns, reference) = plan.foreignKeys[index]
      let own = columns.first.map { place(of: $0, row, input) } ?? Place()
      _ = keys.referring[reference].insert(spare.view, at: own, isSecret: isSecretKey(spare.view, of: columns))
    }
  }

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
