/// How much may be pulled from one source.
package struct PullLimits: Sendable {
  /// How many pages.
  package var pages = 10_000
  /// How many bytes they may have together.
  package var bytes = 2 << 30
  /// How many bytes they may have together where they are changes, which are held in memory until they are merged.
  package var changes = 256 << 20

  /// What large registers stay below.
  package init() {}
}
