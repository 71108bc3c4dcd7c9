import Bytes
import Identifiers
import Problems
import RDF

/// Compiles one table of a mapping, bound to one file, into a ``TablePlan``; its constant terms go into the arena of the run.
struct PlanCompiler {
  let group: TableGroupDescription
  let table: TableDescription
  let binding: ColumnBinding
  var context: ConversionContext
  /// Where the header stands, for messages.
  let headerPlace: Place
  /// The slug of the file's name, for `{_file}`.
  let fileSlug: ByteString
  /// The IRI of the file, which its rows are parts of.
  let source: ByteString
  /// Where the mapping stands, for messages.
  let file: String

  /// The same compiler, which tells `problems` of what is wrong.
  func reporting(to problems: any ProblemSink) -> PlanCompiler {
    var copy = self
    copy.context.problems = problems
    return copy
  }

  /// Compiles the plan.
  /// - Throws: ``ProblemCode/registerMissing`` or ``ProblemCode/templateInvalid``: a mapping that can't be followed.
  func compile(into terms: inout TermArena, counters: inout RunCounters) throws(Failure) -> TablePlan {
    var plan = TablePlan()
    plan.leavesOutFaults = table.extras.matchesByTitle
    plan.width = (binding.columns.compactMap { if case .cell(let number) = $0.source { number + 1 } else { nil } } + [0]).max() ?? 0
    let effective = binding.columns.map { column in
      column.description.inherited.inheriting(table.schema.inherited).inheriting(table.inherited).inheriting(group.inherited)
    }
    for (number, column) in binding.columns.enumerated() {
      let column = try columnPlan(column.description, column.name, column.source, effective[number], &plan, &counters)
      plan.columns.append(column)
    }
    plan.conditions = try table.extras.conditions.map { condition throws(Failure) in try bound(condition, &plan) }
    plan.withhold = try rules(table.extras.withhold, &plan, &counters)
    plan.embargoes = try embargoes()
    try addDays(to: &plan)
    try addUnpivot(to: &plan)
    try addForms(to: &plan)
    try addAgreements(to: &plan, &counters)
    try markSecrets(&plan)
    let inherited = table.schema.inherited.inheriting(table.inherited).inheriting(group.inherited)
    try addEmissions(effective, defaultSubject: inherited.aboutURL, to: &plan, &terms, &counters)
    plan.primaryKey = numbers(table.schema.primaryKey)
    plan.rowTitles = numbers(table.schema.rowTitles)
    plan.base = base
    plan.rowURL = ByteString(source.text + "#row=")
    return plan
  }

  private func numbers(_ names: [ByteString]) -> [Int] { names.compactMap { column($0) } }

  func column(_ name: ByteString) -> Int? { binding.columns.firstIndex { $0.name == name } }

  private func columnPlan(
    _ description: ColumnDescription, _ name: ByteString, _ source: ColumnSource, _ inherited: InheritedProperties,
    _ tablePlan: inout TablePlan, _ counters: inout RunCounters
  ) throws(Failure) -> ColumnPlan {
    let datatype = inherited.datatype ?? DatatypeDescription()
    let extras = description.extras
    let reading = CellReading(isLocal: table.extras.matchesByTitle, time: extras.time, scale: extras.scale)
    let parser = CellParser(datatype, reading) { format in
      context.problems.report(
        Problem(
          .metadataPropertyInvalid, at: Place(file: file, line: description.line),
          [
            "property": "format", "reason": .phrase("format-of-datatype", ["format": format, "datatype": datatype.base.rawValue]),
          ]))
    }
    if extras.scale != nil, datatype.base != .decimal, datatype.base != .integer {
      throw misfit("scale", .phrase("scale-datatype", ["column": name.text]))
    }
    var plan = ColumnPlan(name: name, source: source, parser: parser)
    plan.steps = extras.steps
    plan.nulls = (inherited.nulls ?? [""]) + table.extras.missing + extras.missing
    plan.default = inherited.default
    plan.isRequired = inherited.isRequired == true && source != .absent
    plan.items = extras.items
    plan.separator = plan.items == nil ? inherited.separator : ByteString([ItemsForm.mark])
    plan.coordinates = extras.coordinates
    plan.isOrdered = inherited.isOrdered ?? false
    plan.collapses = !parser.datatype.base.keepsWhiteSpace
    plan.keepsRuns = parser.datatype.base.keepsRuns
    if description.isVirtual {
      plan.conditions = try extras.conditions.map { condition throws(Failure) in try bound(condition, &tablePlan) }
      if let (key, suffix) = extras.ordinal {
        plan.ordinal = OrdinalPlan(key: try compiled(key, columnName: name), counter: counters.ordinal(key.source), suffix: suffix)
      }
    }
    plan.text = defaultText(description, inherited)
    if plan.text != nil { plan.default = nil }
    if let register = extras.register { plan.register = try self.register(register) }
    plan.withhold = try rules(extras.withhold, &tablePlan, &counters)
    return plan
  }

