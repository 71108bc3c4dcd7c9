/// Gives blank nodes labels in the order in which it is asked (RDFC-1.0 §4.3, §4.5).
struct LabelIssuer {
  private(set) var order: [TermID] = []
  private var numbers: [TermID: Int] = [:]

  /// The number of a blank node's label, or nil where it has none yet.
  func number(of node: TermID) -> Int? { numbers[node] }

  /// The number of a blank node's label, a new one where it has none yet.
  mutating func issue(_ node: TermID) -> Int {
    if let number = numbers[node] { return number }
    numbers[node] = order.count
    order.append(node)
    return order.count - 1
  }
}
