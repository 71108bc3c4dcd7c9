import Bytes
import Problems
import RDF
import Store

/// Makes the triples of CONSTRUCT and DESCRIBE (SPARQL 1.1 §16.2, §16.4).
struct QuadMaking {
  let context: QueryContext
  let meter: QueryMeter
  let rowLimit: Int

  /// The template's triples for each solution; triples that could not be, such as with a literal as subject, are left out.
  func construct(_ template: [TemplateTriple], _ solutions: any Operator, to sink: any AnswerSink) throws(Failure) {
    var quads = QuadBatch()
    var serial = 0
    var total = 0
    while let batch = try solutions.next() {
      try meter.check()
      for row in 0..<batch.count {
        serial += 1
        for triple in template {
          guard let subject = term(triple.subject, batch, row, serial), let predicate = term(triple.predicate, batch, row, serial),
            let object = term(triple.object, batch, row, serial)
          else { continue }
          if case .literal = subject { continue }
          guard case .iri = predicate else { continue }
          quads.append(Quad(subject, predicate, object))
          total += 1
        }
        if total > rowLimit { throw Failure(.queryRows, ["limit": "\(rowLimit)"]) }
      }
      try sink.append(quads)
      quads.reset()
    }
  }

  private func term(_ term: TemplateTerm, _ batch: Solutions, _ row: Int, _ serial: Int) -> Term? {
    switch term {
    case .term(let term): return term
    case .variable(let variable):
      let id = batch[variable, row]
      return id == Solutions.unbound ? nil : context.terms.term(of: id)
    case .blank(let number): return .blankNode(ByteString("c\(serial)n\(number)"))
    }
  }

  /// All triples of which a described thing is the subject, and in turn of the blank nodes among their objects: the concise bounded
  /// description.
  func describe(_ terms: [PatternTerm], _ solutions: any Operator, to sink: any AnswerSink) throws(Failure) {
    var pending: [StoreID] = []
    var seen: Set<StoreID> = []
    func note(_ id: StoreID) {
      if id < .firstQueryTerm, seen.insert(id).inserted { pending.append(id) }
    }
    for case .term(let term) in terms { context.terms.snapshot.id(of: term).map(note) }
    while let batch = try solutions.next() {
      try meter.check()
      for row in 0..<batch.count {
        for case .variable(let variable) in terms { note(batch[variable, row]) }
      }
    }
    var quads = QuadBatch()
    var total = 0
    while let subject = pending.popLast() {
      try meter.check()
      var scan = context.terms.snapshot.scan(QuadPattern(subject: subject, graph: context.dataset.scope))
      while scan.next() {
        for row in 0..<scan.count {
          let (predicate, object) =
            scan.position(0) == .predicate ? (scan.column(0)[row], scan.column(1)[row]) : (scan.column(1)[row], scan.column(0)[row])
          quads.append(Quad(context.terms.term(of: subject), context.terms.term(of: predicate), context.terms.term(of: object)))
          if context.terms.snapshot.kind(of: object) == .blankNode { note(object) }
        }
        total += scan.count
        if total > rowLimit { throw Failure(.queryRows, ["limit": "\(rowLimit)"]) }
      }
      if quads.count > 4096 {
        try sink.append(quads)
        quads.reset()
      }
    }
    try sink.append(quads)
  }
}
