import Bytes
import Problems
import RDF
import Store

/// Makes the triples of CONSTRUCT and DESCRIBE (SPARQL 1.1 §16.2, §16.4).
struct QuadMaking {
  let context: QueryContext
  let rowLimit: Int

  /// So many quads, or bytes of their terms, are handed on at a time.
  private static let batchSize = 8192
  private static let batchBytes = 1 << 20

  /// Quads that are being made, with what each id of the query is among their terms.
  private struct Batch: ~Copyable {
    var quads = QuadBatch()
    var known: [StoreID: TermID] = [:]
    let scratch = TextScratch()
    var total = 0

    var isFull: Bool { quads.count >= batchSize || quads.terms.bytes.count >= batchBytes }

    mutating func term(_ id: StoreID, _ terms: QueryTerms) -> TermID {
      if let found = known[id] { return found }
      let view = terms.term(id, scratch)
      let made = add(view)
      known[id] = made
      scratch.reset()
      return made
    }

    private mutating func add(_ view: TermView) -> TermID {
      var qualifier: TermID = 0
      if view.kind == .typed { qualifier = quads.terms.add(.iri, view.qualifier) }
      if view.kind == .tagged { qualifier = quads.terms.add(.tag, view.qualifier) }
      return quads.terms.add(view.kind, view.lexical, qualifier: qualifier)
    }

    mutating func hand(to sink: any AnswerSink) throws(Failure) {
      if quads.count > 0 { try sink.append(quads) }
      quads.reset()
      known.removeAll(keepingCapacity: true)
    }
  }

  /// The template's triples for each solution, each once; triples that could not be, such as with a literal as subject, are left out.
  func construct(_ template: [TemplateTriple], _ solutions: any Operator, to sink: any AnswerSink) throws(Failure) {
    let memory = context.memory()
    var made = Batch()
    let seen = KeyTable(width: 3)
    // The template's own terms have ids as those of solutions have.
    let triples = template.map { [$0.subject, $0.predicate, $0.object].map(place) }
    var serial = 0
    while let batch = try solutions.next() {
      try context.check()
      for places in triples {
        let columns = places.map { column($0, batch) }
        let hasBlank = places.contains { if case .blank = $0 { true } else { false } }
        var next = UInt32(seen.count)
        // With a blank node of the solution's own no triple comes twice.
        let numbers = hasBlank ? [] : seen.add(columns, rows: batch.count)
        for row in 0..<batch.count {
          if !hasBlank {
            if numbers[row] != next { continue }
            next += 1
          }
          let number = serial + row
          guard let subject = term(places[0], columns[0]?[row], number, &made),
            let predicate = term(places[1], columns[1]?[row], number, &made),
            let object = term(places[2], columns[2]?[row], number, &made), !made.quads.terms[subject].kind.isLiteral,
            made.quads.terms[predicate].kind == .iri
          else { continue }
          made.quads.append(subject, predicate, object)
          made.total += 1
          if made.isFull {
            try checkRows(made.total)
            try made.hand(to: sink)
            try context.check()
          }
        }
      }
      serial += batch.count
      try memory.set(seen.byteCount)
      try checkRows(made.total)
    }
    try made.hand(to: sink)
  }

  /// A place of the template: an id, a variable, or a blank node of the solution's own.
  private enum Place { case id(StoreID), variable(VariableID), blank(Int) }

  private func place(_ term: TemplateTerm) -> Place {
    switch term {
    case .term(let term): .id(context.terms.id(of: term))
    case .variable(let variable): .variable(variable)
    case .blank(let number): .blank(number)
    }
  }

  /// The ids in a place of the template; nil where it has none.
  private func column(_ place: Place, _ batch: Solutions) -> ContiguousArray<StoreID>? {
    switch place {
    case .id(let id): ContiguousArray(repeating: id, count: batch.count)
    case .variable(let variable): batch.columns[variable]
    case .blank: nil
    }
  }

  private func term(_ place: Place, _ id: StoreID?, _ serial: Int, _ made: inout Batch) -> TermID? {
    if case .blank(let number) = place {
      return ByteString("\(context.blankNodePrefix)c\(serial)n\(number)").withView { made.quads.terms.add(.blankNode, $0) }
    }
    guard let id, id != Solutions.unbound else { return nil }
    return made.term(id, context.terms)
  }

  /// All triples of which a described thing is the subject, and in turn of the blank nodes among their objects: the concise bounded
  /// description.
  func describe(_ terms: [PatternTerm], _ solutions: any Operator, to sink: any AnswerSink) throws(Failure) {
    let memory = context.memory()
    var pending: [StoreID] = []
    var seen: Set<StoreID> = []
    func note(_ id: StoreID) {
      if id < .firstQueryTerm, seen.insert(id).inserted { pending.append(id) }
    }
    for case .term(let term) in terms { context.terms.snapshot.id(of: term).map(note) }
    while let batch = try solutions.next() {
      for row in 0..<batch.count {
        for case .variable(let variable) in terms { note(batch[variable, row]) }
      }
      try context.check()
      try memory.set(seen.count * 16 + pending.count * 4)
    }
    var made = Batch()
    while let subject = pending.popLast() {
      try context.check()
      var scan = context.terms.snapshot.scan(QuadPattern(subject: subject, graph: context.dataset.scope))
      while scan.next() {
        for row in 0..<scan.count {
          let (predicate, object) =
            scan.position(0) == .predicate ? (scan.column(0)[row], scan.column(1)[row]) : (scan.column(1)[row], scan.column(0)[row])
          made.quads.append(
            made.term(subject, context.terms), made.term(predicate, context.terms), made.term(object, context.terms))
          if context.terms.snapshot.kind(of: object) == .blankNode { note(object) }
          if made.isFull { try made.hand(to: sink) }
        }
        made.total += scan.count
        try checkRows(made.total)
        try memory.set(seen.count * 16 + pending.count * 4)
        try context.check()
      }
    }
    try made.hand(to: sink)
  }

  private func checkRows(_ total: Int) throws(Failure) {
    if total > rowLimit { throw Failure(.queryRows, ["limit": "\(rowLimit)"]) }
  }
}
