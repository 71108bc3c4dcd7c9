/// A query that a peer answers otherwise.
struct Difference: CustomStringConvertible {
  let peer: String
  let query: String
  let data: String
  let ours: Answer
  let theirs: Answer
  /// What the other peers answer.
  let others: [Answer]

  var description: String {
    """
    \(peer) differs\(others.contains(ours) ? ", others agree with us" : "")
    \(query)
    \(data)ours: \(ours.error ?? ours.lines.joined(separator: "\n      "))
    \(peer): \(theirs.error ?? theirs.lines.joined(separator: "\n      "))
    """
  }
}

/// Classes of differences in which the peer does not do what the specification says, or the specification leaves the choice.
enum KnownDifference {
  /// Why a difference is none of ours; nil for one that has no reason.
  static func reason(for difference: Difference) -> String? {
    difference.peer == "oxigraph" ? oxigraph(difference) : rdflib(difference)
  }

  private static func oxigraph(_ difference: Difference) -> String? {
    let query = difference.query
    let theirs = difference.theirs
    if theirs.error?.contains("The SELECT contains a variable that is unbound") == true {
      return "refuses to project a variable that GROUP BY (… AS ?k) binds (§19.8, note 12)"
    }
    if query.contains(isDerived) || difference.data.contains(isDerived) {
      return "keeps values of types derived from xsd:integer as xsd:integer (RDF 1.1 §3.3: terms of other datatypes are other terms)"
    }
    if isPath(query), Set(theirs.lines) == Set(difference.ours.lines) {
      return "gives what several paths lead to once only (§18.4: sequences and alternatives are joins and unions, which keep duplicates)"
    }
    if query.contains(/COUNT\((DISTINCT )?[^*?]/), theirs.error == nil {
      return "leaves COUNT without value where its expression is an error (§18.5.1.2: such a solution is not counted)"
    }
    return nil
  }

  private static func rdflib(_ difference: Difference) -> String? {
    let query = difference.query
    let theirs = difference.theirs
    if theirs.error != nil { return "ends with an exception" }
    if isPath(query), Set(theirs.lines) == Set(difference.ours.lines) {
      return "counts what several paths lead to otherwise (§18.4: sequences and alternatives are joins and unions)"
    }
    if query.contains(/(COUNT|SUM|AVG|MIN|MAX)\(/) {
      return "leaves errors out of aggregates, or takes them for values (§18.5.1: an error is the aggregate's)"
    }
    return nil
  }

  nonisolated(unsafe) private static let isDerived = /\^\^xsd:(int|byte|nonNegativeInteger)\b/

  /// Whether the query has a path, which is always in brackets here.
  private static func isPath(_ query: String) -> Bool { query.contains(/[(^!]\(*[!^]*\(*:[pqr]/) }
}
