import Bytes

/// What is counted once over all columns of a snapshot, and kept beside them.
struct SnapshotFacts: Sendable {
  /// How many quads each graph has.
  var quadCounts: [StoreID: Int] = [:]
  /// For each predicate how many different subjects and objects it has.
  var distinctSubjects: [StoreID: Int] = [:]
  var distinctObjects: [StoreID: Int] = [:]
  /// See ``Snapshot/holdsFloatingPoint``.
  var holdsFloatingPoint = false
  /// See ``Snapshot/holdsNumbersOutOfOrder``.
  var holdsNumbersOutOfOrder = false

  /// Facts that are known.
  init() {}

  /// Reads the columns, in the order of ``RowOrder``.
  init(_ dictionary: TermDictionary, _ orders: [PermutationColumns], graphs: [StoreID]) {
    let values = ValueColumns(dictionary)
    holdsFloatingPoint = values.numbers.contains { values.number($0).type > .decimal }
    let others = dictionary.range(.other)
    holdsNumbersOutOfOrder = dictionary.groups.contains { group in
      others.contains(group.start) && group.qualifier.withView { NumericType(datatype: $0) != nil }
    }
    distinctSubjects = orders[1].distinctSeconds()
    distinctObjects = orders[2].distinctSeconds()
    let rows = orders[0].view
    if graphs.count == 1 {
      quadCounts[graphs[0]] = rows.count
    } else if let column = rows.graphs {
      // Counted by runs: neighbours are mostly of one graph.
      var row = 0
      while row < rows.count {
        let first = row
        while row < rows.count, column[row] == column[first] { row &+= 1 }
        quadCounts[column[first], default: 0] += row - first
      }
    }
  }
}
