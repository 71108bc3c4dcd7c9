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
  /// Rules on what references find, the first of which has them, and where they stand.
  struct CellRules {
    var references: [ByteString]
    var rules: [WithholdRule]
    let place: Place
  }

  private let source: LogicalSource
  /// The references, each once, in the order in which they are met.
  private(set) var references: [String] = []
  /// Those whose values are said. What others find, or that they find nothing, only decides what is said.
  private var said: Set<ByteString> = []
  /// The number of each. Names of JSON and XML are the same only byte by byte, which String does not say.
  private var numbers: [ByteString: Int] = [:]
  /// Where each is first written, as far as that is known.
  private var places: [Place] = []
  /// The rules by which what a reference finds is never published, each once.
  private(set) var cellRules: [CellRules] = []

  init(_ source: LogicalSource) { self.source = source }

  /// The numbers of the references whose values are said.
  var asked: Set<Int> { Set(references.indices.filter { said.contains(ByteString(references[$0])) }) }

  /// Adds the references that the annotations of the source look at.
  mutating func addSource() {
    for rule in source.withhold { add(rule.condition.column.text, source.place, 0) }
    for name in source.embargoes.flatMap({ $0.columns + $0.about }) { add(name.text, source.place, 0) }
    for condition in source.conditions { add(condition.column.text, source.place, 0) }
    add(source.codesAsOf, source.place)
  }

  /// Whether anything may be withheld of the items.
  var isSecretive: Bool { source.isSecretive || cellRules.contains { $0.rules.contains { !$0.onlyPointsOut } } }

  /// The references by which items and values are withheld, or kept back until a day.
  var judged: JudgedReferences {
    var judged = JudgedReferences()
    func judge(_ reference: String, isRequired: Bool) {
      guard let number = numbers[ByteString(reference)] else { return }
      judged.all.insert(number)
      if isRequired { judged.required.insert(number) }
    }
    for rule in source.withhold where !rule.onlyPointsOut { judge(rule.condition.column.text, isRequired: !rule.publishesWhenAbsent) }
    for cell in cellRules {
      for rule in cell.rules where !rule.onlyPointsOut {
        let column = rule.condition.column.text
        // Where there is nothing to publish, a rule on that very thing has nothing to withhold.
        judge(column, isRequired: !rule.publishesWhenAbsent && !cell.references.contains(ByteString(column)))
      }
    }
    for name in source.embargoes.flatMap({ $0.columns + $0.about }) { judge(name.text, isRequired: false) }
    return judged
  }

  /// The rules on what references find, with all references together that find the same.
  /// - Throws: ``ProblemCode/annotationInvalid`` where another reference may find the same in some items and can't be told to.
  func checkedCellRules() throws(Failure) -> [CellRules] {
    if cellRules.isEmpty { return [] }
    var reach: (Int, Int) -> (isSame: Bool, mayBe: Bool) = { own, other in (own == other, own == other) }
    switch source.formulation {
    case .csv: break
    case .json:
      let paths = try jsonPaths().references
      reach = { (paths[$0].isSame(as: paths[$1]), paths[$0].mayBeReached(by: paths[$1])) }
    case .xml:
      let paths = try xPaths().references
      reach = { (paths[$0] == paths[$1], paths[$0].mayBeReached(by: paths[$1])) }
    }
    var result: [CellRules] = []
    for cell in cellRules {
      guard let name = cell.references.first, let own = numbers[name] else { continue }
      if let known = result.firstIndex(where: { $0.references.contains(name) }) {
        result[known].rules += cell.rules
        continue
      }
      var cell = cell
      for other in references.indices where other != own {
        let (isSame, mayBe) = reach(own, other)
        if isSame {
          cell.references.append(ByteString(references[other]))
        } else if mayBe {
          let reason = Words.phrase("map-withhold-overlap", ["reference": name.text, "other": references[other]])
          throw Failure(.annotationInvalid, at: cell.place, ["name": "kgm:withhold", "reason": reason])
        }
      }
      result.append(cell)
    }
    return result
  }

  /// The name of the setting that a reference is: `--kommun` is the value of `--set kommun=1880`.
  static func setting(_ reference: String) -> ByteString? {
    reference.hasPrefix("--") && reference.utf8.count > 2 ? ByteString(String(reference.dropFirst(2))) : nil
  }

  /// Adds the references of a term map.
  mutating func add(_ map: TermMap) {
    for text in map.needs + map.unless + map.conditions.map(\.column.text) where map.variables[text] == nil { add(text, map.place, 0) }
    for text in map.check?.references ?? [] where map.variables[text] == nil { add(text, map.place, 0) }
    add(map.codesAsOf, map.place)
    addRules(map)
    switch map.expression {
    case .reference(let text):
      said.insert(ByteString(text))
      add(text, map.place, 0)
    case .template(let parts):
      for case .reference(let text, let offset) in parts where map.variables[text] == nil {
        said.insert(ByteString(text))
        add(text, map.place, offset)
      }
    case .ordinal(let number):
      for case .reference(let text, let offset) in number.key where map.variables[text] == nil { add(text, map.place, offset) }
    case .constant, .none: break
    }
  }

  private mutating func add(_ codesAsOf: CodesAsOf?, _ place: Place) {
    if case .columns(let names)? = codesAsOf { for name in names { add(name.text, place, 0) } }
  }

  /// Adds the rules on what a term map finds.
  mutating func addRules(_ map: TermMap) {
    guard !map.withhold.isEmpty, case .reference(let reference) = map.expression else { return }
    add(reference, map.place, 0)
    for rule in map.withhold { add(rule.condition.column.text, map.place, 0) }
    let known = cellRules.firstIndex { $0.references == [ByteString(reference)] } ?? cellRules.count
    if known == cellRules.count { cellRules.append(CellRules(references: [ByteString(reference)], rules: [], place: map.place)) }
    for rule in map.withhold where !cellRules[known].rules.contains(where: { ByteString($0.source) == ByteString(rule.source) }) {
      cellRules[known].rules.append(rule)
    }
  }

  private mutating func add(_ reference: String, _ place: Place, _ offset: Int) {
    if numbers[ByteString(reference)] != nil || Self.setting(reference) != nil { return }
    numbers[ByteString(reference)] = references.count
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
  /// - Throws: ``ProblemCode/pathSyntax`` at the place in the mapping, or ``ProblemCode/pathFailed`` for a name that means nothing there.
  func xPaths() throws(Failure) -> (iterator: XPathExpression, references: [XPathExpression]) {
    var paths: [XPathExpression] = []
    for (reference, place) in zip(references, places) { paths.append(try expression(reference, place)) }
    var place = source.iteratorPlace
    if let column = place.column { place.column = column + 1 }
    return (try expression(source.iterator ?? "/*", place), paths)
  }

  private func expression(_ text: String, _ place: Place) throws(Failure) -> XPathExpression {
    let expression: XPathExpression
    do throws(XPathFault) {
      expression = try XPathExpression(text)
    } catch {
      throw fault(text, error.reason, error.offset, place)
    }
    guard let unknown = expression.unknownName(prefixes: source.namespaces.map(\.prefix)) else { return expression }
    throw Failure(
      .pathFailed, at: self.place(place, in: text, unknown.offset).place, ["path": .text(text), "reason": unknown.reason])
  }

  private func fault(_ text: String, _ reason: Words, _ offset: Int, _ place: Place) -> Failure {
    let (place, characters) = self.place(place, in: text, offset)
    return Failure(.pathSyntax, at: place, ["path": .text(text), "character": .text("\(characters + 1)"), "reason": reason])
  }

  /// The place of a byte of a query that begins at `place`, and how many characters stand before it.
  private func place(_ place: Place, in text: String, _ offset: Int) -> (place: Place, characters: Int) {
    var place = place
    let characters = String(decoding: text.utf8.prefix(offset), as: UTF8.self).unicodeScalars.count
    if let column = place.column { place.column = column + characters }
    return (place, characters)
  }
}
