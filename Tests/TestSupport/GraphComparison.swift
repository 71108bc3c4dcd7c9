import Bytes
package import Problems
package import RDF

/// Whether two datasets say the same but for the labels of their blank nodes (RDF 1.1 Concepts §3.6, §4.1). Literals are
/// compared as terms: `1` and `01` differ.
package func isomorphic(_ left: QuadCollector, _ right: QuadCollector) throws(Failure) -> Bool {
  let left = try CanonicalForm(of: left)
  let right = try CanonicalForm(of: right)
  return left.text.view == right.text.view
}

/// The lines of canonical N-Quads that stand in one dataset only: `-` those of `left`, `+` those of `right`. Empty
/// where the datasets are isomorphic.
package func difference(_ left: QuadCollector, _ right: QuadCollector) throws(Failure) -> String {
  let left = try lines(of: left)
  let right = try lines(of: right)
  let onlyLeft = left.subtracting(right).map { "- \($0)" }
  let onlyRight = right.subtracting(left).map { "+ \($0)" }
  return (onlyLeft.sorted() + onlyRight.sorted()).joined(separator: "\n")
}

private func lines(of dataset: QuadCollector) throws(Failure) -> Set<Substring> {
  let form = try CanonicalForm(of: dataset)
  return Set(form.text.view.text.split(separator: "\n"))
}
