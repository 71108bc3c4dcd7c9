import Bytes
import Problems

/// Finds the canonical labels of a dataset's blank nodes (RDFC-1.0 §4.4).
struct CanonicalLabelling {
  let dataset: QuadCollector
  let digest: Digest
  /// The quads in which each blank node stands.
  private(set) var quads: [TermID: [QuadIDs]] = [:]
  /// The blank nodes, in the order in which they came.
  private var nodes: [TermID] = []
  /// The hash of each blank node's own quads.
  private(set) var firstDegree: [TermID: ByteString] = [:]
  /// The labels given so far.
  private(set) var canonical = LabelIssuer()
  private let workLimit: Int
  private var work = 0

  /// How deep the search may follow blank nodes from one to the next.
  static let depthLimit = 1000

  init(_ dataset: QuadCollector, algorithm: Digest.Algorithm, workLimit: Int) {
    self.dataset = dataset
    self.workLimit = workLimit
    digest = Digest(algorithm)
    for row in dataset.rows.withoutDuplicates() {
      note(row.subject, in: row)
      if row.object != row.subject { note(row.object, in: row) }
      if row.graph != row.subject, row.graph != row.object { note(row.graph, in: row) }
    }
  }

  private mutating func note(_ id: TermID, in row: QuadIDs) {
    guard isBlank(id) else { return }
    if quads[id] == nil { nodes.append(id) }
    quads[id, default: []].append(row)
  }

  func isBlank(_ id: TermID) -> Bool { id != QuadBatch.defaultGraph && dataset.kind(id) == .blankNode }

  /// Gives every blank node its label.
  mutating func run() throws(Failure) {
    var alike: [ByteString: [TermID]] = [:]
    for node in nodes {
      let hash = hashFirstDegree(node)
      firstDegree[node] = hash
      alike[hash, default: []].append(node)
    }
    var rest: [[TermID]] = []
    for (_, group) in alike.sorted(by: { $0.key < $1.key }) {
      if group.count == 1 { _ = canonical.issue(group[0]) } else { rest.append(group) }
    }
    for group in rest {
      var results: [NeighbourHash] = []
      for node in group where canonical.number(of: node) == nil {
        var issuer = LabelIssuer()
        _ = issuer.issue(node)
        results.append(try hashNeighbours(of: node, issuer, depth: 0))
      }
      results.sort { $0.hash < $1.hash }
      for result in results {
        for node in result.issuer.order { _ = canonical.issue(node) }
      }
    }
  }

  /// Counts a unit of work.
  mutating func spend() throws(Failure) {
    work += 1
    if work > workLimit {
      throw Failure(.limitExceeded, ["what": .phrase("alike-blank-nodes-search"), "limit": "\(workLimit)"])
    }
  }

  /// RDFC-1.0 §4.6: the hash of the quads of a blank node, itself written `_:a` and every other `_:z`.
  private func hashFirstDegree(_ node: TermID) -> ByteString {
    var out = ByteBuffer()
    var lines: [ByteString] = []
    for row in quads[node] ?? [] {
      out.truncate()
      out.append(row, of: dataset) { other, out in
        if other == node { out.append("_:a") } else { out.append("_:z") }
      }
      lines.append(ByteString(out.view))
    }
    lines.sort()
    out.truncate()
    for line in lines { out.append(bytes: line) }
    return digest.hex(of: out.view)
  }
}
