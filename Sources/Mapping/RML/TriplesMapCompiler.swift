import Bytes
import Identifiers
import Problems
import RDF
import Tables

/// Compiles the triples maps over one source into the plan that is run for each of its rows: a column for each reference, with what is done
/// to its text, and the terms that are made of the columns.
struct TriplesMapCompiler {
  /// A column: a reference with what is done to its text.
  struct Column: Hashable {
    let reference: ByteString
    var steps: [String] = []
    var register: String?
    var datatype: ByteString?
    var coordinates: CoordinateForm?
    var time: TimeForm?
    var isLocal = false
    var scale: String?
    var format: String?
    var decimalCharacter: String?
    var missing: [String] = []
    var items: String?
    var check: [TemplatePart]?
    var codesAsOf: String?
  }

  /// A place: the template that gives it, and how.
  struct PlaceKey: Hashable {
    let parts: [TemplatePart]
    let form: CoordinateForm?
  }

  let context: ConversionContext
  let source: LogicalSource
  /// The number of the source in the mapping: running numbers are those of its items.
  let number: Int
  /// What the run counts.
  var counters = RunCounters()
  /// The number of the cell that a reference is, or the text that stands in for it.
  let origin: (ByteString) -> ColumnSource?
  /// How many cells a row has.
  let width: Int

  var numbers: [Column: Int] = [:]
  var ordinals: [ByteString: Int] = [:]
  var places: [PlaceKey: Int] = [:]
  private var constants: [Term: TermID] = [:]
  /// The numbers of the days as of which codes are looked up.
  var days: [String: Int] = [:]
  var plan = TablePlan()

  init(
    _ source: LogicalSource, number: Int, context: ConversionContext, width: Int, cell: @escaping (ByteString) -> ColumnSource?
  ) {
    self.source = source
    self.number = number
    self.context = context
    self.width = width
    origin = cell
    plan.width = width
    plan.leavesOutFaults = true
    plan.mayRepeat = source.formulation != .csv
  }

  /// Adds a triples map, whose number tells its blank nodes apart.
  /// - Parameter joins: the table of each reference object map that has one, in the order of the map; nil where it asks the same row.
  mutating func add(
    _ map: TriplesMap, number: Int, joins: [JoinTable?], parents: [TriplesMap?], _ terms: inout TermArena
  ) throws(Failure) {
    let base = map.base ?? context.base?.iri
    let subject = try term(map.subject, number: number, base: base, &terms)
    let graphs = try self.graphs(map.graphs, base, &terms)
    var links: [LinkPlan] = []
    var next = 0
    for link in map.links {
      var predicates: [Int] = []
      for predicate in link.predicates { predicates.append(try term(predicate, number: number, base: base, &terms)) }
      var objects: [LinkedObject] = []
      for object in link.objects {
        switch object {
        case .term(let map): objects.append(.term(try term(map, number: number, base: base, &terms)))
        case .parent(let reference):
          defer { next += 1 }
          if let table = joins[next] {
            var keys: [Int] = []
            for condition in reference.conditions { keys.append(try term(condition.child, number: number, base: base, &terms)) }
            objects.append(.joined(table, keys: keys))
          } else if let parent = parents[next] {
            objects.append(.term(try term(parent.subject, number: number, base: parent.base ?? context.base?.iri, &terms)))
          }
        }
      }
      links.append(
        LinkPlan(
          predicates: predicates, objects: objects, graphs: try self.graphs(link.graphs, base, &terms),
          simple: simple(predicates, objects, link)))
    }
    plan.maps.append(
      TriplesPlan(
        subject: subject, graphs: graphs, types: map.types.map { constant(.iri($0), &terms) }, links: links,
        firstLink: plan.maps.reduce(0) { $0 + $1.links.count }))
  }

  /// Adds what a row of a parent says to a join table.
  mutating func add(_ parent: TriplesMap, keys: [TermMap], to table: JoinTable, _ terms: inout TermArena) throws(Failure) {
    let base = parent.base ?? context.base?.iri
    let subject = try term(parent.subject, number: 0, base: base, &terms)
    var numbers: [Int] = []
    for key in keys { numbers.append(try term(key, number: 0, base: base, &terms)) }
    plan.gatherings.append(GatheringPlan(subject: subject, keys: numbers, table: table))
  }

