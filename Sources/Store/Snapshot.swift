import Bytes
import Synchronization

/// How many snapshots this process has made.
private let snapshotCount = Atomic<UInt64>(0)

/// An immutable dataset: terms with ids in one total order (``TermClass``), and quads sorted in every order of ``RowOrder``.
///
/// It may be read from any thread. Whoever holds it sees one state of the data, whatever is built meanwhile.
@usableFromInline package final class Snapshot: Sendable {
  let dictionary: TermDictionary
  let orders: [PermutationColumns]
  /// Where the subjects of each graph came from.
  let provenance: [StoreID: Provenance]
  /// The graphs that hold quads, sorted; ``StoreID/defaultGraph`` last.
  let allGraphs: [StoreID]
  /// What was counted once.
  let facts: SnapshotFacts
  /// The blocks of the file that the snapshot lies in; nil where it is in memory.
  let blocks: CheckedBlocks?

  @usableFromInline let spog: Permutation
  @usableFromInline let psog: Permutation
  @usableFromInline let posg: Permutation
  @usableFromInline let ospg: Permutation
  @usableFromInline let columns: ValueColumns
  /// Whether the snapshot lies in a file.
  @usableFromInline let isInFile: Bool
  private let hasTouchedValues = Atomic(false)

  /// The ids of the named graphs that hold quads, sorted.
  package let graphs: [StoreID]

  /// A number that no other snapshot of this process has or will have.
  package let version: UInt64

  /// Whether any number is an xsd:float or xsd:double, which compare with exact numbers only after rounding.
  package var holdsFloatingPoint: Bool { facts.holdsFloatingPoint }

  /// Whether any literal of a numeric datatype stands outside the order of numbers: of too many digits, or not of its datatype.
  package var holdsNumbersOutOfOrder: Bool { facts.holdsNumbersOutOfOrder }

  /// - Parameters:
  ///   - facts: what is known of the columns; without them they are read for it.
  ///   - blocks: those of the file that the columns lie in.
  init(
    _ dictionary: TermDictionary, _ orders: [PermutationColumns], graphs: [StoreID], provenance: [StoreID: Provenance],
    facts: SnapshotFacts? = nil, blocks: CheckedBlocks? = nil
  ) {
    self.dictionary = dictionary
    self.orders = orders
    self.provenance = provenance
    version = snapshotCount.add(1, ordering: .relaxed).newValue
    allGraphs = graphs
    self.graphs = graphs.filter { $0 != .defaultGraph }
    spog = orders[0].view
    psog = orders[1].view
    posg = orders[2].view
    ospg = orders[3].view
    columns = ValueColumns(dictionary)
    self.facts = facts ?? SnapshotFacts(dictionary, orders, graphs: graphs)
    self.blocks = blocks
    isInFile = blocks != nil
  }

  /// The columns of values, for loops that read many. Valid while the snapshot is held.
  @inlinable package var valueColumns: ValueColumns {
    if isInFile { touchValues() }
    return columns
  }

  @usableFromInline @inline(never) func touchValues() {
    guard let blocks, !hasTouchedValues.load(ordering: .acquiring) else { return }
    dictionary.touchValues(blocks.table)
    hasTouchedValues.store(true, ordering: .releasing)
  }

  /// A dataset without quads.
  package convenience init() {
    let keys = SortedKeys<UInt64>(count: 0)
    let orders = RowOrder.allCases.map { order in
      PermutationColumns(
        order, keys.keys, 0, KeyLayout(order, terms: 0, predicates: 0, graphs: 0), predicates: [], graphs: [])
    }
    self.init(TermDictionaryWriter().assembled(), orders, graphs: [], provenance: [:])
  }

  /// The quads in one order. Valid while the snapshot is held.
  @inlinable package func permutation(_ order: RowOrder) -> Permutation {
    switch order {
    case .spog: spog
    case .psog: psog
    case .posg: posg
    case .ospg: ospg
    }
  }

  /// How many terms.
  package var termCount: Int { dictionary.count }

  /// How many quads: triples that are in two graphs count twice.
  package var quadCount: Int { spog.count }

  /// How many different triples.
  package var tripleCount: Int { spog.count - spog.repeatCount }

  /// How many quads a graph has; ``StoreID/defaultGraph`` for the default graph.
  package func quadCount(in graph: StoreID) -> Int { facts.quadCounts[graph] ?? 0 }

  /// The rows that match a pattern.
  /// - Parameter sortedBy: the free position that rows should be sorted by first, which is granted where an order has it. The object
  ///   range of a pattern with a bound predicate then costs a look at every row unless the position is the object.
  package func scan(_ pattern: QuadPattern, sortedBy: Position? = nil) -> Scan { Scan(pattern, self, sortedBy: sortedBy) }

  /// How many rows ``scan(_:sortedBy:)`` gives: exact, and by binary search alone unless the pattern asks for some of several graphs, or
  /// for a range of objects under a bound subject without predicate.
  package func count(_ pattern: QuadPattern) -> Int {
    let access = RowAccess(pattern, self)
    let test = GraphTest(pattern.graph, self)
    switch test {
    case .none: return 0
    case .any where access.objectFilter == nil:
      let repeats = pattern.graph.yieldsGraph ? 0 : permutation(access.order).repeats(in: access.rows)
      return access.rows.count - repeats
    case .one(let graph) where access.depth == 0 && pattern.objectRange == nil: return quadCount(in: graph)
    default:
      var scan = scan(pattern)
      var total = 0
      while scan.next() { total += scan.count }
      return total
    }
  }

  /// Whether a triple is in a graph, or, without one, in any.
  package func contains(_ subject: StoreID, _ predicate: StoreID, _ object: StoreID, graph: StoreID? = nil) -> Bool {
    let rows = spog.rows(subject, predicate, object)
    guard let graph else { return !rows.isEmpty }
    if let column = spog.graphs { return rows.contains { column[$0] == graph } }
    return !rows.isEmpty && spog.onlyGraph == graph
  }

  /// About how many different ids a position has among the rows of a pattern; exact where the pattern binds nothing or only the
  /// predicate, over all graphs.
  package func distinctCount(of position: Position, in pattern: QuadPattern) -> Int {
    if pattern.bound(position) != nil { return min(1, count(pattern)) }
    let isUnbound = pattern.subject == nil && pattern.object == nil && pattern.objectRange == nil
    var most: Int
    switch position {
    case .subject: most = orders[0].directory.used
    case .predicate: most = orders[1].directory.used
    case .object: most = orders[3].directory.used
    }
    if let predicate = pattern.predicate {
      most = min(most, (position == .subject ? facts.distinctSubjects[predicate] : facts.distinctObjects[predicate]) ?? 0)
    }
    if let range = pattern.objectRange, position == .object { most = min(most, range.count) }
    if isUnbound, case .union = pattern.graph { return most }
    return min(most, count(pattern))
  }

  /// The rows of tables that a subject's quads in a graph came from, by file, then row, counted from 1 without the header.
  package func provenance(ofSubject subject: StoreID, in graph: StoreID) -> [(file: String, row: Int)] {
    provenance[graph]?.rows(of: subject) ?? []
  }

  /// About how many bytes of memory the snapshot holds.
  package var byteCount: Int {
    var total = dictionary.byteCount
    for order in orders { total += order.byteCount }
    for order in [orders[0], orders[1], orders[3]] { total += order.directory.starts.byteCount }
    for table in provenance.values { total += table.byteCount }
    return total
  }
}
