import Bytes
import RDF

extension Value {
  /// The effective boolean value (§17.2.2): nil for a type error. What is no number or truth value although its datatype says so is false
  /// in SPARQL 1.1, and an error in 1.2; a text with a language is as one without in 1.1, and an error in 1.2.
  package func effectiveBoolean(_ version: QueryVersion = .v11) -> Bool? {
    switch payload {
    case .boolean(let value): value
    case .string: !lexical.isEmpty
    case .tagged: version == .v11 ? !lexical.isEmpty : nil
    case .integer(let value): value != 0
    case .decimal(let value): value.coefficient != 0
    case .float(let value): value != 0 && !value.isNaN
    case .double(let value): value != 0 && !value.isNaN
    // A number of too many digits is not written wrongly.
    case .other: version == .v11 && Self.isMiswritten(self) ? false : nil
    default: nil
    }
  }

  private static func isMiswritten(_ value: Value) -> Bool {
    guard let name = DatatypeIRI.name(value.qualifier) else { return false }
    if name == "boolean" || name == "double" || name == "float" { return true }
    if name == "decimal" { return !DecimalValue.isLexical(value.lexical) }
    guard let type = IntegerType(name: name) else { return false }
    return !type.contains(lexical: value.lexical)
  }
}
