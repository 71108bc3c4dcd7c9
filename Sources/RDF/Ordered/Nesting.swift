/// Which blank nodes are written within brackets where they are used, and which of those as lists.
///
/// A node is nested if it is the object of exactly one quad, and that quad and all quads about it are of one graph.
package struct Nesting {
  /// The rows of the dataset with each blank node as subject, by term id; a labelled one may have rows outside the range.
  package private(set) var rowsOf: [TermID: Range<Int>] = [:]
  /// The one row in which a nested node is object; by term id.
  private var usedIn: [TermID: Int] = [:]
  /// Nodes that are a whole list, or the rest of one, with the rows of their rdf:first and rdf:rest.
  private var cells: [TermID: (first: Int, rest: Int)] = [:]
  private let dataset: OrderedDataset

  /// How deep brackets may stand in brackets; deeper nodes get labels.
  package static let depthLimit = 32

  /// Decides for every blank node of the dataset.
  package init(_ dataset: OrderedDataset) {
    self.dataset = dataset
    findNested()
    findCells()
    limitDepth()
  }

  /// Whether the node is written where it is used.
  package func isNested(_ id: TermID) -> Bool { usedIn[id] != nil }

  /// The rows of a list's first cell; nil for a node that is no list.
  package func cell(_ id: TermID) -> (first: Int, rest: Int)? { cells[id] }

  private mutating func findNested() {
    let collector = dataset.collector
    var isLabelled: Set<TermID> = []
    for (index, row) in dataset.rows.enumerated() {
      if collector.kind(row.subject) == .blankNode {
        if let range = rowsOf[row.subject] {
          // Rows are sorted by graph first: a gap means a second graph.
          if range.upperBound != index || dataset.rows[range.lowerBound].graph != row.graph { isLabelled.insert(row.subject) }
          rowsOf[row.subject] = range.lowerBound..<index + 1
        } else {
          rowsOf[row.subject] = index..<index + 1
        }
      }
      if collector.kind(row.object) == .blankNode {
        if usedIn.updateValue(index, forKey: row.object) != nil || row.subject == row.object { isLabelled.insert(row.object) }
      }
      if row.graph != QuadBatch.defaultGraph, collector.kind(row.graph) == .blankNode { isLabelled.insert(row.graph) }
      if collector.kind(row.predicate) == .blankNode { isLabelled.insert(row.predicate) }
    }
    for id in isLabelled { usedIn[id] = nil }
    for (id, use) in usedIn {
      if let range = rowsOf[id], dataset.rows[range.lowerBound].graph != dataset.rows[use].graph { usedIn[id] = nil }
    }
  }

  private mutating func findCells() {
    guard let first = dataset.collector.id(ofIRI: RDFTerms.first), let rest = dataset.collector.id(ofIRI: RDFTerms.rest),
      let end = dataset.collector.id(ofIRI: RDFTerms.nil)
    else { return }
    // Every list ends in one row with rdf:nil; the cells before it are found by going backwards.
    for (index, row) in dataset.rows.enumerated() where row.predicate == rest && row.object == end {
      var index = index
      while true {
        let id = dataset.rows[index].subject
        guard let range = rowsOf[id], range.count == 2, isNested(id), cells[id] == nil,
          let firstRow = range.first(where: { dataset.rows[$0].predicate == first }), range.contains(index)
        else { break }
        cells[id] = (firstRow, index)
        guard let use = usedIn[id], dataset.rows[use].predicate == rest else { break }
        index = use
      }
    }
  }

  /// Gives labels to nodes that only hold each other, and to those nested too deep.
  private mutating func limitDepth() {
    var depths: [TermID: Int] = [:]
    for node in usedIn.keys.sorted(by: { dataset.ranks[Int($0)] < dataset.ranks[Int($1)] }) {
      var path: [TermID] = []
      var onPath: Set<TermID> = []
      var current = node
      while let use = usedIn[current], depths[current] == nil {
        if onPath.insert(current).inserted {
          path.append(current)
          current = dataset.rows[use].subject
        } else {
          breakRing(of: path.suffix(from: path.firstIndex(of: current) ?? 0))
          path = []
          onPath = []
          current = node
        }
      }
      // From the outermost node inwards.
      for id in path.reversed() {
        guard let use = usedIn[id] else { continue }
        let holder = dataset.rows[use].subject
        let isRestOfList = cells[id] != nil && cells[holder]?.rest == use
        let depth = (depths[holder] ?? 0) + (isRestOfList ? 0 : 1)
        if depth > Self.depthLimit { usedIn[id] = nil } else { depths[id] = depth }
      }
    }
  }

  /// Takes the first node of a ring out; not the rest of a list, which must stay with its list.
  private mutating func breakRing(of ring: ArraySlice<TermID>) {
    let candidates = ring.filter { id in
      guard let use = usedIn[id] else { return false }
      return cells[id] == nil || cells[dataset.rows[use].subject]?.rest != use
    }
    // Lists end in rdf:nil, so a ring has a node that is not the rest of one.
    if let chosen = candidates.min(by: { dataset.ranks[Int($0)] < dataset.ranks[Int($1)] }) ?? ring.first { usedIn[chosen] = nil }
  }
}
