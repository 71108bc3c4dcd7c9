import Bytes
import Identifiers
import RDF

// From the values of a row to its triples (csv2rdf §4.2).
extension RowRunner {
  private static let noTerm = TermID.max

  /// Appends the triples of the current row, those of one subject together.
  mutating func emit() {
    if plan.structure != nil { emitRow() }
    for index in 0..<subjects.count {
      if let column = subjects.elements[index].items {
        guard values.beginItems(of: column) else { continue }
        while values.nextItem() { emit(subject: index) }
      } else {
        emit(subject: index)
      }
    }
  }

  /// Appends the triples of one thing that the row speaks of.
  private mutating func emit(subject index: Int) {
    var subject = Self.noTerm
    for number in subjects.elements[index].emissions {
      let items = emissions.elements[number].items
      if items < 0 {
        guard emit(number, of: index, &subject) else { return }
      } else if items == values.itemColumn {
        recompute(emissions.elements[number].column)
        guard emit(number, of: index, &subject) else { return }
      } else if values.beginItems(of: items) {
        var hasSubject = true
        while values.nextItem() {
          recompute(emissions.elements[number].column)
          if hasSubject { hasSubject = emit(number, of: index, &subject) }
        }
        if !hasSubject { return }
      }
    }
  }

  /// Appends a triple if it stands for the row. False where its subject has no name, so that no other of its triples stands either.
  private mutating func emit(_ number: Int, of index: Int, _ subject: inout TermID) -> Bool {
    guard applies(number) else { return true }
    if subject == Self.noTerm {
      guard let term = self.subject(index) else { return false }
      subject = term
    }
    emit(number, of: subject, repeats: subjects.elements[index].repeats)
    return true
  }

  /// The term of a subject in the current row; nil where a part of its key is missing.
  mutating func subject(_ index: Int) -> TermID? {
    guard let template = subjects.elements[index].template else { return rowNode() }
    return term(ofTemplate: template)
  }

  /// The blank node of things in the current row that have no IRI.
  private mutating func rowNode() -> TermID {
    let start = batch.terms.bytes.count
    appendRowLabel()
    return added(.blankNode, from: start)
  }

  mutating func appendRowLabel() {
    appendBlankNodePrefix()
    batch.terms.bytes.append(UInt8(ascii: "s"))
    batch.terms.bytes.append(decimal: values.serial)
    guard let pivot else { return }
    batch.terms.bytes.append(UInt8(ascii: "o"))
    batch.terms.bytes.append(decimal: pivot.number)
  }

  /// Begins the label of a blank node.
  mutating func appendBlankNodePrefix() {
    if !context.blankNodePrefix.isEmpty { batch.terms.bytes.append(bytes: context.blankNodePrefix) }
  }

  mutating func added(_ kind: TermKind, from start: Int, qualifier: TermID = 0) -> TermID {
    batch.terms.add(kind, start: start, length: batch.terms.bytes.count &- start, qualifier: qualifier)
  }

  /// The term that a template makes of the current row; nil where a variable is missing.
  private mutating func term(ofTemplate number: Int) -> TermID? {
    let template = templates.elements[number]
    let start = batch.terms.bytes.count
    guard template._withUnsafeGuaranteedRef({ $0.expand(values, into: &batch.terms.bytes) }) else {
      batch.terms.bytes.truncate(to: start)
      return nil
    }
    if template._withUnsafeGuaranteedRef({ $0.isBlankNode }) {
      spare.truncate()
      spare.append(batch.terms.bytes.view(start..<batch.terms.bytes.count))
      batch.terms.bytes.truncate(to: start)
      appendBlankNodePrefix()
      batch.terms.bytes.append(blankNodeLabel: spare.view)
      return added(.blankNode, from: start)
    }
    if template._withUnsafeGuaranteedRef({ $0.isResolvedLater }) { resolve(from: start) }
    return added(.iri, from: start)
  }

  /// Resolves the reference that was appended to the arena from `start` on.
  private mutating func resolve(from start: Int) {
    spare.truncate()
    plan.base.resolve(batch.terms.bytes.view(start..<batch.terms.bytes.count), into: &spare)
    batch.terms.bytes.truncate(to: start)
    batch.terms.bytes.append(spare.view)
  }

  /// Whether a triple stands for the current row.
  private mutating func applies(_ number: Int) -> Bool {
    let emission = emissions.elements + number
    if !emission.pointee.isVirtual {
      let cell = values.cells[emission.pointee.column]
      switch cell.state {
      case .null, .withheld: return false
      case .value, .list, .faulty: if cell.state == .faulty && cell.length == 0 { return false }
      }
    }
    if !emission.pointee.isConditional { return true }
    for index in 0..<emission.pointee.conditions.count where !holds(emission.pointee.conditions[index]) { return false }
    return true
  }

