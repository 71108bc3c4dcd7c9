import Bytes
import RDF

/// As of when codes are looked up (contract §4, `codesAsOf`).
enum CodesAsOf: Sendable {
  /// A day of the publisher's: the first of a month or year.
  case day(CivilDate)
  /// The day that a row's own columns say; the first that has a value counts.
  case columns([ByteString])

  /// Reads a date, or names of columns.
  init?(_ texts: [String]) {
    if texts.count == 1, let span = ByteString(texts[0]).withView({ CivilDate.span(lexical: $0) }) {
      self = .day(span.lowerBound)
      return
    }
    let names = texts.flatMap(\.commaParts)
    if names.isEmpty { return nil }
    self = .columns(names.map { ByteString($0) })
  }
}