  private func simple(_ predicates: [Int], _ objects: [LinkedObject], _ link: PredicateObjectMap) -> (predicate: TermID, object: Int)? {
    guard link.graphs.isEmpty, predicates.count == 1, objects.count == 1, case .term(let object) = objects[0],
      case .constant(let predicate) = plan.terms[predicates[0]].source, plan.terms[predicates[0]].conditions.isEmpty
    else { return nil }
    return (predicate, object)
  }

  private mutating func graphs(_ maps: [TermMap], _ base: ByteString?, _ terms: inout TermArena) throws(Failure) -> [Int] {
    var graphs: [Int] = []
    for map in maps {
      if case .constant(.iri(let iri)) = map.expression, RMLVocabulary.name(of: iri) == "defaultGraph" {
        graphs.append(add(TermPlan(source: .defaultGraph, form: .natural)))
      } else {
        graphs.append(try term(map, number: 0, base: base, &terms))
      }
    }
    return graphs
  }

  private mutating func add(_ term: TermPlan) -> Int {
    plan.terms.append(term)
    return plan.terms.count - 1
  }

  private mutating func constant(_ term: Term, _ terms: inout TermArena) -> TermID {
    if let known = constants[term] { return known }
    let id = terms.add(term)
    constants[term] = id
    return id
  }

  /// Compiles a term map, and gives the number of the term.
  private mutating func term(
    _ map: TermMap, number: Int, base: ByteString?, _ terms: inout TermArena
  ) throws(Failure) -> Int {
    var term = try termPlan(map, number: number, base: base, &terms)
    for condition in map.conditions { term.conditions.append(try bound(condition, in: map, at: map.place)) }
    return add(term)
  }

  private mutating func termPlan(
    _ map: TermMap, number: Int, base: ByteString?, _ terms: inout TermArena
  ) throws(Failure) -> TermPlan {
    switch map.expression {
    case .none: return TermPlan(source: .row(number: number), form: .blankNode)
    case .constant(let term):
      if !map.needs.isEmpty || !map.unless.isEmpty { return try plan(of: qualified(term, map), map, &terms) }
      return TermPlan(source: .constant(constant(qualified(term, map), &terms)), form: .natural)
    case .reference(let reference):
      let form = try form(map, number: number, isTemplate: false, beginning: nil, base, &terms)
      var isTyped = false
      if case .literal(.typed, _) = form { isTyped = true }
      let number = try column(of: map, reference, isTyped: isTyped)
      return TermPlan(source: .column(part(map, ofPlace: number)), form: form)
    case .ordinal(let ordinal):
      let form = try form(map, number: number, isTemplate: false, beginning: nil, base, &terms)
      return TermPlan(source: .column(try column(of: ordinal, in: map)), form: checked(form, map))
    case .template(let parts) where map.coordinates != nil:
      let form = try form(map, number: number, isTemplate: true, beginning: nil, base, &terms)
      return TermPlan(source: .column(part(map, ofPlace: try place(parts, map))), form: form)
    case .template(let parts):
      let beginning: ByteString? = if case .literal(let text)? = parts.first { text } else { nil }
      let form = try form(map, number: number, isTemplate: true, beginning: beginning, base, &terms)
      var compiled: [TermPlan.Part] = []
      if case .iri = map.kind, !(beginning?.withView { $0.isAbsoluteIRI } ?? false) {
        compiled.append(.text(try self.base(base, for: map)))
      }
      for part in parts {
        switch part {
        case .literal(let text): compiled.append(.text(text))
        case .reference(let reference, _): compiled.append(.column(try column(reference, in: map)))
        }
      }
      compiled += try conditions(of: map)
      return TermPlan(source: .parts(TextPieces(compiled)), form: checked(form, map))
    }
  }

