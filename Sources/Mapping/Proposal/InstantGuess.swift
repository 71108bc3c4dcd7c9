import Bytes
import RDF

/// Tells whether the cells of a column are moments in a form that no datatype of CSVW has, and which (contract §4, `time`).
enum InstantGuess {
  /// The least share of cells that are, in percent.
  private static let leastShare = 99
  /// What is taken for milliseconds since 1970: the years 2000 to 2033. Other long numbers are of other things.
  private static let milliseconds: Range<Int64> = 946_684_800_000..<2_000_000_000_000

  /// The form of the cells; nil where they are none of these.
  static func form(of facts: ColumnFacts) -> TimeForm? {
    if facts.share(leastShare, where: { Int64($0.text).map(milliseconds.contains) ?? false }) { return .epochMilliseconds }
    if facts.share(leastShare, where: isMidnight) { return .instantToLocalDate }
    return nil
  }

  /// Whether a text is a moment in UTC at which a day begins in Sweden.
  private static func isMidnight(_ text: ByteString) -> Bool {
    guard let value = text.withView({ DateTimeValue(lexical: $0) }), value.zone == .utc else { return false }
    let seconds = value.instant.seconds
    let minutes = SwedishTime.zone(at: value.instant).minutes ?? 0
    return (seconds + Int64(minutes) * 60) % 86_400 == 0
  }
}
