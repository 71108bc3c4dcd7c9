import Bytes
import RDF

extension Value {
  /// The effective boolean value (SPARQL 1.1 §17.2.2): nil for a type error.
  package var effectiveBoolean: Bool? {
    switch payload {
    case .boolean(let value): value
    case .string: !lexical.isEmpty
    case .integer(let value): value != 0
    case .decimal(let value): value.coefficient != 0
    case .float(let value): value != 0 && !value.isNaN
    case .double(let value): value != 0 && !value.isNaN
    // A number or a truth value that is written wrongly is false, but one of too many digits is not wrong.
    case .other: Self.isMiswritten(self) ? false : nil
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
