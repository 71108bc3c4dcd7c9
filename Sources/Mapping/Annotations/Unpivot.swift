import Bytes
import Problems
import RDF

/// Columns that are values (contract §4, `unpivot`): `COLUMN, …`, or `matches REGEX` or `isCodeOf REGISTER` for columns by their titles, and
/// then `; dimension: NAME, …; value: NAME, …` or `; yes: NAME; no: NAME`.
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
    /// An observation each: the described columns that get the text of the column at hand, and those of which the one gets its cell that
    /// most of its first cells fit.
    case observations(dimensions: [ByteString], values: [ByteString])
    /// Answers: the described columns that get, as items, the texts of the columns that say yes and of those that say no.
    case answers(yes: ByteString, no: ByteString)
  }

  let columns: Columns
  let form: Form
  /// Which columns, as it was written.
  let source: String

  /// The described columns that get what the column at hand is; none of answers.
  var dimensions: [ByteString] {
    if case .observations(let dimensions, _) = form { dimensions } else { [] }
  }

  /// Whether a described column is none of a file's, but made of others.
  func makes(_ name: ByteString) -> Bool {
    switch form {
    case .observations(let dimensions, let values): dimensions.contains(name) || values.contains(name)
    case .answers(let yes, let no): name == yes || name == no
    }
  }

  /// Reads an unpivoting.
  init(_ text: String) throws(AnnotationFault) {
    let parts = try OptionText(text, known: ["dimension", "value", "yes", "no"])
    func names(_ option: String) -> [ByteString] { (parts.options[option] ?? "").commaParts.map { ByteString($0) } }
    let (dimensions, values, yes, no) = (names("dimension"), names("value"), names("yes"), names("no"))
    let all = dimensions + values + yes + no
    let areObservations = !dimensions.isEmpty && !values.isEmpty && yes.isEmpty && no.isEmpty
    let areAnswers = dimensions.isEmpty && values.isEmpty && yes.count == 1 && no.count == 1
    guard areObservations || areAnswers, Set(all).count == all.count, !all.contains(""), !parts.text.isEmpty else {
      throw AnnotationFault(reason: .phrase("unpivot-form", ["text": text]))
    }
    form = areObservations ? .observations(dimensions: dimensions, values: values) : .answers(yes: yes[0], no: no[0])
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
