import Bytes

/// The order of terms that are no blank nodes: IRIs by bytes, then literals by lexical form, then datatype, then language.
enum TermOrder {
  /// The ids of those terms, in order.
  static func sortedGround(of collector: QuadCollector) -> [TermID] {
    var ids: [TermID] = []
    for id in 0..<TermID(collector.termCount) {
      let kind = collector.kind(id)
      if kind != .blankNode, kind != .tag { ids.append(id) }
    }
    ids.sort { isBefore($0, $1, collector) }
    return ids
  }

  private static func isBefore(_ left: TermID, _ right: TermID, _ collector: QuadCollector) -> Bool {
    let one = collector.record(left)
    let other = collector.record(right)
    if (one.kind == .iri) != (other.kind == .iri) { return one.kind == .iri }
    let text = collector.view(left)
    let otherText = collector.view(right)
    if text != otherText { return text < otherText }
    if one.kind != other.kind { return one.kind.rawValue < other.kind.rawValue }
    return collector.view(one.qualifier) < collector.view(other.qualifier)
  }
}
