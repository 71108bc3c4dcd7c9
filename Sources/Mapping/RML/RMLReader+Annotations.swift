import Bytes
import Identifiers
import Problems
import RDF

// Annotations (contract §4) on sources and on term maps. One that is not known, misplaced or not well-formed ends the reading: a rule that
// withholds must never be overlooked.
extension RMLReader {
  /// What may stand on a logical source, and what on a term map; on a variable its name too.
  private static let ofSources: Set<String> = ["withhold", "embargo", "when", "codesAsOf"]
  private static let ofTerms: Set<String> = [
    "register", "codesAsOf", "clean", "missing", "scale", "time", "withhold", "when", "items", "coordinates", "check", "ordinal", "part",
    "variable", "needs", "unless", "format", "decimalChar",
  ]
  /// The properties whose objects are term maps.
  private static let ofMaps: Set<String> = [
    "subjectMap", "predicateMap", "objectMap", "graphMap", "languageMap", "datatypeMap", "inputValueMap", "childMap", "parentMap",
  ]

  /// Tells of properties of the vocabularies that there are none of. An annotation that there is none of, or none where it stands, is a
  /// failure.
  func unknownProperties() -> [Failure] {
    var failures: [Failure] = []
    var sources: Set<Term> = []
    var variables: Set<Term> = []
    var terms: Set<Term> = []
    for fact in graph.subjects.flatMap({ graph.facts(of: $0) }) {
      switch fact.name {
      case "logicalSource": sources.insert(fact.object)
      case "kgm:variable": variables.insert(fact.object)
      case let name?: if Self.ofMaps.contains(name) { terms.insert(fact.object) }
      case nil: break
      }
    }
    for node in graph.subjects {
      var allowed: Set<String> = []
      if sources.contains(node) { allowed.formUnion(Self.ofSources) }
      if terms.contains(node) || variables.contains(node) { allowed.formUnion(Self.ofTerms) }
      if variables.contains(node) { allowed.insert("name") }
      // What is joined is made by another map, which has its own.
      if !graph.facts("parentTriplesMap", of: node).isEmpty { allowed = [] }
      for fact in graph.facts(of: node) {
        guard let name = fact.name, !name.hasPrefix("csvw:") else { continue }
        if name.hasPrefix("kgm:") {
          let own = String(name.dropFirst(4))
          if allowed.contains(own) { continue }
          var arguments = ["property": name, "name": name, "object": "RML"]
          arguments["nearest"] = nearest(to: own, among: allowed.union(Self.ofSources).union(Self.ofTerms).subtracting([own]).sorted())
          failures.append(Failure(.annotationUnknown, at: fact.place, arguments))
        } else if !RMLVocabulary.properties.contains(name) {
          var arguments = ["property": name, "name": name, "object": "RML"]
          arguments["nearest"] = nearest(to: name, among: RMLVocabulary.properties.sorted())
          problems.report(Problem(.metadataPropertyUnknown, at: fact.place, arguments))
        }
      }
    }
    return failures
  }

  /// What stands beside a source: rules, embargoes and conditions by which items count, and the day as of which codes are meant.
  func addAnnotations(of node: Term, to source: inout LogicalSource) throws(Failure) {
    let isTable = source.formulation == .csv
    for name in ["kgm:withhold", "kgm:embargo"] {
      if isTable, let fact = graph.facts(name, of: node).first { throw invalid(fact.place, name, .phrase("map-withhold-table")) }
    }
    source.withhold = try parsed("kgm:withhold", of: node) { text throws(AnnotationFault) in try WithholdRule(text) }
    source.embargoes = try parsed("kgm:embargo", of: node) { text throws(AnnotationFault) in
      let embargo = try Embargo(text)
      // That one item lacks what others have is no sign that it is public.
      if embargo.publishesWhenAbsent { throw AnnotationFault(reason: .phrase("map-embargo-absent")) }
      return embargo
    }
    source.conditions = try parsed("kgm:when", of: node) { text throws(AnnotationFault) in try Condition(text) }
    source.codesAsOf = try codesAsOf(node)
  }

