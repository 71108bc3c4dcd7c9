import Bytes
import Identifiers
import JSON
import Problems

// Annotations (contract §4). One that is not known or not well-formed ends the reading: a rule that withholds must never be overlooked.
extension MetadataReader {
  mutating func readTableAnnotation(_ name: String, _ value: JSONNode, _ table: inout TableAnnotations) throws(Failure) {
    switch Annotation(rawValue: name) {
    case .columnMatching:
      if value.string == "title" { table.matchesByTitle = true } else { throw wrong(name, value, .phrase("must-be", ["value": "title"])) }
    case .when: table.conditions = try conditions(name, value)
    case .withhold: table.withhold = try rules(name, value)
    case .open: table.isOpen = value.bool ?? false
    case .keyForm: table.keyForm = value.string
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
    case .clean:
      for text in try texts(name, value) {
        if let step = CleaningStep(text) {
          column.steps.append(step)
        } else {
          throw wrong(name, value, .phrase("none-of", ["text": text, "choices": CleaningStep.names.joined(separator: ", ")]))
        }
      }
    case .withhold: column.withhold = try rules(name, value)
    case .when: column.conditions = try conditions(name, value)
    case .items: column.items = try items(name, value)
    case .coordinates: try readCoordinates(name, value, &column)
    case .check:
      guard let text = value.string, text.contains("{") else { throw wrong(name, value, .phrase("must-hold-columns")) }
      column.check = ByteString(text)
    case .ordinal:
      guard let text = value.string else { throw wrong(name, value, .phrase("must-be-template")) }
      do throws(URITemplate.Fault) {
        column.ordinal = try URITemplate(ByteString(text))
      } catch {
        throw wrong(name, value, error.explanation)
      }
    default: throw unknown(name, value)
    }
  }

  private func texts(_ name: String, _ value: JSONNode) throws(Failure) -> [String] {
    if let text = value.string { return [text] }
    guard let items = value.array, items.allSatisfy({ $0.string != nil }) else {
      throw wrong(name, value, .phrase("must-be-strings"))
    }
    return items.compactMap(\.string)
  }

  private func conditions(_ name: String, _ value: JSONNode) throws(Failure) -> [Condition] {
    var conditions: [Condition] = []
    for text in try texts(name, value) {
      do throws(Condition.Fault) { conditions.append(try Condition(text)) } catch { throw wrong(name, value, error.reason) }
    }
    return conditions
  }

  private func rules(_ name: String, _ value: JSONNode) throws(Failure) -> [WithholdRule] {
    var rules: [WithholdRule] = []
    for text in try texts(name, value) {
      do throws(Condition.Fault) { rules.append(try WithholdRule(text)) } catch { throw wrong(name, value, error.reason) }
    }
    return rules
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
