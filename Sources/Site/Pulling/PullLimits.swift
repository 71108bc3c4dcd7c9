/// How much may be pulled from one source.
package struct PullLimits: Sendable {
  /// How many pages.
  package var pages = 10_000
  /// How many bytes they may have together.
  package var bytes = 2 << 30

  /// What large registers stay below.
  package init() {}
}
