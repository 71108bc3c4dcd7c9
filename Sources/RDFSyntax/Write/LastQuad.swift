import Bytes
import RDF

/// What a quad has in common with the one before it; each case includes those before it but ``nothing``.
enum SharedTerms {
  case nothing, graph, subject, predicate
}

extension QuadBatch {
  /// What the quad at `index`, not the first, has in common with the one before.
  @inline(__always) borrowing func shared(_ index: Int, _ hasGraphs: Bool) -> SharedTerms {
    if hasGraphs, !isSame(graphs[index], graphs[index &- 1]) { return .nothing }
    if !isSame(subjects[index], subjects[index &- 1]) { return .graph }
    return isSame(predicates[index], predicates[index &- 1]) ? .predicate : .subject
  }

  /// Whether two terms that are no literals are equal; equal terms may have different ids.
  @inline(__always) private borrowing func isSame(_ left: TermID, _ right: TermID) -> Bool {
    if left == right { return true }
    if left == Self.defaultGraph || right == Self.defaultGraph { return false }
    return terms[left].kind == terms[right].kind && terms.view(left) == terms.view(right)
  }
}

/// The last quad of a batch, kept to compare the first of the next with.
struct LastQuad {
  private var quad: Quad?

  init() {}

  /// Keeps the last quad of a batch that has one.
  init(_ batch: borrowing QuadBatch) { quad = batch.quad(at: batch.count - 1) }

  /// What the first quad of a batch has in common with this one.
  func shared(with batch: borrowing QuadBatch, _ hasGraphs: Bool) -> SharedTerms {
    guard let quad else { return .nothing }
    let first = batch.quad(at: 0)
    if hasGraphs, first.graph != quad.graph { return .nothing }
    if first.subject != quad.subject { return .graph }
    return first.predicate == quad.predicate ? .predicate : .subject
  }
}
