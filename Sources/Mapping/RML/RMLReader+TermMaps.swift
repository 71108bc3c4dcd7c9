import Bytes
import Identifiers
import Problems
import RDF

// Term maps (RML-Core §5), and the functions in them (RML-FNML).
extension RMLReader {
  /// Where a term stands.
  enum Position {
    case subject, predicate, object, graph, language, datatype, condition

    /// What kind of term is made of a reference or of a template where nothing is said.
    func kind(ofTemplate isTemplate: Bool) -> TermMap.Kind {
      switch self {
      case .subject, .predicate, .graph, .datatype: .iri(isASCII: false, isUnsafe: false)
      case .object: isTemplate ? .iri(isASCII: false, isUnsafe: false) : .literal
      case .language, .condition: .literal
      }
    }

    /// Whether a kind of term may stand here.
    func allows(_ kind: TermMap.Kind) -> Bool {
      switch self {
      case .subject, .graph: kind != .literal
      case .predicate, .datatype: kind != .literal && kind != .blankNode
      case .language: kind == .literal
      case .object, .condition: true
      }
    }
  }

  /// The term map that is but a term (`rml:predicate`, `rml:class`).
  func constant(_ fact: MappingGraph.Fact, _ position: Position) throws(Failure) -> TermMap {
    var map = TermMap(expression: .constant(fact.object), kind: Self.kind(of: fact.object), place: fact.place)
    map.node = fact.object
    return try checked(map, position, fact.name ?? "constant")
  }

  private static func kind(of term: Term) -> TermMap.Kind {
    switch term {
    case .iri: .iri(isASCII: false, isUnsafe: false)
    case .blankNode: .blankNode
    case .literal: .literal
    }
  }

  /// How deeply term maps and calls may stand in each other; one that holds itself would never end.
  private static let depthLimit = 16

  private func check(_ depth: Int, _ fact: MappingGraph.Fact) throws(Failure) {
    if depth > Self.depthLimit { throw invalid(fact.place, fact.name ?? "", .phrase("map-depth", ["limit": "\(Self.depthLimit)"])) }
  }

  /// The term map that a node describes.
  /// - Parameter depth: in how many others, or calls, it stands.
  func termMap(_ fact: MappingGraph.Fact, _ position: Position, depth: Int = 0) throws(Failure) -> TermMap {
    try check(depth, fact)
    let node = fact.object
    if case .literal = node { throw invalid(fact.place, fact.name ?? "", .phrase("map-wants-node")) }
    var map: TermMap
    let reference = try text("reference", of: node)
    let template = try text("template", of: node)
    let constant = try one("constant", of: node)
    let function = try one("functionExecution", of: node)
    let ordinal = try self.ordinal(of: node)
    let given = [reference?.place, template?.place, constant?.place, function?.place, ordinal?.place].compactMap { $0 }
    if given.count > 1 { throw invalid(given[1], fact.name ?? "", .phrase("map-expressions")) }
    var kind = try termType(of: node)
    if let reference {
      map = TermMap(expression: .reference(reference.text), kind: kind ?? position.kind(ofTemplate: false), place: reference.place)
    } else if let template {
      let parts = try self.parts(template.text, template.place)
      map = TermMap(expression: .template(parts), kind: kind ?? position.kind(ofTemplate: true), place: template.place)
    } else if let constant {
      let own = Self.kind(of: constant.object)
      if let kind, !Self.mayBe(kind, own) { throw invalid(constant.place, "termType", .phrase("map-constant-type")) }
      map = TermMap(expression: .constant(constant.object), kind: own, place: constant.place)
      kind = kind ?? own
    } else if let function {
      map = try call(function, depth: depth)
      map.kind = kind ?? position.kind(ofTemplate: false)
    } else if let ordinal {
      map = TermMap(expression: .ordinal(ordinal.number), kind: kind ?? position.kind(ofTemplate: false), place: ordinal.place)
    } else if kind == .blankNode {
      map = TermMap(expression: .none, kind: .blankNode, place: fact.place)
    } else {
      throw invalid(fact.place, fact.name ?? "", .phrase("map-no-expression"))
    }
    map.node = node
    try addAnnotations(of: node, to: &map, depth: depth)
    if map.register != nil, kind == nil { map.kind = .iri(isASCII: false, isUnsafe: false) }
    if map.coordinates != nil { map.kind = .literal }
    try addQualifiers(of: node, to: &map, isTyped: kind != nil, depth: depth)
    return try checked(map, position, fact.name ?? "")
  }

