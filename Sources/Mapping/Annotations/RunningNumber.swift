import Bytes
import Problems

/// A running number within a key (contract §4, `ordinal`): `KEY`, or `KEY; suffix: TEXT`.
struct RunningNumber: Sendable {
  /// The template that gives the key.
  let key: String
  /// What stands before every number but the first, of which then nothing is written: the end of identifiers of which few share a key. Nil
  /// where every number is written, and nothing else.
  let suffix: ByteString?

  /// Reads a running number.
  init(_ text: String) throws(AnnotationFault) {
    let parts = try OptionText(text, known: ["suffix"])
    key = parts.text
    suffix = parts.options["suffix"].map { ByteString($0) }
  }
}
