import Bytes
import Problems

/// What following a blank node's neighbours gave: a hash, and the order in which they were met.
struct NeighbourHash {
  var hash: ByteString
  var issuer: LabelIssuer
}

extension CanonicalLabelling {
  /// RDFC-1.0 §4.8, Hash N-Degree Quads: tells blank nodes apart by what they are connected to.
  mutating func hashNeighbours(of node: TermID, _ issuer: LabelIssuer, depth: Int) throws(Failure) -> NeighbourHash {
    try spend()
    if depth > Self.depthLimit {
      throw Failure(.limitExceeded, ["what": .phrase("alike-blank-nodes-depth"), "limit": "\(Self.depthLimit)"])
    }
    var issuer = issuer
    var data = ByteBuffer()
    for (hash, related) in try relatedNodes(of: node, issuer).sorted(by: { $0.key < $1.key }) {
      data.append(bytes: hash)
      var chosen: NeighbourHash?
      var order = Array(related.indices)
      repeat {
        try spend()
        let best = chosen
        if let path = try path(order.map { related[$0] }, issuer, notAfter: best?.hash, depth: depth) { chosen = path }
      } while order.advance()
      if let chosen {
        data.append(bytes: chosen.hash)
        issuer = chosen.issuer
      }
    }
    return NeighbourHash(hash: digest.hex(of: data.view), issuer: issuer)
  }

  /// The blank nodes that share a quad with `node`, by the hash of how they are related to it.
  private mutating func relatedNodes(of node: TermID, _ issuer: LabelIssuer) throws(Failure) -> [ByteString: [TermID]] {
    var related: [ByteString: [TermID]] = [:]
    for row in quads[node] ?? [] {
      for (other, position) in [(row.subject, "s"), (row.object, "o"), (row.graph, "g")] as [(TermID, Unicode.Scalar)] {
        guard other != node, isBlank(other) else { continue }
        try spend()
        related[hashRelated(other, row, issuer, position), default: []].append(other)
      }
    }
    return related
  }

  /// RDFC-1.0 §4.7, Hash Related Blank Node.
  private func hashRelated(_ other: TermID, _ row: QuadIDs, _ issuer: LabelIssuer, _ position: Unicode.Scalar) -> ByteString {
    var out = ByteBuffer()
    out.append(scalar: position)
    if position != "g" {
      out.append("<")
      out.append(dataset.view(row.predicate))
      out.append(">")
    }
    if canonical.number(of: other) != nil || issuer.number(of: other) != nil {
      out.append(label: other, canonical, issuer)
    } else if let hash = firstDegree[other] {
      out.append(bytes: hash)
    }
    return digest.hex(of: out.view)
  }

  /// The path through `nodes` in this order (§4.8 step 5.4); nil where it is not before `best`.
  private mutating func path(
    _ nodes: [TermID], _ issuer: LabelIssuer, notAfter best: ByteString?, depth: Int
  ) throws(Failure) -> NeighbourHash? {
    var issuer = issuer
    var path = ByteBuffer()
    var unvisited: [TermID] = []
    for node in nodes {
      if canonical.number(of: node) == nil {
        if issuer.number(of: node) == nil { unvisited.append(node) }
        _ = issuer.issue(node)
      }
      path.append(label: node, canonical, issuer)
      if path.isHopeless(beside: best) { return nil }
    }
    for node in unvisited {
      let result = try hashNeighbours(of: node, issuer, depth: depth + 1)
      path.append(label: node, canonical, issuer)
      path.append("<")
      path.append(bytes: result.hash)
      path.append(">")
      issuer = result.issuer
      if path.isHopeless(beside: best) { return nil }
    }
    let text = ByteString(path.view)
    if let best, !(text < best) { return nil }
    return NeighbourHash(hash: text, issuer: issuer)
  }
}

extension ByteBuffer {
  /// Appends the label that a blank node has, the canonical one first.
  fileprivate mutating func append(label node: TermID, _ canonical: LabelIssuer, _ issuer: LabelIssuer) {
    if let number = canonical.number(of: node) {
      append("_:c14n")
      append(decimal: number)
    } else if let number = issuer.number(of: node) {
      append("_:b")
      append(decimal: number)
    }
  }

  /// Whether a path that begins with these bytes can't come before `best`.
  fileprivate func isHopeless(beside best: ByteString?) -> Bool {
    guard let best else { return false }
    return best.withView { count >= $0.count && $0 < view }
  }
}

extension [Int] {
  /// Makes the next permutation in lexicographic order; false, and unchanged, after the last.
  fileprivate mutating func advance() -> Bool {
    guard var pivot = indices.dropLast().last(where: { self[$0] < self[$0 + 1] }) else { return false }
    guard let successor = indices.last(where: { self[$0] > self[pivot] }) else { return false }
    swapAt(pivot, successor)
    pivot += 1
    self[pivot...].reverse()
    return true
  }
}
