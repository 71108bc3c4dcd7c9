import Bytes
import Problems
import RDF

/// Columns that are values of a dimension (contract §4, `unpivot`): `COLUMN, …; dimension: NAME, …; value: NAME, …`, or
/// `matches REGEX; dimension: NAME, …; value: NAME, …` for columns by their titles.
struct Unpivot: Sendable {
  /// Which columns.
  enum Columns: Sendable {
    /// The described columns with these names.
    case named([ByteString])
    /// The columns of the file that no description claims and whose titles match. The text of the dimension is what the groups hold, or
    /// the whole title.
    case titled(Pattern)
  }

  let columns: Columns
  /// The described columns that get the name or title of the column at hand.
  let dimensions: [ByteString]
  /// The described columns of which the one gets its cell that most of its first cells fit.
  let values: [ByteString]
  /// Which columns, as it was written.
  let source: String

  /// Reads an unpivoting.
  init(_ text: String) throws(AnnotationFault) {
    let parts = try OptionText(text, known: ["dimension", "value"])
    dimensions = (parts.options["dimension"] ?? "").commaParts.map { ByteString($0) }
    values = (parts.options["value"] ?? "").commaParts.map { ByteString($0) }
    let names = dimensions + values
    guard !dimensions.isEmpty, !values.isEmpty, Set(names).count == names.count, !names.contains(""), !parts.text.isEmpty else {
      throw AnnotationFault(reason: .phrase("unpivot-form", ["text": text]))
    }
    source = parts.text
    let mark = "matches "
    if parts.text.hasPrefix(mark) {
      let expression = String(parts.text.dropFirst(mark.count))
      do {
        columns = .titled(try Pattern(expression, anchored: true))
      } catch {
        throw AnnotationFault(reason: .phrase("expression-wrong", ["text": .text(expression), "fault": error.message]))
      }
    } else {
      columns = .named(parts.text.commaParts.map { ByteString($0) })
    }
  }

  /// Whether a described column is none of a file's, but made of others.
  func makes(_ name: ByteString) -> Bool { dimensions.contains(name) || values.contains(name) }
}
