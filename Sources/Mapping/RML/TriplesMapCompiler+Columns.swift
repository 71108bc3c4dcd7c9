import Bytes
import Identifiers
import Problems
import RDF
import Tables

// The columns of a plan: a reference with what is done to its text, a place, or a running number, each once.
extension TriplesMapCompiler {
  /// A datatype by its IRI: one that is built in, or another, whose values are any texts.
  static func datatype(_ iri: ByteString) -> DatatypeDescription {
    var datatype = DatatypeDescription()
    let name = iri.text.hasPrefix(XSD.namespace.text) ? String(iri.text.dropFirst(XSD.namespace.count)) : ""
    if let base = BuiltInDatatype(rawValue: name), base.iri == iri { datatype.base = base } else { datatype.id = iri }
    return datatype
  }

  /// A column whose value is the place that other columns give together.
  mutating func place(_ parts: [TemplatePart], _ map: TermMap) throws(Failure) -> Int {
    let text = try text(parts, map)
    let key = PlaceKey(parts: parts, form: map.coordinates)
    if map.variables.isEmpty, let known = places[key] { return known }
    var plan = ColumnPlan(
      name: ByteString(map.references.joined(separator: " ")), source: .absent, parser: CellParser(DatatypeDescription()) { _ in })
    plan.coordinates = map.coordinates
    plan.text = TextTemplate(parts: text)
    self.plan.columns.append(plan)
    places[key] = self.plan.columns.count - 1
    return self.plan.columns.count - 1
  }

  mutating func text(_ parts: [TemplatePart], _ map: TermMap) throws(Failure) -> [TextTemplate.Part] {
    var text: [TextTemplate.Part] = []
    for part in parts {
      switch part {
      case .literal(let literal): text.append(.literal(literal))
      case .reference(let reference, _): text.append(.choices([(try column(reference, in: map), nil, nil)]))
      }
    }
    return text
  }

  /// A column with the part of a place that a map takes; the column of the place itself where it takes all of it.
  mutating func part(_ map: TermMap, ofPlace column: Int) -> Int {
    guard let part = map.part, let derivation = Derivation([part.rawValue]) else { return column }
    var plan = ColumnPlan(
      name: self.plan.columns[column].name, source: .absent, parser: CellParser(Self.datatype(BuiltInDatatype.decimal.iri)) { _ in })
    plan.text = TextTemplate(parts: [.choices([(column, derivation, nil)])])
    self.plan.columns.append(plan)
    return self.plan.columns.count - 1
  }

  /// The column of a map that is a reference.
  /// - Parameter isTyped: whether its values are those of the map's datatype.
  mutating func column(of map: TermMap, _ reference: String, isTyped: Bool) throws(Failure) -> Int {
    var column = Column(reference: ByteString(reference))
    column.steps = map.steps.map { "\($0)" }
    column.register = map.register
    (column.coordinates, column.time, column.missing) = (map.coordinates, map.time, map.missing)
    column.isLocal = map.isLocal
    column.scale = map.scale.map { "\($0)" }
    column.items = map.items.map { "\($0)" }
    column.check = map.check
    column.codesAsOf = map.codesAsOf.map { "\($0)" }
    (column.format, column.decimalCharacter) = (map.format, map.decimalCharacter)
    if isTyped, case .constant(.iri(let datatype))? = map.datatype.first?.expression { column.datatype = datatype }
    return try self.column(column, map, at: map.place)
  }

  /// The column of a reference, of which nothing more is said.
  mutating func cell(_ reference: String, at place: Place) throws(Failure) -> Int {
    try column(Column(reference: ByteString(reference)), nil, at: place)
  }

  /// The column of what stands in the braces of a template: a reference, or a variable of the map.
  mutating func column(_ name: String, in map: TermMap) throws(Failure) -> Int {
    switch map.variables[name]?.expression {
    case .reference(let reference)?: if let variable = map.variables[name] { return try column(of: variable, reference, isTyped: true) }
    case .template(let parts)?: if let variable = map.variables[name] { return try place(parts, variable) }
    case .ordinal(let ordinal)?: if let variable = map.variables[name] { return try column(of: ordinal, in: variable) }
    default: break
    }
    return try column(Column(reference: ByteString(name)), nil, at: map.place)
  }

  /// The column of a running number: one for all terms of the source that have its key.
  mutating func column(of ordinal: OrdinalMap, in map: TermMap) throws(Failure) -> Int {
    var parts: [CompiledTemplate.Part] = []
    var key = ""
    for part in ordinal.key {
      switch part {
      case .literal(let text):
        parts.append(.literal(text))
        key += text.text
      case .reference(let reference, _):
        let column = try column(reference, in: map)
        parts.append(.column(column))
        // Variables of different maps may have one name.
        key += "{\(column)}"
      }
    }
    let name = ByteString(key + (ordinal.suffix.map { "\u{0}" + $0.text } ?? ""))
    if let known = ordinals[name] { return known }
    var plan = ColumnPlan(name: ByteString(ordinal.source), source: .absent, parser: CellParser(DatatypeDescription()) { _ in })
    plan.ordinal = OrdinalPlan(
      key: CompiledTemplate(parts: parts), counter: counters.ordinal(ByteString("\(number) \(name.text)")), suffix: ordinal.suffix)
    self.plan.columns.append(plan)
    ordinals[name] = self.plan.columns.count - 1
    return self.plan.columns.count - 1
  }

  func base(_ base: ByteString?, for map: TermMap) throws(Failure) -> ByteString {
    if let base { return base }
    throw Failure(.baseNeeded, at: map.place)
  }

  /// The number of a column.
  /// - Parameter map: what is said of its texts; nil where it is but a part of a template.
  mutating func column(_ column: Column, _ map: TermMap?, at place: Place) throws(Failure) -> Int {
    if let known = numbers[column] { return known }
    guard let source = origin(column.reference) else {
      throw Failure(.columnMissing, at: place, ["name": column.reference.text, "titles": column.reference.text])
    }
    var datatype = column.datatype.map { Self.datatype($0) } ?? DatatypeDescription()
    (datatype.format, datatype.decimalCharacter) = (column.format, column.decimalCharacter)
    var wrong: String?
    let isNumber = datatype.base == .decimal || datatype.base == .integer
    let reading = CellReading(isLocal: map?.isLocal ?? false, time: map?.time, scale: isNumber ? map?.scale : nil)
    var plan = ColumnPlan(name: column.reference, source: source, parser: CellParser(datatype, reading) { wrong = $0 })
    if let wrong {
      throw Failure(.triplesMapInvalid, at: place, ["property": .text("kgm:format"), "reason": .phrase("map-format", ["text": wrong])])
    }
    plan.steps = map?.steps ?? []
    plan.nulls = [""] + (self.source.nulls + (map?.missing ?? [])).map { ByteString($0) }
    plan.coordinates = map?.coordinates
    if let items = map?.items { (plan.items, plan.separator) = (items, ByteString([ItemsForm.mark])) }
    if let check = map?.check, let map { plan.check = TextTemplate(parts: try text(check, map)) }
    plan.collapses = !datatype.base.keepsWhiteSpace
    plan.keepsRuns = datatype.base.keepsRuns
    if let register = column.register {
      guard let found = context.registers[register] else { throw Failure(context.registers.missing(register, at: place)) }
      plan.register = found
      if found.hasValidity, let codesAsOf = map?.codesAsOf ?? self.source.codesAsOf { plan.codeDay = try day(codesAsOf, at: place) }
    }
    self.plan.columns.append(plan)
    numbers[column] = self.plan.columns.count - 1
    return self.plan.columns.count - 1
  }
}
