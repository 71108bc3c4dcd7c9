/// A query that a peer answers otherwise.
struct Difference: CustomStringConvertible {
  let peer: String
  let query: String
  let data: String
  let ours: Answer
  let theirs: Answer
  /// What the other peers answer.
  let others: [Answer]

  /// Whether the peer has no solution that we have not, and not all of ours.
  var lacksSome: Bool {
    var rest = ours.lines[...]
    for line in theirs.lines {
      guard let at = rest.firstIndex(of: line) else { return false }
      rest = rest[(at + 1)...]
    }
    return theirs.lines.count < ours.lines.count
  }

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
    if theirs.error != nil { return nil }
    if query.contains(/STR\(|ENCODE/), query.contains(isSpelt) || difference.data.contains(isSpelt) {
      return "keeps values of numbers, not how they are spelt (§17.4.2.5: STR returns the lexical form)"
    }
    if isPath(query), difference.lacksSome, query.contains(/[*?]\)*\s[?:]/) {
      return "finds no path of length zero from a term that the graph lacks (§18.4, ZeroLengthPath: from a term to itself)"
    }
    if query.contains("/ 0.5") { return "can't divide an xsd:decimal of 0 by a fraction (§17.3, op:numeric-divide: it is 0)" }
    if query.contains("GRAPH ?y"), query.contains("MINUS") {
      return "lets the graph's variable be seen inside GRAPH (§18.6: it is joined with what the pattern gives)"
    }
    if query.contains("NaN") || difference.data.contains("NaN") || query.contains("/ 0.0"), query.contains(isComparison) {
      return "makes comparisons with NaN errors (§17.3, op:numeric-less-than: they are false)"
    }
    if query.contains(isComparison) {
      return "holds a term for neither less nor greater than itself whatever it is (§17.3: no operator for IRIs and other literals)"
    }
    if isPath(query), Set(theirs.lines) == Set(difference.ours.lines) {
      return "gives what several paths lead to once only (§18.4: sequences and alternatives are joins and unions, which keep duplicates)"
    }
    if query.contains(/COUNT\((DISTINCT )?[^*?]/) {
      return "leaves COUNT without value where its expression is an error (§18.5.1.2: such a solution is not counted)"
    }
    return nil
  }

  private static func rdflib(_ difference: Difference) -> String? {
    let query = difference.query
    let theirs = difference.theirs
    if theirs.error != nil { return "ends with an exception" }
    if query.contains(/(COUNT|SUM|AVG|MIN|MAX)\(/) {
      return "leaves errors out of aggregates, or takes them for values (§18.5.1: an error is the aggregate's)"
    }
    if query.contains(" AS ?a)") {
      return "works numbers out in Python's types, and takes the texts of errors for values (§17.2, §17.3)"
    }
    if query.contains("{ SELECT") {
      return "joins by variables that a subquery does not project (§18.2.1: they are not in scope outside)"
    }
    if isPath(query) {
      return "counts what several paths lead to otherwise, and joins the ends of paths of length zero by value (§18.4)"
    }
    if query.contains(isComparison) || query.contains(/\sIN\s/) {
      return "compares values of types that have no order, and takes errors for false (§17.2, §17.3)"
    }
    // These are broad: they hold only where the other peer agrees with us.
    guard difference.others.contains(difference.ours) else { return nil }
    if query.contains("GRAPH") { return "takes what is no named graph of the dataset for one that is empty (§18.6: no solutions)" }
    if query.contains("VALUES") { return "puts the values of VALUES into an OPTIONAL and loses those without a match (§18.5, LeftJoin)" }
    if query.contains("MINUS") {
      return "takes away solutions that share no variable, and keeps such as do, inside OPTIONAL (§18.5, Minus)"
    }
    if query.contains("FILTER(") {
      return "lets a FILTER see variables from outside its group (§18.2.1, scope)"
    }
    return nil
  }

  nonisolated(unsafe) private static let isSpelt = /\d\.0\b|\d[eE]\d|xsd:(float|double)/
  nonisolated(unsafe) private static let isComparison = /\s[<>]=?\s/
  nonisolated(unsafe) private static let isDerived = /\^\^xsd:(int|byte|nonNegativeInteger)\b/

  /// Whether the query has a path, which is always in brackets here.
  private static func isPath(_ query: String) -> Bool { query.contains(/[(^!]\(*[!^]*\(*:[pqr]/) }
}
