import Bytes
import Identifiers
import JSON
import Problems
import RDF

// Annotations (contract §4). One that is not known or not well-formed ends the reading: a rule that withholds must never be overlooked.
extension MetadataReader {
  mutating func readTableAnnotation(_ name: String, _ value: JSONNode, _ table: inout TableAnnotations) throws(Failure) {
    switch Annotation(rawValue: name) {
    case .columnMatching:
      if value.string == "title" { table.matchesByTitle = true } else { throw wrong(name, value, .phrase("must-be", ["value": "title"])) }
    case .when: table.conditions = try parsed(name, value) { text throws(AnnotationFault) in try Condition(text) }
    case .withhold: table.withhold = try parsed(name, value) { text throws(AnnotationFault) in try WithholdRule(text) }
    case .embargo: table.embargoes = try parsed(name, value) { text throws(AnnotationFault) in try Embargo(text) }
    case .codesAsOf: table.codesAsOf = try codesAsOf(name, value)
    case .missing: table.missing = try texts(name, value).map { ByteString($0) }
    case .fromFileName: table.fileNames = try one(name, value) { text throws(AnnotationFault) in try NamedPattern(text) }
    case .fromPreamble: table.preamble = try parsed(name, value) { text throws(AnnotationFault) in try NamedPattern(text) }
    case .unpivot: table.unpivot = try one(name, value) { text throws(AnnotationFault) in try Unpivot(text) }
    case .open: table.isOpen = value.bool ?? false
    case .keyForm: table.keyForm = value.string
    case .newKey:
      table.newKey = value.string.flatMap { NewKey($0) }
      if table.newKey == nil { throw wrong(name, value, oneOf(NewKey.Kind.allCases.map(\.rawValue))) }
    case .nameWords: table.nameWords = try texts(name, value).map { ByteString($0) }
    case .check:
      table.check = value.string.flatMap(KeyCheck.init(rawValue:))
      if table.check == nil { throw wrong(name, value, oneOf(KeyCheck.allCases.map(\.rawValue))) }
    default: throw unknown(name, value)
    }
  }

  mutating func readColumnAnnotation(_ name: String, _ value: JSONNode, _ column: inout ColumnAnnotations) throws(Failure) {
    switch Annotation(rawValue: name) {
    case .register:
      if let register = value.string { column.register = register } else { throw wrong(name, value, .phrase("must-be-register")) }
    case .clean: column.steps = try steps(name, value)
    case .codesAsOf: column.codesAsOf = try codesAsOf(name, value)
    case .scale: column.scale = try scale(name, value)
    case .missing: column.missing = try texts(name, value).map { ByteString($0) }
    case .time:
      column.time = value.string.flatMap(TimeForm.init(rawValue:))
      if column.time == nil { throw wrong(name, value, oneOf(TimeForm.allCases.map(\.rawValue))) }
    case .withhold: column.withhold = try parsed(name, value) { text throws(AnnotationFault) in try WithholdRule(text) }
    case .when: column.conditions = try parsed(name, value) { text throws(AnnotationFault) in try Condition(text) }
    case .items: column.items = try items(name, value)
    case .coordinates: try readCoordinates(name, value, &column)
    case .check:
      guard let text = value.string, text.contains("{") else { throw wrong(name, value, .phrase("must-hold-columns")) }
      column.check = ByteString(text)
    case .ordinal:
      let number = try one(name, value) { text throws(AnnotationFault) in try RunningNumber(text) }
      column.ordinal = (try template(name, value, number.key), number.suffix)
    case .same: column.same = try template(name, value)
    case .furtherProperty:
      column.furtherProperty = value.string.flatMap(property)
      if column.furtherProperty == nil { throw wrong(name, value, .phrase("must-be-property")) }
    default: throw unknown(name, value)
    }
  }

  private func template(_ name: String, _ value: JSONNode) throws(Failure) -> URITemplate {
    guard let text = value.string else { throw wrong(name, value, .phrase("must-be-template")) }
    return try template(name, value, text)
  }

  private func template(_ name: String, _ value: JSONNode, _ text: String) throws(Failure) -> URITemplate {
    do throws(URITemplate.Fault) { return try URITemplate(ByteString(text)) } catch { throw wrong(name, value, error.explanation) }
  }

  /// The IRI of a property, which may be written with a prefix that CSVW knows.
  private func property(_ text: String) -> ByteString? {
    let iri = CSVWContext.expand(text) ?? ByteString(text)
    return iri.withView { $0.isAbsoluteIRI && IRICharacters.firstForbidden(in: $0) == nil } ? iri : nil
  }

  private func texts(_ name: String, _ value: JSONNode) throws(Failure) -> [String] {
    if let text = value.string { return [text] }
    guard let items = value.array, items.allSatisfy({ $0.string != nil }) else {
      throw wrong(name, value, .phrase("must-be-strings"))
    }
    return items.compactMap(\.string)
  }

  /// The texts of a value, each read by `read`.
  private func parsed<Result>(
    _ name: String, _ value: JSONNode, _ read: (String) throws(AnnotationFault) -> Result
  ) throws(Failure) -> [Result] {
    var results: [Result] = []
    for text in try texts(name, value) {
      do throws(AnnotationFault) { results.append(try read(text)) } catch { throw wrong(name, value, error.reason) }
    }
    return results
  }

  /// A value that is one text, read by `read`.
  private func one<Result>(
    _ name: String, _ value: JSONNode, _ read: (String) throws(AnnotationFault) -> Result
  ) throws(Failure) -> Result {
    guard let text = value.string else { throw wrong(name, value, .phrase("must-be-string")) }
    do throws(AnnotationFault) { return try read(text) } catch { throw wrong(name, value, error.reason) }
  }

  private func codesAsOf(_ name: String, _ value: JSONNode) throws(Failure) -> CodesAsOf {
    if let found = CodesAsOf(try texts(name, value)) { return found }
    throw wrong(name, value, .phrase("must-be-day-or-columns"))
  }

  /// Steps whose texts can't grow beyond all bounds.
  private func steps(_ name: String, _ value: JSONNode) throws(Failure) -> [CleaningStep] {
    var steps: [CleaningStep] = []
    for text in try texts(name, value) {
      guard let step = CleaningStep(text) else {
        throw wrong(name, value, .phrase("none-of", ["text": text, "choices": CleaningStep.names.joined(separator: ", ")]))
      }
      steps.append(step)
    }
    let growth = steps.prefix(20).reduce(1) { $0 * $1.growth }
    if steps.count > 20 || growth > 100 { throw wrong(name, value, .phrase("too-many-steps")) }
    return steps
  }

  private func scale(_ name: String, _ value: JSONNode) throws(Failure) -> DecimalValue {
    let text: ByteString? =
      switch value.value {
      case .string(let text), .number(let text): text
      default: nil
      }
    guard let factor = text?.withView({ DecimalValue(lexical: $0) }), factor.coefficient != 0 else {
      throw wrong(name, value, .phrase("must-be-factor"))
    }
    return factor
  }

  func wrong(_ name: String, _ node: JSONNode, _ reason: Words) -> Failure {
    Failure(.annotationInvalid, at: place(node), ["name": .text(name), "reason": reason])
  }

  private func unknown(_ name: String, _ node: JSONNode) -> Failure {
    var arguments = ["name": name]
    arguments["nearest"] = nearest(to: name, among: Annotation.allCases.map(\.rawValue))
    return Failure(.annotationUnknown, at: place(node), arguments)
  }
}