  private mutating func emit(_ number: Int, of subject: TermID, repeats: Bool) {
    if let objects { return gather(number, of: subject, into: objects) }
    let emission = emissions.elements + number
    guard let predicate = predicate(emission) else { return }
    let cell = values.cells[emission.pointee.column]
    if cell.state == .list, !emission.pointee.isVirtual { return emitList(emission, subject, predicate, cell) }
    guard let object = object(emission, cell) else { return }
    if repeats, !isNews(subject, predicate, object) { return }
    let firsts = emission.pointee.firsts
    if firsts >= 0, !self.firsts[firsts].isFirst(batch.terms.view(object), of: batch.terms.view(subject)) {
      return batch.append(subject, emission.pointee.further, object, graph: graph)
    }
    batch.append(subject, predicate, object, graph: graph)
  }

  mutating func predicate(_ emission: UnsafeMutablePointer<Emission>) -> TermID? {
    switch emission.pointee.predicate {
    case .constant(let term): return term
    case .template(let number): return term(ofTemplate: number)
    }
  }

  mutating func object(_ emission: UnsafeMutablePointer<Emission>, _ cell: CellValue) -> TermID? {
    switch emission.pointee.object {
    case .constant(let term): return term
    case .literal(let kind, let qualifier):
      // A text that is no value of its datatype is a plain string (tabular data model §6.4).
      let isFaulty = cell.state == .faulty
      return batch.terms.add(
        isFaulty ? .string : kind, start: Int(cell.start), length: Int(cell.length), qualifier: isFaulty ? 0 : qualifier)
    case .register:
      guard let register = columns.elements[emission.pointee.column].register, cell.state == .value else { return nil }
      spare.truncate()
      spare.append(batch.terms.bytes.view(Int(cell.start)..<Int(cell.start &+ cell.length)))
      let start = batch.terms.bytes.count
      register.append(iriOf: spare.view, to: &batch.terms.bytes)
      return added(.iri, from: start)
    case .template(let number): return term(ofTemplate: number)
    }
  }

  /// The items of a list: one triple each, or an RDF list where their order counts.
  private mutating func emitList(_ emission: UnsafeMutablePointer<Emission>, _ subject: TermID, _ predicate: TermID, _ cell: CellValue) {
    if case .template = emission.pointee.object {
      guard let object = object(emission, cell) else { return }
      return batch.append(subject, predicate, object, graph: graph)
    }
    let items = values.items[Int(cell.start)..<Int(cell.start + cell.length)]
    if !columns.elements[emission.pointee.column].isOrdered {
      for item in items {
        if let object = object(emission, item) { batch.append(subject, predicate, object, graph: graph) }
      }
      return
    }
    let first = batch.terms.add(.iri, RDFTerms.first)
    let rest = batch.terms.add(.iri, RDFTerms.rest)
    let end = batch.terms.add(.iri, RDFTerms.nil)
    var node = items.isEmpty ? end : listNode(emission, 0)
    batch.append(subject, predicate, node, graph: graph)
    for (number, item) in items.enumerated() {
      if let object = object(emission, item) { batch.append(node, first, object, graph: graph) }
      let next = number + 1 < items.count ? listNode(emission, number + 1) : end
      batch.append(node, rest, next, graph: graph)
      node = next
    }
  }

  private mutating func listNode(_ emission: UnsafeMutablePointer<Emission>, _ number: Int) -> TermID {
    let start = batch.terms.bytes.count
    appendRowLabel()
    batch.terms.bytes.append(UInt8(ascii: "l"))
    batch.terms.bytes.append(decimal: emission - emissions.elements)
    batch.terms.bytes.append(UInt8(ascii: "i"))
    batch.terms.bytes.append(decimal: number)
    return added(.blankNode, from: start)
  }
}

extension ByteBuffer {
  /// Appends the label of a blank node that a template named (`_:faktura-{nummer}`): letters and digits as they are, every other byte as
  /// `_` and two hexadecimal digits, after a letter that no other label of a conversion begins with. Different names, different labels.
  mutating func append(blankNodeLabel name: ByteView) {
    reserve(name.count * 3 + 1)
    append(UInt8(ascii: "b"))
    for byte in name.buffer {
      if isLetter(byte) || isDigit(byte) {
        append(byte)
      } else {
        append(UInt8(ascii: "_"))
        append(hexDigit(byte >> 4))
        append(hexDigit(byte & 15))
      }
    }
  }
}
