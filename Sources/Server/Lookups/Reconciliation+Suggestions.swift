import Bytes
import Identifiers
import JSON
import Problems
import RDF
import Site

// What a person may be about to write (§6, suggest services).
extension Reconciliation {
  /// How many suggestions are made at once.
  private static let most = 20

  private static func skipped(_ fields: FormFields) -> Int { min(max(fields["cursor"].flatMap { Int($0) } ?? 0, 0), 10_000) }

  /// Things whose names begin so, before them those that are called so.
  func entities(_ fields: FormFields, _ types: [ReconciliationType], _ context: PageContext) -> JSONValue {
    let prefix = ByteString(fields["prefix"] ?? "")
    let skipped = Self.skipped(fields)
    let today = SwedishTime.date(at: .now)
    let words = PageWords(language: context.language)
    let wanted = types.filter { type in fields["type"].map(type.answers) ?? (type.entry.published.kind == .register) }
    var found: [ReconciliationCandidate] = []
    for type in wanted {
      let register = type.entry.register
      let begun = prefix.withView { register.members(beginning: $0, limit: skipped + Self.most) }
      let keys = begun.map { register.members[$0].key }
      let exact = ReconciliationCandidate.candidates(of: prefix, type, limit: 0, today: today, words).filter { $0.score >= 80 }
      let begin = keys.flatMap { ReconciliationCandidate.candidates(of: $0, type, limit: 1, today: today, words).prefix(1) }
      found += exact + begin
    }
    var seen: Set<String> = []
    let results = found.filter { seen.insert($0.iri).inserted }.dropFirst(skipped).prefix(Self.most).map { candidate -> JSONValue in
      .object([
        ("id", .text(candidate.iri)), ("name", .text(candidate.name)), ("description", .text(candidate.description)),
        ("notable", .list([candidate.type.json])),
      ])
    }
    return .object([("result", .list(Array(results)))])
  }

  /// Those of some types or properties whose names have a word that begins so, or that are meant by their identifiers.
  static func suggestions(_ all: [(id: String, name: String)], _ fields: FormFields) -> JSONValue {
    let prefix = (fields["prefix"] ?? "").lowercased()
    let found = all.filter { id, name in
      let name = name.lowercased()
      return id.lowercased() == prefix || name.hasPrefix(prefix) || name.contains(" " + prefix)
    }
    let results = found.dropFirst(skipped(fields)).prefix(most).map { JSONValue.object([("id", .text($0.id)), ("name", .text($0.name))]) }
    return .object([("result", .list(Array(results)))])
  }
}
