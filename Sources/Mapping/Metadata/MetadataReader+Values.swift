import Bytes
import Identifiers
import JSON
import Problems
import RDF

// Values of the simple kinds (§5.1), and how what is wrong with them is told.
extension MetadataReader {
  func place(_ node: JSONNode) -> Place { Place(file: file, line: Int(node.line), column: Int(node.column)) }

  func invalid(_ reason: Words, at node: JSONNode) -> Failure { Failure(.metadataInvalid, at: place(node), ["reason": reason]) }

  func warn(_ property: String, _ node: JSONNode, _ reason: Words) {
    problems.report(Problem(.metadataPropertyInvalid, at: place(node), ["property": .text(property), "reason": reason]))
  }

  func warnUnknown(_ property: String, _ node: JSONNode, of object: String) {
    var arguments = ["property": property, "object": object]
    arguments["nearest"] = nearest(to: property, among: MetadataReader.propertyNames)
    problems.report(Problem(.metadataPropertyUnknown, at: place(node), arguments))
  }

  private static let propertyNames = [
    "aboutUrl", "columns", "datatype", "default", "dialect", "foreignKeys", "lang", "name", "notes", "null", "ordered", "primaryKey",
    "propertyUrl", "required", "rowTitles", "separator", "suppressOutput", "tableDirection", "tableSchema", "tables", "textDirection",
    "titles", "transformations", "url", "valueUrl", "virtual",
  ]

  func checkType(_ object: JSONObject, is expected: String) throws(Failure) {
    guard let type = object["@type"] else { return }
    if type.string != expected { throw invalid(.phrase("type-must-be", ["type": expected]), at: type) }
  }

  /// An `@id`: a link that is no blank node. What is no string counts as empty, with a warning (§5.1.2), and so means the base.
  func identifier(_ value: JSONNode) throws(Failure) -> ByteString {
    guard let text = value.string else {
      warn("@id", value, .phrase("must-be-string"))
      return base.resolve("")
    }
    if text.hasPrefix("_:") { throw invalid(.phrase("id-blank"), at: value) }
    return base.resolve(ByteString(text).encodedForIRI)
  }

  func text(_ name: String, _ value: JSONNode) -> ByteString? {
    guard let text = value.string else {
      warn(name, value, .phrase("must-be-string"))
      return nil
    }
    return ByteString(text)
  }

  func boolean(_ name: String, _ value: JSONNode) -> Bool? {
    guard let flag = value.bool else {
      warn(name, value, .phrase("must-be-boolean"))
      return nil
    }
    return flag
  }

  /// A number that counts something: an integer that is not negative.
  func count(_ name: String, _ value: JSONNode) -> Int? {
    guard let number = value.int, number >= 0 else {
      warn(name, value, .phrase("must-be-count"))
      return nil
    }
    return number
  }

  /// The words for a value that must be one of `choices`.
  func oneOf(_ choices: [String]) -> Words { .phrase("must-be-one-of", ["choices": choices.joined(separator: ", ")]) }

  func oneOf(_ choices: [String], _ name: String, _ value: JSONNode) -> String? {
    guard let text = value.string, choices.contains(text) else {
      warn(name, value, oneOf(choices))
      return nil
    }
    return text
  }

  /// Texts in languages: a string, an array of strings, or an object of either by language (§5.1.6).
  func naturalLanguage(_ name: String, _ value: JSONNode) -> [LocalizedText] {
    func texts(_ value: JSONNode, in language: ByteString) -> [LocalizedText] {
      let items = value.string.map { [$0] } ?? value.array?.compactMap(\.string)
      if items == nil || items?.count != value.array?.count ?? 1 { warn(name, value, .phrase("must-be-strings")) }
      return (items ?? []).map { LocalizedText(text: ByteString($0), language: language) }
    }
    guard let object = value.object else { return texts(value, in: language) }
    return object.members.flatMap { member -> [LocalizedText] in
      guard member.key.withView(\.isWellFormedLanguageTag) else {
        warn(name, member.value, .phrase("language-tag-invalid", ["text": member.key.text]))
        return []
      }
      return texts(member.value, in: member.key)
    }
  }
}

extension URITemplate.Fault {
  /// What is wrong, in a few words.
  var explanation: Words {
    switch self {
    case .unclosedBrace: .phrase("template-brace")
    case .emptyExpression: .phrase("template-expression-empty")
    case .badVariable(let name): .phrase("template-variable", ["name": "\(name)"])
    case .unsupportedOperator(let sign): .phrase("template-operator", ["sign": "\(sign)"])
    }
  }
}