  private func checked(_ map: TermMap, _ position: Position, _ property: String) throws(Failure) -> TermMap {
    var map = map
    if graph.isOld, position == .subject, map.kind == .literal, case .template = map.expression {
      // What the older vocabulary's processors did with such a template is what its mappings were made for: it is told of, and an IRI.
      problems.report(invalid(map.place, property, .phrase("map-term-type")).problem)
      map.kind = .iri(isASCII: false, isUnsafe: false)
    }
    if !position.allows(map.kind) { throw invalid(map.place, property, .phrase("map-term-type")) }
    if case .template(let parts) = map.expression, case .iri = map.kind {
      for case .literal(let text) in parts where text.withView({ $0.firstForbiddenInIRI }) != nil {
        throw invalid(map.place, "template", .phrase("map-template-iri", ["text": text.text]))
      }
    }
    return map
  }

  /// Whether a constant of a kind may be called by a term type: an IRI by any of those for IRIs.
  private static func mayBe(_ type: TermMap.Kind, _ own: TermMap.Kind) -> Bool {
    if case .iri = type, case .iri = own { return true }
    return type == own
  }

  private func termType(of node: Term) throws(Failure) -> TermMap.Kind? {
    guard let fact = try one("termType", of: node) else { return nil }
    switch RMLVocabulary.name(of: fact.object) {
    case "IRI": return .iri(isASCII: false, isUnsafe: false)
    case "URI": return .iri(isASCII: true, isUnsafe: false)
    case "UnsafeIRI", "UnsafeURI": return .iri(isASCII: false, isUnsafe: true)
    case "BlankNode": return .blankNode
    case "Literal": return .literal
    default: throw invalid(fact.place, "termType", .phrase("map-term-types"))
    }
  }

  func parts(_ template: String, _ place: Place) throws(Failure) -> [TemplatePart] {
    do throws(TemplateFault) {
      return try TemplatePart.parts(of: template)
    } catch {
      throw invalid(place.moved(by: error.offset, in: template), "template", error.reason)
    }
  }

  /// The language and the datatype. A map that has one makes literals.
  private func addQualifiers(of node: Term, to map: inout TermMap, isTyped: Bool, depth: Int) throws(Failure) {
    for fact in graph.facts("language", of: node) {
      guard case .literal(let text, _) = fact.object, text.withView({ $0.isKnownLanguageForm }) else {
        throw invalid(fact.place, "language", .phrase("map-language"))
      }
      map.language.append(TermMap(expression: .constant(fact.object), kind: .literal, place: fact.place))
    }
    for fact in graph.facts("languageMap", of: node) {
      let language = try termMap(fact, .language, depth: depth + 1)
      if case .constant(.literal(let text, _)) = language.expression, !text.withView({ $0.isKnownLanguageForm }) {
        throw invalid(fact.place, "languageMap", .phrase("map-language"))
      }
      map.language.append(language)
    }
    for fact in graph.facts("datatype", of: node) { map.datatype.append(try constant(fact, .datatype)) }
    for fact in graph.facts("datatypeMap", of: node) { map.datatype.append(try termMap(fact, .datatype, depth: depth + 1)) }
    let qualifiers = map.language + map.datatype
    if qualifiers.count > 1 { throw invalid(qualifiers[1].place, "datatype", .phrase("map-qualifiers")) }
    if qualifiers.isEmpty { return }
    if !isTyped { map.kind = .literal }
    if map.kind != .literal { throw invalid(qualifiers[0].place, "termType", .phrase("map-qualifier-type")) }
  }

  func checkSteps(_ map: TermMap, at place: Place) throws(Failure) {
    if case .reference = map.expression { return }
    throw invalid(place, "reference", .phrase("map-steps-reference"))
  }

  // Functions. RML: rml:function with rml:input; the older form: a triples map whose predicates are the function's parameters.