  /// The form of a term whose text is made of values: where it has a datatype that is known, the text must fit it. The values of a reference
  /// are parsed as such before.
  private func checked(_ form: TermPlan.Form, _ map: TermMap) -> TermPlan.Form {
    guard case .literal(.typed, let qualifier) = form, map.time == nil,
      case .constant(.iri(let iri))? = map.datatype.first?.expression
    else { return form }
    let datatype = Self.datatype(iri)
    return datatype.id == nil ? .checked(CellParser(datatype) { _ in }, qualifier: qualifier) : form
  }

  /// What a map asks for, as parts that add nothing.
  private mutating func conditions(of map: TermMap) throws(Failure) -> [TermPlan.Part] {
    var parts: [TermPlan.Part] = []
    for name in map.needs { parts.append(.needed(try column(name, in: map), present: true)) }
    for name in map.unless { parts.append(.needed(try column(name, in: map), present: false)) }
    return parts
  }

  /// A constant that is there only where what it needs has a value.
  private mutating func plan(of term: Term, _ map: TermMap, _ terms: inout TermArena) throws(Failure) -> TermPlan {
    let parts = try conditions(of: map)
    switch term {
    case .iri(let iri): return TermPlan(source: .parts(TextPieces(parts + [.text(iri)])), form: .iri(.none))
    case .blankNode(let label): return TermPlan(source: .parts(TextPieces(parts + [.text(label)])), form: .blankNode)
    case .literal(let text, .datatype(XSD.string)):
      return TermPlan(source: .parts(TextPieces(parts + [.text(text)])), form: .literal(.string, qualifier: 0))
    case .literal(let text, .language(let tag)):
      return TermPlan(source: .parts(TextPieces(parts + [.text(text)])), form: .literal(.tagged, qualifier: terms.add(.tag, tag)))
    case .literal(let text, .datatype(let iri)):
      return TermPlan(source: .parts(TextPieces(parts + [.text(text)])), form: .literal(.typed, qualifier: constant(.iri(iri), &terms)))
    }
  }

  /// A constant literal with the constant language or datatype that its map gives it beside.
  private func qualified(_ term: Term, _ map: TermMap) -> Term {
    guard case .literal(let text, _) = term else { return term }
    if case .constant(.literal(let language, _))? = map.language.first?.expression { return .literal(text, .language(language)) }
    if case .constant(.iri(let datatype))? = map.datatype.first?.expression { return .literal(text, .datatype(datatype)) }
    return term
  }

  private mutating func form(
    _ map: TermMap, number: Int, isTemplate: Bool, beginning: ByteString?, _ base: ByteString?, _ terms: inout TermArena
  ) throws(Failure) -> TermPlan.Form {
    if map.register != nil { return map.kind == .literal ? .literal(.string, qualifier: 0) : .register }
    switch map.kind {
    case .blankNode: return .blankNode
    case .iri(let isASCII, let isUnsafe):
      let encoding: TermPlan.Encoding = isUnsafe ? .none : isASCII ? .ascii : .beyondUnreserved
      return isTemplate ? .iri(encoding) : .reference(base: base, encoding)
    case .literal:
      if map.coordinates != nil {
        let datatype = map.part == nil ? CoordinateForm.datatype : BuiltInDatatype.decimal.iri
        return .literal(.typed, qualifier: constant(.iri(datatype), &terms))
      }
      if let time = map.time {
        let declared: BuiltInDatatype =
          if case .constant(.iri(let iri))? = map.datatype.first?.expression { Self.datatype(iri).base } else { .dateTime }
        return .literal(.typed, qualifier: constant(.iri(time.datatype(declared: declared).iri), &terms))
      }
      if let language = map.language.first {
        if case .constant(.literal(let tag, _)) = language.expression {
          return .literal(.tagged, qualifier: terms.add(.tag, tag))
        }
        return .language(try term(language, number: number, base: base, &terms))
      }
      if let datatype = map.datatype.first {
        guard case .constant(.iri(let iri)) = datatype.expression else {
          return .datatype(try term(datatype, number: number, base: base, &terms))
        }
        if iri == XSD.string { return .literal(.string, qualifier: 0) }
        return .literal(.typed, qualifier: constant(.iri(iri), &terms))
      }
      return isTemplate || source.isOld || !map.steps.isEmpty ? .literal(.string, qualifier: 0) : .natural
    }
  }
}
