package import SPARQL

/// What one query and one request of a site may use (contract §3, `limits`).
package struct SiteLimits: Sendable, Equatable {
  /// How long a query may run, in milliseconds.
  package var queryMilliseconds = 30_000
  /// How many rows a query may give.
  package var queryRows = 1_000_000
  /// How much memory a query may use, in bytes.
  package var queryMemory = 1 << 30
  /// How long a request's body may be, in bytes.
  package var body = 1 << 20
  /// How long a table may be that is sent to have its codes and names looked up, in bytes.
  package var resolve = 8 << 20

  /// The defaults of a site.
  package init() {}

  /// What one query may cost.
  package var budget: QueryBudget { QueryBudget(time: .milliseconds(queryMilliseconds), rows: queryRows, memory: queryMemory) }

  /// The milliseconds that a text such as `500ms`, `30s`, `5m` or `1h` says; nil for any other.
  static func milliseconds(_ text: String) -> Int? { amount(text, units: [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000)]) }

  /// The bytes that a text such as `65536`, `64KiB`, `1MiB` or `1GB` says; nil for any other.
  static func bytes(_ text: String) -> Int? {
    amount(
      text,
      units: [
        ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("kB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("B", 1), ("", 1),
      ])
  }

  private static func amount(_ text: String, units: [(name: String, factor: Int)]) -> Int? {
    for (name, factor) in units where text.hasSuffix(name) {
      let digits = text.dropLast(name.count).filter { $0 != " " && $0 != "_" }
      guard let number = Int(digits), number > 0 else { continue }
      let (product, isTooMuch) = number.multipliedReportingOverflow(by: factor)
      return isTooMuch ? nil : product
    }
    return nil
  }
}
