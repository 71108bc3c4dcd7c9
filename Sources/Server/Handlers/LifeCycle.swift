import Bytes
import Identifiers
import Problems
import RDF
import SPARQL

/// What became of a thing whose identifier is no longer in use, as the graphs of registers say it (DIGG's rules UM-10 to UM-12).
///
/// What goes by another identifier is `dcterms:isReplacedBy` it; what was merged or split is too, and its successors are `prov:wasDerivedFrom` it.
/// What lives on after a part was split off has neither a last day nor a successor: only the part is derived from it. Of a thing of a dataset that
/// its source has taken away the dataset's graph says `prov:invalidatedAtTime`.
struct LifeCycle: Sendable {
  /// How an identifier ended.
  enum Ending: Sendable {
    /// What it named is no more.
    case retired
    /// The same thing is called otherwise.
    case replaced
    /// What it named was merged with others or split.
    case divided

    /// The status of answers for it.
    var status: Int {
      switch self {
      case .retired: 410
      case .replaced: 308
      case .divided: 300
      }
    }
  }

  /// The thing.
  let iri: String
  /// How its identifier ended.
  let ending: Ending
  /// The last day on which it was in use, or nil where only that is known.
  let last: CivilDate?
  /// Why, in the words of whoever ended it.
  let reasons: [Term]
  /// The things that go on in its place, by IRI.
  let successors: [String]

  /// The day from which it ended.
  var day: CivilDate? { last.flatMap { CivilDate(dayNumber: $0.dayNumber + 1) } }

  /// The query for what the registers of a site say of a thing's end.
  static func query(of iri: String, base: String) -> String {
    let properties = [
      KnownVocabulary.kg("giltigFran"), KnownVocabulary.kg("giltigTill"), KnownVocabulary.dcterms("isReplacedBy"),
      KnownVocabulary.skos("historyNote"), Self.invalidated,
    ]
    return """
      SELECT DISTINCT ?p ?o ?came {
        VALUES ?p { \(properties.map { "<\($0)>" }.joined(separator: " ")) }
        GRAPH ?g { <\(iri)> ?p ?o }
        FILTER(STRSTARTS(STR(?g), "\(base)/register/")
          || (EXISTS { GRAPH ?g { <\(iri)> <\(Self.invalidated)> ?moment } } && NOT EXISTS { <\(iri)> a ?class }))
        BIND(EXISTS { ?o <\(KnownVocabulary.prov("wasDerivedFrom"))> <\(iri)> } AS ?came)
      } ORDER BY ?p ?o
      """
  }

  private static let invalidated = KnownVocabulary.prov("invalidatedAtTime")

  /// The query for the things of which the registers of a site say an end, or datasets that their source took them away.
  static func query(ofAllBelow base: String, limit: Int?) -> String {
    """
    SELECT DISTINCT ?thing {
      VALUES ?p { <\(KnownVocabulary.kg("giltigTill"))> <\(KnownVocabulary.dcterms("isReplacedBy"))> <\(invalidated)> }
      GRAPH ?g { ?thing ?p ?o }
      FILTER(STRSTARTS(STR(?g), "\(base)/register/") || ?p = <\(invalidated)>)
    }\(limit.map { " LIMIT \($0)" } ?? "")
    """
  }

  /// What the rows of the query for one thing say; nil for a thing whose identifier is in use on a day.
  init?(_ iri: String, rows: [[Term?]], on today: CivilDate) {
    var (first, last): (CivilDate?, CivilDate?) = (nil, nil)
    var (reasons, successors): ([Term], [String]) = ([], [])
    var isDivided = false
    for row in rows {
      guard let property = row[0]?.iri, let value = row[1] else { continue }
      let span = value.lexical.flatMap { text in ByteString(text).withView { CivilDate.span(lexical: $0) } }
      switch property {
      case KnownVocabulary.kg("giltigFran"): if let day = span?.lowerBound { first = max(first ?? day, day) }
      case KnownVocabulary.kg("giltigTill"): if let day = span?.upperBound { last = max(last ?? day, day) }
      case KnownVocabulary.skos("historyNote"): reasons.append(value)
      case Self.invalidated:
        // The day before is the last on which it was certainly there.
        guard let day = value.lexical.flatMap({ text in ByteString(text).withView { SwedishTime.date(lexical: $0) } }) else { continue }
        last = CivilDate(dayNumber: day.dayNumber - 1)
      default:
        if let successor = value.iri { successors.append(successor) }
        if row[2]?.lexical == "true" { isDivided = true }
      }
    }
    if last == nil, successors.isEmpty { return nil }
    // A day that is to come, or a code that its owner gave out again.
    if let last, last >= today || first.map({ $0 > last && $0 <= today }) ?? false { return nil }
    self.iri = iri
    self.last = last
    self.reasons = reasons
    self.successors = successors
    switch Register.Ending(successors: successors.count, areDerived: isDivided) {
    case .retired: ending = .retired
    case .replaced: ending = .replaced
    case .merged, .split: ending = .divided
    }
  }
}

extension CivilDate {
  /// The beginning of the day in Sweden as headers write moments.
  var httpDate: String? {
    SwedishTime.zone(ofLocal: self, .midnight).flatMap { HTTPDate.text(DateTimeValue(self, .midnight, zone: $0).instant) }
  }
}
