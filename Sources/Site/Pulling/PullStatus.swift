package import Problems
package import RDF

/// How it stands with the sources of a dataset that are fetched from the network (contract §5, `/status`).
package struct PullStatus: Sendable {
  /// The name of the dataset.
  package let dataset: String
  /// The addresses of the sources, without what may be keys.
  package let sources: [String]
  /// How often they are asked, as xsd:duration, or nil.
  package let schedule: String?
  /// When they were last asked by this program, or nil.
  package var tried: Instant?
  /// When what is at hand was last known to be what they say; nil where nothing is at hand.
  package var succeeded: Instant?
  /// When they are asked again, or nil where only a program that starts asks.
  package var due: Instant?
  /// How many times in a row they could not be read.
  package var failures = 0
  /// Why not, the last time; nil where they could.
  package var problem: Problem?
  /// How many files are at hand.
  package var files = 0
  /// How many bytes they have.
  package var size = 0
}