  /// The text with columns in it that a column has where it has nothing of its own.
  private func defaultText(_ description: ColumnDescription, _ inherited: InheritedProperties) -> TextTemplate? {
    let text = description.isVirtual ? inherited.default : description.inherited.default
    guard table.extras.matchesByTitle, let text else { return nil }
    return TextTemplate(text) { reference($0) }
  }

  /// Whether a column may have values in this file.
  func hasValues(_ number: Int) -> Bool {
    let (description, _, source) = binding.columns[number]
    if source != .absent || description.isVirtual { return true }
    // What stands in for an empty cell stands in for a column that the file lacks.
    return table.extras.matchesByTitle && description.inherited.default?.isEmpty == false
  }

  /// Adds what cells are compared with, once all columns are known.
  private func addForms(to plan: inout TablePlan) throws(Failure) {
    for (number, column) in binding.columns.enumerated() {
      if let text = column.description.extras.check {
        guard let check = TextTemplate(text, column: { reference($0) }) else {
          throw misfit("check", .phrase("must-hold-columns"))
        }
        plan.columns[number].check = check
      }
      guard let name = column.description.extras.samePlace else { continue }
      guard let other = self.column(name), other != number, plan.columns[other].coordinates != nil else {
        throw misfit("coordinates", .phrase("no-place-column", ["column": name.text]))
      }
      plan.columns[number].samePlace = other
    }
  }

  /// Adds what rows with one key must say alike, each key once. A column that the file lacks says nothing.
  private func addAgreements(to plan: inout TablePlan, _ counters: inout RunCounters) throws(Failure) {
    for (number, column) in binding.columns.enumerated() {
      guard let key = column.description.extras.same, hasValues(number) else { continue }
      let (table, place) = counters.agreement(key.source, column: column.name)
      if let known = plan.agreements.firstIndex(where: { $0.table == table }) {
        plan.agreements[known].columns.append((number, place))
      } else {
        plan.agreements.append(AgreementPlan(key: try compiled(key, columnName: column.name), table: table, columns: [(number, place)]))
      }
    }
  }

  func register(_ name: String) throws(Failure) -> Register {
    guard let register = context.registers[name] else { throw Failure(context.registers.missing(name, at: Place(file: file))) }
    return register
  }

  /// The failure of an annotation whose value does not fit the mapping.
  func misfit(_ name: String, _ reason: Words) -> Failure {
    Failure(.annotationInvalid, at: Place(file: file), ["name": .text(name), "reason": reason])
  }

  private func addEmissions(
    _ effective: [InheritedProperties], defaultSubject: URITemplate?, to plan: inout TablePlan, _ terms: inout TermArena,
    _ counters: inout RunCounters
  ) throws(Failure) {
    var slots: [ByteString?: Int] = [:]
    var emissions: [[Emission]] = []
    for (number, column) in binding.columns.enumerated() where !column.description.suppressesOutput {
      // Columns that are unpivoted speak through what they are turned into.
      if !hasValues(number) || binding.pivots.contains(where: { .cell($0.cell) == column.source }) { continue }
      let properties = effective[number]
      let key = properties.aboutURL?.source
      var slot = slots[key]
      if slot == nil {
        slot = plan.subjects.count
        slots[key] = slot
        let template = try properties.aboutURL.map { template throws(Failure) in try compiled(template, columnName: column.name) }
        let repeats = table.extras.matchesByTitle && key != defaultSubject?.source && template != nil
        plan.subjects.append(SubjectPlan(template: template.map { plan.add($0) }, repeats: repeats, items: template?.items))
        emissions.append([])
      }
      let conditions = try column.description.extras.conditions.map { condition throws(Failure) in try bound(condition, &plan) }
      let object = try object(properties, plan.columns[number], &plan, &terms)
      let items = try itemColumn(of: object, number, plan, subject: slot.flatMap { plan.subjects[$0].items })
      let predicate = try predicate(properties, column.name, &plan, &terms)
      let further = column.description.extras.furtherProperty
      let firsts = further.map { _ in
        counters.firsts(properties.propertyURL?.source ?? column.name, language: properties.valueURL == nil ? properties.language : nil)
      }
      let emission = Emission(
        column: number, predicate: predicate, object: object,
        conditions: conditions,
        isVirtual: column.description.isVirtual && properties.valueURL != nil,
        statesType: properties.propertyURL?.source == RDFTerms.type, isConditional: !conditions.isEmpty, items: items ?? -1,
        name: memberName(predicate, properties.propertyURL, column.name, terms), firsts: firsts ?? -1,
        further: further.map { terms.add(.iri, $0) } ?? 0)
      if let slot { emissions[slot].append(emission) }
    }
    for (slot, unsorted) in emissions.enumerated() {
      // What a thing is comes first, as people write it.
      let group = unsorted.filter(\.statesType) + unsorted.filter { !$0.statesType }
      plan.subjects[slot].emissions = plan.emissions.count..<(plan.emissions.count + group.count)
      plan.emissions += group
    }
  }

