import Bytes
import JSON
import Problems
import RDF
import Tables

extension Pattern: TextMatcher {}

/// Compiles the regular expressions of JSONPath (I-Regexp, RFC 9485), with the limits that all have.
let expressionCompiler: ExpressionCompiler = { expression, isWhole in try? Pattern(xsd: expression.text, anchored: isWhole) }

/// The queries that the references of triples maps are, over one source.
struct ReferencePaths {
  private let source: LogicalSource
  /// The references, each once, in the order in which they are met.
  private(set) var references: [String] = []
  /// Where each is first written, as far as that is known.
  private var places: [Place] = []

  init(_ source: LogicalSource) { self.source = source }

  /// Adds the references that rules look at.
  mutating func add(_ rules: [WithholdRule]) {
    for rule in rules where !references.contains(rule.condition.column.text) {
      references.append(rule.condition.column.text)
      places.append(source.place)
    }
  }

  /// The references that rules look at.
  var judged: JudgedReferences {
    var judged = JudgedReferences()
    for rule in source.withhold where !rule.onlyPointsOut {
      guard let number = references.firstIndex(of: rule.condition.column.text) else { continue }
      judged.all.insert(number)
      if !rule.publishesWhenAbsent { judged.required.insert(number) }
    }
    return judged
  }

  /// The name of the setting that a reference is: `--kommun` is the value of `--set kommun=1880`.
  static func setting(_ reference: String) -> ByteString? {
    reference.hasPrefix("--") && reference.utf8.count > 2 ? ByteString(String(reference.dropFirst(2))) : nil
  }

  /// Adds the references of a term map.
  mutating func add(_ map: TermMap) {
    for text in map.needs + map.unless where map.variables[text] == nil { add(text, map.place, 0) }
    switch map.expression {
    case .reference(let text): add(text, map.place, 0)
    case .template(let parts):
      for case .reference(let text, let offset) in parts where map.variables[text] == nil { add(text, map.place, offset) }
    case .constant, .none: break
    }
  }

  private mutating func add(_ reference: String, _ place: Place, _ offset: Int) {
    if references.contains(reference) || Self.setting(reference) != nil { return }
    references.append(reference)
    var place = place
    // Where a reference stands in a template, that is where it is told of.
    if let column = place.column { place.column = column + 1 + offset }
    places.append(place)
  }

  /// The iterator and the references as queries of JSON.
  /// - Throws: ``ProblemCode/pathSyntax`` at the place in the mapping.
  func jsonPaths() throws(Failure) -> (iterator: JSONPath, references: [JSONPath]) {
    var paths: [JSONPath] = []
    for (reference, place) in zip(references, places) { paths.append(try path(reference, place, isIterator: false)) }
    var place = source.iteratorPlace
    if let column = place.column { place.column = column + 1 }
    return (try path(source.iterator ?? "$", place, isIterator: true), paths)
  }

  private func path(_ text: String, _ place: Place, isIterator: Bool) throws(Failure) -> JSONPath {
    do throws(JSONPathFault) {
      return try JSONPathParser.parse(text, compiler: expressionCompiler)
    } catch {
      // The older vocabulary has names without the root, and names with spaces in them.
      if source.isOld, !isIterator, let path = Self.oldPath(text) { return path }
      throw fault(text, error.reason, error.offset, place)
    }
  }

  private static func oldPath(_ text: String) -> JSONPath? {
    if text.hasPrefix("$") { return nil }
    if let path = try? JSONPathParser.parse(text.hasPrefix("[") ? "$" + text : "$." + text, compiler: expressionCompiler) { return path }
    let isName = !text.utf8.contains { "[]'\"\\".utf8.contains($0) }
    return isName ? try? JSONPathParser.parse("$['\(text)']", compiler: expressionCompiler) : nil
  }

  /// The iterator and the references as expressions of XPath.
  /// - Throws: ``ProblemCode/pathSyntax`` at the place in the mapping.
  func xPaths() throws(Failure) -> (iterator: XPathExpression, references: [XPathExpression]) {
    var paths: [XPathExpression] = []
    for (reference, place) in zip(references, places) { paths.append(try expression(reference, place)) }
    var place = source.iteratorPlace
    if let column = place.column { place.column = column + 1 }
    return (try expression(source.iterator ?? "/*", place), paths)
  }

  private func expression(_ text: String, _ place: Place) throws(Failure) -> XPathExpression {
    do throws(XPathFault) {
      return try XPathExpression(text)
    } catch {
      throw fault(text, error.reason, error.offset, place)
    }
  }

  private func fault(_ text: String, _ reason: Words, _ offset: Int, _ place: Place) -> Failure {
    var place = place
    let characters = String(decoding: text.utf8.prefix(offset), as: UTF8.self).unicodeScalars.count
    if let column = place.column { place.column = column + characters }
    return Failure(.pathSyntax, at: place, ["path": .text(text), "character": .text("\(characters + 1)"), "reason": reason])
  }
}
