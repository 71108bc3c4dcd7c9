import Bytes
package import Problems
import Synchronization

/// What a query may use: time and working memory. Checked once a batch.
package final class QueryMeter: Sendable {
  private let timeout: Duration?
  private let deadline: ContinuousClock.Instant?
  private let memory: Int?
  private let isCancelled = Atomic(false)
  private let held = Atomic(0)

  /// A budget; nil for no limit.
  /// - Parameters:
  ///   - timeout: how long the query may take from now on.
  ///   - memory: how many bytes all that the query keeps may have at one time.
  package init(timeout: Duration? = nil, memory: Int? = nil) {
    self.timeout = timeout
    deadline = timeout.map { ContinuousClock.now + $0 }
    self.memory = memory
  }

  /// Ends the query at its next check, from any thread.
  package func cancel() { isCancelled.store(true, ordering: .relaxed) }

  /// Whether ``cancel()`` was called.
  var wasCancelled: Bool { isCancelled.load(ordering: .relaxed) }

  /// How much time is left; nil for no limit.
  var remaining: Duration? { deadline.map { max(.zero, $0 - ContinuousClock.now) } }

  /// Ends the query where its time is up or it was cancelled.
  /// - Throws: ``ProblemCode/queryTimeout`` or ``ProblemCode/queryCancelled``.
  package func check() throws(Failure) {
    if wasCancelled { throw Failure(.queryCancelled) }
    if let deadline, let timeout, ContinuousClock.now > deadline {
      throw Failure(.queryTimeout, ["limit": .text(Self.seconds(timeout))])
    }
  }

  /// Counts bytes that are kept from now on, or, where negative, no longer.
  /// - Throws: ``ProblemCode/queryMemory`` where all that is kept is too much; the bytes are counted all the same.
  fileprivate func hold(_ change: Int) throws(Failure) {
    let total = held.add(change, ordering: .relaxed).newValue
    if let memory, total > memory, change > 0 { throw Failure(.queryMemory, ["limit": .text(Self.size(memory))]) }
  }

  fileprivate func release(_ bytes: Int) { held.subtract(bytes, ordering: .relaxed) }

  private static func seconds(_ duration: Duration) -> String {
    let (whole, rest) = duration.components
    let thousandths = rest / 1_000_000_000_000_000
    if thousandths == 0 { return "\(whole)" }
    let digits = "\(thousandths + 1000)".dropFirst()
    return "\(whole)." + String(String(digits.reversed().drop { $0 == "0" }).reversed())
  }

  private static func size(_ bytes: Int) -> String {
    for (shift, unit) in [(30, "GiB"), (20, "MiB"), (10, "KiB")] where bytes >= 1 << shift && bytes % (1 << shift) == 0 {
      return "\(bytes >> shift) \(unit)"
    }
    return "\(bytes) B"
  }
}

/// What one part of a running query keeps, counted towards the whole query's memory until it is let go.
final class WorkingMemory {
  private let meter: QueryMeter
  private(set) var bytes = 0

  init(_ meter: QueryMeter) { self.meter = meter }

  deinit { meter.release(bytes) }

  /// Says how many bytes the part keeps now.
  /// - Throws: ``ProblemCode/queryMemory``.
  func set(_ bytes: Int) throws(Failure) {
    let change = bytes - self.bytes
    if change == 0 { return }
    self.bytes = bytes
    try meter.hold(change)
  }
}
