import Bytes
import Problems
import RDF

/// Labels for the blank nodes of a snapshot that depend on what is said of them alone, and not on how they were called or in which order they
/// came.
///
/// Nodes that stand in one quad belong together. What such a group says, in canonical form (RDFC-1.0), is hashed: the hash is the label of the
/// group, and the canonical number tells its nodes apart. So a change of one group leaves the labels of all others as they are. Of groups that
/// say the very same the second and later ones get a number too.
struct BlankNodeLabels {
  private var labels: [ByteString]

  /// The label of a blank node, without `_:`.
  subscript(_ node: StoreID) -> ByteString { labels[Int(node)] }

  /// How many digits of the hash a label has.
  private static let hashLength = 20

  /// Finds the labels.
  /// - Throws: ``ProblemCode/limitExceeded`` where the nodes of a group look so much alike that to tell them apart is more work than there may be.
  init(of snapshot: Snapshot) throws(Failure) {
    let nodes = snapshot.range(of: .blankNode)
    labels = Array(repeating: ByteString(""), count: nodes.count)
    if nodes.isEmpty { return }
    let quads = Self.quads(of: nodes, snapshot)
    var groups = NodeGroups(count: nodes.count)
    for quad in quads { groups.join([quad.subject, quad.object, quad.graph].filter(nodes.contains)) }
    var quadsOfGroups: [StoreID: [StoreQuad]] = [:]
    for quad in quads {
      guard let node = [quad.subject, quad.object, quad.graph].first(where: nodes.contains) else { continue }
      quadsOfGroups[groups.root(of: node), default: []].append(quad)
    }
    var words = LineWords(snapshot)
    let digest = Digest(.sha256)
    // In the order of ids, so that which of two groups that say the same is the first does not depend on anything else.
    var met: [ByteString: Int] = [:]
    for (root, quads) in quadsOfGroups.sorted(by: { $0.key < $1.key }) {
      let members =
        groups.count(of: root) == 1 ? [root] : Set(quads.flatMap { [$0.subject, $0.object, $0.graph] }.filter(nodes.contains)).sorted()
      let (hash, numbers) = try Self.canonical(quads, members, snapshot, &words, digest)
      let before = met[hash, default: 0]
      met[hash] = before + 1
      for (node, number) in zip(members, numbers) {
        var label = "b" + hash.text
        if members.count > 1 { label += "n\(number)" }
        if before > 0 { label += "d\(before)" }
        labels[Int(node)] = ByteString(label)
      }
    }
  }

  /// The hash of what a group says, and the canonical number of each of its members.
  private static func canonical(
    _ quads: [StoreQuad], _ members: [StoreID], _ snapshot: Snapshot, _ words: inout LineWords, _ digest: Digest
  ) throws(Failure) -> (hash: ByteString, numbers: [Int]) {
    if members.count == 1 {
      // There is but one way to number one node.
      var text = ByteBuffer()
      var lines: [ByteString] = []
      for quad in quads {
        text.truncate()
        words.append(quad, to: &text) { _, out in out.append("_:c14n0") }
        lines.append(ByteString(text.view))
      }
      text.truncate()
      for line in lines.sorted() { text.append(bytes: line) }
      return (shortened(digest.hex(of: text.view)), [0])
    }
    let collector = QuadCollector()
    var batch = QuadBatch(capacity: quads.count)
    for quad in quads {
      batch.append(
        Quad(
          snapshot.term(quad.subject), snapshot.term(quad.predicate), snapshot.term(quad.object),
          graph: quad.graph == .defaultGraph ? nil : snapshot.term(quad.graph)))
    }
    try collector.append(batch)
    let form = try CanonicalForm(of: collector)
    let numbers = members.map { node in
      var label = ByteBuffer()
      snapshot.append(node, to: &label)
      return collector.table.id(of: .blankNode, label.view).flatMap { form.labels[$0] } ?? 0
    }
    return (shortened(digest.hex(of: form.text.view)), numbers)
  }

  private static func shortened(_ hash: ByteString) -> ByteString { ByteString(Array(hash.bytes.prefix(hashLength))) }

  /// The quads in which blank nodes stand.
  private static func quads(of nodes: Range<StoreID>, _ snapshot: Snapshot) -> [StoreQuad] {
    var quads: [StoreQuad] = []
    let (spog, ospg) = (snapshot.permutation(.spog), snapshot.permutation(.ospg))
    for node in nodes {
      for row in spog.rows(node) {
        quads.append(StoreQuad(node, spog.second[row], spog.third[row], spog.graphs?[row] ?? spog.onlyGraph))
      }
      for row in ospg.rows(node) where !nodes.contains(ospg.second[row]) {
        quads.append(StoreQuad(ospg.second[row], ospg.third[row], node, ospg.graphs?[row] ?? ospg.onlyGraph))
      }
    }
    guard snapshot.graphs.contains(where: nodes.contains) else { return quads }
    for subject in snapshot.range(of: .iri) {
      for row in spog.rows(subject) where !nodes.contains(spog.third[row]) {
        let graph = spog.graphs?[row] ?? spog.onlyGraph
        if nodes.contains(graph) { quads.append(StoreQuad(subject, spog.second[row], spog.third[row], graph)) }
      }
    }
    return quads
  }
}

/// Which blank nodes belong together: a forest whose roots are the groups.
private struct NodeGroups {
  private var parents: [StoreID]
  private var counts: [Int]

  init(count: Int) {
    parents = (0..<count).map { StoreID($0) }
    counts = Array(repeating: 1, count: count)
  }

  mutating func root(of node: StoreID) -> StoreID {
    var root = node
    while parents[Int(root)] != root {
      parents[Int(root)] = parents[Int(parents[Int(root)])]
      root = parents[Int(root)]
    }
    return root
  }

  func count(of root: StoreID) -> Int { counts[Int(root)] }

  mutating func join(_ nodes: [StoreID]) {
    guard let first = nodes.first else { return }
    for other in nodes.dropFirst() {
      let (one, two) = (root(of: first), root(of: other))
      if one == two { continue }
      // The larger group takes the smaller one in.
      let (larger, smaller) = counts[Int(one)] >= counts[Int(two)] ? (one, two) : (two, one)
      parents[Int(smaller)] = larger
      counts[Int(larger)] += counts[Int(smaller)]
    }
  }
}
