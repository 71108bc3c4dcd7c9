import Bytes
import Problems
import RDF

/// Columns that are values of a dimension (contract §4, `unpivot`): `COLUMN, …; dimension: NAME; value: NAME`, or
/// `matches REGEX; dimension: NAME; value: NAME` for columns by their titles.
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
  /// The described column that gets the name or title of the column at hand.
  let dimension: ByteString
  /// The described column that gets its cell.
  let value: ByteString
  /// Which columns, as it was written.
  let source: String

  /// Reads an unpivoting.
  init(_ text: String) throws(AnnotationFault) {
    let parts = try OptionText(text, known: ["dimension", "value"])
    guard let dimension = parts.options["dimension"], let value = parts.options["value"], dimension != value, !dimension.isEmpty,
      !value.isEmpty, !parts.text.isEmpty
    else { throw AnnotationFault(reason: .phrase("unpivot-form", ["text": text])) }
    self.dimension = ByteString(dimension)
    self.value = ByteString(value)
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
}
