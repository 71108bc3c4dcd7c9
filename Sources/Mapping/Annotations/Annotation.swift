import Bytes
import Identifiers
import RDF

/// What mapping files may say beyond CSVW (contract §4): the closed list of annotations, by name.
enum Annotation: String, CaseIterable {
  case columnMatching, register, codesAsOf, withhold, embargo, coordinates, items, clean, scale, missing, fromFileName, fromPreamble
  case unpivot, ordinal, same, furtherProperty, when, time
  case open, keyForm, check, newKey, nameWords

  /// The namespace of annotations, `kgm:`.
  static let namespace = KnownVocabulary.kg + "csvw/"

  /// The name of an annotation that is spelled in full or with the prefix `kgm:`; nil for any other property.
  static func name(of property: String) -> String? {
    for prefix in [namespace, "kgm:"] where property.hasPrefix(prefix) { return String(property.dropFirst(prefix.count)) }
    return nil
  }
}

/// The annotations of a table.
struct TableAnnotations: Sendable {
  /// Whether columns are found by their titles, in any order (`columnMatching: title`).
  var matchesByTitle = false
  var conditions: [Condition] = []
  var withhold: [WithholdRule] = []
  var embargoes: [Embargo] = []
  /// As of when the codes of all columns are looked up that don't say otherwise.
  var codesAsOf: CodesAsOf?
  /// Texts that mean no value, beside `null`.
  var missing: [ByteString] = []
  var fileNames: NamedPattern?
  /// What is looked for in the lines before the header.
  var preamble: [NamedPattern] = []
  var unpivot: Unpivot?
  /// Of a register's table: whether it is open, the form of its keys, and their check.
  var isOpen = false
  var keyForm: String?
  var check: KeyCheck?
  /// How the register makes keys that say nothing of the thing.
  var newKey: NewKey?
  /// Words that may stand beside the names of the register's members.
  var nameWords: [ByteString] = []
}

/// The annotations of a column.
struct ColumnAnnotations: Sendable {
  var register: String?
  /// As of when its codes are looked up.
  var codesAsOf: CodesAsOf?
  var steps: [CleaningStep] = []
  var withhold: [WithholdRule] = []
  var conditions: [Condition] = []
  /// The template of the key within which rows are numbered, and what stands before all numbers but the first.
  var ordinal: (key: URITemplate, suffix: ByteString?)?
  /// The template of the key whose rows all say the same in the column.
  var same: URITemplate?
  /// The property of the values of a thing that differ from its first one.
  var furtherProperty: ByteString?
  /// How the values of a cell that holds several are told apart.
  var items: ItemsForm?
  /// How the cell says where something is.
  var coordinates: CoordinateForm?
  /// The column that says the same place, and counts where it does.
  var samePlace: ByteString?
  /// The text that the value must be.
  var check: ByteString?
  /// What its numbers are multiplied by.
  var scale: DecimalValue?
  /// Texts that mean no value, beside `null`.
  var missing: [ByteString] = []
  var time: TimeForm?
}