  private func call(_ execution: MappingGraph.Fact, depth: Int) throws(Failure) -> TermMap {
    try check(depth, execution)
    let node = execution.object
    var function: MappingGraph.Fact?
    var arguments: [(name: String, value: MappingGraph.Fact, isConstant: Bool)] = []
    function = try one("function", of: node)
    if function == nil, let map = try one("functionMap", of: node) { function = try one("constant", of: map.object) }
    for input in graph.facts("input", of: node) {
      let parameter = try one("parameter", of: input.object) ?? input
      let name = RMLVocabulary.name(of: parameter.object) ?? ""
      if let value = try one("inputValueMap", of: input.object) { arguments.append((name, value, false)) }
      if let value = try one("inputValue", of: input.object) { arguments.append((name, value, true)) }
    }
    for link in graph.facts("predicateObjectMap", of: node) { try addArgument(link, &function, &arguments) }
    guard let function else { throw invalid(execution.place, "function", .phrase("map-missing")) }
    return try call(function, arguments, depth)
  }

  private func addArgument(
    _ link: MappingGraph.Fact, _ function: inout MappingGraph.Fact?,
    _ arguments: inout [(name: String, value: MappingGraph.Fact, isConstant: Bool)]
  ) throws(Failure) {
    var predicate = try one("predicate", of: link.object)
    if predicate == nil, let map = try one("predicateMap", of: link.object) { predicate = try one("constant", of: map.object) }
    guard let predicate else { throw invalid(link.place, "predicate", .phrase("map-missing")) }
    let object = try one("object", of: link.object)
    let map = try one("objectMap", of: link.object)
    guard let value = object ?? map else { throw invalid(link.place, "objectMap", .phrase("map-missing")) }
    let name = RMLVocabulary.name(of: predicate.object) ?? ""
    if name == "function" {
      function = try map.flatMap { map throws(Failure) in try one("constant", of: map.object) } ?? object
    } else {
      arguments.append((name, value, object != nil))
    }
  }

  /// A call of one of ours: a cleaning step, or `kgm:register`. Its text is `kgm:value`; `kgm:argument` is what a step has in parentheses.
  private func call(
    _ function: MappingGraph.Fact, _ arguments: [(name: String, value: MappingGraph.Fact, isConstant: Bool)], _ depth: Int
  ) throws(Failure) -> TermMap {
    let name = RMLVocabulary.name(of: function.object) ?? ""
    var map: TermMap?
    var texts: [String: String] = [:]
    for argument in arguments {
      if argument.name == "kgm:value", !argument.isConstant {
        if let inner = try one("functionExecution", of: argument.value.object) {
          map = try call(inner, depth: depth + 1)
        } else {
          map = try termMap(argument.value, .condition, depth: depth + 1)
        }
      } else if let text = try literal(argument.value, argument.isConstant) {
        texts[argument.name] = text
      }
    }
    guard name.hasPrefix("kgm:") else {
      throw invalid(
        function.place, "function", .phrase("map-function", ["choices": CleaningStep.names.joined(separator: ", ") + ", register"]))
    }
    guard var map else { throw invalid(function.place, "function", .phrase("map-function-value", ["name": name])) }
    try checkSteps(map, at: function.place)
    if name == "kgm:register" {
      guard let register = texts["kgm:argument"] ?? texts["kgm:register"] else {
        throw invalid(function.place, "function", .phrase("map-function-register"))
      }
      map.register = register
      return map
    }
    let step = String(name.dropFirst(4)) + (texts["kgm:argument"].map { "(\($0))" } ?? "")
    guard let step = CleaningStep(step) else {
      throw invalid(
        function.place, "function", .phrase("map-function", ["choices": CleaningStep.names.joined(separator: ", ") + ", register"]))
    }
    map.steps.append(step)
    return map
  }

  private func literal(_ fact: MappingGraph.Fact, _ isConstant: Bool) throws(Failure) -> String? {
    let term = isConstant ? fact.object : try one("constant", of: fact.object)?.object
    if case .literal(let text, _)? = term { return text.text }
    return nil
  }
}

extension Place {
  /// The place so many bytes into a literal that begins here, as long as it stands in one line and nothing in it is escaped.
  func moved(by offset: Int, in text: String) -> Place {
    guard let column, !text.utf8.contains(where: { $0 < 0x20 || $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "\"") }) else { return self }
    var place = self
    place.column = column + 1 + String(decoding: text.utf8.prefix(offset), as: UTF8.self).unicodeScalars.count
    return place
  }
}