  /// The column over whose items a triple runs.
  private func itemColumn(
    of object: ObjectPlan, _ number: Int, _ plan: TablePlan, subject: Int?
  ) throws(Failure) -> Int? {
    let found: [Int] =
      switch object {
      case .template(let template): [plan.templates[template].items].compactMap { $0 }
      case .literal, .register: plan.columns[number].text?.itemColumns { plan.columns[$0].items != nil } ?? []
      case .constant: []
      }
    for other in found where other != subject ?? found[0] { throw twoLists(binding.columns[number].name.text) }
    return found.first
  }

  private func predicate(
    _ properties: InheritedProperties, _ name: ByteString, _ plan: inout TablePlan, _ terms: inout TermArena
  ) throws(Failure) -> PredicatePlan {
    guard let template = properties.propertyURL else {
      return .constant(terms.add(.iri, ByteString(table.url.text + "#" + encodedName(decodedName(name)).text)))
    }
    let compiled = try compiled(template, columnName: name)
    if let constant = compiled.constant, !compiled.isResolvedLater { return .constant(terms.add(.iri, constant)) }
    return .template(plan.add(compiled))
  }

  /// The name of a member of a JSON object: the column's, or its property's where it is the same in every row (csv2json §4.2).
  private func memberName(
    _ predicate: PredicatePlan, _ template: URITemplate?, _ name: ByteString, _ terms: borrowing TermArena
  ) -> ByteString? {
    guard template != nil else { return decodedName(name) }
    guard case .constant(let term) = predicate else { return nil }
    return CSVWContext.compact(terms.view(term))
  }

  /// A name is percent-encoded where its title needed it; as a fragment it must not be encoded twice.
  private func decodedName(_ name: ByteString) -> ByteString {
    guard name.bytes.contains(UInt8(ascii: "%")) else { return name }
    var out = ByteBuffer()
    name.withView { out.append(percentDecoding: $0) }
    return ByteString(out.view)
  }

  private func object(
    _ properties: InheritedProperties, _ column: ColumnPlan, _ plan: inout TablePlan, _ terms: inout TermArena
  ) throws(Failure) -> ObjectPlan {
    if column.register != nil { return .register }
    if let template = properties.valueURL {
      let compiled = try compiled(template, columnName: column.name)
      if let constant = compiled.constant, !compiled.isResolvedLater, !compiled.isBlankNode { return .constant(terms.add(.iri, constant)) }
      return .template(plan.add(compiled))
    }
    let datatype = column.parser.datatype
    if column.coordinates != nil { return .literal(.typed, qualifier: terms.add(.iri, CoordinateForm.datatype)) }
    if datatype.base == .string, datatype.id == nil {
      guard let language = properties.language, language != "und" else { return .literal(.string, qualifier: 0) }
      return .literal(.tagged, qualifier: terms.add(.tag, language))
    }
    return .literal(.typed, qualifier: terms.add(.iri, datatype.iri))
  }
}

extension TablePlan {
  /// Keeps a template and gives its number.
  mutating func add(_ template: CompiledTemplate) -> Int {
    templates.append(template)
    return templates.count - 1
  }
}