  private func codesAsOf(_ node: Term) throws(Failure) -> CodesAsOf? {
    var texts: [String] = []
    let facts = graph.facts("kgm:codesAsOf", of: node)
    for fact in facts { if case .literal(let text, _) = fact.object { texts.append(text.text) } }
    guard let fact = facts.first else { return nil }
    guard texts.count == facts.count, let found = CodesAsOf(texts) else {
      throw invalid(fact.place, "kgm:codesAsOf", .phrase("must-be-day-or-columns"))
    }
    return found
  }

  /// The texts of an annotation, each read by `read`.
  private func parsed<Result>(
    _ name: String, of node: Term, _ read: (String) throws(AnnotationFault) -> Result
  ) throws(Failure) -> [Result] {
    var results: [Result] = []
    for fact in graph.facts(name, of: node) {
      guard case .literal(let text, _) = fact.object else { throw invalid(fact.place, name, .phrase("map-wants-text")) }
      do throws(AnnotationFault) { results.append(try read(text.text)) } catch { throw invalid(fact.place, name, error.reason) }
    }
    return results
  }

  /// The running number that a node is (`kgm:ordinal "{$.id}/{dag}"`).
  func ordinal(of node: Term) throws(Failure) -> (number: OrdinalMap, place: Place)? {
    guard let (text, place) = try text("kgm:ordinal", of: node) else { return nil }
    let number: RunningNumber
    do throws(AnnotationFault) { number = try RunningNumber(text) } catch { throw invalid(place, "kgm:ordinal", error.reason) }
    return (OrdinalMap(key: try parts(number.key, place), suffix: number.suffix, source: number.key), place)
  }

  /// What stands beside a reference, a template or a constant.
  func addAnnotations(of node: Term, to map: inout TermMap, depth: Int) throws(Failure) {
    let before = map.steps.count
    for fact in graph.facts("kgm:clean", of: node) {
      let isLiteral = if case .literal = fact.object { true } else { false }
      for item in isLiteral ? [fact] : graph.items(of: fact.object) {
        guard case .literal(let text, _) = item.object, let step = CleaningStep(text.text) else {
          throw invalid(item.place, "kgm:clean", .phrase("map-steps", ["choices": CleaningStep.names.joined(separator: ", ")]))
        }
        map.steps.append(step)
      }
    }
    var isOfReference = map.steps.count > before
    if let register = try text("kgm:register", of: node) { map.register = register.text }
    isOfReference = isOfReference || map.register != nil
    try addPlace(of: node, to: &map)
    try addVariables(of: node, to: &map, depth: depth)
    map.needs = try names("kgm:needs", of: node, map)
    map.unless = try names("kgm:unless", of: node, map)
    map.conditions += try parsed("kgm:when", of: node) { text throws(AnnotationFault) in try Condition(text) }
    if try addForms(of: node, to: &map) { isOfReference = true }
    if isOfReference { try checkSteps(map, at: map.place) }
    let rules = try parsed("kgm:withhold", of: node) { text throws(AnnotationFault) in try WithholdRule(text) }
    if let fact = graph.facts("kgm:withhold", of: node).first {
      guard case .reference(let reference) = map.expression, ReferencePaths.setting(reference) == nil else {
        throw invalid(fact.place, "kgm:withhold", .phrase("map-withhold-reference"))
      }
      map.withhold += rules
    }
  }

  private func addPlace(of node: Term, to map: inout TermMap) throws(Failure) {
    if let form = try text("kgm:coordinates", of: node) {
      guard let known = CoordinateForm(rawValue: form.text) else {
        throw invalid(form.place, "kgm:coordinates", Self.choices(CoordinateForm.allCases.map(\.rawValue), form.text))
      }
      map.coordinates = known
    }
    if let part = try text("kgm:part", of: node) {
      guard map.coordinates != nil, let known = Derivation.Part(rawValue: part.text), known == .lat || known == .long else {
        throw invalid(part.place, "kgm:part", Self.choices(["lat", "long"], part.text))
      }
      map.part = known
    }
  }

