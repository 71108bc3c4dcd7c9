import Bytes
import Problems
import RDF

/// Columns that are values (contract §4, `unpivot`): `COLUMN, …`, or `matches REGEX` or `isCodeOf REGISTER` for columns by their titles, and
/// then `; dimension: NAME; value: NAME` or `; yes: NAME; no: NAME`.
struct Unpivot: Sendable {
  /// Which columns.
  enum Columns: Sendable {
    /// The described columns with these names.
    case named([ByteString])
    /// The columns of the file that no description claims and whose titles match. The text of the column is what the groups hold, or
    /// the whole title.
    case titled(Pattern)
    /// The columns of the file that no description claims and whose titles are codes or names of a register. The text of the column is the
    /// code.
    case coded(register: String)
  }

  /// What becomes of them.
  enum Form: Sendable {
    /// An observation each: the described columns that get the text of the column at hand, and its cell.
    case observations(dimension: ByteString, value: ByteString)
    /// Answers: the described columns that get, as items, the texts of the columns that say yes and of those that say no.
    case answers(yes: ByteString, no: ByteString)
  }

  let columns: Columns
  let form: Form
  /// Which columns, as it was written.
  let source: String

  /// The described columns that are made of the others: no file has them.
  var made: (ByteString, ByteString) {
    switch form {
    case .observations(let dimension, let value): (dimension, value)
    case .answers(let yes, let no): (yes, no)
    }
  }

  /// Whether a column of this name is made of others.
  func makes(_ name: ByteString) -> Bool { name == made.0 || name == made.1 }

  /// Reads an unpivoting.
  init(_ text: String) throws(AnnotationFault) {
    let parts = try OptionText(text, known: ["dimension", "value", "yes", "no"])
    func pair(_ first: String, _ second: String) -> (ByteString, ByteString)? {
      guard let one = parts.options[first], let other = parts.options[second], parts.options.count == 2, one != other, !one.isEmpty,
        !other.isEmpty
      else { return nil }
      return (ByteString(one), ByteString(other))
    }
    guard !parts.text.isEmpty else { throw AnnotationFault(reason: .phrase("unpivot-form", ["text": text])) }
    if let (dimension, value) = pair("dimension", "value") {
      form = .observations(dimension: dimension, value: value)
    } else if let (yes, no) = pair("yes", "no") {
      form = .answers(yes: yes, no: no)
    } else {
      throw AnnotationFault(reason: .phrase("unpivot-form", ["text": text]))
    }
    source = parts.text
    if let expression = parts.text.after("matches ") {
      do {
        columns = .titled(try Pattern(expression, anchored: true))
      } catch {
        throw AnnotationFault(reason: .phrase("expression-wrong", ["text": .text(expression), "fault": error.message]))
      }
    } else if let register = parts.text.after("isCodeOf ") {
      columns = .coded(register: register.trimmingSpaces)
    } else {
      columns = .named(parts.text.commaParts.map { ByteString($0) })
    }
  }
}

extension String {
  /// What stands after a beginning; nil where the text begins otherwise.
  fileprivate func after(_ beginning: String) -> String? { hasPrefix(beginning) ? String(dropFirst(beginning.count)) : nil }
}
