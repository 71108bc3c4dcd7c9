import Foundation

/// How much is tested.
package enum TestTier {
  /// Whether all is, for as long as it takes (`KOMMUNGRAF_TESTS=full`); else what a newcomer waits for.
  package static let isFull = ProcessInfo.processInfo.environment["KOMMUNGRAF_TESTS"] == "full"
}