  private func addVariables(of node: Term, to map: inout TermMap, depth: Int) throws(Failure) {
    for fact in graph.facts("kgm:variable", of: node) {
      guard let name = try text("kgm:name", of: fact.object) else { throw invalid(fact.place, "kgm:name", .phrase("map-missing")) }
      let variable = try termMap(fact, .condition, depth: depth + 1)
      let isPlace = variable.coordinates != nil && variable.part == nil
      if !isPlace, !variable.isOrdinal { try checkSteps(variable, at: variable.place) }
      map.variables[name.text] = variable
    }
    // The key of a running number may speak of the other variables.
    let values = map.variables.filter { !$0.value.isOrdinal }
    for (name, variable) in map.variables where variable.isOrdinal {
      map.variables[name]?.variables.merge(values) { own, _ in own }
    }
  }

  /// How the text of a reference says its value. Whether anything does.
  private func addForms(of node: Term, to map: inout TermMap) throws(Failure) -> Bool {
    if let form = try text("kgm:time", of: node) {
      map.isLocal = form.text == "local"
      map.time = TimeForm(rawValue: form.text)
      if !map.isLocal, map.time == nil {
        throw invalid(form.place, "kgm:time", Self.choices(TimeForm.allCases.map(\.rawValue) + ["local"], form.text))
      }
    }
    if let scale = try text("kgm:scale", of: node) {
      guard let value = ByteString(scale.text).withView({ DecimalValue(lexical: $0) }), value.coefficient != 0 else {
        throw invalid(scale.place, "kgm:scale", .phrase("must-be-factor"))
      }
      map.scale = value
    }
    for fact in graph.facts("kgm:missing", of: node) { if case .literal(let text, _) = fact.object { map.missing.append(text.text) } }
    map.format = try text("kgm:format", of: node)?.text ?? map.format
    map.decimalCharacter = try text("kgm:decimalChar", of: node)?.text ?? map.decimalCharacter
    if let items = try text("kgm:items", of: node) {
      if items.text.isEmpty { throw invalid(items.place, "kgm:items", .phrase("must-be-items")) }
      map.items = items.text == "json" ? .json : .separator(ByteString(items.text))
    }
    if let check = try text("kgm:check", of: node) {
      let parts = try self.parts(check.text, check.place)
      if parts.references.isEmpty { throw invalid(check.place, "kgm:check", .phrase("must-hold-columns")) }
      map.check = parts
    }
    map.codesAsOf = try codesAsOf(node) ?? map.codesAsOf
    let isWritten = map.format != nil || map.decimalCharacter != nil || map.items != nil || map.check != nil || map.codesAsOf != nil
    // That times are local says of which texts, and is no reason to refuse a template.
    return isWritten || map.time != nil || map.scale != nil || !map.missing.isEmpty
  }

  private static func choices(_ choices: [String], _ text: String) -> Words {
    .phrase("none-of", ["text": text, "choices": choices.joined(separator: ", ")])
  }

  /// The references and variables that a template or a constant asks for.
  private func names(_ name: String, of node: Term, _ map: TermMap) throws(Failure) -> [String] {
    var texts: [String] = []
    for fact in graph.facts(name, of: node) {
      guard case .literal(let text, _) = fact.object else { throw invalid(fact.place, name, .phrase("map-wants-text")) }
      switch map.expression {
      case .reference, .ordinal: throw invalid(fact.place, name, .phrase("map-conditions"))
      default: if map.coordinates != nil { throw invalid(fact.place, name, .phrase("map-conditions")) }
      }
      texts.append(text.text)
    }
    return texts
  }
}
