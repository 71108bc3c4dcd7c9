import Bytes
import Problems
import RDF

/// The lines of canonical N-Quads that stand in one graph only, `-` of the expected and `+` of the found one, all blank nodes
/// alike: a changed literal does not draw the new labels of all its neighbours along.
func shortDifference(_ expected: QuadCollector, _ found: QuadCollector) throws(Failure) -> String {
  var balance: [String: Int] = [:]
  for line in try unlabelled(expected) { balance[line, default: 0] += 1 }
  for line in try unlabelled(found) { balance[line, default: 0] -= 1 }
  let missing = balance.filter { $0.value > 0 }.keys.sorted().map { "- \($0)" }
  let extra = balance.filter { $0.value < 0 }.keys.sorted().map { "+ \($0)" }
  let lines = missing + extra
  return lines.isEmpty ? "the same but for what blank nodes stand where" : lines.joined(separator: "\n")
}

private func unlabelled(_ graph: QuadCollector) throws(Failure) -> [String] {
  try CanonicalForm(of: graph).text.view.text.split(separator: "\n").map { line in
    line.split(separator: " ").map { $0.hasPrefix("_:") ? "_:" : $0 }.joined(separator: " ")
  }
}
