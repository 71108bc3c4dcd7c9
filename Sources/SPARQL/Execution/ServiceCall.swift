import Bytes
import Problems
import RDF
import Store

/// What another endpoint answers to a pattern (SPARQL 1.1 Federated Query §2.4), asked when the first solution is wanted.
final class ServiceCall: Operator {
  private let service: ServicePattern
  private let endpoint: Term
  private let context: QueryContext
  private let memory: WorkingMemory
  private var answer: Batches?

  init(_ service: ServicePattern, at endpoint: Term, context: QueryContext) {
    self.service = service
    self.endpoint = endpoint
    self.context = context
    memory = context.memory()
  }

  func next() throws(Failure) -> Solutions? {
    if let answer { return try answer.next() }
    let solutions = try asked()
    try memory.set(solutions.byteCount)
    let batches = Batches(solutions)
    answer = batches
    return try batches.next()
  }

  private func asked() throws(Failure) -> Solutions {
    do throws(Failure) {
      return try read(try ask())
    } catch {
      // What ends the whole query is no failure of the service.
      try context.check()
      guard service.isSilent, error.problem.code == .serviceFailed || error.problem.code == .serviceForbidden else { throw error }
      return .unit(slots: context.slots)
    }
  }

  private func ask() throws(Failure) -> ServiceAnswer {
    let place = Place(line: service.position.line, column: service.position.column)
    guard case .iri(let iri) = endpoint, let services = context.services, services.allowed.contains(iri) else {
      let name = if case .iri(let iri) = endpoint { iri.text } else { "" }
      throw Failure(.serviceForbidden, at: place, value: name)
    }
    let query = ByteString(service.prologue.bytes + Array("SELECT * WHERE ".utf8) + service.text.bytes)
    do throws(Failure) {
      return try services.client.solutions(of: query, at: iri, meter: context.budget)
    } catch {
      var failure = error
      failure.problem.place = place
      throw failure
    }
  }

  private func read(_ answer: ServiceAnswer) throws(Failure) -> Solutions {
    var solutions = Solutions(slots: context.slots)
    solutions.count = answer.rows.count
    // Blank nodes of an answer are no others' (§2.4).
    let prefix = Array("s\(context.nextServiceNumber())-".utf8)
    for (index, name) in answer.variables.enumerated() {
      guard let variable = context.variables.find(name), service.variables.contains(variable) else { continue }
      var column = ContiguousArray<StoreID>()
      column.reserveCapacity(answer.rows.count)
      for row in answer.rows {
        guard index < row.count, let term = row[index] else {
          column.append(Solutions.unbound)
          continue
        }
        if case .blankNode(let label) = term {
          column.append(context.terms.id(of: Term.blankNode(ByteString(prefix + label.bytes))))
        } else {
          column.append(context.terms.id(of: term))
        }
      }
      solutions.columns[variable] = column
      try context.check()
    }
    return solutions
  }
}

/// Joins solutions with what the endpoint answers that each of them names.
final class ServiceJoin: Operator {
  private let input: any Operator
  private let service: ServicePattern
  private let endpoint: VariableID
  private let shared: [VariableID]
  private let context: QueryContext
  private var open: [any Operator] = []

  init(_ input: any Operator, _ service: ServicePattern, endpoint: VariableID, shared: [VariableID], context: QueryContext) {
    self.input = input
    self.service = service
    self.endpoint = endpoint
    self.shared = shared
    self.context = context
  }

  func next() throws(Failure) -> Solutions? {
    while true {
      if let join = open.last {
        if let batch = try join.next() { return batch }
        open.removeLast()
      } else {
        guard let batch = try input.next() else { return nil }
        var rows: [StoreID: [UInt32]] = [:]
        for row in 0..<batch.count { rows[batch[endpoint, row], default: []].append(UInt32(truncatingIfNeeded: row)) }
        for (id, members) in rows.sorted(by: { $0.key > $1.key }) {
          guard id != Solutions.unbound else {
            throw Failure(
              .queryUnsupported, at: Place(line: service.position.line, column: service.position.column),
              ["construct": "SERVICE ?\(context.variables[endpoint].text)"])
          }
          let call = ServiceCall(service, at: context.terms.term(of: id), context: context)
          open.append(HashJoin(Batches(batch.taking(members)), call, .inner, shared: shared, context: context))
        }
      }
    }
  }
}
